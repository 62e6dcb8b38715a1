"""Passphrases drawn by lot from a list: how many words, and what they are worth."""

from collections.abc import Callable, Sequence
from math import floor, log2


def draw(words: Sequence[str], count: int, randomness: Callable[[int], bytes]) -> str:
    """`count` words with a blank between them, each word of the list as likely. `randomness(n)`: n random bytes."""
    return " ".join(words[_below(len(words), randomness)] for _ in range(count))


def bits(words: Sequence[str], count: int) -> int:
    """Whole bits: 8 words of 1,024 are worth 80."""
    return floor(count * log2(len(words)))


def tidy(typed: str) -> str:
    """The phrase with one blank between its words, none around it."""
    return " ".join(typed.split())


def _below(bound: int, randomness: Callable[[int], bytes]) -> int:
    """A number under `bound`; what would favour the low ones is drawn again."""
    usable = (1 << 32) // bound * bound
    while (drawn := int.from_bytes(randomness(4), "big")) >= usable:
        pass
    return drawn % bound
