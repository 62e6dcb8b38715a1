"""Who sees the reason of a warning: safety with the keys, and after ten minutes whoever is on duty. Others see no trace."""

import pytest
from factories.cast import CELLS, HELPERS, OFFICERS, SEES_REASONS_OF
from world import duress, told, well

from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.apps.watch.queries import board, may_see, met_lists, page, unheard, unseen_red
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import ReportKind
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS
from ojakgyo.domain.values.roles import OfficerRole

RED_MS, SHOWN_MS = 6 * HOUR_MS, 10 * MINUTE_MS


def seen(night, officer):
    return {line.code_name.en: line.reason is not None for line in board(night.desk(officer))}


def test_safety_without_the_cells_key_sees_code_name_and_deadline_but_no_reason(night):
    """Beodeul writes under duress; Yeoul and Haebaragi stand behind. Dasom is safety, without the key to N-2."""
    night.hears("Beodeul", duress)
    lines = board(night.desk("Dasom"))
    assert [(line.code_name.en, line.reason) for line in lines] == [("Yeoul", None), ("Haebaragi", None)]
    assert all(line.deadline > night.now for line in lines)


def test_a_treasurer_with_every_key_sees_no_reason(night):
    night.hears("Beodeul", duress)
    assert seen(night, "Boram") == {"Yeoul": False, "Haebaragi": False}


def test_safety_with_every_key_sees_every_reason(night):
    night.hears("Beodeul", duress)
    assert seen(night, "Haneul") == {"Yeoul": True, "Haebaragi": True}


def test_a_danger_that_comes_through_another_cell_needs_the_key_of_that_one_too(night):
    """Dasom holds C-2, where Haebaragi and Durumi are: the way to Haebaragi leads through N-2, that to Durumi does not."""
    night.hears("Beodeul", duress)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    assert seen(night, "Dasom") == {"Durumi": True, "Haebaragi": False, "Yeoul": False}


def test_an_officer_who_has_put_the_keys_down_sees_no_reason(night):
    night.hears("Beodeul", duress)
    assert all(line.reason is None for line in board(night.keyless("Haneul")))


def test_the_cast_holds_what_the_tests_say_of_it():
    cells = {helper.cell for helper in HELPERS}
    assert cells == set(CELLS)
    for officer in OFFICERS:
        sees = frozenset(officer.cells) if OfficerRole.SAFETY in officer.roles else frozenset()
        assert SEES_REASONS_OF[officer.name] == sees


@pytest.mark.parametrize("officer", ["Dasom", "Boram", "Narae"])
def test_what_hangs_on_the_reason_is_absent_for_others(night, officer):
    night.hears("Beodeul", duress)
    desk = night.desk(officer)
    found = page(desk, warning=night.id_of("Yeoul"))
    assert (found.line.reason, found.evidence, found.nothing, found.met, found.timeline) == (None, None, None, None, ())
    assert not (found.forms.may_tell or found.forms.may_close or found.forms.needs_two)
    assert not may_see(desk, warning=night.id_of("Yeoul"))
    assert met_lists(desk) == ()
    assert unheard(desk) == frozenset()


def test_the_late_check_in_of_whoever_wrote_under_duress_does_not_betray_it(night):
    """For safety with the key the window stays silent; for others it looks kept, as after any other text."""
    night.hears("Beodeul", duress)
    assert unheard(night.desk("Haneul")) == {night.person("Beodeul")}
    assert unheard(night.desk("Dasom")) == frozenset()


def test_after_ten_minutes_unacknowledged_the_row_goes_to_whoever_is_on_duty_and_that_is_recorded(night):
    night.hears("Beodeul", duress)
    red = night.warning("Yeoul").deadline_ms - RED_MS
    night.at(red + SHOWN_MS - 1)
    assert unseen_red(night.desk("Boram")) == (red, red + SHOWN_MS)
    assert unseen_red(night.desk("Haneul")) is None
    assert page(night.desk("Boram"), warning=night.id_of("Yeoul")).opens_to_all == red + SHOWN_MS
    assert not seen(night, "Boram")["Yeoul"] and not told(facts.RowShown)

    night.at(red + SHOWN_MS)

    assert [fact.warning for fact in told(facts.RowShown)] == [night.id_of("Yeoul")]
    assert seen(night, "Boram")["Yeoul"] and seen(night, "Dasom")["Yeoul"]
    assert not seen(night, "Boram")["Haebaragi"], "only the row that was shown"
    assert unseen_red(night.desk("Boram")) is None
    assert all(line.reason is None for line in board(night.keyless("Boram"))), "and only to who has keys in hand"


def test_a_red_that_somebody_acknowledged_is_not_shown_to_everybody(night):
    night.hears("Beodeul", duress)
    red = night.warning("Yeoul").deadline_ms - RED_MS
    night.at(red + MINUTE_MS)
    actions.acknowledge_warning(night.desk("Dasom"), warning=night.id_of("Yeoul"))
    night.at(red + SHOWN_MS + MINUTE_MS)
    assert not seen(night, "Boram")["Yeoul"]
    assert not told(facts.RowShown)
    assert night.warning("Yeoul").state is WarningState.OPEN, "seen is not taken"


def test_a_program_sees_reasons_when_it_is_let(night):
    night.hears("Beodeul", duress)
    desk = night.desk("Boram")
    assert all(line.reason for line in board(desk, reasons=True))
    assert not any(line.reason for line in board(desk, reasons=False))


def test_who_takes_a_warning_is_seen_by_everybody(night):
    night.hears("Beodeul", duress)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    assert night.line("Yeoul", to="Narae").owner.en == "Haneul"
    assert night.line("Yeoul").owner_is_me and not night.line("Yeoul", to="Narae").owner_is_me


def test_nobody_but_safety_takes_a_warning_or_silences_its_calls(night):
    """Boram holds every key and is no safety officer; Dasom is one, without the key to N-2."""
    night.is_under_duress()
    yeoul = night.id_of("Yeoul")
    for act in (actions.take_warning, actions.acknowledge_warning):
        with pytest.raises(Refused, match=r"watch\.safety_only"):
            act(night.desk("Boram"), warning=yeoul)
    assert not any(line.may_take for line in board(night.desk("Boram")))
    actions.take_warning(night.desk("Dasom"), warning=yeoul)


def test_a_later_text_does_not_make_who_was_forced_heard_again(night):
    """Whoever took Beodeul has the phone, and perhaps the number too."""
    night.is_under_duress()
    night.hears("Beodeul", well)
    assert night.person("Beodeul") in unheard(night.desk("Haneul"))
