"""Radio silence: windows it touches are unknown while it runs, and their grace counts anew from its end."""

from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.checkins import calling
from ojakgyo.domain.checkins.radio import Span, is_unknown, judged_from
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

WINDOW = Window(Instant(10 * HOUR_MS), Instant(12 * HOUR_MS), 6 * HOUR_MS)


def span(begun, ends):
    return Span(Instant(round(begun * HOUR_MS)), Instant(round(ends * HOUR_MS)))


def test_its_grace_counts_anew_from_the_end_of_a_radio_silence_within_it():
    assert judged_from(WINDOW, []) == 18 * HOUR_MS
    assert judged_from(WINDOW, [span(9, 15)]) == 21 * HOUR_MS
    assert judged_from(WINDOW, [span(9, 15), span(20, 22)]) == 28 * HOUR_MS


def test_one_that_was_over_before_or_begun_after_changes_nothing():
    for each in (span(1, 10), span(18, 30), span(10.5, 11)):
        assert judged_from(WINDOW, [each]) == 18 * HOUR_MS


def test_it_is_unknown_only_while_one_runs_and_after_the_window_opened():
    still = [span(9, 15)]
    assert [is_unknown(WINDOW, still, Instant(hour * HOUR_MS)) for hour in (9, 10, 14, 15)] == [
        False,
        True,
        True,
        False,
    ]
    assert not is_unknown(WINDOW, [span(19, 30)], Instant(20 * HOUR_MS))  # it was missed before


@given(st.lists(st.tuples(st.floats(0, 40), st.floats(0.1, 20)), max_size=4))
def test_a_radio_silence_never_brings_a_judgement_forward(drawn):
    assert judged_from(WINDOW, [span(begun, begun + length) for begun, length in drawn]) >= WINDOW.missed_from


def test_the_fourth_call_into_an_area_waits_until_the_first_is_an_hour_old():
    now = Instant(100 * HOUR_MS)
    calls = [Instant(now - each * MINUTE_MS) for each in (50, 20, 5)]
    assert calling.rests_until(calls[:2], now) is None
    assert calling.rests_until(calls, now) == now + 10 * MINUTE_MS
    assert calling.rests_until(calls, Instant(now + 10 * MINUTE_MS)) is None
