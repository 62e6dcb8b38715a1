"""Too many texts that were not right: a card is opened by a challenge in voice alone, a sender is tried on no card."""

from typing import Final

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import BadText, Card, CardState
from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.domain.cards import throttle
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import CardThrottled, ThrottleLifted
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

FORGET: Final = "cards.forget_bad_texts"


def count(desk: Desk, card: Card, reading: Reading, *, at: Instant) -> None:
    """Count a text on a card, if it was bad, and throttle it if there were too many. What comes after is counted no more."""
    if (
        not throttle.is_bad(reading.result, reading.meaning)
        or card.in_use != CardState.ACTIVE
        or card.throttled_ms is not None
    ):
        return
    bad = BadText.objects.filter(card_id=card.pk, at_ms__gt=at - throttle.KEPT_MS)
    came = [Instant(each) for each in bad.values_list("at_ms", flat=True)]
    _note(at, card=card)
    if throttle.closed([*came, at], at):
        stock.touch(card.pk, throttled_ms=desk.now)
        record(desk, CardThrottled(card=CardId(card.pk), person=PersonId(card.person_id)))


def lift(desk: Desk, card: Card) -> None:
    """A challenge by voice was answered rightly: what was bad before counts no more."""
    BadText.objects.filter(card_id=card.pk).delete()
    if card.throttled_ms is not None:
        stock.touch(card.pk, throttled_ms=None)
        record(desk, ThrottleLifted(card=CardId(card.pk), person=PersonId(card.person_id)))


def is_closed(sender: bytes, *, at: Instant) -> bool:
    """Whether this sender's texts are tried on the cards of others no more, for today."""
    tries = BadText.objects.filter(sender=sender, at_ms__gt=at - DAY_MS).values_list("at_ms", flat=True)
    return throttle.sender_closed([Instant(each) for each in tries], at)


def count_try(sender: bytes, *, at: Instant) -> None:
    """A text was tried on every card of the house."""
    _note(at, sender=sender)


def forgive(sender: bytes) -> None:
    """Two rows of one card came from there."""
    BadText.objects.filter(sender=sender).delete()


def _note(at: Instant, **whose: object) -> None:
    BadText.objects.create(at_ms=at, **whose)
    day = at // DAY_MS
    due.put(FORGET, key=f"{FORGET}:{day}", about=day, due=Instant((day + 1) * DAY_MS + throttle.KEPT_MS))
