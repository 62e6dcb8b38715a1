"""Messages as they came in: from whom and when, and who could open the words; never the words."""

from collections.abc import Iterable, Mapping
from typing import Final

from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.apps.contact.values import MessageLine, Opens
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.sealing.inboxes import NOBODY
from ojakgyo.domain.values.ids import CellId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

AT_MOST: Final = 10


def came_in(desk: Desk) -> tuple[MessageLine, ...]:
    """The newest texts of the channels, newest first; the same for every meaning. A repetition is its first."""
    rows = Inbound.objects.filter(channel=Channel.SPOOL, first=None).exclude(state=InboundState.UNREADABLE)
    newest = list(rows.order_by("-seq")[:AT_MOST])
    holders = dict(Line.objects.filter(pk__in={row.line for row in newest}).values_list("pk", "holder_id"))
    names = code_names(desk, holders.values())
    return tuple(
        MessageLine(
            message=MessageId(row.message),
            at=Instant(row.received_ms),
            person=PersonId(holders[row.line]) if row.line in holders else None,
            code_name=names.get(holders.get(row.line, 0)),
            opens=_opens(desk, row),
        )
        for row in newest
    )


def opens(desk: Desk, messages: Iterable[int]) -> Mapping[int, Opens]:
    """Who could open the words of each of these messages; what the desk does not know is left out."""
    return {row.message: _opens(desk, row) for row in Inbound.objects.filter(message__in=set(messages))}


def _opens(desk: Desk, row: Inbound) -> Opens:
    if row.dropped is None:  # not read yet, forgotten, or of no inbox
        return Opens.NOT
    if row.cell == NOBODY:
        return Opens.BY_SHARES
    return Opens.HERE if desk.keyring.holds(CellId(row.cell)) else Opens.NOT
