"""Six silent of six are the area's, one of six is somebody's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.checkins import areas, missing
from ojakgyo.domain.checkins.areas import Expected
from ojakgyo.domain.facts import MissCause

RATE = 0.1


def of(silent, total):
    return [Expected(place < silent, RATE) for place in range(total)]


def test_one_of_six_weighs_nine_and_six_of_six_weigh_nothing():
    assert areas.silence_ratio(RATE, of(0, 5)) == pytest.approx(9.0, rel=1e-3)
    assert areas.silence_ratio(RATE, of(5, 5)) == pytest.approx(0.92, abs=0.005)
    assert areas.out(of(6, 6)) == pytest.approx(1.0, abs=1e-4)


def test_alone_a_silence_weighs_as_if_there_were_no_area():
    assert areas.silence_ratio(RATE, ()) == pytest.approx(9.0)


@pytest.mark.parametrize(
    ("silent", "total", "said"),
    [
        (6, 6, True),
        (7, 8, True),
        (3, 3, True),
        (2, 2, False),
        (1, 6, False),
        (3, 8, False),
        (4, 8, False),
        (0, 0, False),
    ],
)
def test_when_an_area_is_blamed(silent, total, said):
    assert areas.is_out(of(silent, total)) is said


def test_those_who_are_often_late_say_less_about_their_area():
    often = [Expected(True, 0.6)] * 3
    assert not areas.is_out(often)


@given(st.lists(st.booleans(), max_size=12), st.floats(0.02, 0.8))
def test_one_more_silent_person_never_makes_an_area_less_likely_out(silences, rate):
    people = [Expected(silent, rate) for silent in silences]
    assert areas.out([*people, Expected(True, rate)]) >= areas.out(people)
    assert areas.out([*people, Expected(False, rate)]) <= areas.out(people)


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_silence_weighs_most_where_everybody_else_was_heard(silences):
    others = [Expected(silent, RATE) for silent in silences]
    heard = [Expected(False, RATE)] * len(others)
    assert areas.silence_ratio(RATE, others) <= areas.silence_ratio(RATE, heard) + 1e-3


def test_how_often_somebody_is_only_late_is_learned_from_explained_misses_alone():
    assert missing.rate(harmless=0, kept=0) == pytest.approx(0.1)
    assert missing.rate(harmless=4, kept=6) == pytest.approx(0.25)
    assert not missing.is_harmless(MissCause.TAKEN)
    assert all(missing.is_harmless(cause) for cause in MissCause if cause is not MissCause.TAKEN)
