"""When a warning asks for somebody: what is put on the list then. Inside the transaction of what makes it ask."""

from typing import Final

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.watch.models import Warning
from ojakgyo.apps.watch.queries import SHOWN_MS
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import AcknowledgementLapsed
from ojakgyo.domain.values.ids import WarningId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

FORGOTTEN_MS: Final = 30 * MINUTE_MS
"""A red that somebody has seen and nobody has taken for so long asks again."""


def begin(row: Warning, *, now: Instant) -> None:
    """It asks from now on: the row says since when, and after ten minutes it is shown whole. The caller saves."""
    row.red_ms, row.acknowledged = now, False
    shown = Instant(now + SHOWN_MS)
    due_list.put("watch.show_row", key=f"watch.show_row:{row.pk}:{row.seq}", about=row.pk, due=shown)


def lapse(desk: Desk, row: Warning) -> None:
    """Whoever had seen it did nothing more: it asks again. The caller saves."""
    row.seq = record(desk, AcknowledgementLapsed(warning=WarningId(row.pk)))
    begin(row, now=desk.now)


def wait_for_owner(row: Warning, *, now: Instant) -> None:
    """Half an hour from now somebody must own it. A warning has one such line on the list, which is moved."""
    key, due = f"watch.lapse:{row.pk}", Instant(now + FORGOTTEN_MS)
    due_list.put("watch.lapse", key=key, about=row.pk, due=due)
    due_list.again(key, due=due)  # the line of an earlier time is done
