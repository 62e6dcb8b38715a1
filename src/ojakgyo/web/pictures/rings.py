"""Rings: one person in the middle, others by when the danger would reach them. The table beside it says the same."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from django.utils.safestring import SafeString

from ojakgyo.web.pictures.placing import Frame, Label, Placing, Spot, Thing, place
from ojakgyo.web.pictures.svg import element, number, picture, text

LETTER: Final = 13.0
"""Height of the letters, as desk.css has it."""
WIDE: Final = Frame(600.0, 500.0, 52.0, 216.0, 16.0)
NARROW: Final = Frame(360.0, 400.0, 48.0, 164.0, 16.0)
LABELS_WIDE: Final = 40
LABELS_NARROW: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """Somebody on a ring. `name` empty: nobody is named. `direct`: known by the one in the middle, or by that one's phone."""

    ring: int
    sector: int
    chance: float
    name: str = ""
    direct: bool = False
    officer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    middle: str
    rings: tuple[str, ...]
    """Of each ring, from the inside."""
    sectors: tuple[str, ...]
    label: str


def rings(dots: Sequence[Dot], words: Words, *, wide: bool) -> SafeString:
    """The wide picture, or the narrow one for a phone, with fewer labels; the page carries both and shows one."""
    frame = WIDE if wide else NARROW
    things = [Thing(dot.ring, dot.sector, _size(dot.chance), across(dot.name) if dot.name else 0.0) for dot in dots]
    placing = place(
        things,
        frame,
        rings=[across(word) for word in words.rings],
        sectors=[across(word) for word in words.sectors],
        labels=LABELS_WIDE if wide else LABELS_NARROW,
    )
    x, y = frame.middle
    shapes = [
        *(element("circle", cls="ring", cx=x, cy=y, r=radius) for radius in placing.radii),
        *_walls(frame, placing),
        *(_tie(frame, spot) for dot, spot in zip(dots, placing.spots, strict=True) if dot.direct),
        *(_dot(dot, spot) for dot, spot in zip(dots, placing.spots, strict=True)),
        element("circle", cls="centre", cx=x, cy=y - 8.0, r=12.0),
        text(words.middle, cls="strong", x=x, y=y + 20.0, text_anchor="middle"),
        *(_text(word, label, "hours") for word, label in zip(words.rings, placing.ring_labels, strict=True)),
        *(_text(word, label, "cell") for word, label in zip(words.sectors, placing.sector_labels, strict=True)),
        *(_text(dot.name, spot.label, None) for dot, spot in zip(dots, placing.spots, strict=True)),
    ]
    box = f"0 0 {frame.width:.0f} {frame.height:.0f}"
    return picture("rings wide" if wide else "rings narrow", shapes, label=words.label, view_box=box)


def across(words: str) -> float:
    """About how wide these words are; rather too wide than too narrow."""
    return LETTER * sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.62 for each in words) + 4.0


def _size(chance: float) -> float:
    """By area: who is reached for certain is drawn nine units wide from the middle."""
    return 3.5 + 5.5 * sqrt(min(1.0, max(0.0, chance)))


def _dot(dot: Dot, spot: Spot) -> str:
    cls = (
        "node shut"
        if not dot.name
        else "node likely"
        if dot.chance >= 0.5
        else "node some"
        if dot.chance >= 0.2
        else "node"
    )
    if not dot.officer:
        return element("circle", cls=cls, cx=spot.x, cy=spot.y, r=spot.size)
    s = number(spot.size)
    return element("path", cls=cls, d=f"M{number(spot.x)} {number(spot.y - spot.size)}l{s} {s}-{s} {s}-{s}-{s}z")


def _tie(frame: Frame, spot: Spot) -> str:
    x, y = frame.middle
    return element("line", cls="tie", x1=x, y1=y - 8.0, x2=spot.x, y2=spot.y)


def _walls(frame: Frame, placing: Placing) -> list[str]:
    """Between sectors, and beside the gap where there are several."""
    if len(placing.walls) < 3:
        return []
    ends = [(frame.at(frame.inner, angle), frame.at(frame.outer, angle)) for angle in placing.walls]
    return [element("line", cls="wall", x1=a[0], y1=a[1], x2=b[0], y2=b[1]) for a, b in ends]


def _text(words: str, label: Label | None, cls: str | None) -> str:
    if label is None or not words:
        return ""
    return text(words, cls=cls, x=label.x, y=label.y + LETTER * 0.36, text_anchor=label.anchor)
