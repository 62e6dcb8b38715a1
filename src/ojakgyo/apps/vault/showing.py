"""Who may be shown which fact on the audit page. Pure.

Who did what is for the auditor; that somebody writes under duress is not. What the house by itself heard, weighed and
called follows a message within a second, one thing for duress and another for well: only safety officers see that it
happened. Nobody sees here whom it was about, or what it said: that stands on the warning, under its own rule.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.facts import Plain
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.roles import OfficerRole

OPEN: Final = ("vault", "people", "network", "chronicle", "intake", "home")
GUARDED: Final = ("alerts", "cards", "contact", "watch")
FOLLOWING: Final = frozenset(
    {
        "cards.card_activated",
        "cards.card_retired",
        "cards.tripwire_touched",
        "cards.match_waiting",
        "cards.card_throttled",
        "cards.throttle_lifted",
        "cards.resynchronised",
        "cards.receipt_confirmed",
        "cards.handover_confirmed",
        "cards.arrival_confirmed",
        "cards.quiet_announced",
        "contact.message_read",
        "contact.window_kept",
    }
)
"""What follows from how a text reads, whoever brought it in: a text that an officer typed is read in the officer's own act."""
BY_ITSELF: Final = (ActorKind.HOUSE, ActorKind.CHANNEL)
AREAS: Final = (*OPEN, *GUARDED)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads the audit, by what they may see."""

    safety: bool

    @classmethod
    def of(cls, roles: Collection[OfficerRole]) -> "Reader":
        return cls(OfficerRole.SAFETY in roles)

    @property
    def guarded(self) -> tuple[str, ...]:
        """Areas of which only what somebody did is listed, not what the house did by itself."""
        return () if self.safety else GUARDED

    @property
    def hidden(self) -> frozenset[str]:
        """Kinds that are not listed, whoever did it."""
        return frozenset() if self.safety else FOLLOWING

    def ids_of(self, kind: str, fields: Plain | None, *, actor: ActorKind) -> tuple[str, ...]:
        """The written ids it names, where they may be shown; no other field ever is."""
        if kind in FOLLOWING:
            return ()
        if fields is None or not (_area(kind) in OPEN or (self.safety and actor not in BY_ITSELF)):
            return ()
        return tuple(value for _, value in sorted(fields.items()) if isinstance(value, str) and _is_id(value))


def _area(kind: str) -> str:
    return kind.partition(".")[0]


def _is_id(written: str) -> bool:
    try:
        ids.parse(written)
    except ValueError:
        return False
    return True
