"""Windows by a wall clock somewhere: patterns, imported rules, changes of clocks, and plans that contradict themselves."""

from datetime import datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.checkins import patterns, zones
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import PlanKind
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant, parse, rfc3339

NOW = parse("2026-11-24T19:40:00Z")
SEOUL, PYONGYANG, BERLIN = "Asia/Seoul", "Asia/Pyongyang", "Europe/Berlin"


def plan(written, *, zone=SEOUL, now=NOW, first=None, hours=1.0):
    return patterns.read(
        written, zone=zone, first=first or now, length_ms=int(hours * HOUR_MS), grace_ms=6 * HOUR_MS, now=now
    )


def openings(written, count, **how):
    made = plan(written, **how)
    return [rfc3339(each) for each in islice(made.openings(Instant(made.first - 1)), count)]


def refused(written, **how):
    with pytest.raises(Refused) as why:
        plan(written, **how)
    return why.value.code


def test_a_pattern_opens_by_the_clock_of_its_zone():
    assert openings("30 21 * * 1,4", 3) == ["2026-11-26T12:30:00Z", "2026-11-30T12:30:00Z", "2026-12-03T12:30:00Z"]
    assert openings("30 21 * * 1,4", 1, zone="Asia/Shanghai") == ["2026-11-26T13:30:00Z"]


def test_pyongyangs_clock_went_back_in_2015_and_an_hour_that_came_twice_is_the_first():
    at = parse("2015-08-13T00:00:00Z")
    assert openings("45 23 * * *", 3, zone=PYONGYANG, now=at) == [
        "2015-08-13T14:45:00Z",
        "2015-08-14T14:45:00Z",
        "2015-08-15T15:15:00Z",
    ]


def test_pyongyangs_clock_went_ahead_in_2018_and_what_was_left_out_opens_at_the_change():
    at = parse("2018-05-03T00:00:00Z")
    assert openings("45 23 * * *", 3, zone=PYONGYANG, now=at) == [
        "2018-05-03T15:15:00Z",
        "2018-05-04T15:00:00Z",
        "2018-05-05T14:45:00Z",
    ]


def test_an_hour_that_summer_leaves_out_opens_at_the_change_and_one_that_comes_twice_opens_once():
    assert zones.at(datetime(2027, 3, 28, 2, 30), BERLIN) == parse("2027-03-28T01:00:00Z")
    assert zones.at(datetime(2027, 10, 31, 2, 30), BERLIN) == parse("2027-10-31T00:30:00Z")
    for hour in ("30 2 * * *", "DTSTART:20270320T023000 RRULE:FREQ=DAILY"):
        autumn = openings(hour, 4, zone=BERLIN, now=parse("2027-10-30T00:00:00Z"))
        assert [each[8:16] for each in autumn] == ["30T00:30", "31T00:30", "01T01:30", "02T01:30"]
        spring = openings(hour, 3, zone=BERLIN, now=parse("2027-03-27T00:00:00Z"))
        assert [each[8:16] for each in spring] == ["27T01:30", "28T01:00", "29T00:30"]


@given(
    st.datetimes(datetime(2015, 8, 1), datetime(2018, 6, 1)).map(lambda wall: wall.replace(second=0, microsecond=0)),
    st.sampled_from([PYONGYANG, BERLIN, "America/New_York", SEOUL]),
)
def test_a_wall_clock_shows_what_was_meant_or_has_just_been_set_past_it(wall, zone):
    at = zones.at(wall, zone)
    shown = zones.shown(at, zone)
    assert shown == wall or (shown > wall and zones.shown(at - MINUTE_MS, zone) < wall)
    assert zones.at(shown, zone) == at


def test_the_next_window_is_one_that_is_not_over_and_opens_later_than_the_last():
    made = plan("0 21 * * *")
    first = made.next(NOW)
    assert rfc3339(first.opens) == "2026-11-25T12:00:00Z"
    assert (first.closes - first.opens, first.grace_ms) == (HOUR_MS, 6 * HOUR_MS)
    assert made.next(Instant(first.closes - 1)) == first
    assert made.next(first.closes).opens == first.opens + DAY_MS
    assert made.next(NOW, after=first.opens).opens == first.opens + DAY_MS


