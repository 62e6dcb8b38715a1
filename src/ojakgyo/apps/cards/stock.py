"""Rows of cards as everybody here takes, changes and ends them. Nothing in here meets state and own number together.

Every change of a card goes through `touch` or `move`, so that whoever keeps rows in memory sees that there was one.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Max, QuerySet

from ojakgyo.apps.cards.models import Card, CardState, Challenge, LateRow, OwnNumber, UsedText
from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.vault import seals
from ojakgyo.domain.cards import codebook
from ojakgyo.domain.cards.codebook import AHEAD, LATE_HOURS, ROWS, Numbered, Row
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CardActivated, CardBurnt, CardCaptured, CardLost, CardRetired
from ojakgyo.domain.sealing.envelope import Key, Place
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

TRIPWIRE_DAYS: Final = 365
"""How long the rows of a card that was ended are watched for."""
_ENDED: Final = {
    CardState.RETIRED: CardRetired,
    CardState.BURNT: CardBurnt,
    CardState.LOST: CardLost,
    CardState.CAPTURED: CardCaptured,
}


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a card is used: its next row, and the secrets the rows are drawn from."""

    card: CardId
    row: int
    state: bytes = field(repr=False)
    replay_key: bytes = field(repr=False)


# Which cards there are --------------------------------------------------------------------------------------------------


def present(person: int) -> Card | None:
    """The card a person uses: its first code has come."""
    return Card.objects.filter(person_id=person, in_use=CardState.ACTIVE, first_ms__isnull=False).first()


def to_come(person: int) -> Card | None:
    """The card whose first code is waited for."""
    return Card.objects.filter(person_id=person, in_use=CardState.ACTIVE, first_ms=None).first()


def is_out(card: Card) -> bool:
    """Whether somebody may write with a card: its paper and its number may both have left the desk.

    Who hands a card over may forget to say so. One still in the drawer fits a text at random, and would end the card in use.
    """
    handed, made = card.handed_ms is not None, card.printed_ms is not None and card.told_ms is not None
    return handed or made or card.first_ms is not None


def cards_of(person: int) -> QuerySet[Card]:
    """Every card a person has or had, the newest first."""
    return Card.objects.filter(person_id=person).order_by("-issued_ms", "-pk")


def active(card: int) -> Card:
    """A card that is not ended: `Refused` otherwise."""
    row = known(card)
    if row.in_use != CardState.ACTIVE:
        raise Refused("cards.card_over")
    return row


def still_read(card: int) -> Card:
    """A card that is not ended, or has retired and of which rows may still arrive: `Refused` otherwise."""
    row = known(card)
    if row.in_use == CardState.RETIRED and LateRow.objects.filter(card=row).exists():
        return row
    return active(card)


def known(card: int) -> Card:
    """A card of this house: `Refused` otherwise."""
    row = Card.objects.filter(pk=card).first()
    if row is None:
        raise Refused("house.not_found")
    return row


def rows_left(card: Card) -> int:
    """How many rows on the paper are not used yet."""
    return int(max(0, ROWS - card.row))


# Changing them ----------------------------------------------------------------------------------------------------------


def touch(card: int, **changes: Any) -> None:
    """Change a card, inside the caller's transaction."""
    Card.objects.filter(pk=card).update(touched=_next_touch(), **changes)


def move(card: int, from_row: int, **changes: Any) -> bool:
    """Change a card if its next row is still this one: of two that read it at once, one is told False."""
    return Card.objects.filter(pk=card, row=from_row).update(touched=_next_touch(), **changes) == 1


def touched() -> int:
    """The number of the newest change of any card."""
    return int(Card.objects.aggregate(newest=Max("touched"))["newest"] or 0)


def _next_touch() -> int:
    return touched() + 1


# What is sealed of them -------------------------------------------------------------------------------------------------


def state_place(card: int) -> Place:
    return seals.place(Table.CARD, card, Group.STATE)


def late_place(card: int, row: int) -> Place:
    """A row passed over belongs to its card and to its number."""
    return seals.place(Table.CARD, card, Group.STATE, bound=("late", row))


def number_place(card: int) -> Place:
    return seals.place(Table.CARD, card, Group.NUMBER)


