"""What a page shows of a radio silence."""

from dataclasses import dataclass

from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Running:
    """Nobody is called, and no silence is judged, until then."""

    begun: Instant
    until: Instant
