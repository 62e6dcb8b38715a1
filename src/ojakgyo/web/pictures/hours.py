"""Hours: windows on a line of time, now marked, and times of which silence says nothing shaded; ninety days by their weeks.

The table around each says the same in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from django.utils.safestring import SafeString

from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant
from ojakgyo.web.clocks import wall
from ojakgyo.web.pictures.svg import element, percent, picture, text

LEAST: Final = 0.8
"""No window is drawn narrower than this, in percent."""
MIDDLE: Final = 12
"""Of a row's height."""
DAY: Final = 18
"""Of the ninety days: so wide and high is one."""
MARGIN: Final = 34
"""For the names of weekdays."""
TOP: Final = 18


class Told(Protocol):
    @property
    def opens(self) -> int: ...
    @property
    def closes(self) -> int: ...
    @property
    def judged_from(self) -> int: ...
    @property
    def how(self) -> str: ...
    @property
    def heard(self) -> int | None: ...


class Blank(Protocol):
    @property
    def begins(self) -> int: ...
    @property
    def ends(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Scale:
    """From `begins` to `ends` over the width."""

    begins: int
    ends: int

    @property
    def days(self) -> bool:
        """Whether it is told by days, not by hours."""
        return self.ends - self.begins > DAY_MS

    def at(self, instant: int) -> float:
        return min(max((instant - self.begins) / (self.ends - self.begins) * 100, 0.0), 100.0)

    def bar(self, cls: str, start: int, end: int, y: int, height: int) -> str | None:
        left, right = self.at(start), self.at(end)
        if end <= self.begins or start >= self.ends or end <= start:
            return None
        width = min(max(right - left, LEAST), 100.0)
        return element("rect", cls=cls, x=percent(min(left, 100.0 - width)), y=y, width=percent(width), height=height)

    def ticks(self) -> list[Instant]:
        """Whole hours of the desk, three apart; midnights where three days are shown."""
        apart = 24 if self.days else 3
        first = wall(self.begins).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        start = instants.of(first)
        every = (Instant(start + step * HOUR_MS) for step in range((self.ends - start) // HOUR_MS + 1))
        return [each for each in every if wall(each).hour % apart == 0]


def axis(scale: Scale, now: int, *, now_word: str, tick_words: Mapping[int, str]) -> SafeString:
    """What stands above the rows; no word where it would meet that of now or the edge."""
    here = scale.at(now)
    clear = [each for each in scale.ticks() if abs(scale.at(each) - here) > 7 and 3 < scale.at(each) < 96.5]
    words = [text(tick_words[each], x=percent(scale.at(each)), y=14, text_anchor="middle") for each in clear]
    anchor = "start" if here < 3 else "middle"
    return picture("hours", [text(now_word, cls="here", x=percent(here), y=14, text_anchor=anchor), *words])


def row(scale: Scale, told: Iterable[Told], blanks: Iterable[Blank], *, now: int) -> SafeString:
    """One person: window, grace, dotted silence; a dot when heard, a diamond when missed."""
    shades = [scale.bar("blank", each.begins, _until(each, now), 0, 24) for each in blanks]
    shapes = [shape for each in told for shape in _window(scale, each, now)]
    return picture("hours", list(filter(None, [*shades, *_ground(scale, now), *shapes])))


def blank(scale: Scale, each: Blank, *, now: int) -> SafeString:
    """One time of which silence says nothing."""
    bar = scale.bar("blank", each.begins, _until(each, now), 3, 18)
    return picture("hours", list(filter(None, [bar, *_ground(scale, now)])))


def _until(each: Blank, now: int) -> int:
    """Where nobody knows the end, it is drawn until now."""
    return max(now, each.begins + 1) if each.ends is None else each.ends


def _ground(scale: Scale, now: int) -> list[str]:
    track = element("line", cls="track", x1="0", x2="100%", y1=MIDDLE, y2=MIDDLE)
    ticks = [
        element("line", cls="track", x1=percent(scale.at(each)), x2=percent(scale.at(each)), y1=8, y2=16)
        for each in scale.ticks()
    ]
    here = percent(scale.at(now))
    return [track, *ticks, element("line", cls="now", x1=here, x2=here, y1=0, y2=24)]


def _window(scale: Scale, each: Told, now: int) -> list[str | None]:
    waits = each.how not in {"kept", "kept_late", "missed", "explained"}
    shapes = [
        scale.bar("grace", each.closes, each.judged_from, 10, 4) if waits else None,
        scale.bar("window", each.opens, each.closes, 6, 12),
    ]
    if each.how in {"late", "unjudged"}:
        ends = percent(scale.at(now))
        shapes.append(element("line", cls="silence", x1=percent(scale.at(each.closes)), x2=ends, y1=12, y2=12))
    if each.how in {"missed", "explained"} and scale.begins <= each.judged_from <= scale.ends:
        shapes.append(scale.bar("grace", each.closes, each.judged_from, 10, 4))
        shapes.append(_at(scale, each.judged_from, _missed(0, 0, known=each.how == "explained")))
    if each.heard is not None and scale.begins <= each.heard <= scale.ends:
        shapes.append(_at(scale, each.heard, _heard(0, 0, late=each.how == "kept_late")))
    return shapes


def _at(scale: Scale, instant: int, shape: str) -> str:
    return element("svg", shape, x=percent(scale.at(instant)), y=MIDDLE)


def _heard(x: float, y: float, *, late: bool) -> str:
    return element("circle", cls="heard after" if late else "heard", cx=x, cy=y, r=4)


def _missed(x: float, y: float, *, known: bool) -> str:
    return element("path", cls="gone known" if known else "gone", d=f"M{x:g} {y - 6:g}l6 6-6 6-6-6z")


# Ninety days ---------------------------------------------------------------------------------------------------------


def weeks(begins: int, ends: int) -> list[Instant]:
    """Mondays of the desk's weeks that touch this time, oldest first."""
    first = _monday(wall(begins))
    last = wall(ends)
    count = ((last.date() - first.date()).days // 7) + 1
    return [instants.of(first + timedelta(weeks=week)) for week in range(count)]


def grid(
    begins: int, ends: int, told: Sequence[tuple[int, str]], *, days: Sequence[str], months: Sequence[str], label: str
) -> SafeString:
    """A column for each week, a row for each weekday. `told`: (instant, how), one a day. `days`, `months`: words."""
    mondays = weeks(begins, ends)
    first = wall(mondays[0]).date()
    shapes = [text(word, x=0, y=TOP + DAY * place + 13) for place, word in enumerate(days) if word]
    shapes += [text(word, x=MARGIN + DAY * place, y=11) for place, word in enumerate(months) if word]
    said = {(wall(instant).date() - first).days: how for instant, how in told}
    start, end = (wall(begins).date() - first).days, (wall(ends).date() - first).days
    shapes += [_day(place, said.get(place)) for place in range(start, end + 1)]
    width = MARGIN + DAY * len(mondays)
    return picture("ninety", shapes, label=label, view_box=f"0 0 {width} {TOP + DAY * 7}")


def _day(place: int, how: str | None) -> str:
    x, y = MARGIN + DAY * (place // 7) + DAY / 2, TOP + DAY * (place % 7) + DAY / 2
    match how:
        case None:
            return element("circle", cls="none", cx=x, cy=y, r=1.5)
        case "missed" | "explained":
            return _missed(x, y, known=how == "explained")
        case "kept" | "kept_late":
            return _heard(x, y, late=how == "kept_late")
    return element("rect", cls="window", x=x - 5, y=y - 4, width=10, height=8)


def _monday(day: datetime) -> datetime:
    return (day - timedelta(days=day.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
