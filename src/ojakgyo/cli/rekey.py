"""`ojak rekey`: new keys for the house under the same ways in, so that what lies on old blocks of the disk has lost its own."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ojakgyo.cli import answers, saying
from ojakgyo.cli.homes import Home, Json, Secrets, bring_up, folder, words_from
from ojakgyo.cli.opening import alone
from ojakgyo.domain.sealing import phrases

Root = Annotated[
    bool,
    typer.Option(
        "--new-root",
        help="After a loss: also draw anew what the ways in open. There is a new passphrase, and openers' own passwords "
        "open the vault again once they have signed in.",
    ),
]
New = Annotated[bool, typer.Option("--new-passphrase", help="Also put a new passphrase in the place of the old one.")]


def add_to(app: typer.Typer) -> None:
    app.command("rekey")(rekey)


@saying.refusals
def rekey(
    new_passphrase: New = False,
    new_root: Root = False,
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Seal database, addresses, cards and waiting words under new keys. No desk may serve the vault."""
    from ojakgyo.apps.vault import header

    at = folder(home)
    with alone(at):
        practice = header.label(at).demo and secrets_file is None
        words = header.demo_words(at) if practice else words_from(secrets_file)
        made, drawn = new_words(secrets_file) if new_passphrase or new_root else (None, False)
        lines_left = _anew(at, words, made, new_root=new_root)
    tell("passphrase", made if drawn else None, json, rekeyed=True, lines_left=lines_left)
    saying.say("Database, addresses, cards and waiting words lie under new keys. Lines follow as members sign in.")


def _anew(at: Path, words: str, new: str | None, *, new_root: bool) -> bool:
    """Rotate, and open: the opening seals everything anew. Whether lines still stand under an earlier key."""
    from ojakgyo.apps.vault import header

    bring_up(at)
    from django.conf import settings

    from ojakgyo.apps.vault import ways
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder

    found = header.unseal(at, words)
    opening.open_vault(found.ring, opener=found.keys)
    try:
        if new_root and new is not None:
            header.rotate(at, keyholder.ring(), words=new, opener=None)
        else:
            header.rotate_ring(at, keyholder.ring())
        keyholder.seal()
        opening.open_vault(header.unseal(at, new if new_root and new is not None else words).ring)
        if new is not None and not new_root:
            put_passphrase(at, new)
        ways.keep_anchor(keyholder.ring(), settings.CLOCK.now())
        return bool(keyholder.ring().before.get("lines"))
    finally:
        keyholder.seal()


def new_words(secrets_file: Path | None) -> tuple[str, bool]:
    """A new passphrase: `new_passphrase` of the file, else drawn by lot; and whether it was drawn."""
    from ojakgyo.apps.vault import header

    own = answers.secrets_in(secrets_file).new_passphrase if secrets_file else None
    return (phrases.own_passphrase(own), False) if own else (header.generated_words(), True)


def put_passphrase(at: Path, words: str) -> None:
    """In the place of the one there was, in an open vault; and write it down."""
    from ojakgyo.apps.vault import header
    from ojakgyo.apps.vault.actions.organisation import note_slot
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.facts import SlotKind
    from ojakgyo.store import keyholder

    generation = header.passphrase(at, keyholder.ring(), words)
    note_slot(command_desk(), slot=SlotKind.PASSPHRASE, generation=generation)


def tell(name: str, made: str | None, json: bool, **more: Any) -> None:
    """What was drawn by lot, once."""
    if json:
        saying.give(**({name: made} if made else {}), **more)
    elif made:
        saying.say(f"Write it down; it is not shown again.\n\n    {made}\n")
