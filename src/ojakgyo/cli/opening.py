"""Open a vault for one command, or have the desk that serves it answer."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from ojakgyo.cli.homes import bring_up, words_from

Said = dict[str, Any]


@contextmanager
def opened(home: Path, secrets_file: Path | None) -> Iterator[None]:
    """The vault unsealed and up to date; sealed again behind the command. A practice vault's words lie beside it."""
    from ojakgyo.apps.vault import header

    demo = header.label(home).demo
    bring_up(home)
    from django.conf import settings

    from ojakgyo.apps.vault import ways
    from ojakgyo.runner import opening
    from ojakgyo.runner.door import answers
    from ojakgyo.store import keyholder

    words = header.demo_words(home) if demo and secrets_file is None else words_from(secrets_file)
    found = header.unseal(home, words)
    rekeyed = bool(found.ring.before.get("db"))  # the database is sealed anew: nobody else may have it open
    with alone(home) if rekeyed else nullcontext():
        opening.open_vault(found.ring, opener=found.keys)
        try:
            yield
            if not answers(home):  # a desk that serves keeps its own, and vault.json has one writer
                ways.keep_newer_anchor(keyholder.ring(), settings.CLOCK.now())
        finally:
            keyholder.seal()


def ask_or_open(home: Path, secrets_file: Path | None, do: str, **asked: Any) -> Iterator[Said]:
    """What the desk that serves this home answers, and no words are needed; where none does, the vault is opened for it.

    `do` is one of `runner.looking.HANDLERS`.
    """
    from ojakgyo.apps.vault import header
    from ojakgyo.runner.door import answers, ask

    header.label(home)
    if answers(home):
        yield from ask(home, do, **asked)
        return
    with opened(home, secrets_file):
        from ojakgyo.runner.looking import HANDLERS

        yield from HANDLERS[do](asked)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody else serves this home meanwhile, and nobody begins to. A desk does: ``Refused``."""
    from ojakgyo.apps.vault import header
    from ojakgyo.runner.lock import lock

    header.label(home)
    held = lock(home)
    try:
        yield
    finally:
        os.close(held)
