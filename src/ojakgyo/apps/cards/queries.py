"""Rows of a card as they are printed, from its state alone; who has a card, and who waits for a new one."""

from collections.abc import Collection

from django.db.models import QuerySet

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState, Quarantine
from ojakgyo.apps.cards.values import InUse, ToReplace
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.cards.codebook import Numbered
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.envelope import Key
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


def rows_ahead(state_key: Key, person: PersonId, count: int) -> tuple[Numbered, ...]:
    """The next unused rows of a person's card, nearest first, as far as its paper goes."""
    return stock.rows_of(state_key, _card_of(person), count)


def _card_of(person: PersonId) -> Card:
    card = stock.present(person) or stock.to_come(person)
    if card is None:
        raise Refused("cards.no_card", person=person)
    return card


def holders(desk: Desk) -> frozenset[PersonId]:
    """Who has a card in hand that is not ended."""
    handed = Card.objects.filter(in_use=CardState.ACTIVE, handed_ms__isnull=False)
    return frozenset(PersonId(person) for person in handed.values_list("person_id", flat=True))


def to_replace(desk: Desk) -> tuple[ToReplace, ...]:
    """Who waits for a new card, longest first; somebody with two cards once."""
    waiting: dict[int, Card] = {}
    for row in _owed().order_by("replace_ms", "pk"):
        waiting.setdefault(row.person_id, row)
    names = code_names(desk, list(waiting))
    return tuple(
        ToReplace(PersonId(person), names[person], Instant(row.replace_ms), row.replace_why)
        for person, row in waiting.items()
    )


def owed() -> int:
    """How many wait for a new card."""
    return _owed().values("person_id").distinct().count()


def _owed() -> QuerySet[Card]:
    """Cards to be replaced, whose holders have no other in hand yet; if that one is lost too, they wait again."""
    handed = Card.objects.filter(in_use=CardState.ACTIVE, handed_ms__isnull=False, replace_ms=None)
    return Card.objects.filter(replace_ms__isnull=False).exclude(person_id__in=handed.values("person_id"))


def in_quarantine(person: int) -> bool:
    """Whether somebody was in custody, and two officers have not ended it yet."""
    return Quarantine.objects.filter(person_id=person, ended_ms=None).exists()


def quarantined(persons: Collection[int]) -> frozenset[int]:
    """Those of them who were captured, and whose quarantine two officers have not ended yet."""
    rows = Quarantine.objects.filter(person_id__in=persons, ended_ms=None)
    return frozenset(rows.values_list("person_id", flat=True))


def in_use(person: PersonId) -> InUse:
    """How a person stands with cards."""
    handed = Card.objects.filter(person_id=person, in_use=CardState.ACTIVE, handed_ms__isnull=False)
    issued = handed.order_by("-issued_ms").values_list("issued_ms", flat=True)
    waiting = _owed().filter(person_id=person).order_by("replace_ms").values_list("replace_ms", flat=True)
    return InUse(issued.first(), waiting.first())
