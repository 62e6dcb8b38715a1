"""Contact windows: due, open, late, missed, heard; and which window a sign of life keeps."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.checkins.windows import GRACE_MS, Region, Window, WindowState, kept_by, state
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant, parse

OPENS = parse("2026-11-24T06:12:00Z")
CLOSES = Instant(OPENS + 2 * HOUR_MS)
WINDOW = Window(OPENS, CLOSES, GRACE_MS[Region.BORDER])
MISSED = Instant(CLOSES + 24 * HOUR_MS)

instants = st.integers(OPENS - 10 * DAY_MS, OPENS + 10 * DAY_MS).map(Instant)
windows = st.builds(
    lambda opens, length, grace: Window(opens, Instant(opens + length), grace),
    instants,
    st.integers(1, DAY_MS),
    st.integers(0, 3 * DAY_MS),
)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - 1, WindowState.DUE),
        (OPENS, WindowState.OPEN),
        (CLOSES - 1, WindowState.OPEN),
        (CLOSES, WindowState.LATE),
        (MISSED - 1, WindowState.LATE),
        (MISSED, WindowState.MISSED),
    ],
)
def test_a_silent_window_is_due_then_open_then_late_then_missed(now, expected):
    assert state(WINDOW, now) == expected


@pytest.mark.parametrize("heard", [OPENS - HOUR_MS, OPENS, CLOSES, MISSED - 1])
def test_a_sign_of_life_from_an_hour_before_the_opening_to_the_end_of_grace_keeps_the_window(heard):
    assert state(WINDOW, now=MISSED, heard=heard) == WindowState.HEARD


@pytest.mark.parametrize("heard", [OPENS - HOUR_MS - 1, MISSED])
def test_a_sign_of_life_outside_that_span_does_not(heard):
    assert state(WINDOW, now=MISSED, heard=heard) == WindowState.MISSED


def test_what_is_heard_later_is_not_known_before():
    assert state(WINDOW, now=CLOSES, heard=Instant(CLOSES + 1)) == WindowState.LATE


@given(windows, instants, st.none() | instants, st.integers(0, 5 * DAY_MS))
def test_passing_time_never_brings_a_window_back(window, now, heard, later):
    order = [WindowState.DUE, WindowState.OPEN, WindowState.LATE, WindowState.MISSED]
    before, after = state(window, now, heard), state(window, Instant(now + later), heard)
    if before == WindowState.HEARD:
        assert after == WindowState.HEARD
    elif after != WindowState.HEARD:
        assert order.index(after) >= order.index(before)


@given(st.lists(windows, max_size=4), instants)
def test_a_window_that_is_kept_is_heard_and_none_is_kept_in_vain(row, instant):
    kept = kept_by(row, instant)
    takers = {index for index, window in enumerate(row) if state(window, instant, heard=instant) == WindowState.HEARD}
    assert kept in takers if takers else kept is None


def test_where_two_windows_take_the_moment_the_later_one_is_kept():
    """The grace of the first, inside the country, runs into the second."""
    first = Window(OPENS, CLOSES, GRACE_MS[Region.INSIDE])
    second = Window(Instant(OPENS + 2 * DAY_MS), Instant(CLOSES + 2 * DAY_MS), GRACE_MS[Region.INSIDE])
    assert kept_by([second, first], second.opens) == 0
    assert kept_by([second, first], CLOSES) == 1


def test_grace_is_longer_the_harder_it_is_to_be_heard():
    assert [GRACE_MS[region] // HOUR_MS for region in Region] == [6, 24, 72, 2]


@pytest.mark.parametrize(("closes", "grace"), [(OPENS, 0), (OPENS - MINUTE_MS, 0), (CLOSES, -1)])
def test_a_window_that_cannot_be_is_refused(closes, grace):
    with pytest.raises(ValueError, match="window"):
        Window(OPENS, Instant(closes), grace)


def test_what_the_house_forgives_unless_it_is_told_otherwise_is_what_the_regions_say():
    assert {region: hours * HOUR_MS for region, hours in settings.OJAK_GRACE_HOURS.items()} == GRACE_MS
