"""What moves a deadline is named beside it; what is heard of somebody else moves none."""

import pytest
from world import duress, told

from ojakgyo.apps.network.actions import record_link
from ojakgyo.apps.watch.models import Warning
from ojakgyo.apps.watch.queries import page
from ojakgyo.apps.watch.values import TimelineKind
from ojakgyo.demo import spool_file
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Credibility, LinkKind, Reliability, ReportKind
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, Instant

SURE = {"reliability": Reliability.GOOD, "credibility": Credibility.CONFIRMED}


def deadlines():
    return dict(Warning.objects.values_list("subject", "deadline_ms"))


def garbles(night):
    """Galmae-3 sends digits that fit no row."""
    spool_file.write(night.folder, number="+8610067890123", text="999999", heard=instants.aware(night.now))
    assert night.listen() == 1
    night.settle()


def links(night, knower, known, kind=LinkKind.MET):
    day = Instant(night.now - DAY_MS)
    ends = {"knower": night.person(knower), "known": night.person(known)}
    record_link(night.desk("Haneul"), kind=kind, mutual=True, first=day, last=day, **ends)
    night.settle()


def moves(night, about):
    lines = page(night.desk("Haneul"), warning=night.id_of(about)).timeline
    return [line for line in lines if line.kind is TimelineKind.DEADLINE_MOVED]


@pytest.mark.parametrize("hours", [6, 25])
def test_a_garbled_text_of_somebody_else_moves_no_deadline_at_any_hour(night, hours):
    """Past midnight every link is a day older, and past a day the first sign is an old one."""
    night.hears("Beodeul", duress)
    before = deadlines()
    night.goes_on(hours=hours)
    garbles(night)
    assert deadlines() == before and told(facts.DeadlineMoved) == []


@pytest.mark.parametrize(("hours", "joined"), [(6, False), (25, True)])
def test_a_word_of_danger_from_somebody_else_moves_no_deadline_at_any_hour(night, hours, joined):
    if joined:
        links(night, "Galmae-3", "Sonagi")
        links(night, "Sonagi", "Beodeul", LinkKind.PAID)
    night.hears("Beodeul", duress)
    before = deadlines()
    night.goes_on(hours=hours)
    night.hears("Galmae-3", "danger")
    assert {who: deadlines()[who] for who in before if who != night.person("Galmae-3")} == {
        who: before[who] for who in before if who != night.person("Galmae-3")
    }


def test_an_alarm_about_somebody_no_link_joins_to_them_moves_no_deadline(night):
    night.hears("Beodeul", duress)
    before = deadlines()
    night.goes_on(hours=6)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY, **SURE)
    assert {who: deadlines()[who] for who in before} == before


def test_every_deadline_that_moved_names_its_cause_in_the_timeline(night):
    night.is_under_duress()
    links(night, "Galmae-3", "Yeoul")
    night.goes_on(hours=1)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY, **SURE)
    night.goes_on(minutes=30)
    night.is_told("Beodeul", ReportKind.STRANGERS_AT_THE_HOUSE, **SURE)
    night.goes_on(minutes=30)
    night.hears("Yeoul", "danger")
    assert len(told(facts.DeadlineMoved)) > 2
    for about in ("Yeoul", "Haebaragi"):
        assert moves(night, about) and all(line.because for line in moves(night, about))


def test_a_cause_on_the_path_is_named_with_whom_it_was_about(night):
    """The danger to Haebaragi comes through Yeoul, who was free a moment ago."""
    night.is_under_duress()
    night.goes_on(minutes=30)
    night.hears("Yeoul", "danger")
    (moved,) = moves(night, "Haebaragi")
    assert (moved.because, moved.because_of.en) == (TimelineKind.READING_HEARD, "Yeoul")


def test_a_cause_off_the_path_is_said_without_a_name(night):
    """Noeul is in danger from Beodeul; what Sonagi's neighbours saw makes it a little more."""
    links(night, "Noeul", "Beodeul", LinkKind.HANDED_OVER)
    night.is_under_duress()
    night.goes_on(minutes=30)
    night.is_told("Sonagi", ReportKind.STRANGERS_AT_THE_HOUSE, **SURE)
    (moved,) = moves(night, "Noeul")
    assert night.line("Noeul").reason.why.seed.en == "Beodeul"
    assert (moved.because, moved.because_of) == (TimelineKind.ELSEWHERE, None)
