"""An officer who was removed for cause is a seed of the exposure: whom the cells' keys endanger, and who sees that."""

from dataclasses import replace
from itertools import pairwise

import pytest
from test_watch_pages import read, said, timeline
from world import told

from ojakgyo.apps.chronicle.models import Bookmark
from ojakgyo.apps.network.actions import add_person
from ojakgyo.apps.vault.actions.cells import begin_epoch, withdraw_key
from ojakgyo.apps.vault.actions.removal import ask_for_removal, remove_officer
from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.apps.watch import actions, removals
from ojakgyo.apps.watch.analysis import HORIZON_HOURS, analyse
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal, WarningState
from ojakgyo.apps.watch.queries import board, page
from ojakgyo.apps.watch.values import NodeKind, Sign, SignalSort, TimelineKind
from ojakgyo.domain import facts
from ojakgyo.domain.facts import CloseReason, LinkKind, ReportKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.domain.values.roles import PersonRole

OF_NARAE = {"Galmae-3", "Haebaragi", "Durumi"}
"""Everybody of C-1 and C-2, the cells whose keys Narae holds."""


def removes(night, officer, percent):
    """Two officers remove a third, and say how likely it is that what that one knew is known to others."""
    request = ask_for_removal(night.desk("Haneul"), officer=night.officer(officer), chance_percent=percent)
    approve_request(night.desk("Dasom"), request=request)
    remove_officer(night.desk("Haneul"), request=request)
    night.settle()


def test_everybody_of_the_cells_an_officer_held_is_warned_and_nobody_else(night):
    removes(night, "Narae", 50)
    assert set(night.warned()) == OF_NARAE
    assert [fact.officer for fact in told(facts.OfficerWeighed)] == [night.officer("Narae")]
    for name in OF_NARAE:
        row = night.warning(name)
        assert row.deadline_ms > night.now and not row.duress


@pytest.mark.parametrize("officer", ["Narae", "Boram"])
def test_at_no_percent_nobody_is_warned_and_the_officer_is_no_seed(night, officer):
    removes(night, officer, 0)
    assert night.warned() == []
    assert told(facts.OfficerWeighed) == []
    assert latest.analysis(night.desk("Haneul")).seeds == ()


@pytest.mark.parametrize("percent", [1, 50, 100])
def test_the_chance_is_the_one_that_two_officers_said(night, percent):
    removes(night, "Narae", percent)
    (seed,) = latest.analysis(night.desk("Haneul")).seeds
    assert seed.node == night.officer("Narae")
    assert seed.probability == pytest.approx(percent / 100, abs=1e-5)
    assert seed.edges[-1] == 0.0, "taken by the removal, at the latest"


def test_a_likelier_removal_warns_no_fewer_and_no_later(night):
    """One vault cannot remove an officer twice, so each chance is looked at in the same one, over the same luck."""
    removes(night, "Narae", 20)
    found = latest.analysis(night.desk("Haneul"))
    removal = found.world.removed[night.officer("Narae")]
    shares = []
    for percent in (1, 20, 50, 100):
        said_so = replace(removal, percent=percent)
        signs = {said_so.officer: (said_so.sign,)}
        again = analyse(replace(found.world, removed={said_so.officer: said_so}, signals=signs))
        shares.append([again.arrivals.probability_by(HORIZON_HOURS)[place] for place in reached(night, again)])
    for fewer, more in pairwise(shares):
        assert all(before <= after for before, after in zip(fewer, more, strict=True))


def reached(night, found):
    return found.world.snapshot.network.places([night.person(name) for name in sorted(OF_NARAE)])


def test_it_is_said_once_and_kept_in_no_row(night):
    kept = Signal.objects.count()
    removes(night, "Narae", 50)
    Bookmark.objects.filter(reader="watch.weigh_officer").update(seq=0)
    night.settle()
    assert len(told(facts.OfficerWeighed)) == 1
    assert Signal.objects.count() == kept


def test_after_the_house_was_closed_and_opened_the_same_stands(night):
    removes(night, "Narae", 50)
    before = latest.analysis(night.desk("Haneul")).exposures
    latest.forget()
    assert latest.analysis(night.desk("Haneul")).exposures == before


def joins(night, cell):
    name = CodeName.of("민들레", 2)
    return add_person(night.desk("Haneul"), name=name, role=PersonRole.HELPER, cell=night.ids.cells[cell])


def endangered(night):
    """Everybody to whom a removed officer's having held a key leads."""
    ties = latest.analysis(night.desk("Haneul")).world.snapshot.ties.values()
    return {tie.known for tie in ties if tie.kind is LinkKind.HELD_THE_KEY}


