"""What is done when words come in. What is agreed about being in touch is done in `agreements`, and found here too."""

from django.conf import settings

from ojakgyo.apps.cards.reading.kept import kept
from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.contact import holding, keeping
from ojakgyo.apps.contact.agreements.acts import agree_noticer as agree_noticer
from ojakgyo.apps.contact.agreements.acts import agree_pattern as agree_pattern
from ojakgyo.apps.contact.agreements.acts import agree_plan as agree_plan
from ojakgyo.apps.contact.agreements.acts import agree_route as agree_route
from ojakgyo.apps.contact.agreements.acts import agree_stand_aside as agree_stand_aside
from ojakgyo.apps.contact.agreements.acts import agree_window as agree_window
from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.apps.contact.numbers import e164
from ojakgyo.apps.contact.spool import Sms
from ojakgyo.apps.contact.words import Words, words_of
from ojakgyo.apps.network.queries import line_of_indexes
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel, Meaning, ReadingResult
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant


def receive_sms(
    desk: Desk, *, ext_id: bytes, sms: Sms, arrived: Instant | None = None, channel: Channel = Channel.SPOOL
) -> MessageId | None:
    """Keep an SMS, its line recognised by the blind index, which costs 25 ms and is computed before the transaction.

    So are the rows of cards it may be held against.
    """
    kept.warm(desk)
    number = e164(sms.number)
    indexes = () if number is None else desk.keyring.ring.line_indexes("phone", number)
    return keep_sms(desk, ext_id=ext_id, sms=sms, indexes=indexes, arrived=arrived or desk.now, channel=channel)


@action
def keep_sms(
    desk: Desk,
    *,
    ext_id: bytes,
    sms: Sms,
    indexes: tuple[bytes, ...],
    arrived: Instant,
    channel: Channel = Channel.SPOOL,
) -> MessageId | None:
    """Number and words are sealed in the insert. None: this very file, or what a gateway hands in, was taken before.

    `arrived`: when the modem wrote it or the gateway heard it, which is what counts for a window, however late the house
    took it.
    """
    if _seen_again(desk, channel, ext_id):
        return None
    line = line_of_indexes(indexes)
    row = Inbound(channel=channel, ext_id=ext_id, line=line, received_ms=arrived)
    row.code = "contact.line_unknown" if line is None else keeping.length_code(sms.words)
    keeping.keep(desk, row, number=sms.number, words=sms.words)
    return MessageId(row.message)


@action
def type_message(
    desk: Desk,
    *,
    person: PersonId,
    words: str,
    line: str = "",
    following: Instant | None = None,
    through: PersonId | None = None,
    heads: int | None = None,
) -> MessageId:
    """Keep what an officer heard and typed; once it can no longer be taken back it takes the same path as an SMS.

    `line`: the whole line as it was typed, given back with it. `following`: when the next contact begins, which is agreed.
    `through`: who spoke for them, nothing was heard of themselves. `heads`: how many they said they are.
    """
    row = Inbound(channel=Channel.TYPED, person=person, received_ms=desk.now)
    row.ext_id, row.code = desk.keyring.ring.external_id("typed", row.message), keeping.length_code(words)
    window = None if following is None else holding.agree_next(desk, person, following)
    more = holding.agreed(window, following, through=through, heads=heads)
    if settings.OJAK_HOLD_MS > 0:
        holding.hold(desk, row, words=words, line=line, **more)
    else:
        keeping.keep(desk, row, number=str(person), words=words, **more)
    return MessageId(row.message)


@action
def take_back(desk: Desk, *, message: MessageId) -> str:
    """Take back a line of one's own that has not been read: it is gone, and what it agreed. The line as it was typed."""
    row = holding.held(desk, message)
    line = holding.undo(desk, row)
    record(desk, facts.LineTakenBack(message=message))
    return line


@action
def keep_unreadable(desk: Desk, *, ext_id: bytes, written: bytes, channel: Channel = Channel.SPOOL) -> MessageId | None:
    """Keep the bytes of what nobody can read, sealed; nothing is lost, and somebody may look. None: kept before."""
    if _seen_again(desk, channel, ext_id):
        return None
    row = Inbound(channel=channel, ext_id=ext_id, received_ms=desk.now, state=InboundState.UNREADABLE)
    row.code = "contact.file_unreadable" if channel is Channel.SPOOL else "contact.post_unreadable"
    row.same = desk.keyring.ring.external_id("same", ext_id)[:16]
    row.words = keeping.sealed(desk, row.message, written=written.hex())
    row.save(force_insert=True)
    due.put(**keeping.forgotten(row))
    record(desk, facts.FileUnreadable(message=MessageId(row.message), inbound=row.seq))
    return MessageId(row.message)


@action
def show_words(desk: Desk, *, message: MessageId) -> Words:
    """Show an officer the words of a message as they came. Without the key of its cell: ``NotHeld``."""
    found = words_of(desk, message)
    record(desk, facts.WordsShown(message=message))
    return found


@action
def note_earlier_contact(desk: Desk, *, person: PersonId, card: CardId, window: int, heard: Instant) -> int:
    """An "all well" that was read by the card before this desk began: the watch weighs it like any other."""
    read = facts.MessageRead(
        message=MessageId(new_id()),
        line=None,
        person=person,
        card=card,
        row=None,
        result=ReadingResult.OK,
        meaning=Meaning.WELL,
        window=window,
        told=heard,
    )
    return record(desk, read)


def _seen_again(desk: Desk, channel: Channel, ext_id: bytes) -> bool:
    """Whether it was kept before; then that is what is recorded."""
    before = Inbound.objects.filter(channel=channel, ext_id=ext_id).values_list("seq", flat=True).first()
    if before is not None:
        record(desk, facts.FileSeenAgain(inbound=int(before)))
    return before is not None
