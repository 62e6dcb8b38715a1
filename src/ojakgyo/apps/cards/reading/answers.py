"""What was heard as an answer to a question by voice, read on the card it was asked of."""

from dataclasses import replace

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.cards.reading import throttling
from ojakgyo.apps.cards.reading.accepting import open_again
from ojakgyo.apps.cards.reading.book import open_book, use_up
from ojakgyo.domain.cards import decode, digits, replay
from ojakgyo.domain.cards.challenge import Challenge
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import ReadingResult


def read_answer(desk: Desk, *, card: Card, words: str, asked: Challenge) -> ReadingResult:
    """Use up the row, inside the caller's transaction; who asked ends the question and records what came of it.

    A right code that answers another question is a SLIP: something was misheard. A right answer opens the card again.
    """
    book, said = replace(open_book(desk, card, at=desk.now), asked=asked), replay.once(digits.digits_of(words))
    reading: decode.Reading = book.read(said)
    if card.resync_ms is not None and reading.row is not None:  # the paper may be ahead: its row, under the same digit
        reading = replace(book, asked=Challenge(reading.row, asked.digit)).read(said)
    right = reading.result is ReadingResult.OK and reading.challenge
    result = ReadingResult.SLIP if reading.result is ReadingResult.OK and not right else reading.result
    if reading.row is not None:
        use_up(desk, book, reading.row, said, late=() if card.resync_ms is not None else None)
        if card.in_use == CardState.ACTIVE and card.first_ms is None:
            stock.first_code(desk, card, reading.row)
    if right and reading.row is not None:
        open_again(desk, book, reading.row)
    throttling.count(desk, card, result, at=desk.now)
    return result
