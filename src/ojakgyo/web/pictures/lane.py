"""Lane: one helper's check-ins, six hours back and six ahead, now in the middle. The table around it says the same."""

from typing import Final, Protocol

from django.utils.safestring import SafeString

from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.web.clocks import clock
from ojakgyo.web.pictures.span import Opening
from ojakgyo.web.pictures.svg import element, picture, text

WIDTH: Final = 168.0
MIDDLE: Final = WIDTH / 2
UNITS_AN_HOUR: Final = WIDTH / 12
_BOX: Final = "0 0 168 20"


class Checkin(Protocol):
    """What is drawn of a check-in; `state` is one of due, open, late, missed, heard, unknown."""

    state: str
    window: Opening | None
    grace_until: int | None
    heard: int | None
    silent_since: int | None


def _at(instant: int, now: int) -> float:
    return min(max(MIDDLE + (instant - now) / HOUR_MS * UNITS_AN_HOUR, 0.0), WIDTH)


def _bar(cls: str, start: float, end: float, y: int, height: int) -> str | None:
    if end <= 0 or start >= WIDTH or end <= start:
        return None
    return element("rect", cls=cls, x=start, y=y, width=max(end - start, 2.0), height=height)


def _plan(line: Checkin, now: int) -> list[str | None]:
    if line.window is None:
        return []
    opens, closes = _at(line.window.opens, now), _at(line.window.closes, now)
    grace = None if line.grace_until is None else _bar("grace", closes, _at(line.grace_until, now), 8, 4)
    return [grace if line.state not in {"heard", "missed"} else None, _bar("window", opens, closes, 5, 10)]


def _silence(line: Checkin, now: int) -> list[str]:
    if line.silent_since is None or line.state not in {"late", "missed"}:
        return []
    start = max(_at(line.silent_since, now), 3.0)
    drawn = element("line", cls="silence", x1=start, x2=MIDDLE, y1=10, y2=10)
    gone = element("path", cls="gone", d=f"M{MIDDLE:.0f} 4l6 6-6 6-6-6z")
    return [drawn, gone] if line.state == "missed" else [drawn]


def _heard(line: Checkin, now: int) -> str | None:
    if line.state != "heard" or line.heard is None or _at(line.heard, now) <= 0:
        return None
    return element("circle", cls="heard", cx=_at(line.heard, now), cy=10, r=4)


def axis(now: int, *, now_word: str) -> SafeString:
    """Its words keep their size however narrow the lanes are."""
    ends = clock(now - 6 * HOUR_MS), clock(now + 6 * HOUR_MS)
    words = [
        text(ends[0], x="0%", y=14, text_anchor="start"),
        text(now_word, x="50%", y=14, text_anchor="middle"),
        text(ends[1], x="100%", y=14, text_anchor="end"),
    ]
    return picture("lane axis", words)


def lane(line: Checkin, *, now: int) -> SafeString:
    """Window, grace, dotted silence; a dot when heard, a diamond when missed."""
    track = element("line", cls="track", x1=0, x2=WIDTH, y1=10, y2=10)
    here = element("line", cls="now", x1=MIDDLE, x2=MIDDLE, y1=0, y2=20)
    shapes = [track, *_plan(line, now), *_silence(line, now), _heard(line, now), here]
    return picture("lane", list(filter(None, shapes)), view_box=_BOX)
