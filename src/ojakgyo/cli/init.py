"""`ojak init`: the ceremony of a real vault. All is asked first; then it is made, whole or not at all."""

import secrets
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ojakgyo.cli import answers, asking, saying, sheet
from ojakgyo.cli.answers import Answers
from ojakgyo.cli.asking import Secrets as Chosen
from ojakgyo.cli.homes import Home, Json, Secrets, bring_up, folder
from ojakgyo.cli.speaking import tongue
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing import phrases

SECRET: Final = 32
HELP: Final = (
    "Code name of the first officer: a word of our list, in either script, with or without a number, such as "
    "Haneul, 샛별, Iseul-2, 미리내. Left out, it is asked for and some are shown."
)
Officer = Annotated[str, typer.Option("--officer", help=HELP)]
Shares = Annotated[
    str, typer.Option("--shares", help="How many shares open everything, of how many: 2of3 unless said.")
]
File = Annotated[
    Path | None, typer.Option("--answers", help="A TOML file of answers, for machines; it holds no secret.")
]
Print = Annotated[
    Path | None, typer.Option("--print", help="Also write the shares for printing: FILE.pdf or FILE.txt.")
]


def add_to(app: typer.Typer) -> None:
    app.command("init")(init)


@saying.refusals
def init(
    officer: Officer = "",
    shares: Shares = "",
    answers_file: File = None,
    secrets_file: Secrets = None,
    print_: Print = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a vault: a passphrase, the shares of the organisation's secret, the first officer, the first cell.

    Every question is asked before anything is written; Ctrl-C leaves nothing behind.
    """
    from ojakgyo.apps.vault import paper
    from ojakgyo.runner.founding import Founding, found, refuse_another

    at = folder(home)
    refuse_another(at)
    sheet.refuse_another(print_)
    said = answers.answers_in(answers_file) if answers_file else Answers()
    said = answers.with_options(said, officer_called=officer, shares=shares)
    typed = answers_file is None and secrets_file is None
    said, chosen = _asked(said) if typed else _told(said, secrets_file)
    secret = secrets.token_bytes(SECRET)
    split = paper.split(secret, threshold=said.split.threshold, count=said.split.count)
    pgettext = tongue(said.language or "ko")
    if typed:
        asking.show_shares(split, said.split.threshold, pgettext)
    cell = (said.cell.side, said.cell.number, said.cell.area) if said.cell else None
    assert said.officer is not None
    founding = Founding(chosen.passphrase, secret, said.officer, chosen.password, said.language or "ko", cell)
    with sheet.beside(print_, split, said.split.threshold, pgettext):
        found(at, founding, bring_up)
    if json:
        saying.give(home=str(at), officer=said.officer.en, **({} if typed else _once(split, chosen)))
    elif not typed:
        _say_once(split, chosen)
    told = pgettext("init", "The vault lies in %(home)s. Serve it with:") % {"home": at}
    saying.say(f"{told} ojak serve --home {at}")


def _asked(said: Answers) -> tuple[Answers, Chosen]:
    """By a person at the keyboard. Nobody there: ``Refused``."""
    from ojakgyo.apps.vault import header

    if not sys.stdin.isatty():
        raise Refused("vault.words_wanted")
    language = asking.language(said)
    pgettext = tongue(language)
    chosen = asking.secrets_chosen(pgettext, header.generated_words)
    said = asking.answered(said, pgettext)
    return replace(said, language=language), chosen


def _told(said: Answers, file: Path | None) -> tuple[Answers, Chosen]:
    """By files; what is not in them is drawn by lot, and said once."""
    from ojakgyo.apps.vault import header

    if said.officer is None:
        raise Refused("vault.answers_wrong", key="officer")
    told = answers.secrets_in(file) if file else answers.Told()
    passphrase, password = told.passphrase, told.password
    if told.lines:
        if len(told.lines) < 2:
            raise Refused("vault.words_wanted")
        passphrase, password = told.lines[:2]
    drawn = {name for name, held in (("passphrase", passphrase), ("password", password)) if held is None}
    made = Chosen(
        phrases.own_passphrase(passphrase) if passphrase is not None else header.generated_words(),
        phrases.own_password(password) if password is not None else header.generated_words(),
        frozenset(drawn),
    )
    return said, made


def _once(split: tuple[str, ...], chosen: Chosen) -> dict[str, Any]:
    """What was drawn by lot, and lies in no file of theirs."""
    return {"shares": split, **{name: getattr(chosen, name) for name in sorted(chosen.drawn)}}


def _say_once(split: tuple[str, ...], chosen: Chosen) -> None:
    for name in sorted(chosen.drawn):
        saying.say(f"{name}: {getattr(chosen, name)}")
    asking.say_shares(split)
