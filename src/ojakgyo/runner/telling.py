"""Which open pages are told of which facts: by the area in front of the dot of their kind."""

from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.domain.values.ids import Seq
from ojakgyo.web.bell import bell

EVENTS: Final = {
    "watch": ("board",),
    "alerts": ("board",),
    "chronicle": ("board",),
    "contact": ("inbox", "checkins"),
}


def tell(since: Seq) -> Seq:
    """Ring for whatever was recorded after `since`; returns how far was told."""
    last, areas = inbox.areas_after(since)
    for event in sorted({event for area in areas for event in EVENTS.get(area, ())}):
        bell.ring(event, last)
    return last
