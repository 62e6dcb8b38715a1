"""Hours drawn: in their frame whatever the numbers, and each day of ninety in its own place."""

import re

from apps.web import night
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ojakgyo.apps.contact.hours.values import Blank, BlankKind, Told
from ojakgyo.domain.checkins.hours import How
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant
from ojakgyo.web.clocks import wall
from ojakgyo.web.pictures import hours

instants = st.integers(night.NOW - 4 * DAY_MS, night.NOW + 5 * DAY_MS)
told = st.builds(
    lambda opens, length, grace, how, after: Told(
        opens=opens,
        closes=opens + length,
        judged_from=opens + length + grace,
        how=how,
        heard=opens + after if how in {How.KEPT, How.KEPT_LATE} else None,
    ),
    instants,
    st.integers(60_000, 30 * HOUR_MS),
    st.integers(0, 72 * HOUR_MS),
    st.sampled_from(How),
    st.integers(-HOUR_MS, 40 * HOUR_MS),
)
blanks = st.builds(Blank, kind=st.sampled_from(BlankKind), begins=instants, ends=st.none() | instants)
AROUND = hours.Scale(night.NOW - 12 * HOUR_MS, night.NOW + 12 * HOUR_MS)
DAYS = hours.Scale(night.NOW, night.NOW + 3 * DAY_MS)


@given(st.lists(told, max_size=4), st.lists(blanks, max_size=3), st.sampled_from([AROUND, DAYS]))
def test_a_row_stays_in_its_frame(drawn, shaded, scale):
    picture = etree.fromstring(str(hours.row(scale, drawn, shaded, now=night.NOW)))
    for name in ("x", "x1", "x2"):
        assert all(0 <= float(at.rstrip("%")) <= 100 for at in picture.xpath(f"/*/*/@{name}"))
    for bar in picture.xpath("//*[name()='rect']"):
        left, width = (float(bar.get(name).rstrip("%")) for name in ("x", "width"))
        assert width > 0 and left + width <= 100.02


def test_the_shapes_say_what_became_of_a_window():
    at = {"opens": night.NOW - 3 * HOUR_MS, "closes": night.NOW - 2 * HOUR_MS, "judged_from": night.NOW - HOUR_MS}
    drawn = {
        How.KEPT: night.NOW - 3 * HOUR_MS,
        How.KEPT_LATE: night.NOW - HOUR_MS,
        How.MISSED: None,
        How.EXPLAINED: None,
        How.LATE: None,
        How.UNKNOWN: None,
    }
    said = re.compile(r'class="(heard|heard after|gone|gone known|silence)"')
    rows = {
        how: hours.row(AROUND, [Told(**at, how=how, heard=heard)], [], now=night.NOW) for how, heard in drawn.items()
    }
    classes = {how: said.findall(str(row)) for how, row in rows.items()}
    assert classes == {
        How.KEPT: ["heard"],
        How.KEPT_LATE: ["heard after"],
        How.MISSED: ["gone"],
        How.EXPLAINED: ["gone known"],
        How.LATE: ["silence"],
        How.UNKNOWN: [],
    }


def test_what_has_no_end_is_shaded_until_now():
    deaf = Blank(kind=BlankKind.DEAF, begins=Instant(night.NOW - 6 * HOUR_MS), ends=None)
    (bar,) = etree.fromstring(str(hours.blank(AROUND, deaf, now=night.NOW))).xpath("//*[@class='blank']")
    assert (bar.get("x"), bar.get("width")) == ("25%", "25%")


def test_each_of_ninety_days_has_its_own_place():
    begins, ends = night.NOW - 90 * DAY_MS, night.NOW
    days = [(begins + day * DAY_MS, "missed" if day == 45 else "kept") for day in range(1, 91)]
    picture = etree.fromstring(str(hours.grid(begins, ends, days, days=[""] * 7, months=[""] * 14, label="ninety")))
    dots = {(dot.get("cx"), dot.get("cy")) for dot in picture.xpath("//*[@class='heard']")}
    assert (len(dots), len(picture.xpath("//*[@class='gone']"))) == (89, 1)
    assert all(wall(monday).weekday() == 0 for monday in hours.weeks(begins, ends))
    assert hours.weeks(begins, ends)[0] <= begins < hours.weeks(begins, ends)[1]