def test_who_joined_after_the_officer_had_left_was_never_read(night):
    removes(night, "Narae", 50)
    later = joins(night, "C-2")
    night.settle()
    assert endangered(night) == {night.person(name) for name in OF_NARAE}
    assert later not in endangered(night)


def test_what_was_read_is_known_though_the_key_was_taken_away_before(night):
    """Narae held C-1 until a week ago: Galmae-3 was there then, the one who joined since was not."""
    withdraw_key(night.desk("Haneul"), cell=night.ids.cells["C-1"], officer=night.officer("Narae"))
    night.goes_on(hours=24)
    later = joins(night, "C-1")
    removes(night, "Narae", 50)
    assert endangered(night) == {night.person(name) for name in OF_NARAE}
    assert later not in endangered(night)


def test_a_new_epoch_is_no_break_of_the_key(night):
    begin_epoch(night.desk("Haneul"), cell=night.ids.cells["C-1"])
    later = joins(night, "C-1")
    removes(night, "Narae", 50)
    assert later in endangered(night)


def test_that_a_key_was_held_is_forgotten_after_a_year(night):
    removes(night, "Narae", 50)
    removed = removals.removals()
    assert removals.ties(removed, at=Instant(night.now + 364 * DAY_MS))
    assert removals.ties(removed, at=Instant(night.now + 366 * DAY_MS)) == []


def test_the_passing_of_time_and_the_texts_of_others_move_no_deadline(night):
    removes(night, "Narae", 50)
    night.goes_on(hours=5)
    night.hears("Beodeul")
    night.goes_on(hours=5)
    night.hears("Seori-5")
    assert told(facts.DeadlineMoved) == []


@pytest.mark.parametrize("reason", [CloseReason.WRONG_SIGNAL, CloseReason.OTHER_CAUSE])
def test_closing_the_warnings_ends_the_seed_and_a_new_sign_stands_again(night, reason):
    removes(night, "Narae", 50)
    for name in night.warned():
        actions.close_warning(night.desk("Haneul"), warning=night.id_of(name), reason=reason)
    night.settle()
    night.goes_on(hours=30)
    night.hears("Beodeul")
    assert night.warned() == []

    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)

    assert night.warned() == ["Durumi"]
    assert night.warning("Durumi").episode == 2


def test_a_removal_after_another_warning_was_closed_is_a_new_danger(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    actions.close_warning(night.desk("Haneul"), warning=night.id_of("Durumi"), reason=CloseReason.WRONG_SIGNAL)
    night.settle()
    removes(night, "Narae", 50)
    row = night.warning("Durumi")
    assert (row.episode, row.state) == (2, WarningState.OPEN)


def test_the_reason_shows_to_safety_with_the_key_of_the_subjects_cell(night):
    """The officer is in no cell: nobody needs another key for what comes through that officer alone."""
    removes(night, "Boram", 50)
    seen = {line.code_name.en for line in board(night.desk("Dasom")) if line.reason}
    assert seen == {"Seori-5", "Galmae-3", "Haebaragi", "Durumi"}
    assert all(line.reason for line in board(night.desk("Haneul")))
    assert not any(line.reason for line in board(night.desk("Narae")))


def test_the_page_says_from_whom_it_comes_and_what_two_officers_said(night):
    removes(night, "Narae", 50)
    shown = page(night.desk("Haneul"), warning=night.id_of("Durumi"))
    first, last = shown.line.reason.why.path
    assert (first.node, first.code_name.en, last.code_name.en) == (NodeKind.OFFICER, "Narae", "Durumi")
    assert (last.link, last.on) == (LinkKind.HELD_THE_KEY, night.now)
    assert shown.line.reason.why.signs == (Sign.REMOVED,)
    prior, removal = shown.evidence.lines
    assert (removal.sort, removal.percent, shown.evidence.chance) == (SignalSort.REMOVAL, 50, pytest.approx(0.5))
    assert prior.change_db == 0.0 and shown.evidence.total_db == pytest.approx(0.0, abs=1e-9)
    assert shown.met is None, "what an officer knew is no list of meetings"
    raised, removed = shown.timeline
    assert (raised.kind, raised.because) == (TimelineKind.RAISED, TimelineKind.OFFICER_REMOVED)
    assert (removed.kind, removed.person.en, removed.by.en) == (TimelineKind.OFFICER_REMOVED, "Narae", "Haneul")


def test_the_page_is_drawn_in_english_for_who_may_see_it(night):
    removes(night, "Narae", 50)
    words = said(read(night, "Durumi"))
    assert "Narae removed by two officersknown to others: 50%" in words
    assert "could read names and numbers of the cell until 24 Nov" in words
    assert "they hold it 50 in 100 likely that what this officer knew is known to others" in words
    assert "Narae was removed by two officers" in timeline(read(night, "Durumi"))[-1]
    assert "Narae" not in said(read(night, "Durumi", "Boram"))
