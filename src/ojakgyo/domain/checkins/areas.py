"""Silence of many in one area has one cause: the area. Bayes over two worlds, the network there is out or it is not.

Figures: research, communications-and-cards.md, "Area effect". Of six people one silent: the silence weighs 9 to 1; all six
silent: 0.92 to 1, and the area is out for certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

OUT_BEFORE: Final = 0.05
"""P(an area is out at some time of a day), before anybody is listened to."""
SILENT_WHEN_OUT: Final = 0.98
SILENT_WHEN_TAKEN: Final = 0.9
CERTAIN: Final = 0.95
"""So sure the desk must be before it blames the area."""
FEWEST_SILENT: Final = 3
"""Fewer silent people than that are never an area's."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One person who was to be heard lately. `rate`: the share of windows they miss while free, within (0, 1)."""

    silent: bool
    rate: float


def out(people: Sequence[Expected], *, before: float = OUT_BEFORE) -> float:
    """P(the area is out), from whom was heard and who was not. Nobody was to be heard: what was believed before."""
    odds = before / (1.0 - before)
    for one in people:
        if one.silent:
            odds *= SILENT_WHEN_OUT / one.rate
        else:
            odds *= (1.0 - SILENT_WHEN_OUT) / (1.0 - one.rate)
    return odds / (1.0 + odds)


def is_out(people: Sequence[Expected]) -> bool:
    """Whether their silence is the area's."""
    silent = sum(one.silent for one in people)
    return silent >= FEWEST_SILENT and 2 * silent > len(people) and out(people) >= CERTAIN


def silence_ratio(rate: float, others: Sequence[Expected]) -> float:
    """The likelihood ratio of one person's silence, taken against free, given the others of their area.

    Nobody else was to be heard there: as if the area were no matter.
    """
    share = out(others) if others else 0.0
    return SILENT_WHEN_TAKEN / (share * SILENT_WHEN_OUT + (1.0 - share) * rate)
