"""Texts that were used before, known by their tags alone."""

from dataclasses import dataclass, field
from typing import Final

from ojakgyo.domain.sealing import ratchet

SHORTEST: Final = 6
"""Digits of the shortest code."""


def once(digits: str, shortest: int = SHORTEST) -> str:
    """The digits, or their first half where a whole code, of at least this many digits, was written twice."""
    half = len(digits) // 2
    twice = half >= shortest and half % 2 == 0 and digits[:half] == digits[half:]
    return digits[:half] if twice else digits


def replay_key(secret: bytes) -> bytes:
    """The card's key for tags; kept beside the state, drawn while the secret is still there."""
    return ratchet.column(ratchet.start(secret), "replay")


def tag_of(digits: str, *, key: bytes) -> bytes:
    """What is kept of a used text: 16 bytes; a code written twice is known as that code."""
    return ratchet.tag(key, once(digits))


@dataclass(frozen=True, slots=True)
class UsedTexts:
    """The tags of every text this card's rows were used for, under its replay key."""

    key: bytes = field(repr=False)
    tags: frozenset[bytes] = field(repr=False, default=frozenset())

    def hold(self, digits: str) -> bool:
        return tag_of(digits, key=self.key) in self.tags
