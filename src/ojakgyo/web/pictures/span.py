"""Span: from now to the deadline, with the contact windows on it. Twelve hours are 98 percent of the width."""

from collections.abc import Iterable
from typing import Final, Protocol

from django.utils.safestring import SafeString

from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.web.clocks import wall
from ojakgyo.web.pictures.svg import element, percent, picture, text

REACH: Final = 98.0
REACH_HOURS: Final = 12.0
LEAST: Final = 3.0
"""No window is drawn narrower than this, in percent."""
FIRST_TICK_HOURS: Final = 2


class Opening(Protocol):
    @property
    def opens(self) -> int: ...
    @property
    def closes(self) -> int: ...


def _across(instant: int, now: int) -> float:
    return (instant - now) / HOUR_MS / REACH_HOURS * REACH


def hours(now: int) -> list[tuple[int, float]]:
    """(hour of the day in Seoul, percent) of every tick: whole hours, three apart, the first clear of "now"."""
    into = (wall(now).minute * 60 + wall(now).second) * 1_000 + now % 1_000
    start = now - into + (FIRST_TICK_HOURS + (into > 0)) * HOUR_MS
    ticks = [start + step * 3 * HOUR_MS for step in range(4)]
    return [(wall(tick).hour, _across(tick, now)) for tick in ticks if _across(tick, now) <= REACH]


def axis(now: int, *, now_word: str, hour_words: dict[int, str]) -> SafeString:
    """The hours above the first row."""
    ticks = [text(hour_words[hour], x=percent(at), y=14, text_anchor="middle") for hour, at in hours(now)]
    return picture("span", [text(now_word, x="0%", y=14, text_anchor="start"), *ticks])


def _line(deadline: int, now: int) -> list[str]:
    at = _across(deadline, now)
    end = percent(min(max(at, 0.0), REACH))
    drawn = element("line", cls="to", x1="0", x2=end, y1=14, y2=14)
    if at > REACH:
        arrow = element("path", cls="more", d="M-3-5l8 5-8 5z")
        return [drawn, element("svg", arrow, x=end, y=14)]
    return [drawn, element("line", cls="cap", x1=end, x2=end, y1=7, y2=19)]


def _window(window: Opening, deadline: int | None, now: int) -> str | None:
    left, right = max(_across(window.opens, now), 0.0), min(_across(window.closes, now), REACH)
    if right <= 0 or left >= REACH:
        return None
    late = deadline is not None and window.opens >= deadline
    width = min(max(right - left, LEAST), REACH - left)
    return element(
        "rect", cls="window after" if late else "window", x=percent(left), y=2, width=percent(width), height=7
    )


def span(deadline: int | None, windows: Iterable[Opening], *, now: int, label: str) -> SafeString:
    """One row. A window before the deadline is solid, one that opens after it a dashed hollow; beyond 12 h an arrow."""
    ticks = [element("line", cls="tick", x1=percent(at), x2=percent(at), y1=10, y2=18) for _, at in hours(now)]
    track = element("line", cls="track", x1="0", x2=percent(REACH), y1=14, y2=14)
    drawn = [_window(each, deadline, now) for each in windows]
    line = [] if deadline is None else _line(deadline, now)
    return picture("span", [*ticks, track, *line, *filter(None, drawn)], label=label)
