"""Cards that somebody who left could read are listed; those a lost machine knew are burnt."""

import pytest
from world import OWN, night, night_kept, told

from ojakgyo.apps.cards import queries
from ojakgyo.apps.cards.actions import issue_card, take_over_card
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CardBurnt, CardToReissue, MachineLost, OfficerRemoved, ReadingResult
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]


@action
def say(desk, fact):
    return record(desk, fact)


def removed(night, *, opener: bool) -> None:
    say(night.desk("Haneul"), OfficerRemoved(officer=night.officer("Narae"), chance_percent=50, opener=opener))
    night.settle()


def waiting(night) -> list[str]:
    return [each.code_name.en for each in queries.to_replace(night.desk("Boram"))]


def test_when_an_opener_is_removed_every_card_is_to_be_replaced_and_works_on(night):
    removed(night, opener=True)
    assert sorted(waiting(night)) == sorted(night.ids.cards)
    assert {each.why for each in queries.to_replace(night.desk("Boram"))} == {"opener_left"}
    assert len(told(CardToReissue)) == len(night.ids.cards)
    night.hears("Beodeul")
    assert told(facts.MessageRead)[-1].result is ReadingResult.OK


def test_the_removal_of_somebody_who_opened_nothing_replaces_no_card(night):
    removed(night, opener=False)
    assert waiting(night) == []


def test_a_new_card_takes_its_holder_off_the_list(night):
    removed(night, opener=True)
    card = issue_card(night.desk("Haneul"), person=night.person("Beodeul"), number=OWN)
    assert "Beodeul" in waiting(night), "nobody has met them yet"
    take_over_card(night.desk("Haneul"), card=card)
    assert "Beodeul" not in waiting(night)
    assert len(waiting(night)) == len(night.ids.cards) - 1


def test_a_second_removal_lists_nobody_twice(night):
    removed(night, opener=True)
    removed(night, opener=True)
    assert len(told(CardToReissue)) == len(night.ids.cards) == len(waiting(night))


def test_a_lost_machine_burns_every_card_and_nothing_is_read_by_one(night):
    before = len(told(facts.MessageRead))
    say(night.desk("Haneul"), MachineLost())
    night.settle()
    assert len(told(CardBurnt)) == len(night.ids.cards)
    assert {each.why for each in queries.to_replace(night.desk("Boram"))} == {"machine_lost"}
    assert queries.in_use(night.person("Beodeul")).issued is None
    with pytest.raises(Refused, match=r"cards\.no_card"):
        queries.rows_ahead(keyholder.ring().state_key(), night.person("Beodeul"), 1)
    assert len(told(facts.MessageRead)) == before
