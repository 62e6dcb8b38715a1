"""Who speaks through whose line, and by which numbers a holder's codes speak of others."""

import pytest
from world import night, night_kept, told

from ojakgyo.apps.cards import actions
from ojakgyo.apps.cards.life import queries as life
from ojakgyo.apps.cards.models import PocketNumber, Sharer
from ojakgyo.domain import facts
from ojakgyo.domain.errors import NotHeld, Refused

__all__ = ["night", "night_kept"]


def share(night, line="Beodeul", person="Yeoul", by="Haneul", act=actions.share_line):
    return act(night.desk(by), line=night.ids.lines[line], person=night.person(person))


def give(night, about, holder="Haebaragi", by="Haneul", act=actions.give_pocket_number):
    return act(night.desk(by), holder=night.person(holder), about=night.person(about))


def test_a_line_is_shared_once_and_shared_no_more(night):
    share(night)
    (line,) = life.shared_lines(night.desk("Boram"), holder=night.person("Beodeul"))
    assert [name.en for _, name in line.sharers] == ["Yeoul"]
    with pytest.raises(Refused, match=r"cards\.line_shared"):
        share(night)
    share(night, act=actions.unshare_line)
    assert not Sharer.objects.exists()
    assert len(told(facts.LineShared)) == len(told(facts.LineUnshared)) == 1
    with pytest.raises(Refused, match=r"house\.not_found"):
        share(night, act=actions.unshare_line)


def test_nobody_shares_a_line_with_themselves(night):
    with pytest.raises(Refused, match=r"cards\.line_shared"):
        share(night, person="Beodeul")


@pytest.mark.parametrize(("line", "person"), [("Beodeul", "Haebaragi"), ("Haebaragi", "Beodeul")])
def test_it_takes_the_keys_of_both_cells(night, line, person):
    """Narae holds C-2, Haebaragi's, and not N-2, Beodeul's."""
    with pytest.raises(NotHeld):
        share(night, line, person, by="Narae")
    assert not Sharer.objects.exists()


def test_a_holder_speaks_of_others_of_whatever_cell_by_numbers_far_from_each_other(night):
    numbers = [give(night, about, by="Narae") for about in ("Beodeul", "Durumi", "Seori-5")]
    assert len({number // 10 for number in numbers}) == len({number % 10 for number in numbers}) == 3
    shown = life.pocket_numbers(night.desk("Narae"), holder=night.person("Haebaragi"))
    assert {(each.code_name.en, int(each.number)) for each in shown} == set(
        zip(("Beodeul", "Durumi", "Seori-5"), numbers, strict=True)
    )
    assert all(len(each.number) == 2 for each in shown)
    assert [each.number for each in told(facts.PocketNumberGiven)] == numbers


def test_one_number_for_each_and_none_for_oneself(night):
    give(night, "Durumi")
    for about in ("Durumi", "Haebaragi"):
        with pytest.raises(Refused, match=r"cards\.pocket_taken"):
            give(night, about)


def test_a_number_that_was_dropped_may_be_given_again(night):
    number = give(night, "Durumi")
    assert give(night, "Durumi", act=actions.drop_pocket_number) == number
    assert not PocketNumber.objects.exists()
    assert told(facts.PocketNumberDropped)[0].number == number
    with pytest.raises(Refused, match=r"house\.not_found"):
        give(night, "Durumi", act=actions.drop_pocket_number)


def test_a_full_pocket_takes_no_more(night, monkeypatch):
    give(night, "Durumi")
    monkeypatch.setattr(actions.speaking.pocket, "ALL", range(1))
    with pytest.raises(Refused, match=r"cards\.pocket_full"):
        give(night, "Beodeul")


def test_without_the_key_of_the_holders_cell_nothing_is_given_dropped_or_seen(night):
    give(night, "Yeoul", holder="Beodeul")
    for refused in (
        lambda: give(night, "Durumi", holder="Beodeul", by="Narae"),
        lambda: give(night, "Yeoul", holder="Beodeul", by="Narae", act=actions.drop_pocket_number),
        lambda: life.pocket_numbers(night.desk("Narae"), holder=night.person("Beodeul")),
        lambda: life.shared_lines(night.desk("Narae"), holder=night.person("Beodeul")),
    ):
        with pytest.raises(NotHeld):
            refused()
    assert PocketNumber.objects.count() == 1
