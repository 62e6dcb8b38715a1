"""A text counts: its row is used up, and what follows from that is recorded. The same for every result that has a row."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import CardState, Challenge
from ojakgyo.apps.cards.reading import confirming, throttling
from ojakgyo.apps.cards.reading.book import Book, use_up
from ojakgyo.apps.cards.reading.values import CardReading
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.checkins.printed import Printed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import ChallengeAnswered, ReadingResult, Resynchronised
from ojakgyo.domain.values.ids import CardId, MessageId
from ojakgyo.domain.values.instants import Instant

ANSWERS: Final = frozenset({ReadingResult.OK, ReadingResult.DURESS})
"""What opens a card again where it answers the row that was asked for."""


def accept(
    desk: Desk,
    book: Book,
    reading: Reading,
    said: str,
    *,
    message: MessageId | None,
    at: Instant,
    late: Sequence[int] | None = None,
) -> CardReading:
    """Inside the caller's transaction. A throttled card says nothing but duress, until it is challenged by voice."""
    assert reading.row is not None
    card, throttled = book.card, book.card.throttled_ms is not None and not reading.challenge
    printed = printed_by(book, reading.row)
    use_up(desk, book, reading.row, said, late=late)
    if card.in_use == CardState.ACTIVE and card.first_ms is None:
        stock.first_code(desk, card, reading.row)
    if reading.challenge and book.asked is not None:
        _answered(desk, book, reading, at)
    if throttled and reading.result is ReadingResult.OK:
        reading = replace(reading, result=ReadingResult.THROTTLED, suffix=())
    throttling.count(desk, card, reading, at=at)
    quiet = not throttled and confirming.confirm(desk, book, reading, message, at=at)
    return CardReading(CardId(card.pk), book.person, reading, trusted=not throttled, printed=None if quiet else printed)


def printed_by(book: Book, row: int) -> Printed:
    """When next, by a row that is not used up yet."""
    drawn, late = book.row(row), row < book.card.row or book.card.in_use != CardState.ACTIVE
    return Printed(drawn.gap, drawn.hour, late)


def _answered(desk: Desk, book: Book, reading: Reading, at: Instant) -> None:
    """What was asked for by voice came in a text."""
    card, row = CardId(book.card.pk), reading.row
    assert row is not None
    Challenge.objects.filter(card_id=card).delete()
    answered = ChallengeAnswered(card=card, person=book.person, row=row, result=reading.result, told=at)
    record(desk, answered)
    if reading.result in ANSWERS:
        open_again(desk, book, row)


def open_again(desk: Desk, book: Book, row: int) -> None:
    """An answer lifts the throttle, and shows where the paper stands.

    One under duress too: that a card is open is seen by all who hold its cell. Duress itself has been heard.
    """
    throttling.lift(desk, book.card)
    if book.card.resync_ms is not None:
        set_right(desk, book, row)


def set_right(desk: Desk, book: Book, row: int) -> None:
    """The desk knows again how far this card is used."""
    stock.touch(book.card.pk, resync_ms=None)
    record(desk, Resynchronised(card=CardId(book.card.pk), person=book.person, row=row))
