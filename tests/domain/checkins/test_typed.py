"""A line as an officer types it: whoever it names, whatever digits it holds, whenever the next contact is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.checkins import typed
from ojakgyo.domain.checkins.typed import FURTHEST, Says
from ojakgyo.domain.names import CodeName, codename
from ojakgyo.domain.names.words import WORDS

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 24, 19, 12, tzinfo=SEOUL)
"""A Tuesday."""
moments = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(SEOUL))
names = st.builds(CodeName, st.integers(0, len(WORDS) - 1), st.none() | st.integers(1, 999))
six = st.text("0123456789", min_size=6, max_size=6)
WEEKDAYS = ("Mon Monday 월 월요일", "Tue 화", "Wed 수", "Thu 목요일", "Fri 금", "Sat 토", "Sun Sunday 일 일요일")


def parsed(line, now=NOW):
    read = typed.readings(line, now)
    assert read, line
    return read[0]


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=SEOUL)


@given(names, six, st.sampled_from(["ko", "en"]), st.sampled_from(["483907", "48 39 07", "48-39-07", "483 907"]))
def test_a_name_in_either_script_and_six_digits_in_any_grouping_come_back(name, digits, script, shape):
    places = iter(digits)
    written = "".join(next(places) if sign.isdigit() else sign for sign in shape)
    found = parsed(f"{getattr(name, script)} {written}")
    assert (found.digits, found.says) == (digits, Says.SIX)
    assert name in codename.candidates(found.who)


@pytest.mark.parametrize(
    ("line", "who", "digits"),
    [
        ("까치3 483907", "까치3", "483907"),
        ("까치 3 48 39 07", "까치 3", "483907"),
        ("까치 48 39 07", "까치", "483907"),
        ("까치-48 39 07", "까치-48", "3907"),
        ("ㄲㅊ3 483907", "ㄲㅊ3", "483907"),
        ("ㄲㅊ3 ４８３９０７", "ㄲㅊ3", "483907"),
        ("까치3 넷 팔 삼 아홉 공 칠", "까치3", "483907"),
    ],
)
def test_the_digits_are_told_from_the_number_of_the_name(line, who, digits):
    found = parsed(line)
    assert (codename.candidates(found.who), found.digits) == (codename.candidates(who), digits)


@pytest.mark.parametrize("typed_so_far", ["까치 4", "까치 48", "까치 483", "까치 48 3", "까치 48 39 07"])
def test_digits_half_typed_may_be_the_number_of_the_name_or_the_first_of_the_six(typed_so_far):
    said = typed_so_far.split(maxsplit=1)[1].replace(" ", "")
    assert ("까치", said) in {(each.who, each.digits) for each in typed.readings(typed_so_far, NOW)}
    assert len(typed.readings("까치4 8", NOW)) == 1


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("", "nothing"),
        ("4839", "fewer"),
        ("4839071", "uneven"),
        ("48390712", "numbered"),
        ("4" * 16, "more"),
        ("he sounds tired", "words"),
        ("48x39x07", "six"),
    ],
)
def test_what_stands_behind_the_name_is_told_by_its_form_alone(rest, says):
    assert parsed(f"Beodeul {rest}").says == says


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        ("21:00", "2026-11-24 21:00"),
        ("19:12", "2026-11-25 19:12"),
        ("09:00", "2026-11-25 09:00"),
        ("Mon 21:00", "2026-11-30 21:00"),
        ("tue 21:00", "2026-11-24 21:00"),
        ("Tue 19:12", "2026-12-01 19:12"),
        ("tomorrow 8:05", "2026-11-25 08:05"),
        ("1 Dec 21:00", "2026-12-01 21:00"),
        ("Jan 3 21:00", "2027-01-03 21:00"),
        ("2026-12-01 21:00", "2026-12-01 21:00"),
        ("월 21시", "2026-11-30 21:00"),
        ("월요일 21시 반", "2026-11-30 21:30"),
        ("내일 8시 5분에", "2026-11-25 08:05"),
        ("12월 1일 21:00", "2026-12-01 21:00"),
    ],
)
@pytest.mark.parametrize("word", ["next", "Next", "다음"])
def test_the_next_contact_is_read_in_either_language(word, written, begins):
    found = parsed(f"Beodeul 483907 {word} {written}")
    assert (found.following, found.digits, found.unclear) == (at(begins), "483907", False)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "21",
        "25:00",
        "21:60",
        "121:00",
        "today 09:00",
        "12/1 21:00",
        "Feb 30 21:00",
        "1 Xyz 21:00",
        "Mar 3 21:00",
        "soon",
    ],
)
def test_an_hour_that_cannot_be_read_or_is_over_or_too_far_off_is_said_to_be_unclear(written):
    found = parsed(f"Beodeul next {written}")
    assert found.following is None and found.unclear


@given(moments, st.integers(0, 23), st.integers(0, 59), st.sampled_from(["", *" ".join(WEEKDAYS).split()]))
def test_the_next_contact_lies_ahead_and_within_a_week_at_the_hour_and_on_the_day_that_was_typed(
    now, hour, minute, day
):
    following = parsed(f"까치 next {day} {hour}:{minute:02}", now).following
    assert now < following <= now + timedelta(days=7 if day else 1)
    assert (following.hour, following.minute) == (hour, minute)
    assert not day or day in WEEKDAYS[following.weekday()].split()


@given(moments, st.text(max_size=40))
def test_no_line_raises_and_no_next_contact_lies_behind_or_far_off(now, text):
    for line in (text, f"Beodeul {text}", f"Beodeul next {text}"):
        for found in typed.readings(line, now):
            assert found.following is None or now < found.following <= now + FURTHEST


def test_a_line_prints_nothing_of_itself():
    assert "483907" not in repr(parsed("Beodeul 483907"))


@given(names, st.data())
def test_every_beginning_of_a_code_name_leads_to_it(name, data):
    for written in (name.ko, name.en, codename.hangul.letters(WORDS[name.word])):
        cut = data.draw(st.integers(1, len(written)))
        part = written[:cut].rstrip("-")
        places, digits = codename.beginnings(part)
        assert name.word in places
        assert str(name.number or "").startswith(digits)


@pytest.mark.parametrize(
    "line",
    [
        "갈매-3 through 버들-1",
        "갈매3 via 버들1",
        "갈매3 통해 버들1",
        "갈매3 버들1 통해",
        "갈매3 버들-1을 통해 next Mon 21:00",
        "Galmae-3 THROUGH Beodeul-1",
    ],
)
def test_who_spoke_for_somebody_is_read_and_no_code_with_it(line):
    found = parsed(line)
    assert (found.digits, found.says, found.heads) == ("", Says.WORDS, None)
    assert codename.candidates(found.through) == (CodeName.of("버들", 1),)
    assert codename.candidates(found.who) == (CodeName.of("갈매", 3),)


@pytest.mark.parametrize("line", ["갈매3 483907 through 버들-1", "갈매3 48 39 07 버들-1 통해"])
def test_a_code_counts_as_a_code_whoever_brought_it(line):
    found = parsed(line)
    assert (found.digits, found.through) == ("483907", None)


@pytest.mark.parametrize(
    ("line", "digits"),
    [
        ("버들 483907 4명", "483907"),
        ("버들 4명 483907", "483907"),
        ("버들 4 people", ""),
        ("버들 48 39 07 4 heads", "483907"),
        ("버들 네 명", ""),
        ("버들 483907 네명", "483907"),
        ("버들 four people", ""),
        ("버들 4 사람", ""),
    ],
)
def test_how_many_they_are_is_no_part_of_the_code(line, digits):
    found = parsed(line)
    assert (found.heads, found.digits) == (4, digits)
    assert codename.candidates(found.who) == (CodeName.of("버들"),)


@pytest.mark.parametrize(("written", "heads"), [("세 명", 3), ("열두 명", 12), ("열 명", 10), ("Two people", 2)])
def test_heads_are_counted_in_words_of_either_language(written, heads):
    found = parsed(f"갈매3 {written}")
    assert (found.heads, found.digits, found.says) == (heads, "", Says.NOTHING)


@pytest.mark.parametrize("line", ["갈매3 through", "갈매3 통해", "갈매3 483907", "갈매3 all quiet"])
def test_nobody_spoke_for_them_where_nobody_is_named(line):
    assert (parsed(line).through, parsed(line).heads) == (None, None)
