"""What the tests of reading share: a text through the spool and all that follows from it, and codes of any card."""

from house.small_world import FALSE, NUMBERS, OWN, STRANGER, told

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.actions import issue_card, take_over_card
from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.network.queries import line_at
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.store import keyholder

__all__ = ["FALSE", "NUMBERS", "OTHER", "OWN", "STRANGER", "told"]
OTHER = "+8610088888888"
"""Another phone nobody knows."""


def present(world, who="Beodeul") -> Card:
    return stock.present(world.persons[who])


def code(card: Card, row: int = 0, *, own=OWN, meaning=Meaning.WELL, suffix=()) -> str:
    """The text of a row of a card, counted from its next unused one."""
    _, drawn = stock.rows_of(keyholder.ring().state_key(), card)[row]
    return encode.text(drawn, own_number=own, meaning=meaning, suffix=suffix)


def hears(world, text, *, number=NUMBERS["Beodeul"]):
    """What a text is read as; None: it waits. No two texts come within ten minutes, which would join them."""
    world.clocks.go_on(601)
    before = len(told(facts.MessageRead))
    world.hears(text, number)
    new = told(facts.MessageRead)[before:]
    return new[-1] if new else None


def result(world, text, *, number=NUMBERS["Beodeul"]) -> ReadingResult | None:
    read = hears(world, text, number=number)
    return None if read is None else read.result


def change(card: Card, **changes) -> None:
    with writing("test"):
        stock.touch(card.pk, **changes)


def end(world, card: Card, state: CardState) -> None:
    with writing("test"):
        stock.end(world.desk(), Card.objects.get(pk=card.pk), state)


def line(world, who="Beodeul"):
    return line_at(world.desk(), NUMBERS[who])


def next_card(world, desk, who="Beodeul", own=OWN) -> Card:
    """The card to come of somebody, handed over."""
    return Card.objects.get(pk=issue_card(desk, person=world.persons[who], number=own))


__all__ += ["change", "code", "end", "hears", "issue_card", "line", "next_card", "present", "result", "take_over_card"]
