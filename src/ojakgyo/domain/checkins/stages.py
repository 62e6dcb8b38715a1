"""How long a silence lasts before somebody does more about it: four stages, counted in graces after the window closed."""

from typing import Final

from ojakgyo.domain.checkins.windows import LEAST_GRACE_MS, Window
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

GRACES: Final = (0, 1, 2, 4)
"""So many graces after the first one is over each stage begins. Source: research, communications-and-cards.md, semantics."""
LAST: Final = len(GRACES) - 1
ANSWER_MS: Final = 30 * MINUTE_MS
"""Nobody has taken it for so long: the next on the rota is asked."""
ONE_BY_ONE: Final = 4
"""So many are asked one after the other, before it is asked for more and more seldom."""
LONGEST_MS: Final = 12 * HOUR_MS
"""However often it came back, it comes back again within so long."""
HELD_MS: Final = 4 * HOUR_MS
"""Whoever took it has done nothing about it for so long: it comes back."""


def begins(window: Window, stage: int) -> Instant:
    """When a silence of this window reaches a stage, 0..3."""
    return Instant(window.missed_from + GRACES[stage] * step_ms(window))


def step_ms(window: Window) -> int:
    """How long a stage lasts at least: a grace, however short it was agreed."""
    return max(window.grace_ms, LEAST_GRACE_MS)


def asked_again_ms(times: int) -> int:
    """How long after it was asked for so many times at one stage it is asked for again.

    Half an hour for as many as are on most rotas, so that the next is soon asked; then twice as long each time.

    Whoever is woken every half hour for days, for a silence that is most often a battery, stops listening.
    """
    return min(ANSWER_MS << min(max(0, times - ONE_BY_ONE), 10), LONGEST_MS)
