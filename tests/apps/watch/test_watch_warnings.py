"""What is heard becomes warnings with deadlines that stand; none is ever deleted."""

import pytest
from world import duress, told

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.watch.actions import take_warning, tell_subject
from ojakgyo.apps.watch.analysis import analyse, read
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.apps.watch.queries import RED_MS, board, met_lists
from ojakgyo.apps.watch.values import Danger, Sign
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Answer, Credibility, Reliability, ReportKind, RouteKind
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS


def deadlines(night):
    return {line.code_name.en: line.deadline for line in board(night.desk("Haneul"))}


def test_a_text_under_duress_warns_those_behind_with_reasons(night):
    night.is_under_duress("Beodeul")
    yeoul, haebaragi = board(night.desk("Haneul"))
    assert [yeoul.code_name.en, haebaragi.code_name.en] == ["Yeoul", "Haebaragi"]
    assert night.now < yeoul.deadline < haebaragi.deadline
    assert yeoul.reason.why.seed.en == "Beodeul"
    assert Sign.DURESS in yeoul.reason.why.signs
    names = [step.code_name.en for step in haebaragi.reason.why.path]
    assert names == ["Beodeul", "Beodeul", "Yeoul", "Yeoul", "Haebaragi"]


def test_the_fastest_way_to_tell_stands_beside_the_deadline(night):
    night.is_under_duress()
    way = night.line("Yeoul").reason.reach.fastest
    assert (way.route, way.through.en, way.arrives) == (RouteKind.RELAY, "Haebaragi", night.now + 55 * MINUTE_MS)
    assert way.in_time


def test_a_text_that_says_well_warns_nobody(night):
    night.hears("Beodeul", "well")
    assert night.warned() == []


def test_whom_nobody_knows_endangers_nobody(night):
    night.hears("Seori-5", duress)
    assert night.warned() == []


def test_a_missed_window_alone_raises_nothing(night):
    night.goes_on(hours=30)
    assert [fact.person for fact in told(facts.WindowMissed)] == [night.person("Beodeul")]
    assert [fact.signal for fact in told(facts.SignalWeighed)][-1] == "missed_window"
    assert not Warning.objects.exists()


def test_six_hours_of_clock_move_no_deadline(night):
    night.is_under_duress("Beodeul")
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    before, signals = deadlines(night), told(facts.SignalWeighed)
    assert len(before) == 3
    for minutes in (0, 1, 59, 120, 180):
        night.goes_on(minutes=minutes)
        latest.forget()
        assert deadlines(night) == before
        renewed = {each.subject: each.deadline for each in analyse(read(night.desk("Haneul"))).exposures}
        assert renewed == dict(Warning.objects.values_list("subject", "deadline_ms"))
    assert told(facts.SignalWeighed) == signals
    assert told(facts.DeadlineMoved) == []


def test_a_deadline_is_where_the_first_analysis_put_it_whoever_computes_it_later(night):
    night.is_under_duress()
    raised = {fact.warning: fact.deadline for fact in told(facts.WarningRaised)}
    night.goes_on(hours=6)
    assert raised == dict(Warning.objects.values_list("pk", "deadline_ms"))


def test_a_change_of_a_deadline_names_the_fact_behind_it(night):
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)
    before = night.warning("Yeoul").deadline_ms
    night.goes_on(hours=1)
    heard = night.is_told("Beodeul", ReportKind.STRANGERS_AT_THE_HOUSE)
    (moved,) = told(facts.DeadlineMoved)
    assert (moved.warning, moved.before, moved.because) == (night.id_of("Yeoul"), before, heard)
    assert moved.deadline == night.warning("Yeoul").deadline_ms != before


def test_every_deadline_is_the_one_of_its_last_fact_and_every_such_fact_is_there(night):
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)
    night.goes_on(minutes=30)
    night.is_under_duress("Beodeul")
    night.goes_on(hours=2)
    night.is_told("Beodeul", ReportKind.SEEN_WELL)
    last = {}
    for fact in (*told(facts.WarningRaised), *told(facts.DeadlineMoved)):
        last[fact.warning] = (fact.deadline, fact.because)
        assert Entry.objects.filter(seq=fact.because).exists()
    assert last == {row.pk: (row.deadline_ms, row.because) for row in Warning.objects.all()}


