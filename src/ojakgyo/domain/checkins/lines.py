"""Lines: what a state may become, and when what is on a line runs out so soon that somebody must see to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.facts import LineState
from ojakgyo.domain.values.instants import DAY_MS, Instant

SOON_MS: Final = 7 * DAY_MS
"""So long before it is due somebody is reminded: a card for a phone is not bought in a day."""
LONG_PAST_MS: Final = 366 * DAY_MS
"""What would have run out so long ago is a slip of the pen: a number that lay idle for a year is another's by then."""
MAY_BECOME: Final[Mapping[LineState, tuple[LineState, ...]]] = {
    LineState.ACTIVE: (LineState.QUIET, LineState.SEIZED, LineState.BURNT),
    LineState.QUIET: (LineState.ACTIVE, LineState.SEIZED, LineState.BURNT),
    LineState.SEIZED: (LineState.BURNT,),
    LineState.BURNT: (),
}
"""Whatever was in other hands, or was burnt, is never used again."""
TRUSTED: Final = (LineState.ACTIVE, LineState.QUIET)


@dataclass(frozen=True, slots=True)
class Charge:
    """What is on a line, as somebody told it at `told`: `expires` and `topup` None where nobody knows. `balance` in fen."""

    told: Instant
    expires: Instant | None
    topup: Instant | None
    balance: int | None = None

    @property
    def first(self) -> Instant | None:
        """What is due first of it."""
        return min((each for each in (self.expires, self.topup) if each is not None), default=None)

    @property
    def remind(self) -> Instant | None:
        """When somebody is to be reminded."""
        return None if self.first is None else Instant(self.first - SOON_MS)

    @property
    def long_past(self) -> bool:
        """One of its days lay more than a year back when it was told."""
        return self.first is not None and self.first < self.told - LONG_PAST_MS

    @property
    def yuan(self) -> str:
        """What is left as it is said; empty where nobody knows."""
        return "" if self.balance is None else f"{self.balance / 100:,.2f}"

    def expires_soon(self, now: Instant) -> bool:
        """Within a week, or it has."""
        return self.expires is not None and self.expires <= now + SOON_MS

    def topped_up_soon(self, now: Instant) -> bool:
        return self.topup is not None and self.topup <= now + SOON_MS

    def wanted(self, now: Instant) -> bool:
        """Somebody must see to it."""
        return self.expires_soon(now) or self.topped_up_soon(now)