def test_an_imported_rule_keeps_its_own_beginning_and_zone():
    written = "DTSTART;TZID=Asia/Pyongyang:20261201T200000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR"
    made = plan(written)
    assert (made.kind, made.zone) == (PlanKind.RULE, PYONGYANG)
    assert openings(written, 4) == [
        "2026-12-01T11:00:00Z",
        "2026-12-04T11:00:00Z",
        "2026-12-15T11:00:00Z",
        "2026-12-18T11:00:00Z",
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH,SU;WKST=SU",
        "FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=2,-1",
        "FREQ=MONTHLY;BYMONTHDAY=29,31",
        "FREQ=DAILY;INTERVAL=3;BYHOUR=2,20",
        "FREQ=DAILY;COUNT=40",
        "FREQ=MONTHLY;BYDAY=-1SA;UNTIL=20280101",
    ],
)
@pytest.mark.parametrize("zone", [PYONGYANG, BERLIN])
def test_a_rule_moved_on_after_each_window_opens_as_if_it_had_never_been(rule, zone):
    whole = plan(f"DTSTART:20261130T023000\nRRULE:{rule}", zone=zone)
    expected = list(islice(whole.openings(NOW), 45))
    found, made, after = [], whole, None
    while len(found) < len(expected) and (window := made.next(NOW, after=after)) is not None:
        found.append(window.opens)
        made, after = made.moved_on(window.opens), window.opens
    assert found == expected
    assert len(made.rule) <= patterns.LONGEST_RULE
    assert made.rule != whole.rule


def test_a_counted_rule_ends_and_no_window_follows():
    made = plan("RRULE:FREQ=DAILY;COUNT=2;BYHOUR=21")
    first = made.next(NOW)
    second = made.next(NOW, after=first.opens)
    assert (rfc3339(first.opens), second.opens) == ("2026-11-25T12:00:00Z", first.opens + DAY_MS)
    assert made.next(NOW, after=second.opens) is None


@pytest.mark.parametrize(
    ("written", "how", "code"),
    [
        ("0 20,21 * * *", {"hours": 1.5}, "contact.plan_overlaps"),
        ("30 1,2 * * *", {"zone": BERLIN}, "contact.plan_overlaps"),  # in spring there is no half past two
        ("FREQ=DAILY;BYHOUR=8,9", {"hours": 2}, "contact.plan_overlaps"),
        ("FREQ=DAILY;BYHOUR=21;UNTIL=20261101T000000Z", {}, "contact.plan_empty"),
        ("0 0 30 2 *", {}, "contact.plan_empty"),
        ("15 6 31 4,6 *", {}, "contact.plan_empty"),
        ("RRULE:FREQ=DAILY;COUNT=3", {}, "contact.plan_hourless"),
        ("FREQ=WEEKLY;BYDAY=MO;BYMINUTE=30", {}, "contact.plan_hourless"),
        ("0 0 1 1 *", {}, "contact.plan_seldom"),
        ("FREQ=MONTHLY;INTERVAL=3", {}, "contact.plan_seldom"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z", {}, "contact.plan_contradicts"),
        ("DTSTART;TZID=Asia/Pyongyang:20261201T200000Z\nRRULE:FREQ=DAILY", {}, "contact.plan_contradicts"),
    ],
)
def test_a_plan_whose_windows_contradict_each_other_is_refused(written, how, code):
    assert refused(written, **how) == code


@pytest.mark.parametrize(
    "written",
    [
        "",
        "21 Uhr",
        "* * * * * *",
        "0 25 * * *",
        "0 0 30 13 *",
        "0 21 mon thu *",
        "FREQ=HOURLY",
        "FREQ=YEARLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=2",
        "RRULE:FREQ=DAILY\nEXDATE:20261201T200000",
        "RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY",
        "DTSTART;TZID=Asia/Nowhere:20261201T200000\nRRULE:FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) * 4,
    ],
)
def test_what_is_no_pattern_and_no_rule_is_refused(written):
    assert refused(written) == "contact.rule_unreadable"


def test_a_zone_nobody_knows_is_refused():
    assert refused("0 21 * * *", zone="Asia/Nowhere") == refused("0 21 * * *", zone="Asia") == "contact.rule_unreadable"


def test_a_rule_without_a_beginning_opens_at_the_full_hour_it_names_and_not_when_it_was_typed():
    at = Instant(NOW + 20_500)
    assert openings("FREQ=DAILY;COUNT=1;BYHOUR=5", 5, first=at, now=at) == ["2026-11-24T20:00:00Z"]
    assert openings("FREQ=DAILY;COUNT=1;BYHOUR=4;BYMINUTE=40", 5) == ["2026-11-24T19:40:00Z"]  # which is now
