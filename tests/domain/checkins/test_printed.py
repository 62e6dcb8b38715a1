"""The next contact that a row prints: days by the calendar where its holder is, an hour by the clock there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards.columns import GAPS, HOURS
from ojakgyo.domain.checkins.printed import CHINA, NORTH, Printed
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import HOUR_MS

NOW = instants.parse("2026-11-24T10:12:00Z")


@pytest.mark.parametrize(
    ("heard", "gap", "hour", "zone", "at"),
    [
        ("2026-11-24T10:12:00Z", 7, 20, CHINA, "2026-12-01T12:00:00Z"),
        ("2026-11-24T10:12:00Z", 7, 20, NORTH, "2026-12-01T11:00:00Z"),
        # Past midnight there, not yet in UTC: the day is theirs.
        ("2026-11-24T15:30:00Z", 5, 6, NORTH, "2026-11-29T21:00:00Z"),
        ("2026-11-24T15:30:00Z", 5, 6, CHINA, "2026-11-28T22:00:00Z"),
        ("2026-11-24T16:30:00Z", 5, 6, CHINA, "2026-11-29T22:00:00Z"),
        ("2027-12-28T01:00:00Z", 9, 13, CHINA, "2028-01-06T05:00:00Z"),
    ],
)
def test_days_are_counted_by_the_calendar_and_the_hour_by_the_clock_of_the_holder(heard, gap, hour, zone, at):
    assert Printed(gap, hour).at(instants.parse(heard), zone) == instants.parse(at)


@pytest.mark.parametrize(
    ("heard", "gap", "hour", "at"),
    [
        # On 15 August 2015 Pyongyang set its clocks back to UTC+8:30; until then 06:00 was 21:00Z, from then on 21:30Z.
        ("2015-08-09T03:00:00Z", 5, 6, "2015-08-13T21:00:00Z"),
        ("2015-08-10T03:00:00Z", 5, 6, "2015-08-14T21:30:00Z"),
        ("2015-08-14T14:45:00Z", 5, 20, "2015-08-19T11:30:00Z"),
        ("2015-08-14T15:10:00Z", 5, 20, "2015-08-19T11:30:00Z"),
        # On 5 May 2018 it set them forward again.
        ("2018-04-28T03:00:00Z", 6, 21, "2018-05-04T12:30:00Z"),
        ("2018-04-29T03:00:00Z", 6, 21, "2018-05-05T12:00:00Z"),
    ],
)
def test_where_pyongyang_changed_its_clocks_the_printed_hour_stays_the_one_on_the_wall(heard, gap, hour, at):
    assert Printed(gap, hour).at(instants.parse(heard), NORTH) == instants.parse(at)


@given(
    st.integers(0, 4_000_000_000_000), st.sampled_from(GAPS), st.sampled_from(HOURS), st.sampled_from((CHINA, NORTH))
)
def test_the_window_opens_an_hour_before_and_closes_two_hours_after_and_always_lies_ahead(heard, gap, hour, zone):
    printed = Printed(gap, hour)
    window, at = printed.window(heard, zone, grace_ms=HOUR_MS), printed.at(heard, zone)
    assert (window.opens, window.closes, window.grace_ms) == (at - HOUR_MS, at + 2 * HOUR_MS, HOUR_MS)
    assert window.opens > heard


def test_it_prints_nothing():
    assert "7" not in repr(Printed(7, 20))
