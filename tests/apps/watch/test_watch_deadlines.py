"""What moves a deadline and what does not, whatever is heard beside it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import NOW, duress, told

from ojakgyo.apps.chronicle.models import Bookmark, Entry
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.network.actions import record_link
from ojakgyo.apps.watch.models import Signal, Warning, WarningState
from ojakgyo.apps.watch.queries import board
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Credibility, LinkKind, Reliability, ReportKind
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

SURE = {"reliability": Reliability.GOOD, "credibility": Credibility.CONFIRMED}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.lists(st.integers(1, 360), min_size=1, max_size=3))
def test_with_no_new_fact_six_hours_of_clock_move_no_deadline(night, minutes):
    night.clock.at(NOW)
    if not Warning.objects.exists():
        night.hears("Beodeul", duress)
    before = dict(Warning.objects.values_list("subject", "deadline_ms"))
    for passed in sorted(minutes):
        night.at(NOW + passed * MINUTE_MS)
        assert dict(Warning.objects.values_list("subject", "deadline_ms")) == before
        assert {line.subject: line.deadline for line in board(night.desk("Haneul"))} == before
    assert told(facts.DeadlineMoved) == []


def test_a_missed_window_weighs_beside_another_sign(night):
    night.goes_on(hours=23)
    night.is_told("Beodeul", ReportKind.STRANGERS_AT_THE_HOUSE, **SURE)
    assert night.warned() == ["Yeoul"]


def test_the_same_report_without_a_missed_window_raises_nothing(night):
    night.is_told("Beodeul", ReportKind.STRANGERS_AT_THE_HOUSE, **SURE)
    assert night.warned() == []


def test_a_report_about_somebody_without_links_is_weighed_and_harms_nothing(night):
    night.is_told("Seori-5", ReportKind.TAKEN_AWAY)
    assert Signal.objects.filter(person=night.person("Seori-5"), kind="report").exists()
    assert night.warned() == []
    night.hears("Beodeul", duress)
    assert night.warned() == ["Yeoul", "Haebaragi"]


def test_a_link_that_moves_a_deadline_is_named_as_the_fact_behind_it(night):
    night.hears("Beodeul", duress)
    day = Instant(night.now - DAY_MS)
    record_link(
        night.desk("Haneul"),
        kind=LinkKind.HANDED_OVER,
        knower=night.person("Beodeul"),
        known=night.person("Yeoul"),
        mutual=True,
        first=day,
        last=day,
    )
    night.settle()
    moved = told(facts.DeadlineMoved)[0]
    assert moved.warning == night.id_of("Yeoul") and moved.deadline < moved.before
    assert Entry.objects.get(seq=moved.because).kind == "network.link_recorded"


def test_a_deadline_never_lies_before_the_first_sign(night):
    """Nothing was heard of Noeul for long, so most may have been done days ago: that is no deadline of last week."""
    night.is_told("Noeul", ReportKind.TAKEN_AWAY, **SURE)
    assert night.warned() == ["Sonagi"]
    assert night.warning("Sonagi").deadline_ms >= NOW


def test_a_sign_of_duress_stands_only_over_those_behind_it(night):
    """Beodeul wrote under duress; what threatens Durumi is a report about Galmae-3."""
    night.hears("Beodeul", duress)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    assert night.warning("Yeoul").duress and not night.warning("Durumi").duress


def test_who_may_be_taken_too_is_still_warned_of_a_greater_danger(night):
    """Yeoul has missed a window; the danger that comes from Beodeul is the greater one."""
    opens = Instant(night.now - 3 * HOUR_MS)
    yeoul = {"person": night.person("Yeoul"), "opens": opens, "closes": Instant(opens + HOUR_MS)}
    agree_window(night.desk("Haneul"), grace_ms=HOUR_MS, **yeoul)
    night.settle()
    assert night.person("Yeoul") in {fact.person for fact in told(facts.WindowMissed)}

    night.hears("Beodeul", duress)

    assert night.warned() == ["Yeoul", "Haebaragi"]


def test_what_was_too_late_stands_again_when_a_new_fact_moves_the_deadline_ahead(night):
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms)
    assert night.warning("Yeoul").state is WarningState.TOO_LATE
    night.goes_on(hours=1)

    night.is_told("Beodeul", ReportKind.SEEN_WELL, credibility=Credibility.DOUBTFUL)

    row = night.warning("Yeoul")
    assert row.deadline_ms > night.now and row.state is WarningState.OPEN


def test_reading_the_same_facts_again_changes_nothing(night):
    night.hears("Beodeul", duress)
    before = list(Warning.objects.order_by("pk").values()), Signal.objects.count()
    Bookmark.objects.filter(reader__startswith="watch.").update(seq=0)
    night.settle()
    assert (list(Warning.objects.order_by("pk").values()), Signal.objects.count()) == before
