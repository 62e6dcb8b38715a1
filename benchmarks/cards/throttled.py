"""How many tries there are before only a voice is listened to, and what they are worth."""

from collections.abc import Callable, Iterator
from itertools import permutations

import numpy as np

from benchmarks.cards.asked import Asked
from benchmarks.cards.blind import accepted
from benchmarks.cards.figures import Figure
from benchmarks.cards.reading import SAID
from benchmarks.cards.tables import own_numbers, windows
from ojakgyo.domain.cards import codebook, throttle
from ojakgyo.domain.cards.own_number import DRAWN_FROM, OwnNumber
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

MONTH_MS = 30 * DAY_MS
NUMBERS = tuple(map(OwnNumber, permutations(DRAWN_FROM, 2)))


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("throttled")
    reader = asked.reader(dice)
    fast = tries(throttle.closed, every=MINUTE_MS, within=DAY_MS)
    slow = patient(throttle.closed, within=MONTH_MS)
    yield Figure(
        case="throttled", what="texts before a card closes, a minute apart", value=fast, unit="texts", at_most=3
    )
    yield Figure(
        case="throttled", what="texts in 30 days, as many as keep it open", value=slow, unit="texts", at_most=10
    )
    right = accepted(reader, windows(dice, reader.rows, 2_000, 3), own_numbers(dice, 2_000))
    well, any_ = float(right[:, :, SAID == 0].sum(axis=(1, 2)).mean()), float(right.sum(axis=(1, 2)).mean())
    for what, count in (("a day", fast), ("30 days", slow)):
        yield _said(f"blind, in {what}: all well accepted", 1 - (1 - well / 1e6) ** count)
        yield _said(f"blind, in {what}: any meaning accepted", 1 - (1 - any_ / 1e6) ** count)
    guessed = codebook.ROWS / (len(NUMBERS) - 1)
    yield _said("with card: one of twelve guesses, a row each, is right", guessed)
    yield Figure(case="throttled", what="with card: right before anything cried duress", value=_unnoticed())
    day = tries(throttle.sender_closed, every=MINUTE_MS, within=DAY_MS)
    month = tries(throttle.sender_closed, every=HOUR_MS, within=MONTH_MS, end_at_closed=False)
    yield Figure(case="throttled", what="texts a day from an unknown number", value=day, unit="texts", at_most=20)
    yield Figure(case="throttled", what="texts in 30 days from an unknown number", value=month, unit="texts")
    pairs = month * 2 * day  # each with those of the 48 hours before it
    both = 200 * 6 * (any_ / 3e6) ** 2
    yield _said("unknown number, in 30 days: right on two rows of one of 200 cards", pairs * both)


def _said(what: str, value: float) -> Figure:
    return Figure(case="throttled", what=what, value=value, formula=True)


Rule = Callable[[list[Instant], Instant], bool]


def tries(rule: Rule, *, every: int, within: int, end_at_closed: bool = True) -> int:
    """How many wrong texts are read of somebody who sends one after the other."""
    came: list[Instant] = []
    for now in range(MONTH_MS, MONTH_MS + within, every):
        if not rule(came, now):
            came.append(now)
        elif end_at_closed:
            break
    return len(came)


def patient(rule: Rule, *, within: int) -> int:
    """How many wrong texts are read of somebody who never sends the one that would close the card, but for the last."""
    came: list[Instant] = []
    for now in range(MONTH_MS, MONTH_MS + within, HOUR_MS):
        if not rule([*came, now], now):
            came.append(now)
    return len(came) + 1


def _unnoticed() -> float:
    """Somebody tries numbers in any order; of all orders, those in which no number before the right one reads as duress.

    The right one is not the first given, and those near it read as slips: it must come before all others.
    """
    loud = [sum(other != own and not own.nearly(other.digits) for other in NUMBERS) for own in NUMBERS]
    return float(np.mean([1 / (1 + count) for count in loud]))
