"""What is done when words come in, and what is agreed with a helper about being in touch."""

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.contact.models import Inbound, InboundState, Noticer, Route, Window, WindowState
from ojakgyo.apps.contact.numbers import e164
from ojakgyo.apps.contact.spool import LONGEST, Sms
from ojakgyo.apps.contact.words import Words, words_of
from ojakgyo.apps.network.queries import line_of_indexes
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Channel, Exposes, Meaning, ReadingResult, RouteKind
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CardId, LineId, MessageId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant

REPEAT_MS = 10 * MINUTE_MS
WORDS_KEPT_MS = 30 * DAY_MS


def receive_sms(desk: Desk, *, ext_id: bytes, sms: Sms, arrived: Instant | None = None) -> MessageId | None:
    """Keep an SMS, its line recognised by the blind index, which costs 25 ms and is computed before the transaction."""
    number = e164(sms.number)
    indexes = () if number is None else desk.keyring.ring.line_indexes("phone", number)
    return keep_sms(desk, ext_id=ext_id, sms=sms, indexes=indexes, arrived=arrived or desk.now)


@action
def keep_sms(desk: Desk, *, ext_id: bytes, sms: Sms, indexes: tuple[bytes, ...], arrived: Instant) -> MessageId | None:
    """Number and words are sealed in the insert. None: this very file was taken before.

    `arrived`: when the modem wrote it, which is what counts for a window, however late the house took it.
    """
    if Inbound.objects.filter(channel=Channel.SPOOL, ext_id=ext_id).exists():
        record(desk, facts.FileSeenAgain(inbound=_seq_of(ext_id)))
        return None
    line = line_of_indexes(indexes)
    row = Inbound(channel=Channel.SPOOL, ext_id=ext_id, line=line, received_ms=arrived)
    row.code = "contact.line_unknown" if line is None else _length_code(sms.words)
    _keep(desk, row, number=sms.number, words=sms.words)
    return MessageId(row.message)


@action
def type_message(desk: Desk, *, person: PersonId, words: str) -> MessageId:
    """Keep what an officer heard and typed; from here it takes the same path as an SMS."""
    row = Inbound(channel=Channel.TYPED, person=person, received_ms=desk.now)
    row.ext_id, row.code = desk.keyring.ring.external_id("typed", row.message), _length_code(words)
    _keep(desk, row, number=str(person), words=words)
    return MessageId(row.message)


@action
def keep_unreadable(desk: Desk, *, ext_id: bytes, written: bytes) -> MessageId:
    """Keep the bytes of a file nobody can read, sealed; nothing is lost, and somebody may look."""
    row = Inbound(channel=Channel.SPOOL, ext_id=ext_id, received_ms=desk.now, state=InboundState.UNREADABLE)
    row.code, row.same = "contact.file_unreadable", desk.keyring.ring.external_id("same", ext_id)[:16]
    row.words = _sealed(desk, row.message, written=written.hex())
    row.save(force_insert=True)
    due.put(**_forgotten(row))
    record(desk, facts.FileUnreadable(message=MessageId(row.message), inbound=row.seq))
    return MessageId(row.message)


@action
def show_words(desk: Desk, *, message: MessageId) -> Words:
    """Show an officer the words of a message as they came. Without the key of its cell: ``NotHeld``."""
    found = words_of(desk, message)
    record(desk, facts.WordsShown(message=message))
    return found


@action
def agree_window(
    desk: Desk, *, person: PersonId, opens: Instant, closes: Instant, grace_ms: int, heard: Instant | None = None
) -> int:
    """When a person is to be in touch; silence past the grace falls due by itself. `heard`: it is over, and was kept."""
    if not opens < closes:
        raise Refused("contact.window_backwards")
    state = WindowState.AGREED if heard is None else WindowState.KEPT
    window = Window.objects.create(
        person_id=person, opens_ms=opens, closes_ms=closes, grace_ms=grace_ms, state=state, heard_ms=heard
    )
    if heard is None:
        due.put("contact.window", key=f"contact.window:{window.pk}", about=window.pk, due=Instant(closes + grace_ms))
    record(desk, facts.WindowAgreed(person=person, opens=opens, closes=closes))
    return int(window.pk)


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


@action
def agree_route(
    desk: Desk,
    *,
    person: PersonId,
    kind: RouteKind,
    through: PersonId | None,
    delay_ms: int,
    exposes: Exposes,
    from_minute: int = 0,
    to_minute: int = 1440,
    rehearsed: Instant | None = None,
) -> int:
    """A way to tell a person outside the window, agreed beforehand."""
    route = Route.objects.create(
        person_id=person,
        kind=kind,
        through_id=through,
        delay_ms=delay_ms,
        exposes=exposes,
        from_minute=from_minute,
        to_minute=to_minute,
        rehearsed_ms=rehearsed,
    )
    record(desk, facts.RouteAgreed(person=person, route=kind, through=through))
    return int(route.pk)


@action
def agree_noticer(desk: Desk, *, person: PersonId, noticer: PersonId, delay_ms: int) -> PersonId:
    """Who would see that something happened to a person."""
    Noticer.objects.update_or_create(person_id=person, defaults={"noticer_id": noticer, "delay_ms": delay_ms})
    record(desk, facts.NoticerAgreed(person=person, noticer=noticer))
    return person


def _keep(desk: Desk, row: Inbound, *, number: str, words: str) -> None:
    row.same = desk.keyring.ring.external_id("same", number, words)[:16]
    row.words = _sealed(desk, row.message, number=number, words=words)
    first = _repeats(row)
    if first is not None:
        row.state, row.first, row.words = InboundState.REPEATED, first, None  # the first has them
    row.save(force_insert=True)
    due.put(**_forgotten(row))
    message = MessageId(row.message)
    if first is not None:
        record(desk, facts.MessageRepeated(message=message, first=first, told=desk.now))
        return
    line = None if row.line is None else LineId(row.line)
    record(
        desk,
        facts.MessageReceived(message=message, inbound=row.seq, channel=row.channel, line=line, told=desk.now),
    )


def _repeats(row: Inbound) -> MessageId | None:
    """The message whose words and number came before within ten minutes."""
    before = Inbound.objects.filter(same=row.same, received_ms__gte=row.received_ms - REPEAT_MS, first=None).exclude(
        state=InboundState.UNREADABLE
    )
    found = before.order_by("seq").values_list("message", flat=True).first()
    return None if found is None else MessageId(found)


def _sealed(desk: Desk, message: int, **fields: str) -> bytes:
    return seals.seal(desk.keyring.ring.words_key(), seals.place(Table.INBOUND, message, Group.WORDS), fields)


def _length_code(words: str) -> str | None:
    return "contact.too_long" if len(words) > LONGEST else None


def _forgotten(row: Inbound) -> dict[str, object]:
    """Words go after thirty days, known caller or not."""
    return {
        "kind": "contact.forget_words",
        "key": f"contact.forget_words:{row.seq}",
        "about": row.seq,
        "due": Instant(row.received_ms + WORDS_KEPT_MS),
    }


def _seq_of(ext_id: bytes) -> int:
    return int(Inbound.objects.values_list("seq", flat=True).get(channel=Channel.SPOOL, ext_id=ext_id))
