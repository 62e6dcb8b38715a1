"""Passphrases: drawn by lot from a list and what that is worth, and the least that somebody's own must have."""

import unicodedata
from collections.abc import Callable, Sequence
from math import floor, log2
from typing import Final

from ojakgyo.domain.errors import Refused

PASSPHRASE_LETTERS: Final = 20
PASSPHRASE_WORDS: Final = 6
PASSWORD_LETTERS: Final = 12


def draw(words: Sequence[str], count: int, randomness: Callable[[int], bytes]) -> str:
    """`count` words with a blank between them, each word of the list as likely. `randomness(n)`: n random bytes."""
    return " ".join(words[_below(len(words), randomness)] for _ in range(count))


def bits(words: Sequence[str], count: int) -> int:
    """Whole bits: 8 words of 1,024 are worth 80."""
    return floor(count * log2(len(words)))


def tidy(typed: str) -> str:
    """The phrase with one blank between its words, none around it."""
    return " ".join(typed.split())


def own_passphrase(typed: str) -> str:
    """Words of one's own for the house. Neither twenty letters nor six words: ``Refused``."""
    counted = _counted(typed)
    if len(counted) < PASSPHRASE_LETTERS and len(counted.split()) < PASSPHRASE_WORDS:
        raise Refused("vault.passphrase_short")
    return typed


def own_password(typed: str) -> str:
    """A password of one's own. Shorter than twelve letters: ``Refused``."""
    if len(_counted(typed)) < PASSWORD_LETTERS:
        raise Refused("vault.password_short")
    return typed


def _counted(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip()


def _below(bound: int, randomness: Callable[[int], bytes]) -> int:
    """A number under `bound`; what would favour the low ones is drawn again."""
    usable = (1 << 32) // bound * bound
    while (drawn := int.from_bytes(randomness(4), "big")) >= usable:
        pass
    return drawn % bound
