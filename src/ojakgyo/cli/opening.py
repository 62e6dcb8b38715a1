"""Open a vault for one command, when no desk serves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ojakgyo.cli.homes import bring_up, words_from


@contextmanager
def opened(home: Path, secrets_file: Path | None) -> Iterator[None]:
    """The vault unsealed and up to date; sealed again behind the command. A practice vault's words lie beside it."""
    from ojakgyo.apps.vault import header

    demo = header.label(home).demo
    bring_up(home)
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder

    words = header.demo_words(home) if demo and secrets_file is None else words_from(secrets_file)
    keyholder.unseal(header.unseal(home, words))
    try:
        opening.bring_up_to_date()
        yield
    finally:
        keyholder.seal()
