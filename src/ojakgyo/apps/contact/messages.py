"""Messages as they came in: from whom and when, and who could open the words; never the words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.apps.contact.values import TEXTS, MessageLine, Opens
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.network.queries import cells_of, holder_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.inboxes import NOBODY
from ojakgyo.domain.values.ids import CellId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

AT_MOST: Final = 10


def came_in(desk: Desk) -> tuple[MessageLine, ...]:
    """The newest texts of the channels, newest first; the same for every meaning. A repetition is its first."""
    rows = Inbound.objects.filter(channel__in=TEXTS, first=None).exclude(state=InboundState.UNREADABLE)
    newest = list(rows.order_by("-seq")[:AT_MOST])
    return _lines(desk, newest)


def from_new_phones(desk: Desk, person: PersonId) -> tuple[MessageLine, ...]:
    """Texts of somebody that came from a phone nobody knew, while nobody has said whether it is theirs; newest first."""
    rows = Inbound.objects.filter(channel__in=TEXTS, first=None, person=person, line=None, settled=False)
    return _lines(desk, list(rows.filter(dropped__isnull=False).order_by("-seq")[:AT_MOST]))


def _lines(desk: Desk, rows: Sequence[Inbound]) -> tuple[MessageLine, ...]:
    held_by = dict(Line.objects.filter(pk__in={row.line for row in rows}).values_list("pk", "holder_id"))
    whose = {row.message: row.person or held_by.get(row.line) for row in rows}
    names, open_to = code_names(desk, {each for each in whose.values() if each is not None}), _opens(desk, rows)
    found: list[MessageLine] = []
    asked: set[int | None] = set()
    for row in rows:
        person, new = whose[row.message], row.person is not None and row.line is None
        may_settle = new and not row.settled and person not in asked and row.dropped is not None
        may_settle = may_settle and open_to[row.message] is Opens.HERE
        asked |= {person} if may_settle else set()
        line = MessageLine(
            message=MessageId(row.message),
            at=Instant(row.received_ms),
            person=None if person is None else PersonId(person),
            code_name=None if person is None else names.get(person),
            opens=open_to[row.message],
            new_phone=new,
            may_settle=may_settle,
        )
        found.append(line)
    return tuple(found)


def opens(desk: Desk, messages: Iterable[int]) -> Mapping[int, Opens]:
    """Who could open the words of each of these messages; what the desk does not know is left out."""
    return _opens(desk, Inbound.objects.filter(message__in=set(messages)))


def _opens(desk: Desk, rows: Iterable[Inbound]) -> dict[int, Opens]:
    """Whether a message has been read yet changes nothing: waiting words ask for the key they will ask for later."""
    rows = list(rows)
    waiting = {row.message: _sender(row) for row in rows if row.dropped is None and row.words is not None}
    cells = cells_of(person for person in waiting.values() if person is not None)
    own = {row.message: row.cell if row.dropped else cells.get(waiting.get(row.message) or 0) for row in rows}
    return {message: _by(desk, cell) for message, cell in own.items()}


def _sender(row: Inbound) -> int | None:
    return row.person or holder_of(row.line)


def _by(desk: Desk, cell: int | None) -> Opens:
    if cell is None:  # of nobody the desk knows, not yet in an inbox; or forgotten
        return Opens.NOT
    if cell == NOBODY:
        return Opens.BY_SHARES
    return Opens.HERE if desk.keyring.holds(CellId(cell)) else Opens.NOT
