"""The reason of a warning: the path, the waterfall, the chance if nothing is done, the timeline, the list of those met."""

import pytest
from world import duress, told

from ojakgyo.apps.network.models import Link
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.queries import board, met_lists, page
from ojakgyo.apps.watch.values import Call, NodeKind, Sign, SignalSort, TimelineKind
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Answer, LinkKind, ReadingResult, ReportKind, RouteKind
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS


def read(night, about, *, by="Haneul"):
    return page(night.desk(by), warning=night.id_of(about))


def test_the_path_leads_from_the_one_who_was_taken_over_a_phone_to_the_subject(night):
    night.hears("Beodeul", duress)
    why = night.line("Yeoul").reason.why
    assert why.seed.en == "Beodeul"
    assert [(step.node, step.code_name.en) for step in why.path] == [
        (NodeKind.PERSON, "Beodeul"),
        (NodeKind.LINE, "Beodeul"),
        (NodeKind.PERSON, "Yeoul"),
    ]
    assert [step.link for step in why.path] == [None, LinkKind.CARRIES, LinkKind.CALLED]
    chances = [step.chance for step in why.path]
    assert chances == sorted(chances, reverse=True) and 0.0 < chances[-1] < chances[0] < 1.0
    assert Sign.DURESS in why.signs


def test_a_house_on_the_path_has_no_name(night):
    night.is_told("Sonagi", ReportKind.TAKEN_AWAY)
    steps = night.line("Noeul").reason.why.path
    assert [step.node for step in steps] == [NodeKind.PERSON, NodeKind.PLACE, NodeKind.PERSON]
    assert steps[1].code_name is None


def test_the_waterfall_adds_up(night):
    night.is_told("Beodeul", ReportKind.STRANGERS_AT_THE_HOUSE, source="Galmae-3")
    night.hears("Beodeul", duress)
    evidence = read(night, "Yeoul").evidence
    prior, *rest = evidence.lines
    assert prior.sort is SignalSort.PRIOR and prior.start_db == pytest.approx(-19.956, abs=1e-3)
    assert prior.start_db + sum(line.change_db for line in rest) == pytest.approx(evidence.total_db)
    assert [line.start_db for line in rest[1:]] == pytest.approx([line.start_db + line.change_db for line in rest[:-1]])
    assert evidence.chance == pytest.approx(1.0 / (1.0 + 10.0 ** (-evidence.total_db / 10.0)))
    assert evidence.about.en == "Beodeul"
    (report,) = [line for line in rest if line.sort is SignalSort.REPORT]
    assert report.source.en == "Galmae-3"
    assert ReadingResult.DURESS in [line.result for line in rest]


def test_the_chance_if_nothing_is_done_never_falls_and_meets_the_numbers_beside_it(night):
    night.hears("Beodeul", duress)
    nothing = read(night, "Yeoul").nothing
    chances = [point.chance for point in nothing.curve]
    assert chances == sorted(chances)
    assert nothing.curve[0].at == night.now and nothing.curve[-1].at == night.now + 24 * HOUR_MS
    assert chances[-1] == pytest.approx(nothing.in_24h)
    assert nothing.in_24h <= nothing.in_72h
    assert chances[0] <= nothing.at_deadline <= chances[-1]
    assert [name.en for name in nothing.behind] == ["Haebaragi"]


def test_the_fastest_way_stands_beside_the_deadline(night):
    night.hears("Beodeul", duress)
    reach = night.line("Yeoul").reason.reach
    assert reach.call is Call.WAIT and reach.window.opens > night.line("Yeoul").deadline
    assert (reach.fastest.route, reach.fastest.through.en) == (RouteKind.RELAY, "Haebaragi")
    assert reach.fastest.in_time and reach.fastest.arrives == night.now + 55 * MINUTE_MS
    assert [way.in_time for way in reach.ways] == [True, False]


