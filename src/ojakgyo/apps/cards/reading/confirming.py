"""What a right code confirms, as facts: only rightly said, never under duress, never while it is not relied on."""

from dataclasses import replace
from typing import Final

from ojakgyo.apps.cards.models import PocketNumber
from ojakgyo.apps.cards.reading.book import Book
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.domain.cards import messages
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    ArrivalConfirmed,
    Fact,
    HandoverConfirmed,
    Meaning,
    QuietAnnounced,
    ReadingResult,
    ReceiptConfirmed,
)
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

LONGEST_QUIET_DAYS: Final = 30


def confirm(desk: Desk, book: Book, reading: Reading, message: MessageId | None, *, at: Instant) -> bool:
    """Record what this text confirms, inside the caller's transaction.

    Quiet is kept under duress too: the windows that are waited for are seen by many, and look alike after both. Whether
    it was announced.
    """
    if reading.result not in (ReadingResult.OK, ReadingResult.DURESS) or reading.row is None or message is None:
        return False
    said, where = replace(reading, result=ReadingResult.OK), {"row": reading.row, "message": message, "told": at}
    fact = _fact(book, said, {"card": CardId(book.card.pk), **where}, at)
    if fact is not None and (reading.result is ReadingResult.OK or isinstance(fact, QuietAnnounced)):
        record(desk, fact)
    return isinstance(fact, QuietAnnounced)


def _fact(book: Book, reading: Reading, where: dict[str, int], at: Instant) -> Fact | None:
    person, pocket = book.person, messages.pocket(reading)
    if reading.meaning is Meaning.RECEIVED:
        return ReceiptConfirmed(person=person, amount=messages.amount(reading), **where)
    if reading.meaning in (Meaning.HANDED_OVER, Meaning.ARRIVED):
        kind = HandoverConfirmed if reading.meaning is Meaning.HANDED_OVER else ArrivalConfirmed
        about = person if pocket is None else _meant(person, pocket)
        return kind(person=person, pocket=pocket, about=about, **where)
    if days := messages.days(reading):
        until = Instant(at + min(days, LONGEST_QUIET_DAYS) * DAY_MS)
        return QuietAnnounced(person=person, until=until, **where)
    return None


def _meant(holder: PersonId, pocket: int | None) -> PersonId | None:
    found = PocketNumber.objects.filter(holder_id=holder, number=pocket).values_list("about_id", flat=True).first()
    return None if found is None else PersonId(found)
