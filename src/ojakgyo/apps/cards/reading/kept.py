"""Rows of cards in this process's memory, so that a text is held against every card of the house at once.

Drawn from the state alone, no own number among them; forgotten when the vault is sealed. What is remembered of a card
counts only while its sealed state in the database is still the very same: a reading never rests on what is old here.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, Max

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState, LateRow
from ojakgyo.apps.cards.stock import Stand
from ojakgyo.apps.vault import seals
from ojakgyo.domain.cards import codebook
from ojakgyo.domain.cards.codebook import AHEAD, ROWS, Numbered, Row
from ojakgyo.domain.cards.index import Index
from ojakgyo.domain.desk import Desk
from ojakgyo.store import keyholder

Mark = tuple[object, ...]
"""Differs whenever a card or a row passed over has come, gone or changed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn from a card's state, and from which."""

    state: bytes = field(repr=False)
    stand: Stand = field(repr=False)
    rows: tuple[Numbered, ...] = field(repr=False)


class Kept:
    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """As when another vault is opened, or this one is sealed."""
        with self._lock:
            self._drawn: dict[int, Drawn] = {}
            self._late: dict[int, tuple[bytes, Row]] = {}
            self._mark: Mark | None = None
            self._known = -1
            self._index: Index | None = None

    def rows(self, desk: Desk, card: Card, count: int) -> tuple[Stand, tuple[Numbered, ...]]:
        """How far a card is used, and its next rows, at most so many."""
        with self._lock:
            drawn = self._drawn.get(card.pk)
            if drawn is None or drawn.state != bytes(card.state) or len(drawn.rows) < min(count, stock.rows_left(card)):
                drawn = self._drawn[card.pk] = _draw(desk, card, max(count, span(card)))
            return drawn.stand, drawn.rows[:count]

    def late(self, desk: Desk, row: LateRow) -> Row:
        """A row passed over, as it was drawn."""
        with self._lock:
            known = self._late.get(row.pk)
            if known is None or known[0] != bytes(row.drawn):
                opened = seals.unseal(desk.keyring.ring.state_key(), stock.late_place(row.card_id, row.row), row.drawn)
                known = self._late[row.pk] = (bytes(row.drawn), codebook.unpacked(opened["row"]))
            return known[1]

    def index(self, desk: Desk) -> Index:
        """Every row of every card by which a text may still be read or known."""
        with self._lock:
            mark = _mark()
            if self._index is None or mark != self._mark:
                self._renew(desk)
                self._index, self._mark = self._indexed(desk), mark
            return self._index

    def warm(self, desk: Desk) -> None:
        """Draw what is not drawn yet: for hundreds of cards that takes longer than a transaction may."""
        with self._lock:
            self._renew(desk)

    def _renew(self, desk: Desk) -> None:
        """Draw the rows of the cards that were changed since; all of them, where a change was taken back."""
        newest = stock.touched()
        if self._known > newest:
            self._known = -1
        changed = Card.objects.filter(touched__gt=self._known) if self._known >= 0 else Card.objects.all()
        for card in changed:
            if not card.state:
                self._drawn.pop(card.pk, None)
            else:
                self.rows(desk, card, span(card))
        self._known = newest

    def _indexed(self, desk: Desk) -> Index:
        cards = {card.pk: card for card in Card.objects.exclude(state=b"").defer("state")}
        late: dict[int, list[Numbered]] = {}
        standing = list(LateRow.objects.all())
        self._late = {row.pk: self._late[row.pk] for row in standing if row.pk in self._late}
        for row in standing:
            late.setdefault(row.card_id, []).append((row.row, self.late(desk, row)))
        return Index.of(self._entries(cards.values(), late))

    def _entries(self, cards: Iterable[Card], late: dict[int, list[Numbered]]) -> list[tuple[int, list[Numbered]]]:
        found = []
        for card in cards:
            if card.in_use == CardState.ACTIVE and not stock.is_out(card):
                continue
            drawn = self._drawn.get(card.pk)
            rows = [] if drawn is None else list(drawn.rows[: span(card)])
            found.append((card.pk, rows + late.get(card.pk, [])))
        return found


def span(card: Card) -> int:
    """How many rows of a card may be met: those ahead; all that are left, where the desk is behind or the card is ended."""
    return AHEAD if card.in_use == CardState.ACTIVE and card.resync_ms is None else ROWS


def _draw(desk: Desk, card: Card, count: int) -> Drawn:
    stand = stock.opened(desk.keyring.ring.state_key(), card)
    ahead = codebook.rows_ahead(stand.state, min(count, stock.rows_left(card)))
    return Drawn(bytes(card.state), stand, codebook.numbered(ahead, first=stand.row))


def _mark() -> Mark:
    cards = Card.objects.aggregate(count=Count("pk"), newest=Max("touched"))
    late = LateRow.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    newest = Card.objects.order_by("-touched", "-pk").values_list("pk", "state", "in_use").first()
    return (*cards.values(), *late.values(), newest and (newest[0], bytes(newest[1]), newest[2]))


kept: Final = Kept()
keyholder.when_sealed(kept.forget)
