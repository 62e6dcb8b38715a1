"""The fastest way to tell somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.facts import RouteKind
from ojakgyo.domain.planning.reach import Route, reach
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant, parse

EVENING = parse("2026-11-24T19:20:00Z")


def at(clock):
    return parse(f"2026-11-24T{clock}:00Z")


def window(opens, closes):
    return Window(opens, closes, 0)


def relay(hours=1.0, through=7, **more):
    return Route(kind=RouteKind.RELAY, through=through, delay_ms=round(hours * HOUR_MS), **more)


def test_through_a_relay_it_is_fast_enough_while_the_window_is_too_late():
    found = reach([relay()], [window(at("21:00"), at("23:00"))], now=EVENING, deadline=at("21:05"))
    assert found.fastest.route == relay()
    assert found.fastest.told == at("20:20")
    assert [(way.route is None, way.in_time) for way in found.ways] == [(False, True), (True, False)]
    assert not found.too_late


def test_of_a_window_only_its_close_is_sure():
    found = reach([], [window(at("20:00"), at("22:00"))], now=EVENING, deadline=at("21:00"))
    assert (found.fastest.begins, found.fastest.told) == (at("20:00"), at("22:00"))
    assert found.too_late


def test_an_open_window_begins_now_and_a_past_one_is_over():
    windows = [window(at("15:00"), at("18:00")), window(at("19:00"), at("20:00"))]
    found = reach([], windows, now=EVENING, deadline=None)
    assert [(way.begins, way.told) for way in found.ways] == [(EVENING, at("20:00"))]


def test_a_route_waits_for_its_usable_hours():
    found = reach([relay(usable_from=20 * 60, usable_to=22 * 60)], [], now=EVENING, deadline=at("21:05"))
    assert (found.fastest.begins, found.fastest.told) == (at("20:00"), at("21:00"))
    assert found.fastest.in_time


def test_hours_past_midnight_are_usable_hours():
    route = relay(usable_from=18 * 60, usable_to=2 * 60)
    night = parse("2026-11-25T01:59:00Z")
    assert reach([route], [], now=night, deadline=None).fastest.begins == night
    morning = parse("2026-11-25T02:00:00Z")
    assert reach([route], [], now=morning, deadline=None).fastest.begins == parse("2026-11-25T18:00:00Z")


def test_nobody_is_told_through_somebody_who_may_be_taken():
    found = reach([relay(through=7), relay(hours=3.0, through=8)], [], now=EVENING, deadline=None, avoid={7})
    assert [way.route.through for way in found.ways] == [8]
    assert [route.through for route in found.refused] == [7]


def test_a_route_by_an_agreed_line_is_never_refused():
    line = Route(kind=RouteKind.AGREED_LINE, through=None, delay_ms=HOUR_MS)
    found = reach([line, relay()], [], now=EVENING, deadline=None, avoid={7})
    assert (found.fastest.route, found.refused) == (line, (relay(),))


def test_with_no_way_at_all_a_deadline_is_too_late_and_no_deadline_is_not():
    assert reach([], [], now=EVENING, deadline=at("23:00")).too_late
    assert not reach([], [], now=EVENING, deadline=None).too_late
    assert reach([], [], now=EVENING, deadline=None).fastest is None


def test_of_two_equally_fast_ways_the_one_that_exposes_fewer_comes_first():
    found = reach([relay(exposes=(1, 2)), relay(through=9)], [], now=EVENING, deadline=None)
    assert [way.route.through for way in found.ways] == [9, 7]


@pytest.mark.parametrize("wrong", [{"hours": -1.0}, {"usable_from": 1440}, {"usable_to": -1}])
def test_a_route_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"route|usable"):
        relay(**wrong)


@given(st.integers(0, 1439), st.integers(0, 1440), st.integers(0, 3 * 24 * 60 * MINUTE_MS))
def test_a_route_begins_at_the_first_usable_moment(usable_from, usable_to, later):
    now = Instant(EVENING + later)
    route = relay(usable_from=usable_from, usable_to=usable_to)
    begins = reach([route], [], now=now, deadline=None).fastest.begins
    assert _usable(begins, usable_from, usable_to)
    assert now <= begins < now + 24 * HOUR_MS
    assert begins == now or not any(
        _usable(moment, usable_from, usable_to) for moment in range(now, begins, 7 * MINUTE_MS)
    )


def _usable(moment, usable_from, usable_to):
    minute = moment // MINUTE_MS % 1440
    if usable_from == usable_to % 1440:
        return True
    if usable_from < usable_to:
        return usable_from <= minute < usable_to
    return minute >= usable_from or minute < usable_to
