"""What a text says: on the cards of the people of its line, on their ended ones, on those of everybody else."""

from collections.abc import Sequence
from typing import Final

from ojakgyo.apps.cards.models import Card
from ojakgyo.apps.cards.reading import matching, repeating, throttling, tripwires
from ojakgyo.apps.cards.reading.accepting import accept
from ojakgyo.apps.cards.reading.book import Book, open_book
from ojakgyo.apps.cards.reading.people import books_of, is_over, people_of, pocket_of
from ojakgyo.apps.cards.reading.values import CardReading
from ojakgyo.domain.cards import books, digits
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.values.ids import CardId, LineId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

NOBODY = b""
HERE: Final = frozenset({Meaning.HANDED_OVER, Meaning.ARRIVED})
"""What somebody says on the phone of whoever brought them or takes them in, rightly or under duress."""


def read_text(
    desk: Desk,
    *,
    words: str,
    person: PersonId | None = None,
    line: LineId | None = None,
    sender: bytes | None = None,
    message: MessageId | None = None,
    heard: Instant | None = None,
) -> CardReading | None:
    """Decode a text and use up its row, inside the caller's transaction; None: there is no card to read it by.

    The row is taken by compare and set: of two readers at once one is `Refused` ("house.busy") and reads again.

    Parameters
    ----------
    person : who an officer or a program says it is from: it is read on no other's card.
    line : whose number it came from; None: from one that nobody holds.
    sender : tag of the phone it came from, by which two rows of it are put together.
    message : what it is known by; None for words that cannot wait for a second row.
    heard : when it came; None: now.
    """
    at, said = desk.now if heard is None else heard, digits.digits_of(words)
    people = people_of(line) if person is None else (person,)
    pocket = pocket_of(people) if person is None else ()
    found = _on_own(books_of(desk, people, at=at), books_of(desk, pocket, at=at), said)
    if found is not None and _fits(found[1]):
        return _counted(desk, *found, said, sender=sender, message=message, at=at)
    if people and (wire := tripwires.touched(desk, people, said, message)) is not None:
        return wire
    if person is None and sender is not None and message is not None:
        other = matching.elsewhere(desk, said, but=people, near=pocket, sender=sender, message=message, at=at)
        if other is not None:
            return other
    return None if found is None else _unread(desk, *found, people, at=at)


def read_again(desk: Desk, *, card: CardId, words: str, message: MessageId, heard: Instant) -> CardReading:
    """A text that waited for a second one, which has come: it counts, if its row is still to be had."""
    row, said = Card.objects.get(pk=card), digits.digits_of(words)
    if is_over(row, at=heard):
        wire = tripwires.touched(desk, (PersonId(row.person_id),), said, message)
        return wire or CardReading(card, PersonId(row.person_id), Reading(ReadingResult.GARBLED))
    book = open_book(desk, row, at=heard)
    reading = book.read(said)
    if reading.row is None:
        return CardReading(card, book.person, reading)
    return accept(desk, book, reading, said, message=message, at=heard)


def _on_own(opened: Sequence[Book], pocket: Sequence[Book], said: str) -> tuple[Book, Reading] | None:
    """Of who is in the holder's pocket only what is said there counts at once: else one text would be tried on them all."""
    read = [(book, book.read(said)) for book in opened]
    there = [(book, book.read(said)) for book in pocket]
    read += [each for each in there if each[1].meaning in HERE or each[1].result is ReadingResult.REPLAY]
    return books.best(read) if read else None


def _fits(reading: Reading) -> bool:
    return reading.row is not None or reading.result is ReadingResult.REPLAY


def _counted(
    desk: Desk,
    book: Book,
    reading: Reading,
    said: str,
    *,
    sender: bytes | None,
    message: MessageId | None,
    at: Instant,
) -> CardReading:
    if reading.row is None:
        first = repeating.first_of(book.card, book.stand, book.once(said), at=at)
        return CardReading(CardId(book.card.pk), book.person, reading, repeats=first)
    behind = book.card.resync_ms is not None
    if not behind or reading.challenge:
        late = () if behind else None
        return accept(desk, book, reading, said, message=message, at=at, late=late)
    if message is None:
        return CardReading(CardId(book.card.pk), book.person, Reading(ReadingResult.GARBLED))
    return matching.resync(desk, book, reading, said, sender=sender or NOBODY, message=message, at=at)


def _unread(desk: Desk, book: Book, reading: Reading, people: Sequence[PersonId], *, at: Instant) -> CardReading | None:
    """Digits that fit nothing are the holder's, whoever else speaks through the line."""
    if book.person != people[0]:
        return None
    throttling.count(desk, book.card, reading, at=at)
    return CardReading(CardId(book.card.pk), book.person, reading, trusted=book.card.throttled_ms is None)
