"""`ojak card`: issue, print, verify, burn; an officer acts, through the running desk or in the vault opened for it."""

import base64
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Final

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.acting import Officer, acts
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import ask_or_open
from ojakgyo.domain.errors import Refused

LONGEST: Final = 16_000
"""Bytes of a text that are taken from a pipe."""
NORTH: Final = (
    "In the North a printed table of digits is itself an exhibit: whoever is found with one is taken for a spy. Private "
    "questions need no paper: agree them when you meet."
)
Who = Annotated[str, typer.Argument(metavar="CODE_NAME", help="Whose card it is, such as Beodeul.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="CODE_NAMES", help="Whose cards to come are printed.")]
Next = Annotated[bool, typer.Option("--next", help="The card to come, not the one in use.")]


class Form(StrEnum):
    """As in the facts, which take a quarter of a second to read."""

    CARD = "card"
    COPYING = "copying"


class Language(StrEnum):
    """Of the sheet of habits."""

    KO = "ko"
    ZH = "zh"
    EN = "en"


def add_to(app: typer.Typer) -> None:
    card = typer.Typer(help="Cards of one-time codes: issued, printed, read and burnt.", no_args_is_help=True)
    card.command("issue")(issue)
    card.command("print")(put_on_paper)
    card.command("verify")(verify)
    card.command("burn")(burn)
    card.command("rows")(rows)
    app.add_typer(card, name="card")


@saying.refusals
def issue(
    code_name: Who, officer: Officer = "", home: Home = None, secrets_file: Secrets = None, json: Json = False
) -> None:
    """Issue somebody's first card, or the next one beside the card in use."""
    at = folder(home)
    for told in ask_or_open(at, secrets_file, "card-issue", who=code_name, **acts(at, officer, secrets_file)):
        _tell(told, json=json, sentence="{card} is issued for {code_name}. Print it, then hand it over.")
        if told.get("north"):
            saying.say(NORTH)


@saying.refusals
def put_on_paper(
    code_names: Names = None,
    to: Annotated[Path | None, typer.Option("--to", help="A new PDF (0600); delete it once it is on paper.")] = None,
    form: Annotated[
        Form, typer.Option("--form", help="Ten of the size of a credit card, or one large one to copy by hand.")
    ] = Form.CARD,
    habits: Annotated[
        Language | None, typer.Option("--habits", help="Print the sheet of phone habits instead of cards.")
    ] = None,
    warned: Annotated[
        bool,
        typer.Option(
            "--warned", help="It was read that in the North a table of digits is itself an exhibit in trials."
        ),
    ] = False,
    officer: Officer = "",
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Print cards that are to be handed over, or the sheet of habits, for which no vault is opened; no own numbers."""
    if to is None:
        raise typer.BadParameter("say where the PDF goes", param_hint="--to")
    if bool(code_names) == (habits is not None):
        raise typer.BadParameter("code names, or --habits", param_hint="CODE_NAMES")
    if habits is not None:
        _put_habits(habits, to.expanduser(), json=json)
        return
    at = folder(home)
    asked: dict[str, Any] = {"who": code_names, "form": form.value, "warned": warned}
    asked |= acts(at, officer, secrets_file)
    with _new(to.expanduser()) as file:
        for told in ask_or_open(at, secrets_file, "card-print", **asked):
            if "pdf" in told:
                file.write(base64.b64decode(told["pdf"]))
            else:
                _tell(told, json=json, sentence="{card} of {code_name} is on paper.")


@saying.refusals
def verify(
    code_name: Who,
    reasons: Annotated[
        bool, typer.Option("--reasons", help="Also say what was read: for safety, with the key of the cell.")
    ] = False,
    officer: Officer = "",
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Read a text of somebody, typed or from a pipe, by their card; it is noted, whatever it says."""
    at = folder(home)
    asked = {"who": code_name, "reasons": reasons, **acts(at, officer, secrets_file)}
    for told in ask_or_open(at, secrets_file, "card-verify", text=_text(), **asked):
        _tell(told, json=json, sentence="Noted. {result}" if told.get("result") else "Noted.")


@saying.refusals
def burn(
    code_name: Who,
    next_: Next = False,
    officer: Officer = "",
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Burn the card in use, or the one to come: it is read no more. One officer is enough."""
    at = folder(home)
    asked = {"who": code_name, "next": next_, **acts(at, officer, secrets_file)}
    for told in ask_or_open(at, secrets_file, "card-burn", **asked):
        _tell(told, json=json, sentence="{card} of {code_name} is burnt. Issue a new one.")


@saying.refusals
def rows(
    code_name: Who, next_: Next = False, home: Home = None, secrets_file: Secrets = None, json: Json = False
) -> None:
    """Show the rows of a card that are not used yet; in a practice vault only."""
    for told in ask_or_open(folder(home), secrets_file, "card-rows", who=code_name, next=next_, text=not json):
        if json:
            saying.give(**told)
        else:
            typer.echo(told["text"])


def _put_habits(language: Language, to: Path, *, json: bool) -> None:
    """The same sheet for everybody: no home, no vault and no officer is needed."""
    from ojakgyo.apps.cards.printing import child

    with _new(to) as file:
        file.write(child.write_habits(language.value))
    if json:
        saying.give(habits=language.value)


def _tell(told: dict[str, Any], *, json: bool, sentence: str) -> None:
    if json:
        saying.give(**told)
    else:
        saying.say(sentence.format(**told).strip())


@contextmanager
def _new(file: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone, made before anything is done; gone again if that fails. One that is there: ``Refused``."""
    try:
        opened = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError:
        raise Refused("house.not_written") from None
    try:
        with opened:
            yield opened
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _text() -> str:
    """What somebody sent. Typed, or from a pipe: on the command line it would stay in the shell's history."""
    typed = sys.stdin.isatty()
    written = str(typer.prompt("Text", err=True)) if typed else sys.stdin.read(LONGEST)
    if not (text := written.strip()):
        raise Refused("house.field_missing")
    return text
