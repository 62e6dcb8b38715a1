"""Texts that were used before, known by their tags alone."""

from dataclasses import dataclass, field
from typing import Final

from ojakgyo.domain.cards.codebook import LATE_HOURS
from ojakgyo.domain.sealing import ratchet
from ojakgyo.domain.values.instants import HOUR_MS

SHORTEST: Final = 6
"""Digits of the shortest code."""

REPEATED_WITHIN_MS: Final = LATE_HOURS * HOUR_MS
"""How long the newest text of a card may come once more from where it came from, as a repetition that says nothing.

Networks bring a text twice, and who is unsure whether it went out sends it again: as long as a row may be late. It tells
the desk nothing, so whoever has only the phone, and sends its last text again, gains nothing by it.
"""


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


def is_newest(digits: str, *, newest: bytes, key: bytes, after_ms: int) -> bool:
    """Whether a text is the newest one again, in time: from the same sender it is a repetition, from another a replay.

    `newest`: tag of the text that the card's newest row was used for, b"" where the desk spoke by it; `after_ms`: how long
    after that text this one came.
    """
    return after_ms < REPEATED_WITHIN_MS and tag_of(digits, key=key) == newest
