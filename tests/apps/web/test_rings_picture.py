"""Rings: everything in its frame, no label over another or over anybody, fewer of them on a phone."""

from itertools import combinations
from math import hypot, pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ojakgyo.web.pictures import rings
from ojakgyo.web.pictures.placing import Thing, place
from ojakgyo.web.pictures.rings import NARROW, WIDE, Dot, Words, across

NAMES = ("Beodeul", "Haebaragi-12", "Seori-5", "버들", "해바라기-12", "서리-5", "")
people = st.builds(
    Dot,
    ring=st.integers(0, 3),
    sector=st.integers(0, 3),
    chance=st.floats(0.02, 1.0),
    name=st.sampled_from(NAMES),
    direct=st.booleans(),
    officer=st.booleans(),
)
WORDS = Words(
    middle="Haebaragi",
    rings=("6 h", "a day", "3 days", "later"),
    sectors=("N-2", "C-12", "officers", "other cells"),
    label="<who>",
)


def things(dots):
    return [Thing(dot.ring, dot.sector, rings._size(dot.chance), across(dot.name) if dot.name else 0.0) for dot in dots]


def placed(dots, frame):
    return place(
        things(dots), frame, rings=[across(word) for word in WORDS.rings], sectors=[30.0, 36.0, 68.0, 92.0], labels=40
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(people, max_size=60), st.sampled_from([WIDE, NARROW]))
def test_no_label_covers_another_or_anybody_and_all_stand_on_the_paper(dots, frame):
    found = placed(dots, frame)
    labels = [
        *found.ring_labels,
        *filter(None, found.sector_labels),
        *filter(None, (spot.label for spot in found.spots)),
    ]
    assert not [(a, b) for a, b in combinations(labels, 2) if a.box.meets(b.box)]
    assert not [(a, b) for a in found.spots for b in labels if b is not a.label and a.box.meets(b.box)]
    assert all(label.box.within(frame.box) for label in labels)
    assert all(spot.box.within(frame.box) for spot in found.spots)


@settings(max_examples=25, deadline=None)
@given(st.lists(people, max_size=60), st.sampled_from([WIDE, NARROW]))
def test_everybody_stands_on_their_ring_and_on_nobody_else(dots, frame):
    found = placed(dots, frame)
    x, y = frame.middle
    edges = (frame.inner, *found.radii)
    assert list(edges) == sorted(edges) and edges[-1] == pytest.approx(frame.outer)
    for dot, spot in zip(dots, found.spots, strict=True):
        assert edges[dot.ring] <= hypot(spot.x - x, spot.y - y) <= edges[dot.ring + 1]
    assert not [(a, b) for a, b in combinations(found.spots, 2) if hypot(a.x - b.x, a.y - b.y) < a.size + b.size]


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_a_crowd_of_one_cell_on_one_ring_stands_side_by_side(frame):
    found = placed([Dot(ring=1, sector=2, chance=0.05, name="")] * 60, frame)
    assert not [(a, b) for a, b in combinations(found.spots, 2) if hypot(a.x - b.x, a.y - b.y) < a.size + b.size]


def test_few_people_are_all_named_and_stand_in_their_sector():
    dots = [Dot(ring=ring, sector=sector, chance=0.4, name="Haebaragi") for ring in range(4) for sector in range(3)]
    for frame in (WIDE, NARROW):
        found = placed(dots, frame)
        assert sum(spot.label is not None for spot in found.spots) >= (12 if frame is WIDE else 8)
    assert found.walls[0] == pytest.approx(frame.gap / 2) and found.walls[-1] == pytest.approx(2 * pi - frame.gap / 2)


def test_one_for_whom_there_is_no_room_has_no_label_and_still_stands_there():
    dots = [Dot(ring=0, sector=0, chance=1.0, name="Haebaragi-12")] * 60
    found = placed(dots, NARROW)
    assert len(found.spots) == 60 and any(spot.label is None for spot in found.spots)


def test_the_picture_has_a_bounded_number_of_shapes_and_escapes_its_words():
    dots = [Dot(ring=place % 4, sector=place % 3, chance=0.5, name="버들", direct=place < 9) for place in range(60)]
    for wide in (True, False):
        drawn = etree.fromstring(str(rings.rings(dots, WORDS, wide=wide)))
        assert drawn.get("aria-label") == "<who>" and drawn.get("class") == f"rings {'wide' if wide else 'narrow'}"
        assert len(drawn.xpath("//*[starts-with(@class, 'node')]")) == 60
        assert len(drawn.xpath("//*[@class='tie']")) == 9, "no links but those of the one in the middle"
        names = [each for each in drawn.xpath("//*[name()='text']") if each.text == "버들"]
        assert len(names) <= (rings.LABELS_WIDE if wide else rings.LABELS_NARROW)
        assert not drawn.xpath("//@style")


def test_who_is_not_named_leaves_no_name():
    drawn = str(rings.rings([Dot(ring=0, sector=0, chance=0.9)], WORDS, wide=True))
    assert "shut" in drawn and drawn.count("<text") == 1 + 4 + len(WORDS.sectors)
