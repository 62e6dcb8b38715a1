"""Whether time leapt between two looks at the clocks: the machine slept, or its clock was set ahead. Pure."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.facts import Absence
from ojakgyo.domain.values.instants import MINUTE_MS, SECOND_MS, Instant

AWAY_MS: Final = 2 * MINUTE_MS
"""So long nothing is missed: a restart takes seconds, and every window has a grace of hours."""
LOST_MS: Final = MINUTE_MS
"""A machine's clock that lies so far behind the house's is said to be wrong."""


@dataclass(frozen=True, slots=True)
class Look:
    """Three clocks at one moment. None of them hangs on what the house has to do.

    `now` is the house's, which follows the machine's; `lived_s` counts from the start of the machine, its sleep included,
    and nobody can set it; `awake_s` counts without the sleep.
    """

    now: Instant
    lived_s: float
    awake_s: float


def leap(before: Look, after: Look) -> Absence | None:
    """None where the clocks agree; a machine that was slow but awake has not been away, whatever it did meanwhile."""
    lived = after.lived_s - before.lived_s
    if SECOND_MS * (lived - (after.awake_s - before.awake_s)) > AWAY_MS:
        return Absence.ASLEEP
    if after.now - before.now - SECOND_MS * lived > AWAY_MS:
        return Absence.SET_AHEAD
    return None
