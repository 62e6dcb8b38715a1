"""A message that says again what came before: it is joined to the first one, and says nothing itself.

Within ten minutes the same words are one message, whatever they say (`keeping`). For two days so is the newest text of a
card, digit for digit, from where it came from. From anywhere else, or after a later row, a used text is a replay.
"""

from ojakgyo.apps.cards.reading import said_before
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact import keeping
from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import Actor
from ojakgyo.domain.values.ids import MessageId, PersonId
from ojakgyo.domain.values.instants import Instant


def is_same_sender(desk: Desk, row: Inbound, first: MessageId) -> bool:
    """Whether both came over the same line, or from the same program or the officers, about the same person."""
    before = Inbound.objects.filter(message=first).first()
    if before is None or (row.channel, row.line, row.person) != (before.channel, before.line, before.person):
        return False
    if row.channel is Channel.PROGRAM:
        return _by(first) == desk.actor
    return row.line is not None or row.person is not None


def join(desk: Desk, row: Inbound, first: MessageId) -> None:
    """Leave a message unread and its words with the first one, inside the caller's transaction."""
    row.state, row.first, row.words = InboundState.REPEATED, first, None
    row.save(update_fields=["state", "first", "words"])
    keeping.tell(desk, row, told=Instant(row.received_ms))


def handed_in_before(desk: Desk, *, person: PersonId, words: str) -> MessageId | None:
    """The message of this text, if this program handed it in before and it counts once; writes nothing.

    What no row was used for counts once for as long as the same words of an SMS do.
    """
    first = said_before(desk, person=person, words=words, at=desk.now)
    asked = Inbound(channel=Channel.PROGRAM, person=person, received_ms=desk.now)
    if first is not None:
        return first if is_same_sender(desk, asked, first) else None
    asked.same = keeping.same(desk, number=str(person), words=words)
    found = keeping.first(asked)
    return found if found is not None and is_same_sender(desk, asked, found) and not _used_a_row(found) else None


def _by(message: MessageId) -> Actor | None:
    told = inbox.mentioning([ids.text("m", message)], kinds=[facts.MessageReceived], at_most=1)
    return told[0].actor if told else None


def _used_a_row(message: MessageId) -> bool:
    told = inbox.mentioning([ids.text("m", message)], kinds=[facts.MessageRead], at_most=1)
    read = told[0].fact if told else None
    return isinstance(read, facts.MessageRead) and read.row is not None
