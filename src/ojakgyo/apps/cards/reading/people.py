"""Whose cards a text may be written with, by the line it came from."""

from collections.abc import Sequence

from django.db.models import QuerySet

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState, LateRow, PocketNumber, Sharer
from ojakgyo.apps.cards.reading.book import Book, open_book
from ojakgyo.apps.network.queries import holder_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import LineId, PersonId
from ojakgyo.domain.values.instants import Instant


def people_of(line: LineId | None) -> tuple[PersonId, ...]:
    """The holder first, then who speaks through this line too."""
    holder = holder_of(line)
    if holder is None:
        return ()
    sharers = Sharer.objects.filter(line_id=line).order_by("pk").values_list("person_id", flat=True)
    return tuple(dict.fromkeys((holder, *map(PersonId, sharers))))


def pocket_of(people: Sequence[PersonId]) -> tuple[PersonId, ...]:
    """Whom the holder of a line, the first of these, has in the pocket: they may say there that they are here."""
    if not people:
        return ()
    pocket = PocketNumber.objects.filter(holder_id=people[0]).order_by("number").values_list("about_id", flat=True)
    return tuple(PersonId(about) for about in pocket if about not in people)


def books_of(desk: Desk, people: Sequence[PersonId], *, at: Instant) -> list[Book]:
    """Every card of theirs that may be read: the present one, the one to come once it is out, and one that has just retired."""
    readable = _readable(people)
    order = {person: place for place, person in enumerate(people)}
    cards = sorted(readable, key=lambda card: (order[PersonId(card.person_id)], _turn(card), card.pk))
    return [open_book(desk, card, at=at) for card in cards]


def ended_of(people: Sequence[PersonId]) -> QuerySet[Card]:
    """Cards of theirs that were ended, and are watched for still."""
    return Card.objects.filter(person_id__in=people).exclude(in_use=CardState.ACTIVE).exclude(state=b"").order_by("pk")


def is_over(card: Card, *, at: Instant) -> bool:
    """Whether a card is read no more: of one that retired rows still arrive, one that was stopped has no number left."""
    if card.in_use == CardState.ACTIVE:
        return False
    return card.in_use != CardState.RETIRED or not LateRow.objects.filter(card=card, until_ms__gt=at).exists()


def _readable(people: Sequence[PersonId]) -> list[Card]:
    if not people:
        return []
    theirs = Card.objects.filter(person_id__in=people)
    active = (card for card in theirs.filter(in_use=CardState.ACTIVE) if stock.is_out(card))
    retired = theirs.filter(in_use=CardState.RETIRED, laterow__isnull=False, ownnumber__isnull=False).exclude(state=b"")
    return [*active, *retired.distinct()]


def _turn(card: Card) -> int:
    if card.in_use != CardState.ACTIVE:
        return 2
    return 0 if card.first_ms is not None else 1
