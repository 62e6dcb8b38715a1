"""Warnings of an officer who leaves the desk, and the calls for them."""

from world import duress, told

from ojakgyo.apps.alerts.queries import waiting_calls
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.vault.actions.removal import ask_for_removal, remove_officer
from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Answer
from ojakgyo.domain.values.instants import HOUR_MS


def remove_dasom(night) -> None:
    request = ask_for_removal(night.desk("Haneul"), officer=night.officer("Dasom"), chance_percent=10)
    approve_request(night.desk("Boram"), request=request)
    remove_officer(night.desk("Haneul"), request=request)
    night.settle()


def dasom_takes(night) -> None:
    night.hears("Beodeul", duress)
    actions.take_warning(night.desk("Dasom"), warning=night.id_of("Yeoul"))
    night.settle()


def woken(night) -> list[str]:
    names = {keys.officer: name for name, keys in night.ids.officers.items()}
    return [names[fact.officer] for fact in told(facts.WakeDue)]


def test_what_a_removed_officer_had_taken_is_open_again(night):
    dasom_takes(night)
    assert night.warning("Yeoul").owner == night.officer("Dasom")
    remove_dasom(night)
    row = night.warning("Yeoul")
    assert (row.owner, row.state, row.acknowledged) == (None, WarningState.OPEN, False)
    assert [fact.officer for fact in told(facts.WarningLeft)] == [night.officer("Dasom")]


def test_somebody_who_was_told_stays_told(night):
    night.hears("Beodeul", duress)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=Answer.CONFIRMED)
    night.settle()
    suspend_officer(night.desk("Dasom"), officer=night.officer("Haneul"))
    night.settle()
    row = night.warning("Yeoul")
    assert (row.owner, row.state) == (None, WarningState.WARNED)


def test_a_red_that_was_in_hand_wakes_somebody_else_at_once_and_in_one_turn(night):
    dasom_takes(night)
    night.at(night.warning("Yeoul").deadline_ms - 5 * HOUR_MS)
    assert woken(night) == []
    remove_dasom(night)
    assert woken(night) == ["Haneul"]
    night.goes_on(minutes=31)
    assert woken(night) == ["Haneul", "Haneul"]


def test_a_suspended_officer_is_not_woken_even_for_a_call_that_waited(night):
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - 6 * HOUR_MS)
    assert woken(night) == ["Haneul"]
    assert len(waiting_calls(house_desk(), run=1)) == 1
    suspend_officer(night.desk("Dasom"), officer=night.officer("Haneul"))
    assert waiting_calls(house_desk(), run=1) == []
    night.goes_on(minutes=31)
    assert woken(night)[1:] == ["Dasom"]


def test_nobody_elses_warning_is_left(night):
    night.hears("Beodeul", duress)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    remove_dasom(night)
    assert night.warning("Yeoul").owner == night.officer("Haneul")
    assert told(facts.WarningLeft) == []