def test_a_warning_stands_although_the_belief_has_fallen(night):
    night.is_told("Durumi", ReportKind.TAKEN_AWAY)
    night.is_told("Durumi", ReportKind.STRANGERS_AT_THE_HOUSE)
    assert night.warned() == ["Galmae-3"]
    for _ in range(3):
        night.is_told("Durumi", ReportKind.SEEN_WELL, reliability=Reliability.GOOD, credibility=Credibility.CONFIRMED)
    assert analyse(read(night.desk("Haneul"))).exposures == ()
    assert night.warned() == ["Galmae-3"]
    assert night.warning("Galmae-3").state is WarningState.OPEN


def test_an_all_well_after_duress_clears_nothing(night):
    night.is_under_duress("Beodeul")
    before = deadlines(night)
    night.goes_on(minutes=30)
    night.hears("Beodeul", "well")
    after = deadlines(night)
    assert after.keys() == before.keys()
    assert all(abs(after[name] - before[name]) < HOUR_MS for name in before)
    assert Sign.DURESS in night.line("Yeoul").reason.why.signs
    assert night.warning("Yeoul").duress


def test_a_warning_turns_red_six_hours_before_its_deadline(night):
    night.hears("Galmae-3", duress)
    red = night.warning("Durumi").deadline_ms - RED_MS
    night.at(red - 1)
    assert (night.line("Durumi").danger, told(facts.WarningTurnedRed)) == (Danger.TODAY, [])
    night.at(red)
    assert night.line("Durumi").danger is Danger.NOW
    assert [fact.warning for fact in told(facts.WarningTurnedRed)] == [night.id_of("Durumi")]
    night.goes_on(hours=3)
    assert len(told(facts.WarningTurnedRed)) == 1


def test_a_deadline_that_passes_untold_is_too_late_for_the_subject(night):
    night.hears("Galmae-3", duress)
    night.at(night.warning("Durumi").deadline_ms - 1)
    assert night.warning("Durumi").state is WarningState.OPEN
    night.goes_on(minutes=1)
    assert night.warning("Durumi").state is WarningState.TOO_LATE
    assert night.line("Durumi").reason.too_late_for.en == "Durumi"
    assert len(told(facts.WarningTooLate)) == 1


def test_who_was_told_in_time_is_not_too_late(night):
    night.hears("Galmae-3", duress)
    tell_subject(night.desk("Haneul"), warning=night.id_of("Durumi"), route=None, answer=Answer.CONFIRMED)
    night.goes_on(hours=24)
    assert night.warning("Durumi").state is WarningState.WARNED
    assert told(facts.WarningTooLate) == []
    assert night.line("Durumi").danger is Danger.INFO


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer.CONFIRMED, WarningState.WARNED),
        (Answer.SENT, WarningState.OWNED),
        (Answer.UNREACHABLE, WarningState.UNREACHABLE),
    ],
)
def test_what_came_of_telling_the_subject_is_kept(night, answer, state):
    night.is_under_duress()
    tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=RouteKind.RELAY, answer=answer)
    row = night.warning("Yeoul")
    assert (row.state, row.route, row.answer, row.owner) == (state, RouteKind.RELAY, answer, night.officer("Haneul"))
    assert [(fact.route, fact.answer) for fact in told(facts.SubjectTold)] == [(RouteKind.RELAY, answer)]


def test_only_one_officer_owns_a_warning(night):
    night.is_under_duress()
    take_warning(night.desk("Dasom"), warning=night.id_of("Yeoul"))
    with pytest.raises(Exception, match=r"watch\.owned"):
        take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    assert night.line("Yeoul").owner.en == "Dasom"
    assert night.warning("Yeoul").state is WarningState.OWNED


def test_everyone_met_in_thirty_days_is_listed_whatever_the_model_thinks(night):
    night.hears("Galmae-3", duress)
    (met,) = met_lists(night.desk("Haneul"))
    assert (met.seed.en, [line.code_name.en for line in met.lines]) == ("Galmae-3", ["Durumi"])
    assert met_lists(night.desk("Narae")) == ()
