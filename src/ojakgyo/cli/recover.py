"""`ojak recover`: what enough shares bring back. A new passphrase, an officer's keys, another set of shares."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ojakgyo.cli import answers, asking, saying, sheet
from ojakgyo.cli.homes import Home, Json, Secrets, bring_up, folder, shares_from, words_from
from ojakgyo.cli.opening import alone
from ojakgyo.cli.rekey import NewWords, new_passphrase_of, put_passphrase
from ojakgyo.cli.speaking import tongue

SECRET: Final = 32
"""Bytes behind the shares."""
Name = Annotated[str, typer.Argument(help="Who has lost the password, such as Haneul.")]
Split = Annotated[str, typer.Option("--shares", help="How many shares open everything, of how many: 2of3 unless said.")]
Print = Annotated[
    Path | None, typer.Option("--print", help="Also write the shares for printing: FILE.pdf or FILE.txt.")
]


def add_to(app: typer.Typer) -> None:
    recover = typer.Typer(help="What enough shares bring back. No desk may serve the vault.", no_args_is_help=True)
    recover.command("words")(words)
    recover.command("officer")(officer)
    recover.command("shares")(shares)
    recover.command("inbox")(inbox)
    app.add_typer(recover, name="recover")


@saying.refusals
def words(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Put a new passphrase in the place of one that nobody knows any more."""
    at = folder(home)
    with _opened_by_shares(at, secrets_file):
        made = new_passphrase_of(secrets_file)
        made.show(json=json, secrets_file=secrets_file)
        put_passphrase(at, made.words)
    saying.say("The old passphrase opens nothing any more. The openers' passwords are as they were.")


@saying.refusals
def officer(code_name: Name, home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Give an officer new keys, a new password, and every cell that the organisation holds."""
    at = folder(home)
    with _opened_by_shares(at, secrets_file) as secret:
        from ojakgyo.apps.vault import header
        from ojakgyo.apps.vault.actions.organisation import recover_officer
        from ojakgyo.apps.vault.desks import command_desk
        from ojakgyo.apps.vault.queries import officer_called
        from ojakgyo.domain.sealing import organisation

        made = NewWords(header.generated_words(), name="password")
        who, org = officer_called(code_name), organisation.keys(secret)
        made.show(json=json, secrets_file=secrets_file)
        back = recover_officer(command_desk(), officer=who, organisation=org, password=made.words)
    if json:
        saying.give(cells=back.cells, left=back.left)
    saying.say(f"Cells granted: {back.cells}. A second factor, if there was one, is set up anew after signing in.")
    if back.left:
        saying.say(f"Signatures or grants that do not hold, left as they were: {back.left}.")


@saying.refusals
def shares(
    split: Split = "", print_: Print = None, home: Home = None, secrets_file: Secrets = None, json: Json = False
) -> None:
    """Write another set of shares for the same secret. The old ones still open: this replaces lost paper, not stolen paper.

    A vault that has no shares yet is opened by its passphrase, and is given its first set.
    """
    from ojakgyo.apps.vault import header, paper

    at, wanted = folder(home), answers.split(split) if split else answers.Split()
    first = not header.ways_in(at).shares
    with _opened_for_the_first(at, secrets_file) if first else _opened_by_shares(at, secrets_file) as secret:
        made = paper.split(secret, threshold=wanted.threshold, count=wanted.count)
        _show(made, wanted.threshold, print_, by_hand=secrets_file is None and sys.stdin.isatty(), json=json)
        _write_down(at, secret, first=first)
    if first:
        saying.say("The organisation becomes a member of each cell as members sign in.")
    else:
        saying.say("Old and new shares do not mix, and enough of the old ones still open. Burn those that are left.")


@saying.refusals
def inbox(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Show the texts of numbers that nobody is known by, kept for thirty days. That they were shown is recorded."""
    with _opened_by_shares(folder(home), secrets_file) as secret:
        from ojakgyo.apps.contact.unclaimed import show_unclaimed
        from ojakgyo.apps.vault.desks import command_desk
        from ojakgyo.domain.sealing import organisation
        from ojakgyo.domain.values import ids, instants

        for each in show_unclaimed(command_desk(), organisation=organisation.keys(secret)):
            at, message = instants.rfc3339(each.at), ids.text("m", each.message)
            if json:
                saying.give(message=message, at=at, number=each.told.number, words=each.told.words)
            else:
                typer.echo(f"{at}  {each.told.number}  {each.told.words}")


def _write_down(at: Path, secret: bytes, *, first: bool) -> None:
    """The first set makes a way in, and gives the organisation its keys; another one changes nothing in the vault."""
    from ojakgyo.apps.vault import header
    from ojakgyo.apps.vault.actions.organisation import keep_organisation, note_slot
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.facts import SlotKind
    from ojakgyo.domain.sealing import organisation
    from ojakgyo.store import keyholder

    if first:
        generation = header.shares_slot(at, keyholder.ring(), secret)
        keep_organisation(command_desk(), public=organisation.keys(secret).public, generation=generation)
    else:
        note_slot(command_desk(), slot=SlotKind.SHARES, generation=header.label(at).generation)


def _show(made: tuple[str, ...], threshold: int, file: Path | None, *, by_hand: bool, json: bool) -> None:
    """Screen by screen to somebody at the keyboard, who types one back; else once, a line each."""
    from django.conf import settings

    pgettext = tongue(settings.LANGUAGE_CODE)
    if by_hand:
        asking.show_shares(made, threshold, pgettext)
    if file is not None:
        sheet.write(file.expanduser(), made, threshold, pgettext)
    if json:
        saying.give(**({} if by_hand else {"shares": made}))
    elif not by_hand:
        asking.say_shares(made)


@contextmanager
def _opened_by_shares(home: Path, secrets_file: Path | None) -> Iterator[bytes]:
    """The vault opened by the secret behind the shares, which is handed on; nobody else serves it meanwhile."""
    from ojakgyo.apps.vault import header
    from ojakgyo.domain.sealing import shares as paper

    with alone(home):
        secret = paper.combine(shares_from(secrets_file))
        with _open(home, header.unseal_by_secret(home, secret)):
            yield secret


@contextmanager
def _opened_for_the_first(home: Path, secrets_file: Path | None) -> Iterator[bytes]:
    """The vault opened by its words; a fresh secret is handed on."""
    from ojakgyo.apps.vault import header

    with alone(home):
        practice = header.label(home).demo and secrets_file is None
        words = header.demo_words(home) if practice else words_from(secrets_file)
        with _open(home, header.unseal(home, words)):
            yield secrets.token_bytes(SECRET)


@contextmanager
def _open(home: Path, found: Any) -> Iterator[None]:
    """Verified before anything is changed, anchored after. A full disk: ``Refused``."""
    bring_up(home)
    from django.conf import settings

    from ojakgyo.apps.vault import ways
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder, rekeying

    with rekeying.full_is_refused():
        opening.open_vault(found.ring, opener=found.keys)
        try:
            yield
            ways.keep_anchor(keyholder.ring(), settings.CLOCK.now())
        finally:
            keyholder.seal()
