"""A text that a program or a command hands in is kept and read in one stroke, on the path every message takes."""

from ojakgyo.apps.chronicle import due, inbox
from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.contact import decoding, keeping, repeating
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel, MessageRead, ReadingResult
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import MessageId, PersonId


def verify_once(desk: Desk, *, person: PersonId, words: str) -> MessageId:
    """As `verify`; of a text that was handed in before and says nothing new, the message of the first time.

    So a program that had no answer asks again, and nothing is written.
    """
    before = repeating.handed_in_before(desk, person=person, words=words)
    return verify(desk, person=person, words=words) if before is None else before


@action
def verify(desk: Desk, *, person: PersonId, words: str) -> MessageId:
    """Keep a text of somebody and read it on their cards; the last text once more, and no row used since, says nothing.

    What it was is asked for by `result_of`; what follows from it is done by the duties, for every result alike.
    """
    row = Inbound(channel=Channel.PROGRAM, person=person, received_ms=desk.now)
    row.ext_id, row.code = desk.keyring.ring.external_id("program", row.message), keeping.length_code(words)
    keeping.seal(desk, row, number=str(person), words=words)
    row.save(force_insert=True)
    due.put(**keeping.forgotten(row))
    keeping.tell(desk, row, told=desk.now)
    decoding.read(desk, row)
    return MessageId(row.message if row.first is None else row.first)


def result_of(message: MessageId) -> ReadingResult | None:
    """What a message was read as; None while it waits for a second one, or was not read."""
    told = inbox.mentioning([ids.text("m", message)], kinds=[MessageRead], at_most=1)
    fact = told[0].fact if told else None
    return fact.result if isinstance(fact, MessageRead) else None
