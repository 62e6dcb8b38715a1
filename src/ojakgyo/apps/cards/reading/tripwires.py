"""Rows of cards that were ended: whoever uses one is not their holder, or took the wrong paper; either is to be known."""

from collections.abc import Sequence

from ojakgyo.apps.cards.models import Card, CardState, LateRow
from ojakgyo.apps.cards.reading import people as persons
from ojakgyo.apps.cards.reading.book import used_texts
from ojakgyo.apps.cards.reading.kept import kept, span
from ojakgyo.apps.cards.reading.values import CardReading
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.domain.cards import replay
from ojakgyo.domain.cards.codebook import Numbered
from ojakgyo.domain.cards.decode import LENGTHS, Reading
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import ReadingResult, TripwireTouched
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId


def touched(desk: Desk, people: Sequence[PersonId], said: str, message: MessageId | None) -> CardReading | None:
    """What a text is on the ended cards of these people: a row of one, or a text one was used for."""
    said = replay.once(said)
    if len(said) not in LENGTHS:
        return None
    for card in persons.ended_of(people):
        stand, rows = kept.rows(desk, card, span(card))
        if used_texts(card, stand).hold(said):
            return CardReading(CardId(card.pk), PersonId(card.person_id), Reading(ReadingResult.REPLAY))
        for number, row in (*rows, *_passed_over(desk, card)):
            if row.read_back(said) is not None:
                return touch(desk, card, number, message)
    return None


def _passed_over(desk: Desk, card: Card) -> list[Numbered]:
    """Rows of a card that was stopped which were passed over before: nobody is to use them now either."""
    if card.in_use == CardState.RETIRED:
        return []
    return [(row.row, kept.late(desk, row)) for row in LateRow.objects.filter(card=card).order_by("row")]


def touch(desk: Desk, card: Card, row: int, message: MessageId | None) -> CardReading:
    """Record it, inside the caller's transaction. The row stays a tripwire."""
    whose = CardId(card.pk), PersonId(card.person_id)
    if message is not None:
        record(desk, TripwireTouched(card=whose[0], person=whose[1], row=row, message=message))
    return CardReading(*whose, Reading(ReadingResult.TRIPWIRE, row))
