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

    def ids_of(self, kind: str, fields: Plain | None, *, actor: ActorKind) -> tuple[str, ...]:
        """The written ids it names, where they may be shown; no other field ever is."""
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
