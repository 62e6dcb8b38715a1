"""`ojak rekey`: new keys for the house under the same ways in, so that what lies on old blocks of the disk has lost its own."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, repr=False)
class NewWords:
    """A new passphrase or password. `drawn`: by lot, so that somebody has to be shown it; `name`: what JSON calls it."""

    words: str
    drawn: bool = True
    name: str = "passphrase"

    def show(self, *, json: bool, secrets_file: Path | None) -> None:
        """Once, before it counts: whatever fails afterwards, somebody has it. Who sits at the keyboard types it back."""
        if self.drawn and json:
            saying.give(**{self.name: self.words})
        elif self.drawn:
            saying.say(f"Write it down; it is not shown again.\n\n    {self.words}\n")
            if secrets_file is None and sys.stdin.isatty():
                self._typed_back()

    def _typed_back(self) -> None:
        while phrases.tidy(typer.prompt("Type it back", default="", show_default=False, err=True)) != self.words:
            saying.say("These are other words. Nothing was changed yet.")


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
        made = new_passphrase_of(secrets_file) if new_passphrase or new_root else None
        saying.say("Everything is sealed anew, which takes up to a minute. Let it finish.")
        lines_left = _anew(at, words, made, new_root=new_root, json=json, secrets_file=secrets_file)
    if json:
        saying.give(rekeyed=True, lines_left=lines_left)
    saying.say("Database, addresses, cards and waiting words lie under new keys. Lines follow as members sign in.")


def _anew(at: Path, words: str, new: NewWords | None, *, new_root: bool, **shown: Any) -> bool:
    """Rotate, and open: the opening seals everything anew. Whether lines still stand under an earlier key."""
    from ojakgyo.apps.vault import header

    bring_up(at)
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder, rekeying

    found = header.unseal(at, words)
    with rekeying.full_is_refused():
        opening.open_vault(found.ring, opener=found.keys)
        try:
            rekeying.look_for_room(at / "vault.db")
            if new is not None:
                new.show(**shown)
            if new is not None and new_root:
                header.rotate(at, keyholder.ring(), words=new.words, opener=None)
                with counting_already():
                    _open_again(at, new.words)
            else:
                header.rotate_ring(at, keyholder.ring())
                _open_again(at, words, new)
            return bool(keyholder.ring().before.get("lines"))
        finally:
            keyholder.seal()


def _open_again(at: Path, words: str, new: NewWords | None = None) -> None:
    """By the words that count now; then what is to count instead of them is put in, and the end is anchored."""
    from django.conf import settings

    from ojakgyo.apps.vault import header, ways
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder

    keyholder.seal()
    opening.open_vault(header.unseal(at, words).ring)
    if new is not None:
        put_passphrase(at, new.words)
    ways.keep_anchor(keyholder.ring(), settings.CLOCK.now())


def new_passphrase_of(secrets_file: Path | None) -> NewWords:
    """`new_passphrase` of the file, else drawn by lot."""
    from ojakgyo.apps.vault import header

    own = answers.secrets_in(secrets_file).new_passphrase if secrets_file else None
    return NewWords(phrases.own_passphrase(own), drawn=False) if own else NewWords(header.generated_words())


def put_passphrase(at: Path, words: str) -> None:
    """In the place of the one there was, in an open vault; and write it down."""
    from ojakgyo.apps.vault import header
    from ojakgyo.apps.vault.actions.organisation import note_slot
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.facts import SlotKind
    from ojakgyo.store import keyholder

    generation = header.passphrase(at, keyholder.ring(), words)
    with counting_already():
        note_slot(command_desk(), slot=SlotKind.PASSPHRASE, generation=generation)


@contextmanager
def counting_already() -> Iterator[None]:
    """vault.json was replaced: whatever fails now, the new words open the vault and the old ones do not."""
    with ExitStack() as failing:
        failing.callback(
            saying.say, "The new passphrase counts already, whatever is said next: the old one opens nothing any more."
        )
        yield
        failing.pop_all()
