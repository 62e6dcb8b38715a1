"""Risk: the chance that the danger has arrived, over 24 hours. Windows are hollows, the deadline is a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

from django.utils.safestring import SafeString

from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS
from ojakgyo.web.clocks import clock, wall
from ojakgyo.web.pictures.span import Opening
from ojakgyo.web.pictures.svg import element, picture, text

LEFT: Final = 34.0
FLOOR: Final = 150.0
HEIGHT: Final = 128.0


class Point(Protocol):
    @property
    def at(self) -> int: ...
    @property
    def chance(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Ready sentences of the picture. `deadline` stands at the line, `late` at the first window after it."""

    now: str
    end: str
    deadline: str
    late: str
    at_end: str
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper: its width in units, from `now` on, up to a chance of `top`."""

    width: float
    now: int
    top: float

    @property
    def right(self) -> float:
        return self.width - 12

    def x(self, instant: int) -> float:
        return LEFT + (instant - self.now) / DAY_MS * (self.right - LEFT)

    def y(self, chance: float) -> float:
        return FLOOR - chance / self.top * HEIGHT


def _top(curve: Sequence[Point]) -> tuple[float, float]:
    """(highest chance on paper, distance of its lines): at most five lines."""
    highest = max((point.chance for point in curve), default=0.0)
    step = 0.05 if highest <= 0.15 else 0.1 if highest <= 0.35 else 0.25
    return min(1.0, max(step * 2, (ceil(highest / step) + 1) * step)), step


def _lines(frame: Frame, step: float) -> list[str]:
    shapes = []
    for level in range(round(frame.top / step) + 1):
        y = frame.y(level * step)
        if y < 30 and level * step < 1:
            continue
        shapes.append(element("line", cls="axis", x1=LEFT, x2=frame.right, y1=y, y2=y))
        shapes.append(text(f"{round(level * step * 100)}%", x=LEFT - 6, y=y + 4, text_anchor="end"))
    return shapes


def _hours(frame: Frame, apart: int, words: Words) -> list[str]:
    into = (wall(frame.now).minute * 60 + wall(frame.now).second) * 1_000
    first = frame.now - into + 3 * HOUR_MS + (apart > 3) * 3 * HOUR_MS
    ticks = [first + step * apart * HOUR_MS for step in range(24 // apart)]
    kept = [tick for tick in ticks if tick < frame.now + 22 * HOUR_MS]
    between = [text(clock(tick), x=frame.x(tick), y=170, text_anchor="middle") for tick in kept]
    return [text(words.now, x=LEFT, y=170), *between, text(words.end, x=frame.right, y=170, text_anchor="end")]


def _windows(frame: Frame, windows: Iterable[Opening], deadline: int | None, words: Words) -> list[str]:
    shapes, told = [], frame.width < 500
    for window in windows:
        left, right = max(frame.x(window.opens), LEFT), min(frame.x(window.closes), frame.right)
        if right <= LEFT or left >= frame.right:
            continue
        late = deadline is not None and window.opens >= deadline
        cls = "window after" if late else "window"
        shapes.append(element("rect", cls=cls, x=left, y=22, width=max(right - left, 2.0), height=HEIGHT))
        if late and not told and frame.right - right > 150 and left > frame.x(deadline or 0) + 140:
            shapes.append(text(words.late, x=right + 5, y=34))
            told = True
    return shapes


def _deadline(frame: Frame, curve: Sequence[Point], deadline: int | None, words: Words) -> list[str]:
    if deadline is None or not frame.now <= deadline <= frame.now + DAY_MS:
        return []
    x, near = frame.x(deadline), min(curve, key=lambda point: abs(point.at - deadline))
    turned = x > frame.right - 130
    said = text(words.deadline, cls="due", x=x - 6 if turned else x + 6, y=26, text_anchor="end" if turned else None)
    return [
        element("line", cls="limit", x1=x, x2=x, y1=16, y2=FLOOR),
        element("circle", cls="at", cx=x, cy=frame.y(near.chance), r=4),
        said,
    ]


def risk(
    curve: Sequence[Point], windows: Iterable[Opening], deadline: int | None, words: Words, *, now: int, wide: bool
) -> SafeString:
    """The wide picture, or the narrow one for a phone; the page carries both and shows one."""
    top, step = _top(curve)
    frame = Frame(760.0 if wide else 360.0, now, top)
    path = "M" + " L".join(f"{frame.x(point.at):.1f} {frame.y(point.chance):.1f}" for point in curve)
    last = curve[-1]
    shapes = [
        *_lines(frame, step),
        *_windows(frame, windows, deadline, words),
        element("path", cls="curve", d=path),
        *_deadline(frame, curve, deadline, words),
        text(words.at_end, cls="strong", x=frame.right, y=frame.y(last.chance) - 9, text_anchor="end"),
        *_hours(frame, 3 if wide else 6, words),
    ]
    box = f"0 0 {frame.width:.0f} 178"
    return picture("risk wide" if wide else "risk narrow", shapes, label=words.label, view_box=box)
