"""A helper wrote from a phone nobody knew: who holds their cell keeps its number as theirs, or leaves it: it may be borrowed.

Either settles all texts that came from there until now. The number is opened in the cell's inbox, shown to nobody, and
sealed again.
"""

from collections.abc import Collection

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.contact.numbers import e164
from ojakgyo.apps.contact.values import TEXTS
from ojakgyo.apps.contact.words import words_of
from ojakgyo.apps.network.keeping import NewLine, draft_line, keep_line
from ojakgyo.apps.network.queries import cell_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import PhoneLeft
from ojakgyo.domain.values.ids import LineId, MessageId, PersonId


def keep_phone(desk: Desk, *, message: MessageId) -> PersonId:
    """Record the phone this text came from as its writer's. Without the key of the cell: ``NotHeld``."""
    person, number, alike = _asked(desk, message)
    if number is None:
        raise Refused("contact.number_unreadable")
    write_phone(desk, person=person, line=draft_line(desk, cell=cell_of(person), number=number), messages=alike)
    return person


@action
def write_phone(desk: Desk, *, person: PersonId, line: NewLine, messages: Collection[MessageId]) -> LineId:
    """Write a line whose number is sealed and indexed already; a number that stands at this desk: ``Refused``."""
    kept = keep_line(desk, line=line, holder=person)
    Inbound.objects.filter(message__in=messages).update(line=kept, settled=True)
    return kept


def leave_phone(desk: Desk, *, message: MessageId) -> PersonId:
    """The phone this text came from is somebody else's, or not to be counted on: nothing of it is recorded."""
    person, _, alike = _asked(desk, message)
    write_left(desk, message=message, person=person, messages=alike)
    return person


@action
def write_left(desk: Desk, *, message: MessageId, person: PersonId, messages: Collection[MessageId]) -> PersonId:
    """Ask about these texts no more."""
    Inbound.objects.filter(message__in=messages).update(settled=True)
    record(desk, PhoneLeft(person=person, message=message))
    return person


def _asked(desk: Desk, message: MessageId) -> tuple[PersonId, str | None, tuple[MessageId, ...]]:
    """Whose text it is, the number it came from, and every text of theirs from there."""
    asks = Inbound.objects.filter(channel__in=TEXTS, first=None, line=None, person__isnull=False, settled=False)
    asks = asks.filter(dropped__isnull=False)
    row = asks.filter(message=message).first()
    if row is None:
        raise Refused("house.not_found", message=message)
    number = words_of(desk, message).number
    beside = asks.filter(person=row.person, cell=row.cell).values_list("message", flat=True)
    alike = [each for each in map(MessageId, beside) if _same(words_of(desk, each).number, number)]
    return PersonId(row.person), e164(number), tuple(alike)


def _same(one: str, other: str) -> bool:
    return (e164(one) or one) == (e164(other) or other)
