"""An area that is silent as a whole is one line, and not an alarm for each of its people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from world import told

from ojakgyo.apps.calls.reasons import fell_silent
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.models import Due
from ojakgyo.apps.contact.actions import agree_window, type_message
from ojakgyo.apps.contact.agreements.groups import agree_group
from ojakgyo.apps.contact.models import Outage, Silence, Window, WindowState
from ojakgyo.apps.contact.outages.acts import explain_miss
from ojakgyo.apps.contact.outages.queries import expected_lately, miss_rates, silent_areas
from ojakgyo.apps.contact.signs import heard_since
from ojakgyo.apps.contact.silences.queries import area_of
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.facts import MissCause, SignalKind
from ojakgyo.domain.values.instants import HOUR_MS, Instant

IN_N2 = ("Beodeul", "Yeoul", "Noeul", "Sonagi")


@pytest.fixture
def windows(night):
    """All four of N2 are to be heard at one and the same hour."""
    Window.objects.filter(state=WindowState.AGREED).delete()
    desk, opens = night.desk("Haneul"), Instant(night.now + 2 * HOUR_MS)
    times = {"opens": opens, "closes": Instant(opens + HOUR_MS), "grace_ms": HOUR_MS}
    return {who: agree_window(desk, person=night.person(who), **times) for who in IN_N2}


def n2(night):
    return area_of(night.desk("Haneul"), night.person("Beodeul"))


def test_four_of_four_are_one_line_and_nobodys_silence(night, windows):
    night.goes_on(hours=4.1)
    (line,) = silent_areas(night.desk("Haneul"))
    assert (line.code, line.silent, line.of) == ("N2", 4, 4)
    assert not Silence.objects.exists()


def test_one_of_four_is_somebodys_own_silence(night, windows):
    Window.objects.filter(pk__in=[windows[who] for who in IN_N2[1:]]).update(state=WindowState.KEPT)
    night.goes_on(hours=4.1)
    assert silent_areas(night.desk("Haneul")) == ()
    assert [row.person_id for row in Silence.objects.all()] == [night.person("Beodeul")]


def test_when_somebody_there_is_heard_the_others_are_looked_after_again(night, windows):
    """No window of theirs is open: what keeps none ends it as well, and at once."""
    night.goes_on(hours=4.1)
    everybody = {night.person(who) for who in IN_N2}
    assert fell_silent(everybody) == everybody
    for who in ("Beodeul", "Sonagi"):
        night.hears(who)
        night.goes_on(minutes=1)
    assert fell_silent(everybody) == {night.person(who) for who in ("Yeoul", "Noeul")}
    assert silent_areas(night.desk("Haneul")) == ()
    night.goes_on(minutes=5)
    assert {row.person_id for row in Silence.objects.all()} == {night.person("Yeoul"), night.person("Noeul")}
    assert [each.fact.area for each in inbox.every((facts.AreaHeard,), after=0)] == [n2(night)]


def test_an_area_is_not_silent_for_ever(night, windows):
    night.goes_on(hours=4.1)
    a_day_ago = night.now - 24 * HOUR_MS
    Window.objects.filter(pk__in=windows.values()).update(opens_ms=a_day_ago - HOUR_MS, closes_ms=a_day_ago)
    night.goes_on(minutes=66)
    assert Outage.objects.get().until_ms is not None
    assert Silence.objects.count() == 4


def test_what_a_miss_was_teaches_how_often_somebody_is_only_late(night, windows):
    night.goes_on(hours=4.1)
    who = night.person("Beodeul")
    before = miss_rates([who])[who]
    explain_miss(
        night.desk("Haneul"), person=night.person("Beodeul"), window=windows["Beodeul"], cause=MissCause.BATTERY
    )
    assert miss_rates([who])[who] > before
    explain_miss(night.desk("Haneul"), person=night.person("Beodeul"), window=windows["Beodeul"], cause=MissCause.TAKEN)
    assert miss_rates([who])[who] == pytest.approx(before)


def test_without_the_key_of_the_cell_nothing_is_explained(night, windows):
    night.goes_on(hours=4.1)
    with pytest.raises(NotHeld):
        explain_miss(
            night.desk("Narae"), person=night.person("Beodeul"), window=windows["Beodeul"], cause=MissCause.BATTERY
        )


def test_one_is_weighed_against_the_others(night, windows):
    night.goes_on(hours=4.1)
    others = expected_lately(night.desk("Haneul"), n2(night), but=night.person("Beodeul"))
    assert len(others) == 3 and all(one.silent for one in others)


def test_who_is_only_late_is_no_sign_that_the_area_is_out(night, windows):
    night.goes_on(hours=3.1)
    assert expected_lately(night.desk("Haneul"), n2(night)) == ()
    Window.objects.exclude(pk=windows["Beodeul"]).update(grace_ms=6 * HOUR_MS)
    Due.objects.exclude(about=windows["Beodeul"]).filter(kind="contact.window").update(due_ms=night.now + 6 * HOUR_MS)
    night.goes_on(hours=1)
    assert silent_areas(night.desk("Haneul")) == ()
    assert [row.person_id for row in Silence.objects.all()] == [night.person("Beodeul")]


def test_the_watch_weighs_a_silence_by_who_else_of_the_area_was_heard(night, windows):
    Window.objects.filter(pk__in=[windows[who] for who in IN_N2[1:]]).update(state=WindowState.KEPT)
    night.goes_on(hours=4.1)
    alone = Signal.objects.get(kind=SignalKind.MISSED_WINDOW, person=night.person("Beodeul"))
    assert alone.silence_ratio == pytest.approx(900, abs=5)


def test_where_all_are_silent_nobodys_silence_weighs_anything(night, windows):
    night.goes_on(hours=4.1)
    last = Signal.objects.filter(kind=SignalKind.MISSED_WINDOW, window__in=windows.values())
    assert last.count() == 4
    assert all(row.silence_ratio < 100 for row in last)


def test_a_full_head_count_ends_the_outage_of_the_areas_of_all(night, windows):
    agree_group(night.desk("Haneul"), speaker=night.person("Seori-5"), members=[night.person(who) for who in IN_N2[:2]])
    night.goes_on(hours=4.1)
    assert silent_areas(night.desk("Haneul"))
    type_message(night.desk("Haneul"), person=night.person("Seori-5"), words="", line="x", heads=3)
    night.goes_on(minutes=1)
    assert silent_areas(night.desk("Haneul")) == ()


def test_everybody_of_an_area_is_asked_about_at_once(night, windows):
    """However many are silent there: each window that is missed asks anew, inside its transaction."""
    night.goes_on(hours=4.1)
    opened = night.now - 2 * HOUR_MS
    with CaptureQueriesContext(connection) as asked:
        assert heard_since(dict.fromkeys(map(night.person, IN_N2), opened)) == frozenset()
    assert len(asked) == 2
    assert len(told(facts.WindowMissed)) == 4 and len(told(facts.AreaSilent)) == 1
