"""Closing a warning: with which reasons, by how many, and what makes the same danger stand again."""

import pytest
from world import duress, told, well

from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CloseReason, ReportKind

REASONS = {"confirmed", "wrong_signal", "no_link", "duplicate", "other_cause"}


def close(night, about, reason=CloseReason.WRONG_SIGNAL):
    actions.close_warning(night.desk("Haneul"), warning=night.id_of(about), reason=reason)
    night.settle()


def test_where_a_sign_of_duress_stands_one_officer_closes_nothing(night):
    night.hears("Beodeul", duress)
    before = night.warning("Yeoul")
    with pytest.raises(Refused) as refused:
        close(night, "Yeoul")
    assert refused.value.code == "watch.needs_two"
    assert night.warning("Yeoul").state is before.state
    assert not told(facts.WarningClosed)


@pytest.mark.parametrize("reason", list(CloseReason))
def test_a_warning_is_closed_with_each_of_the_five_reasons(night, reason):
    assert {str(each) for each in CloseReason} == REASONS
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)

    close(night, "Durumi", reason)

    row = night.warning("Durumi")
    assert (row.state, row.reason) == (WarningState.CLOSED, reason)
    assert [fact.reason for fact in told(facts.WarningClosed)] == [reason]
    assert night.warned() == []


def test_what_is_closed_is_neither_closed_again_nor_taken_nor_told(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    with pytest.raises(Refused, match=r"watch\.closed"):
        close(night, "Durumi")
    with pytest.raises(Refused, match=r"watch\.closed"):
        actions.take_warning(night.desk("Haneul"), warning=night.id_of("Durumi"))


def test_the_same_facts_do_not_raise_it_again(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    night.goes_on(hours=6)
    assert night.warned() == []
    assert Warning.objects.count() == 1


def test_a_new_alarming_sign_about_whoever_the_danger_comes_from_raises_it_again(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    first = night.warning("Durumi")
    night.goes_on(minutes=10)

    night.is_told("Galmae-3", ReportKind.STRANGERS_AT_THE_HOUSE)

    again = night.warning("Durumi")
    assert (again.episode, again.state) == (2, WarningState.OPEN)
    assert Warning.objects.get(pk=first.pk).state is WarningState.CLOSED, "the first stays as it was closed"


def test_an_unrelated_sign_does_not_raise_it_again(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    night.is_told("Seori-5", ReportKind.TAKEN_AWAY)
    night.hears("Beodeul", duress)
    assert "Durumi" not in night.warned()
    assert "Yeoul" in night.warned()


def test_a_calming_sign_does_not_raise_it_again(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    close(night, "Durumi")
    night.hears("Galmae-3", well)
    night.is_told("Galmae-3", ReportKind.SEEN_WELL)
    assert night.warned() == []


def test_a_warning_somebody_owns_is_not_taken_by_another(night):
    night.hears("Beodeul", duress)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    with pytest.raises(Refused, match=r"watch\.owned"):
        actions.take_warning(night.desk("Dasom"), warning=night.id_of("Yeoul"))
    assert night.warning("Yeoul").owner == night.officer("Haneul")


def test_there_is_nothing_to_close_behind_an_id_of_nobody(night):
    with pytest.raises(Refused, match=r"house\.not_found"):
        actions.close_warning(night.desk("Haneul"), warning=7, reason=CloseReason.DUPLICATE)
