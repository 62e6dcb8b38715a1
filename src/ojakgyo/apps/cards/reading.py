"""Reading a card: the one place that opens state and own number together. Unattended, by the ring; see ADR 0004."""

from dataclasses import dataclass

from ojakgyo.apps.cards.actions import seal_state
from ojakgyo.apps.cards.models import Card, LateRow, OwnNumber, UsedText
from ojakgyo.apps.cards.queries import Stand, stand_of
from ojakgyo.apps.chronicle import due
from ojakgyo.apps.vault import seals
from ojakgyo.domain.cards import codebook, decode, digits, own_number, replay
from ojakgyo.domain.cards.codebook import AHEAD, LATE_HOURS, Numbered
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.cards.own_number import OwnNumber as Number
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.envelope import Place
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.domain.values.instants import HOUR_MS, Instant


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a text said, on which card."""

    card: CardId
    reading: Reading


def read_text(desk: Desk, *, person: PersonId, words: str) -> CardReading:
    """Decode a text of a person and use up its row, inside the caller's transaction. No card: `Refused`.

    The row is taken by compare and set: of two readers at once one is `Refused` ("house.busy") and reads again.
    """
    stand = stand_of(desk.keyring.ring.state_key(), person)
    said = digits.digits_of(words)
    reading = decode.read(said, rows=_rows(desk, stand), own_number=number_of(desk, stand.card), used=_used(stand))
    if reading.row is not None:
        _use(desk, stand, reading.row)
        UsedText.objects.create(card_id=stand.card, row=reading.row, tag=replay.tag_of(said, key=stand.replay_key))
    return CardReading(stand.card, reading)


def number_of(desk: Desk, card: CardId) -> Number:
    sealed = OwnNumber.objects.values_list("number", flat=True).get(card_id=card)
    place = seals.place(Table.CARD, card, Group.NUMBER)
    return own_number.parse(seals.unseal(desk.keyring.ring.number_key(), place, sealed)["number"])


def _rows(desk: Desk, stand: Stand) -> tuple[Numbered, ...]:
    """The rows ahead, nearest first, then those passed over that are still in time."""
    late = LateRow.objects.filter(card_id=stand.card, until_ms__gt=desk.now).order_by("row")
    passed = tuple((row.row, codebook.unpacked(_opened(desk, row))) for row in late)
    return codebook.numbered(codebook.rows_ahead(stand.state, AHEAD), first=stand.row) + passed


def _opened(desk: Desk, late: LateRow) -> str:
    place = _late_place(late.card_id, late.row)
    packed: str = seals.unseal(desk.keyring.ring.state_key(), place, late.drawn)["row"]
    return packed


def _used(stand: Stand) -> replay.UsedTexts:
    tags = UsedText.objects.filter(card_id=stand.card).values_list("tag", flat=True)
    return replay.UsedTexts(stand.replay_key, frozenset(tags))


def _use(desk: Desk, stand: Stand, row: int) -> None:
    """Burn a row: one passed over is struck out; one ahead moves the card on and keeps what it skips for 48 hours."""
    if row < stand.row:
        LateRow.objects.filter(card_id=stand.card, row=row).delete()
        return
    skipped = codebook.rows_ahead(stand.state, row - stand.row)
    for number, drawn in codebook.numbered(skipped, first=stand.row):
        _keep_late(desk, stand.card, number, codebook.packed(drawn))
    after = codebook.state_after(stand.state, row - stand.row + 1)
    sealed = seal_state(desk, stand.card, state=after, replay_key=stand.replay_key)
    if Card.objects.filter(pk=stand.card, row=stand.row).update(row=row + 1, state=sealed) != 1:
        raise Refused("house.busy")


def _keep_late(desk: Desk, card: CardId, number: int, packed: str) -> None:
    until = Instant(desk.now + LATE_HOURS * HOUR_MS)
    sealed = seals.seal(desk.keyring.ring.state_key(), _late_place(card, number), {"row": packed})
    row = LateRow.objects.create(card_id=card, row=number, drawn=sealed, until_ms=until)
    due.put("cards.forget_row", key=f"cards.forget_row:{row.pk}", about=row.pk, due=until)


def _late_place(card: int, number: int) -> Place:
    """A row passed over belongs to its card and to its number."""
    return seals.place(Table.CARD, card, Group.STATE, bound=("late", number))
