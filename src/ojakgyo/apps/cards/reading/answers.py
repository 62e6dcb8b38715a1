"""What was heard as an answer to a question by voice, read on the card it was asked of."""

from dataclasses import replace

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.cards.reading import throttling
from ojakgyo.apps.cards.reading.accepting import ANSWERS, open_again, printed_by
from ojakgyo.apps.cards.reading.book import open_book, use_up
from ojakgyo.domain.cards import decode, digits
from ojakgyo.domain.cards.challenge import Challenge
from ojakgyo.domain.checkins.printed import Printed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import ReadingResult


def read_answer(desk: Desk, *, card: Card, words: str, asked: Challenge) -> tuple[ReadingResult, Printed | None]:
    """Use up the row, inside the caller's transaction; who asked ends the question and records what came of it. And when
    next, by that row; None: none was used up.

    A right code that answers another question is a SLIP: something was misheard. It is not counted among the bad texts,
    for duress is not either, and that a card is closed is seen by many. An answer opens the card again.
    """
    book, said = replace(open_book(desk, card, at=desk.now), asked=asked), digits.digits_of(words)
    reading: decode.Reading = book.read(said)
    if card.resync_ms is not None and reading.row is not None:  # the paper may be ahead: its row, under the same digit
        reading = replace(book, asked=Challenge(reading.row, asked.digit)).read(said)
    misheard = reading.result is ReadingResult.OK and not reading.challenge
    result = ReadingResult.SLIP if misheard else reading.result
    printed = None if reading.row is None else printed_by(book, reading.row)
    if reading.row is not None:
        use_up(desk, book, reading.row, said, late=() if card.resync_ms is not None else None)
        if card.in_use == CardState.ACTIVE and card.first_ms is None:
            stock.first_code(desk, card, reading.row)
    if reading.challenge and reading.result in ANSWERS and reading.row is not None:
        open_again(desk, book, reading.row)
    throttling.count(desk, card, reading, at=desk.now)
    return result, printed
