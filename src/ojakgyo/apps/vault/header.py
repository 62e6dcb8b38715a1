"""vault.json in the home folder: made, read, opened. Replaced as a whole or not at all; 0600."""

import os
import secrets
import threading
from pathlib import Path
from typing import Final

from shamir_mnemonic.wordlist import WORDLIST

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing import phrases, vault_file
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.sealing.stretching import FLOOR, UNSEAL, Cost
from ojakgyo.domain.sealing.vault_file import VaultFile

NAME: Final = "vault.json"
DEMO_KEY: Final = "demo.key"
COUNT: Final = 8
"""Words of a generated passphrase; `phrases.bits(WORDLIST, COUNT)` = 80."""
_one_at_a_time: Final = threading.Lock()  # a gibibyte each


def generated_words(count: int = COUNT) -> str:
    """A passphrase drawn by lot from 1,024 words, 10 bits each."""
    return phrases.draw(WORDLIST, count, secrets.token_bytes)


def found(home: Path, words: str, *, demo: bool, cost: Cost | None = None) -> Ring:
    """Make the vault of a home folder that has none. A practice vault's words lie beside it, in `demo.key`."""
    if (home / NAME).exists():
        raise Refused("vault.exists")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    file, ring = vault_file.found(
        words,
        vault=secrets.token_hex(8),
        demo=demo,
        cost=cost or (FLOOR if demo else UNSEAL),
        randomness=secrets.token_bytes,
    )
    if demo:
        replace(home / DEMO_KEY, words.encode() + b"\n")
    replace(home / NAME, vault_file.written(file))  # last: whoever finds it finds a whole vault
    return ring


def label(home: Path) -> VaultFile:
    """What vault.json says without being opened. None there: ``Refused``; anything amiss: ``Damaged``."""
    try:
        data = (home / NAME).read_bytes()
    except FileNotFoundError:
        raise Refused("vault.no_vault") from None
    return vault_file.label(data)


def unseal(home: Path, words: str) -> Ring:
    """The ring. Other words: ``Refused``, and nothing was changed."""
    file = label(home)
    with _one_at_a_time:
        return vault_file.open_ring(file, words)


def demo_words(home: Path) -> str:
    """The words of a practice vault. For any other: ``Refused``."""
    if not label(home).demo:
        raise Refused("demo.not_practice")
    return (home / DEMO_KEY).read_text().strip()


def replace(path: Path, data: bytes) -> None:
    """Write a file so that after a crash either the old or the new one is there, whole, and only its owner reads it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
