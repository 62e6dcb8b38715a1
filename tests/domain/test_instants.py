"""Instants: whole milliseconds of UTC inside, RFC 3339 outside, and no time without a zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.values import instants

milliseconds = st.integers(0, 4_102_444_800_000)


@given(milliseconds)
def test_an_instant_survives_being_a_datetime(instant):
    assert instants.of(instants.aware(instant)) == instant


@given(milliseconds, st.integers(-14 * 60, 14 * 60))
def test_the_zone_of_a_datetime_changes_no_instant(instant, minutes):
    elsewhere = instants.aware(instant).astimezone(timezone(timedelta(minutes=minutes)))
    assert instants.of(elsewhere) == instant


@given(milliseconds)
def test_what_is_written_is_read_back_to_the_second(instant):
    written = instants.rfc3339(instant)
    assert written.endswith("Z")
    assert instants.parse(written) == instant // 1_000 * 1_000


@given(milliseconds)
def test_milliseconds_are_cut_off_and_never_rounded_up(instant):
    assert instants.parse(instants.rfc3339(instant)) <= instant


def test_an_instant_is_written_with_seconds_and_z():
    assert instants.rfc3339(instants.of(datetime(2026, 11, 24, 19, 40, 0, 999_000, UTC))) == "2026-11-24T19:40:00Z"


def test_a_time_without_a_zone_is_no_instant():
    with pytest.raises(ValueError):
        instants.of(datetime(2026, 11, 24, 19, 40))
    with pytest.raises(ValueError):
        instants.parse("2026-11-24T19:40:00")


@pytest.mark.parametrize("written", ["", "now", "2026-13-01T00:00:00Z", "24.11.2026", "1795515120000"])
def test_what_is_no_time_is_not_read(written):
    with pytest.raises(ValueError):
        instants.parse(written)


def test_a_wall_time_of_another_zone_is_the_same_instant():
    assert instants.parse("2026-11-25T04:40:00+09:00") == instants.parse("2026-11-24T19:40:00Z")


def test_durations_are_whole_milliseconds_and_hours_a_fraction():
    assert (instants.MINUTE_MS, instants.HOUR_MS, instants.DAY_MS) == (60_000, 3_600_000, 86_400_000)
    assert instants.hours(90 * instants.MINUTE_MS) == 1.5
