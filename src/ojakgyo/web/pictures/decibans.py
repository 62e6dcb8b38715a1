"""Decibans: a waterfall. Each bar starts where the last ended; even odds are dotted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from ojakgyo.web.pictures.svg import element, picture, text

WIDTH: Final = 320.0
_BOX: Final = "0 0 320 16"
ONE_IN_A_HUNDRED_DB: Final = -20.0


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` decibans over the width; ten units a deciban unless the belief goes further."""

    low: float = -22.0
    high: float = 10.0

    def at(self, decibans: float) -> float:
        return (decibans - self.low) / (self.high - self.low) * WIDTH


def scale(ends: Iterable[float]) -> Scale:
    """The scale on which all of `ends` lie."""
    reached = list(ends)
    return Scale(min([-22.0, *(end - 2 for end in reached)]), max([10.0, *(end + 2 for end in reached)]))


def _even(on: Scale) -> str:
    return element("line", cls="even", x1=on.at(0), x2=on.at(0), y1=0, y2=16)


def axis(on: Scale, *, rare_word: str, even_word: str) -> SafeString:
    rare = text(rare_word, x=on.at(ONE_IN_A_HUNDRED_DB), y=12, text_anchor="middle")
    return picture("decibans", [rare, text(even_word, x=on.at(0), y=12, text_anchor="middle")], view_box=_BOX)


def start(on: Scale, at_db: float) -> SafeString:
    """Where everybody starts: an upright mark."""
    return picture(
        "decibans", [_even(on), element("path", cls="up", d=f"M{on.at(at_db):.1f} 2v12h3v-12z")], view_box=_BOX
    )


def change(on: Scale, start_db: float, change_db: float) -> SafeString:
    """One signal: full when it speaks for danger, hollow when against."""
    left, right = sorted((on.at(start_db), on.at(start_db + change_db)))
    cls = "up" if change_db >= 0 else "down"
    bar = element("rect", cls=cls, x=left, y=4, width=max(right - left, 1.0), height=8)
    return picture("decibans", [_even(on), bar], view_box=_BOX)


def total(on: Scale, at_db: float) -> SafeString:
    mark = element("path", cls="all", d=f"M{on.at(at_db):.1f} 1l7 7-7 7-7-7z")
    return picture("decibans", [_even(on), mark], view_box=_BOX)
