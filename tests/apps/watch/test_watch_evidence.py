"""Why somebody is in danger: a waterfall that sums up, a timeline of facts, and nothing of it in any table."""

import json
from math import log10

import pytest
from django.db import connection
from world import told

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.watch.analysis import _signals
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.queries import board, page
from ojakgyo.apps.watch.values import SignalSort, TimelineKind
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Meaning, ReadingResult, ReportKind, SignalKind


@pytest.fixture
def heard(night):
    """Three kinds of evidence about Beodeul."""
    night.is_told("Beodeul", ReportKind.STRANGERS_AT_THE_HOUSE, source="Noeul")
    night.is_under_duress("Beodeul")
    night.goes_on(hours=1)
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)
    return night


def shown(night, about="Yeoul"):
    return page(night.desk("Haneul"), warning=night.id_of(about))


def test_the_waterfall_sums_up(heard):
    evidence = shown(heard).evidence
    prior, *lines = evidence.lines
    assert (prior.sort, prior.change_db) == (SignalSort.PRIOR, 0.0)
    level = prior.start_db
    for line in lines:
        assert line.start_db == pytest.approx(level)
        level += line.change_db
    assert level == pytest.approx(evidence.total_db)
    assert 10 * log10(evidence.chance / (1 - evidence.chance)) == pytest.approx(evidence.total_db)


def test_what_weighs_and_what_hardly_does_is_all_there_is(heard):
    evidence = shown(heard).evidence
    assert sorted((*evidence.weighty, *evidence.light), key=evidence.lines.index) == list(evidence.lines)
    summed = evidence.lines[0].start_db + sum(line.change_db for line in evidence.weighty) + evidence.light_db
    assert summed == pytest.approx(evidence.total_db)


def test_each_piece_of_evidence_is_one_line_that_says_what_it_is(heard):
    lines = shown(heard).evidence.lines[1:]
    assert [line.sort for line in lines].count(SignalSort.REPORT) == 2
    assert {line.result for line in lines if line.sort is SignalSort.READING} == {
        ReadingResult.OK,
        ReadingResult.DURESS,
    }
    assert {line.source.en for line in lines if line.source} == {"Noeul"}
    assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_evidence_about_the_seed_is_the_same_on_every_page_it_endangers(heard):
    assert shown(heard, "Haebaragi").evidence == shown(heard, "Yeoul").evidence


def test_the_chance_only_grows_while_nobody_acts(heard):
    nothing = shown(heard).nothing
    chances = [point.chance for point in nothing.curve]
    assert chances == sorted(chances)
    assert nothing.in_24h <= nothing.in_72h <= 1.0
    assert [name.en for name in nothing.behind] == ["Haebaragi"]


def test_a_window_that_ran_out_is_a_line_of_its_own(night):
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)
    night.goes_on(hours=30)
    assert len(told(facts.WindowMissed)) == 1
    (missed,) = [line for line in shown(night).evidence.lines if line.sort is SignalSort.MISSED_WINDOW]
    assert missed.change_db > 0.0


def test_the_timeline_tells_the_facts_newest_first(heard):
    timeline = shown(heard).timeline
    assert [line.at for line in timeline] == sorted((line.at for line in timeline), reverse=True)
    kinds = {line.kind for line in timeline}
    assert {TimelineKind.RAISED, TimelineKind.TURNED_RED, TimelineKind.WOKEN, TimelineKind.REPORT_HEARD} <= kinds


def test_nothing_of_an_analysis_is_in_any_table(heard):
    """A belief, a chance, a weight or an hour of arrival would be a number with a fraction: there is none."""
    assert latest.analysis(heard.desk("Haneul")).beliefs
    board(heard.desk("Haneul"))
    shown(heard)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in cursor.fetchall():
            columns = cursor.execute(f"PRAGMA table_info({table})").fetchall()
            for _, column, kind, *_ in columns:
                assert kind.upper() not in ("REAL", "FLOAT", "DECIMAL"), (table, column)
                cursor.execute(f"SELECT count(*) FROM {table} WHERE typeof(\"{column}\") = 'real'")
                assert cursor.fetchone() == (0,), (table, column)


def test_no_fact_carries_a_chance(heard):
    for body in Entry.objects.values_list("body", flat=True):
        assert not any(isinstance(value, float) for value in json.loads(body).values())


@pytest.mark.parametrize(("later_ms", "since"), [(-5, None), (0, 1_000), (5, 1_000)])
def test_a_well_that_was_written_after_a_duress_and_read_before_it_stops_no_watch(later_ms, since):
    """Two texts of one minute may be read in the other order; the clock of the modem says which was written first."""
    common = {"person_id": 1, "kind": SignalKind.READING, "meaning": Meaning.WELL}
    rows = [
        Signal(because=1, result=ReadingResult.OK, heard_ms=1_000, **common),
        Signal(because=2, result=ReadingResult.DURESS, heard_ms=1_000 + later_ms, **common),
    ]
    _, forced = _signals(rows)
    assert forced.decibans > 0.0 and (since is None or forced.since == since)
