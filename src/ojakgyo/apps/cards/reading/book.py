"""A card opened for one reading: its rows, its own number, its used texts; and the using up of a row.

Rows come from the memory of `kept`, the own number is opened anew each time and kept nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState, Challenge, LateRow, OwnNumber, UsedText
from ojakgyo.apps.cards.reading.kept import kept
from ojakgyo.apps.cards.stock import Stand
from ojakgyo.apps.vault import seals
from ojakgyo.domain.cards import challenge, codebook, decode, own_number, replay
from ojakgyo.domain.cards.codebook import AHEAD, ROWS, Numbered, Row
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.cards.own_number import OwnNumber as Number
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Book:
    """One card as it stands at this moment, inside the caller's transaction."""

    card: Card
    stand: Stand
    rows: tuple[Numbered, ...] = field(repr=False)
    number: Number = field(repr=False)
    used: replay.UsedTexts = field(repr=False)
    asked: challenge.Challenge | None = field(repr=False)

    @property
    def person(self) -> PersonId:
        return PersonId(self.card.person_id)

    def read(self, said: str) -> Reading:
        return decode.read(said, rows=self.rows, own_number=self.number, used=self.used, challenge=self.asked)

    def row(self, number: int) -> Row:
        return dict(self.rows)[number]

    def once(self, said: str) -> str:
        """The digits that are read: a code written twice is that code."""
        return replay.once(said, 2 * (len(self.number.digits) + 1))

    def tag(self, said: str) -> bytes:
        return replay.tag_of(self.once(said), key=self.stand.replay_key)

    def number_tag(self, row: int, said: str) -> bytes:
        """Tag of the own number, right or not, that a text says in this row; b"" where a finger slipped."""
        columns = self.row(row).read_back(self.once(said))
        number = () if columns is None else columns[: len(self.number.digits)]
        return self.tag("".join(map(str, number))) if number else b""


def open_book(desk: Desk, card: Card, *, at: Instant) -> Book:
    """Open state and own number of a card that may be read. `at`: when the text came, by which rows passed over count."""
    ahead = ROWS if card.resync_ms is not None else AHEAD
    stand, rows = kept.rows(desk, card, ahead if card.in_use == CardState.ACTIVE else 0)
    return Book(
        card=card,
        stand=stand,
        rows=rows + _late(desk, card, at),
        number=number_of(desk, card.pk),
        used=used_texts(card, stand),
        asked=_asked(card, at),
    )


def number_of(desk: Desk, card: int) -> Number:
    """The own number of a card, as an officer tells it or the practice phone says it."""
    sealed = OwnNumber.objects.values_list("number", flat=True).get(card_id=card)
    opened = seals.unseal(desk.keyring.ring.number_key(), stock.number_place(card), sealed)
    return own_number.parse(opened["number"])


def used_texts(card: Card, stand: Stand) -> replay.UsedTexts:
    tags = UsedText.objects.filter(card_id=card.pk).values_list("tag", flat=True)
    return replay.UsedTexts(stand.replay_key, frozenset(bytes(tag) for tag in tags))


def _late(desk: Desk, card: Card, at: Instant) -> tuple[Numbered, ...]:
    """Rows passed over that are still in time."""
    late = LateRow.objects.filter(card_id=card.pk, until_ms__gt=at).order_by("row")
    return tuple((row.row, kept.late(desk, row)) for row in late)


def _asked(card: Card, at: Instant) -> challenge.Challenge | None:
    """What was asked for by voice, while an answer is waited for and its row is not used up."""
    row = Challenge.objects.filter(card_id=card.pk, until_ms__gt=at, row__gte=card.row).first()
    return None if row is None else challenge.Challenge(row.row, row.digit)


def use_up(desk: Desk, book: Book, row: int, said: str | bytes, *, late: Sequence[int] | None = None) -> None:
    """Burn a row and remember its text, or the tag of it: one passed over is struck out; one ahead moves the card on.

    The rows it skips may still arrive for 48 hours: all of them, or those of `late`. By compare and set: of two readers
    at once one is `Refused` ("house.busy"), changes nothing and reads again.
    """
    if row < book.card.row or book.card.in_use != CardState.ACTIVE:  # of a retired card late rows alone are read
        _strike_out(book.card, row)
    else:
        _move_on(desk, book, row, late)
    UsedText.objects.create(card_id=book.card.pk, row=row, tag=said if isinstance(said, bytes) else book.tag(said))


def _strike_out(card: Card, row: int) -> None:
    passed = LateRow.objects.filter(card_id=card.pk, row=row)
    if not passed.exists():
        raise Refused("house.busy")
    stock.drop_late(passed)
    stock.touch(card.pk)


def _move_on(desk: Desk, book: Book, row: int, late: Sequence[int] | None) -> None:
    for number, drawn in book.rows:
        if book.card.row <= number < row and (late is None or number in late):
            stock.keep_late(desk, book.card.pk, number, drawn)
    after = codebook.state_after(book.stand.state, row - book.card.row + 1)
    sealed = stock.seal_state(desk, book.card.pk, state=after, replay_key=book.stand.replay_key)
    if not stock.move(book.card.pk, book.card.row, row=row + 1, state=sealed):
        raise Refused("house.busy")
