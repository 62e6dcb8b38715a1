"""How a window stands on a picture of hours."""

import pytest

from ojakgyo.domain.checkins.hours import Ending, How, how
from ojakgyo.domain.checkins.radio import Span
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.values.instants import HOUR_MS, Instant


def at(hours: float) -> Instant:
    return Instant(int(100 * HOUR_MS + hours * HOUR_MS))


WINDOW = Window(at(0), at(1), 2 * HOUR_MS)


@pytest.mark.parametrize(
    ("now", "expected"),
    [(-1, How.DUE), (0, How.OPEN), (0.99, How.OPEN), (1, How.LATE), (2.99, How.LATE), (3, How.UNJUDGED)],
)
def test_what_waits_follows_the_clock_and_nobody_is_missed_before_it_was_judged(now, expected):
    assert how(WINDOW, Ending(), (), at(now)) is expected


@pytest.mark.parametrize(("heard", "expected"), [(-0.5, How.KEPT), (0.5, How.KEPT), (1, How.KEPT_LATE)])
def test_heard_at_its_close_or_later_is_late(heard, expected):
    assert how(WINDOW, Ending(heard=at(heard)), (), at(9)) is expected


def test_a_missed_window_is_missed_until_it_is_known_why():
    assert how(WINDOW, Ending(missed=True), (), at(4)) is How.MISSED
    assert how(WINDOW, Ending(missed=True, explained=True), (), at(4)) is How.EXPLAINED


def test_radio_silence_hides_what_waits_and_forgives_its_own_length_after_it():
    still = (Span(at(0.5), at(5)),)
    assert how(WINDOW, Ending(), still, at(2)) is How.UNKNOWN
    assert how(WINDOW, Ending(), still, at(6.9)) is How.LATE
    assert how(WINDOW, Ending(), still, at(7)) is How.UNJUDGED
    assert how(WINDOW, Ending(heard=at(0.2)), still, at(2)) is How.KEPT