def seal_state(desk: Desk, card: int, *, state: bytes, replay_key: bytes) -> bytes:
    """The blob of a card's state, under RING.cards 'state'."""
    fields = {"state": state.hex(), "replay": replay_key.hex()}
    return seals.seal(desk.keyring.ring.state_key(), state_place(card), fields)


def opened(state_key: Key, card: Card) -> Stand:
    """How far a card is used. `state_key` is all that is needed, and all a printer is handed; emptied: `Refused`."""
    if not card.state:
        raise Refused("cards.card_over")
    fields = seals.unseal(state_key, state_place(card.pk), card.state)
    return Stand(CardId(card.pk), card.row, bytes.fromhex(fields["state"]), bytes.fromhex(fields["replay"]))


def rows_of(state_key: Key, card: Card, count: int = ROWS) -> tuple[Numbered, ...]:
    """The next rows of a card that stand on its paper, nearest first; used ones are not to be had."""
    stand = opened(state_key, card)
    return codebook.numbered(codebook.rows_ahead(stand.state, min(count, rows_left(card))), first=stand.row)


def keep_late(desk: Desk, card: int, number: int, drawn: Row) -> None:
    """Keep a row that was passed over, as drawn, for 48 hours."""
    until = Instant(desk.now + LATE_HOURS * HOUR_MS)
    sealed = seals.seal(desk.keyring.ring.state_key(), late_place(card, number), {"row": codebook.packed(drawn)})
    row = LateRow.objects.create(card_id=card, row=number, drawn=sealed, until_ms=until)
    due.put("cards.forget_row", key=f"cards.forget_row:{row.pk}", about=row.pk, due=until)


def drop_late(late: QuerySet[LateRow]) -> None:
    """Rows passed over that are used, or in time no more; with the last one of a card that is ended goes its number."""
    cards = set(late.values_list("card_id", flat=True))
    late.delete()
    over = Card.objects.filter(pk__in=cards).exclude(in_use=CardState.ACTIVE).exclude(laterow__isnull=False)
    OwnNumber.objects.filter(card_id__in=list(over.values_list("pk", flat=True))).delete()


# Their first and their last ---------------------------------------------------------------------------------------------


def first_code(desk: Desk, card: Card, row: int) -> None:
    """The first code of the card to come has come, in this row: it is the present one, and the one before retires.

    Inside the caller's transaction, before or after the row is used up.
    """
    before = present(card.person_id)
    if before is not None:
        end(desk, before, CardState.RETIRED)
    touch(card.pk, first_ms=desk.now, handed_ms=card.handed_ms or desk.now)
    for other in cards_of(card.person_id).filter(replace_ms__isnull=False).exclude(pk=card.pk):
        touch(
            other.pk, replace_ms=None, replace_why=None
        )  # its holder has another; this one may have to be replaced too
    record(desk, CardActivated(card=CardId(card.pk), person=PersonId(card.person_id), row=row))


def end(desk: Desk, card: Card, state: CardState, **changes: Any) -> None:
    """End a card, inside the caller's transaction: what is left of it is watched for a year, then emptied.

    What its holder sent before the next card came may still arrive for 48 hours; of a card that was stopped every row
    is a tripwire at once, and nobody needs its number.
    """
    touch(card.pk, in_use=state, ended_ms=desk.now, **changes)
    Challenge.objects.filter(card=card).delete()
    if state is CardState.RETIRED:  # a throttle goes on, for what still arrives
        for number, drawn in rows_of(desk.keyring.ring.state_key(), card, AHEAD):
            keep_late(desk, card.pk, number, drawn)
    if state is not CardState.RETIRED or not LateRow.objects.filter(card=card).exists():
        OwnNumber.objects.filter(card=card).delete()
    until = Instant(desk.now + TRIPWIRE_DAYS * DAY_MS)
    due.put("cards.forget_card", key=f"cards.forget_card:{card.pk}", about=card.pk, due=until)
    record(desk, _ENDED[state](card=CardId(card.pk), person=PersonId(card.person_id)))


def empty(card: int) -> None:
    """Of an ended card nothing is left that a row could be known by."""
    touch(card, state=b"")
    for kept in (LateRow, OwnNumber, UsedText):
        kept.objects.filter(card_id=card).delete()
