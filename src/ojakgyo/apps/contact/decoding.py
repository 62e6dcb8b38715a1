"""A message is read by the cards: what it says is recorded, the window it keeps is noted, its words go to their inbox.

One that fits a row and is not enough by itself waits for a second one, its words where the house can open them: when that
comes, both are read. Whoever else looks sees the same for every meaning.
"""

from typing import Final

from ojakgyo.apps.cards.reading import CardReading, read_again, read_text
from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.contact import holding, keeping, repeating
from ojakgyo.apps.contact.agreements import by_row, groups
from ojakgyo.apps.contact.models import Inbound, InboundState, Window
from ojakgyo.apps.contact.numbers import e164
from ojakgyo.apps.contact.spool import LONGEST
from ojakgyo.apps.contact.values import TEXTS
from ojakgyo.apps.contact.waiting import keep_window
from ojakgyo.apps.contact.words import hand_on
from ojakgyo.apps.network.queries import holder_of
from ojakgyo.domain import facts
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel, ReadingResult
from ojakgyo.domain.values.ids import CardId, LineId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

GIVE_UP: Final = "contact.give_up_match"


def read(desk: Desk, row: Inbound) -> None:
    """Read a message that came in just now, inside the caller's transaction."""
    if (through := _told(desk, row).get("through")) is not None:
        _heard_through(desk, row, PersonId(int(through)))
        return
    said, whose = _said(desk, row), _whose(row)
    if said is not None and said.repeats is not None and repeating.is_same_sender(desk, row, said.repeats):
        repeating.join(desk, row, said.repeats)
        return
    if said is not None and said.pending:
        _wait(desk, row, said, whose)
        return
    if said is not None and said.card is not None:
        for message in said.earlier:
            _read_earlier(desk, message, said.card)
    if said is not None and said.person is not None:
        whose = said.person
    _done(desk, row, said, whose)
    if said is not None and said.printed is not None and said.person is not None:
        at = Instant(row.received_ms)
        by_row.agree(desk, said.person, said.printed, heard=at, instead=holding.next_typed(desk, row))


def give_up(desk: Desk, row: Inbound) -> None:
    """No second one came: of a sender the desk knows it was garbled, of another it is nothing."""
    whose = _whose(row)
    said = None if whose is None else CardReading(None, whose, Reading(ReadingResult.GARBLED))
    _done(desk, row, said, whose)


def _told(desk: Desk, row: Inbound) -> dict[str, str]:
    """What an officer typed beside the words, while they lie here."""
    return keeping.opened(desk, row) if row.channel is Channel.TYPED and row.words is not None else {}


def _heard_through(desk: Desk, row: Inbound, through: PersonId) -> None:
    """Somebody else's word: it ends the waiting, no card is opened, and nothing is believed of it."""
    person, heard = _whose(row), Instant(row.received_ms)
    agreed = holding.agreed_by(desk, row)
    window = None if person is None else keep_window(desk, person, heard, but=agreed, relayed=True)
    Inbound.objects.filter(pk=row.pk).update(state=InboundState.READ)
    hand_on(desk, row, person)
    if person is not None:
        record(desk, facts.HeardThrough(person=person, through=through, window=window, told=heard))


def _whose(row: Inbound) -> PersonId | None:
    """Whom an officer or a program names, else who holds the line."""
    return PersonId(row.person) if row.person else holder_of(row.line)


def _said(desk: Desk, row: Inbound) -> CardReading | None:
    """What the words say; None without words, or without a card to read them by."""
    if row.words is None:
        return None
    told = keeping.opened(desk, row)
    return read_text(
        desk,
        words=told["words"][:LONGEST],
        person=PersonId(row.person) if row.person else None,
        line=LineId(row.line) if row.line else None,
        sender=_sender(desk, told["number"]),
        message=MessageId(row.message),
        heard=Instant(row.received_ms),
    )


def _sender(desk: Desk, number: str) -> bytes:
    """Tag of a phone, for as long as the house keeps its keys."""
    return desk.keyring.ring.external_id("sender", e164(number) or number)[:16]


def _wait(desk: Desk, row: Inbound, said: CardReading, whose: PersonId | None) -> None:
    """Keep the words for when a second one comes. Somebody's phone is a sign of life all the same."""
    if whose is not None:
        keep_window(desk, whose, Instant(row.received_ms), but=holding.agreed_by(desk, row))
    Inbound.objects.filter(pk=row.pk).update(state=InboundState.PENDING)
    assert said.until is not None
    due.put(GIVE_UP, key=f"{GIVE_UP}:{row.seq}", about=row.seq, due=said.until)


def _read_earlier(desk: Desk, waited: MessageId, card: CardId) -> None:
    """A text that waited: it counts too, as of when it came."""
    row = Inbound.objects.filter(message=waited, state=InboundState.PENDING).first()
    if row is None or row.words is None:
        return
    words, message, heard = keeping.opened(desk, row)["words"], MessageId(row.message), Instant(row.received_ms)
    due.drop(f"{GIVE_UP}:{row.seq}")
    said = read_again(desk, card=card, words=words[:LONGEST], message=message, heard=heard)
    _done(desk, row, said, said.person)


def _done(desk: Desk, row: Inbound, said: CardReading | None, person: PersonId | None) -> None:
    """Note the window, hand the words on, and record what was read."""
    heard = Instant(row.received_ms)
    keeps = person is not None and (said is None or said.keeps_window)
    window = _window(desk, row, person, heard) if keeps and person is not None else None
    now_known = {"state": InboundState.READ}
    if row.line is None and row.channel in TEXTS and said is not None and person is not None:
        now_known["person"] = person
    Inbound.objects.filter(pk=row.pk).update(**now_known)
    if keeps and person is not None and (heads := _told(desk, row).get("heads")) is not None:
        groups.counted(desk, person, int(heads), heard)
    by_voice = said is None and row.words is not None and row.channel is Channel.TYPED
    hand_on(desk, row, person)
    if person is not None and by_voice:
        record(desk, facts.HeardWithoutCard(person=person, window=window, told=heard))
        return
    reading = Reading(ReadingResult.MALFORMED) if said is None else said.reading
    record(
        desk,
        facts.MessageRead(
            message=MessageId(row.message),
            line=LineId(row.line) if row.line else None,
            person=person,
            card=None if said is None else said.card,
            row=reading.row,
            result=reading.result,
            meaning=reading.meaning,
            window=window,
            told=heard,
        ),
    )


def _window(desk: Desk, row: Inbound, person: PersonId, heard: Instant) -> int | None:
    """The window this sign of life keeps, or kept while it waited. The one it agreed is for the next time."""
    if row.state == InboundState.PENDING:
        before = Window.objects.filter(person_id=person, heard_ms=heard).values_list("pk", flat=True).first()
        if before is not None:
            return int(before)
    return keep_window(desk, person, heard, but=holding.agreed_by(desk, row))
