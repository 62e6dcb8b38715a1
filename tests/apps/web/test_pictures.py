"""Pictures from numbers: in their frame whatever the numbers, hollow after the deadline, safe whatever the words."""

import re

from apps.web import night
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ojakgyo.apps.contact.values import CheckinLine, CheckinState, Window
from ojakgyo.apps.watch.values import CurvePoint
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS
from ojakgyo.web.pictures import decibans, lane, risk, span

instants = st.integers(night.NOW - 2 * DAY_MS, night.NOW + 3 * DAY_MS)
windows = st.tuples(instants, st.integers(60_000, 3 * HOUR_MS)).map(lambda each: Window(each[0], each[0] + each[1]))
WORDS = risk.Words(now="now", end="tomorrow", deadline="deadline", late="too late", at_end="31%", label="<chance>")


def tree(picture):
    return etree.fromstring(str(picture))


def shapes(picture, cls):
    return tree(picture).xpath(f"//*[@class='{cls}']")


def percents(picture):
    return [float(found) for found in re.findall(r'(?:x|x1|x2)="(-?[\d.]+)%"', str(picture))]


@given(st.none() | instants, st.lists(windows, max_size=4))
def test_a_span_stays_in_its_row(deadline, drawn):
    picture = span.span(deadline, drawn, now=night.NOW, label="words")
    assert all(0 <= at <= 98 for at in percents(picture))
    for window in tree(picture).xpath("//*[name()='rect']"):
        left, width = (float(window.get(name).rstrip("%")) for name in ("x", "width"))
        assert width > 0 and left + width <= 98.01


def test_twelve_hours_are_the_whole_row_and_beyond_stands_an_arrow():
    near = span.span(night.NOW + 6 * HOUR_MS, (), now=night.NOW, label="words")
    far = span.span(night.NOW + 13 * HOUR_MS, (), now=night.NOW, label="words")
    assert shapes(near, "cap")[0].get("x1") == "49%" and not shapes(near, "more")
    assert not shapes(far, "cap") and len(shapes(far, "more")) == 1


def test_hours_stand_at_whole_hours_of_seoul():
    assert [(hour, round(at, 2)) for hour, at in span.hours(night.NOW)] == [
        (5, 22.59),
        (8, 47.09),
        (11, 71.59),
        (14, 96.09),
    ]


def test_words_in_a_picture_are_escaped():
    picture = span.span(None, (), now=night.NOW, label='"><script>')
    assert "<script>" not in picture and tree(picture).get("aria-label") == '"><script>'


@given(st.sampled_from(CheckinState), st.none() | windows, st.none() | instants, st.none() | instants)
def test_a_lane_stays_in_its_cell(state, window, heard, since):
    grace = None if window is None else window.closes + 2 * HOUR_MS
    line = CheckinLine(
        subject=1,
        code_name=night.YEOUL,
        state=state,
        window=window,
        grace_until=grace,
        heard=heard,
        silent_since=since,
    )
    drawn = tree(lane.lane(line, now=night.NOW))
    assert all(0 <= float(each) <= 168 for each in drawn.xpath("//@x | //@x1 | //@x2 | //@cx"))


def test_a_missed_check_in_ends_in_a_diamond_and_a_heard_one_in_a_dot():
    missed, heard = (lane.lane(night.CHECKINS[n], now=night.NOW) for n in (0, 6))
    assert shapes(missed, "gone") and shapes(missed, "silence") and not shapes(missed, "heard")
    assert shapes(heard, "heard") and not shapes(heard, "gone")


def test_each_bar_starts_where_the_last_ended():
    on = decibans.scale([-20, 5])
    first, second = (
        shapes(decibans.change(on, start, change), "up")[0] for start, change in ((-20.0, 14.0), (-6.0, 9.0))
    )
    assert float(first.get("x")) + float(first.get("width")) == float(second.get("x")) == 160


@given(st.lists(st.floats(-60, 60), min_size=1))
def test_every_belief_lies_on_the_scale(ends):
    on = decibans.scale(ends)
    assert all(0 <= on.at(end) <= decibans.WIDTH for end in ends)


@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=30).map(sorted), st.none() | instants, st.lists(windows, max_size=3)
)
def test_a_curve_stays_on_its_paper(chances, deadline, drawn):
    step = DAY_MS // (len(chances) - 1)
    curve = [CurvePoint(at=night.NOW + n * step, chance=chance) for n, chance in enumerate(chances)]
    for wide, width in ((True, 760), (False, 360)):
        picture = tree(risk.risk(curve, drawn, deadline, WORDS, now=night.NOW, wide=wide))
        points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", picture.xpath("//*[@class='curve']/@d")[0])
        assert all(0 <= float(x) <= width and 21 <= float(y) <= 150 for x, y in points)
        assert picture.get("aria-label") == "<chance>"
