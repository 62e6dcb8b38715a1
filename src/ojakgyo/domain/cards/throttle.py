"""How many wrong texts are too many: then a card is opened by a challenge in voice alone."""

from collections.abc import Iterable
from typing import Final

from ojakgyo.domain.cards import meanings
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.values.instants import DAY_MS, Instant

BAD: Final = frozenset({ReadingResult.SLIP, ReadingResult.GARBLED})
"""What counts. A replay does not: a gateway may bring a text twice; nor a text that is no code at all.

Nor does duress: that a card is closed is seen by all who hold its cell, and nothing they see tells well from duress.
Whoever guesses at a number with the card in hand uses up a row for each guess, and the first wrong one is heard.
"""

KEPT_MS: Final = 30 * DAY_MS
"""How long a bad text counts."""

LIMITS: Final = ((3, DAY_MS), (10, KEPT_MS))
"""So many within so long close a card."""

SENDER_TRIES: Final = 20
"""Texts a day that are tried on every card, from a number nobody knows."""


def is_bad(result: ReadingResult, meaning: Meaning | None = None) -> bool:
    """Whether a text counts. A guard that is read as a SLIP does not: nobody sends one but for an answer.

    That one may have come too late, or for another row; the same answer under duress would count for nothing either.
    """
    return result in BAD and not (result is ReadingResult.SLIP and meaning in meanings.GUARDS)


def closed(bad: Iterable[Instant], now: Instant) -> bool:
    """Whether the bad texts that came at these instants close a card now. One that lies ahead counts: clocks go back."""
    came = tuple(bad)
    return any(sum(each > now - within for each in came) >= count for count, within in LIMITS)


def sender_closed(tries: Iterable[Instant], now: Instant) -> bool:
    """Whether a number nobody knows has tried so often in a day that its next text is tried on no card."""
    return sum(each > now - DAY_MS for each in tries) >= SENDER_TRIES
