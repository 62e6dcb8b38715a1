"""Times, spans, particles, chances and icons as they are said."""

import pytest
from apps.web import night
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.facts import Answer, CloseReason, Credibility
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS
from ojakgyo.web import clocks, icons, particles, words

SPANS = [
    (146 * MINUTE_MS, "2 h 26 min", "2시간 26분"),
    (26 * MINUTE_MS + 59_999, "26 min", "26분"),
    (2 * HOUR_MS, "2 h", "2시간"),
    (11 * HOUR_MS + 16 * MINUTE_MS, "11 h", "11시간"),
    (3 * DAY_MS + HOUR_MS, "3 days", "3일"),
    (-HOUR_MS, "0 min", "0분"),
]


@pytest.mark.parametrize(("left", "english", "korean"), SPANS)
def test_a_span_is_exact_below_six_hours_and_rounder_beyond(left, english, korean):
    for language, expected in (("en", english), ("ko", korean)):
        with translation.override(language):
            assert clocks.span(left) == expected


@given(st.integers(0, 5 * DAY_MS))
def test_a_span_never_promises_more_time_than_there_is(left):
    with translation.override("en"):
        said = clocks.span(left).split()
    units = {"min": MINUTE_MS, "h": HOUR_MS, "day": DAY_MS, "days": DAY_MS}
    assert sum(int(n) * units[unit] for n, unit in zip(said[::2], said[1::2], strict=True)) <= left


def test_seoul_and_beijing_are_an_hour_apart():
    assert (clocks.clock(night.NOW), clocks.clock(night.NOW, clocks.FIELD)) == ("02:14", "01:14")


def test_a_moment_bears_its_date_whenever_it_is_not_today():
    with translation.override("en"):
        tomorrow, yesterday, later = night.at("01:00", 26), night.at("18:02", 24), night.at("03:00", 27)
        said = [clocks.moment(each, night.NOW) for each in (night.at("00:50"), tomorrow, yesterday, later)]
    assert said == ["00:50", "26 Nov 01:00", "24 Nov 18:02", "27 Nov 03:00"]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("버들이(가)", "버들이"),
        ("여우이(가)", "여우가"),
        ("<b>해바라기</b>을(를)", "<b>해바라기</b>를"),
        ("서리-5은(는)", "서리-5는"),
        ("까치-3과(와)", "까치-3과"),
        ("버들(으)로", "버들로"),
        ("하늘-10(으)로", "하늘-10으로"),
        ("여울(으)로 04:40(으)로", "여울로 04:40으로"),
    ],
)
def test_a_particle_follows_the_sound_before_it(written, spoken):
    assert particles.settle(written) == spoken


def test_a_chance_is_never_said_to_be_certain():
    with translation.override("en"):
        assert [words.percent(chance) for chance in (0.0, 0.004, 0.31, 0.996)] == [
            "0%",
            "under 1 %",
            "31%",
            "over 99 %",
        ]
        assert words.odds(0.76) == "in three cases out of four"


@given(st.floats(0, 1), st.floats(0, 1))
def test_greater_chances_are_said_no_smaller(one, other):
    bounds = [str(said) for _, said in words.ODDS]
    low, high = sorted((one, other))
    assert bounds.index(words.odds(low)) <= bounds.index(words.odds(high))


def test_equal_values_of_two_lists_keep_their_own_words():
    with translation.override("en"):
        said = {words.word(each.CONFIRMED) for each in (Answer, CloseReason, Credibility)}
    assert len(said) == 3


def test_an_icon_is_hidden_from_readers_and_an_unknown_one_is_an_error():
    assert icons.icon("clock").startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">')
    assert icons.icon("diamond").count("<svg") == 1
    with pytest.raises(Exception, match="no-such-icon"):
        icons.icon("no-such-icon")