def test_nobody_is_told_through_somebody_who_may_be_taken(night):
    night.hears("Beodeul", duress)
    night.hears("Haebaragi", duress)
    (line,) = [line for line in board(night.desk("Haneul")) if line.code_name.en == "Yeoul"]
    assert [way.route for way in line.reason.reach.ways] == [None]
    assert line.reason.too_late_for.en == "Yeoul"


def test_the_timeline_is_told_from_the_chronicle_newest_first(night):
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY, source="Galmae-3")
    night.goes_on(minutes=1)
    night.hears("Beodeul", duress)
    night.goes_on(minutes=1)
    haneul, yeoul = night.desk("Haneul"), night.id_of("Yeoul")
    actions.take_warning(haneul, warning=yeoul)
    actions.tell_subject(haneul, warning=yeoul, route=RouteKind.RELAY, answer=Answer.SENT)

    lines = read(night, "Yeoul").timeline

    kinds = [line.kind for line in lines]
    assert kinds[:2] == [TimelineKind.TOLD, TimelineKind.TAKEN]
    assert {TimelineKind.RAISED, TimelineKind.READING_HEARD, TimelineKind.REPORT_HEARD} <= set(kinds)
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert {line.by.en for line in lines[:2]} == {"Haneul"}
    (raised,) = [line for line in lines if line.kind is TimelineKind.RAISED]
    assert raised.because is TimelineKind.REPORT_HEARD
    for moved in (line for line in lines if line.kind is TimelineKind.DEADLINE_MOVED):
        assert moved.because is TimelineKind.READING_HEARD


def test_the_timeline_of_one_warning_tells_nothing_of_another(night):
    night.hears("Beodeul", duress)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    lines = [line for line in read(night, "Durumi").timeline if line.kind is not TimelineKind.WOKEN]
    assert {line.person.en for line in lines if line.person} == {"Galmae-3"}


def test_everyone_met_in_thirty_days_is_listed_whatever_the_model_says(night):
    night.hears("Beodeul", duress)
    (beodeul,) = met_lists(night.desk("Haneul"))
    assert beodeul.seed.en == "Beodeul"
    assert [(line.code_name.en, line.link, line.standing) for line in beodeul.lines] == [
        ("Yeoul", LinkKind.CALLED, "due"),
    ]
    assert beodeul.lines[0].at == night.warning("Yeoul").deadline_ms
    assert read(night, "Yeoul").met == beodeul


def test_whoever_slept_in_the_same_house_is_among_those_met(night):
    night.hears("Sonagi", duress)
    (sonagi,) = met_lists(night.desk("Haneul"))
    assert [line.code_name.en for line in sonagi.lines] == ["Noeul"]


def test_a_warning_whose_path_is_gone_can_still_be_told_and_closed(night):
    """The link was forgotten: there is no reason left to show, and the warning must not stand for ever."""
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    Link.objects.filter(knower=night.person("Galmae-3")).delete()
    latest.forget()
    found = read(night, "Durumi")
    assert found.line.reason is None
    assert found.forms.may_tell and found.forms.may_close
    others = read(night, "Durumi", by="Boram")
    assert not others.forms.may_tell and not others.forms.may_close


def test_an_analysis_is_made_once_for_the_same_facts(night, monkeypatch):
    from ojakgyo.apps.watch import analysis

    night.hears("Beodeul", duress)
    made = []
    monkeypatch.setattr(analysis, "analyse", lambda world: made.append(world))
    board(night.desk("Haneul"))
    board(night.desk("Dasom"))
    night.goes_on(hours=1)
    board(night.desk("Haneul"))
    assert made == [], "the duty that raised the warnings has left it ready"


def test_beliefs_stand_in_no_fact(night):
    night.hears("Beodeul", duress)
    for fact in told(facts.SignalWeighed) + told(facts.WarningRaised):
        assert not any(isinstance(value, float) for value in facts.plain(fact).values())
