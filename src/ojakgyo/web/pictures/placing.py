"""Where things stand on rings, and where their labels find room: plain geometry, which knows nothing of what is drawn.

Rings grow with what stands on them; sectors share the circle but for a gap at the top, where the rings are named. A label
is placed only where it covers nothing and stays in the frame; for whom there is no room, there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, dist, hypot, pi, sin, sqrt
from typing import Final

APART: Final = 3.0
"""Between two things, or a thing and a label."""
STEP: Final = 7.0
"""Of the grid on which free room is looked for."""
GOLDEN: Final = (sqrt(5.0) - 1.0) / 2
"""Turns of it lie apart however many there are, so those on neighbouring rings stand beside each other, not in a row."""
LEAST_BAND: Final = 0.11
"""Of the outer radius: no ring is narrower."""


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands on a ring (0 the innermost), in a sector; those given first choose first.

    size : its radius. label : width of its label, 0 for none.
    """

    ring: int
    sector: int
    size: float
    label: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """Text from (x, y), the middle of its height; `anchor` is start, middle or end."""

    x: float
    y: float
    anchor: str
    box: Box


@dataclass(frozen=True, slots=True)
class Spot:
    x: float
    y: float
    size: float
    label: Label | None = None

    @property
    def box(self) -> Box:
        return Box(self.x - self.size, self.y - self.size, self.x + self.size, self.y + self.size)


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper: `inner` and `outer` radius around its middle, width of the gap at the top in radians."""

    width: float
    height: float
    inner: float
    outer: float
    text: float
    """Height of a line of text."""
    gap: float = 0.7

    @property
    def middle(self) -> tuple[float, float]:
        return self.width / 2, self.height / 2

    @property
    def box(self) -> Box:
        return Box(0.0, 0.0, self.width, self.height)

    def at(self, radius: float, angle: float) -> tuple[float, float]:
        """Angles run clockwise from the top."""
        x, y = self.middle
        return x + radius * sin(angle), y - radius * cos(angle)


@dataclass(frozen=True, slots=True)
class Placing:
    """`radii` of the rings; `walls` between sectors, angles; things and labels in the order in which they were given."""

    radii: tuple[float, ...]
    walls: tuple[float, ...]
    ring_labels: tuple[Label, ...]
    sector_labels: tuple[Label | None, ...]
    spots: tuple[Spot, ...]


def place(
    things: Sequence[Thing],
    frame: Frame,
    *,
    rings: Sequence[float],
    sectors: Sequence[float],
    labels: int,
) -> Placing:
    """`rings`, `sectors`: widths of their labels. `labels`: so many things are labelled at most."""
    radii = _radii(things, frame, len(rings))
    walls = _walls(things, frame, len(sectors))
    spots = _spots(things, frame, radii, walls)
    ring_labels = [
        _label(*frame.at(radius, 0.0), "middle", width, frame.text) for radius, width in zip(radii, rings, strict=True)
    ]
    taken = [label.box for label in ring_labels] + [spot.box for spot in spots]
    sector_labels = [
        _kept(_outside(frame, (start + end) / 2, width), frame, taken)
        for (start, end), width in zip(pairwise(walls), sectors, strict=True)
    ]
    return Placing(
        radii=radii,
        walls=walls,
        ring_labels=tuple(ring_labels),
        sector_labels=tuple(sector_labels),
        spots=tuple(_labelled(things, spots, frame, taken, labels)),
    )


def _radii(things: Sequence[Thing], frame: Frame, rings: int) -> tuple[float, ...]:
    """Room by the number of things on each ring, none narrower than a least."""
    counts = [1.0 + sum(thing.ring == ring for thing in things) for ring in range(rings)]
    inner, area, edges = frame.inner, frame.outer**2 - frame.inner**2, [frame.inner]
    for ring in range(rings):
        edges.append(sqrt(inner**2 + area * sum(counts[: ring + 1]) / sum(counts)))
    least = frame.outer * LEAST_BAND
    over = [max(0.0, end - start - least) for start, end in pairwise(edges)]
    spare = frame.outer - inner - rings * least
    radii, radius = [], inner
    for each in over:
        radius += least + spare * (each / sum(over) if sum(over) else 1.0 / rings)
        radii.append(radius)
    return tuple(radii)


def _walls(things: Sequence[Thing], frame: Frame, sectors: int) -> tuple[float, ...]:
    """Angles from the right end of the gap to its left, wider where more stands."""
    shares = [0.5 + sum(thing.sector == sector for thing in things) ** 0.75 for sector in range(sectors)]
    walls = [frame.gap / 2]
    for share in shares:
        walls.append(walls[-1] + (2 * pi - frame.gap) * share / sum(shares))
    return tuple(walls)


def _spots(things: Sequence[Thing], frame: Frame, radii: Sequence[float], walls: Sequence[float]) -> list[Spot]:
    edges = (frame.inner, *radii)
    before = dict.fromkeys(range(len(walls)), 0)
    found: list[Spot] = []
    for thing in things:
        start, end = walls[thing.sector], walls[thing.sector + 1]
        wanted = start + (end - start) * ((before[thing.sector] + 1) * GOLDEN % 1.0)
        radius = (edges[thing.ring] + edges[thing.ring + 1]) / 2
        found.append(_free(thing, frame, edges, (start, end), frame.at(radius, wanted), found))
        before[thing.sector] += 1
    return found


def _free(
    thing: Thing,
    frame: Frame,
    edges: Sequence[float],
    sector: tuple[float, float],
    wanted: tuple[float, float],
    taken: Sequence[Spot],
) -> Spot:
    """As near to where it is wanted as there is room: in its sector, else elsewhere on its ring."""
    for within in (None, sector, (frame.gap / 2, 2 * pi - frame.gap / 2)):
        grid = (
            [wanted]
            if within is None
            else sorted(
                (frame.at(radius, angle) for radius, angle in _grid(thing, edges, within)),
                key=lambda at: dist(at, wanted),
            )
        )
        for x, y in grid:
            if all(hypot(x - spot.x, y - spot.y) >= thing.size + spot.size + APART for spot in taken):
                return Spot(x, y, thing.size)
    return Spot(*wanted, thing.size)


def _grid(thing: Thing, edges: Sequence[float], sector: tuple[float, float]) -> Iterator[tuple[float, float]]:
    radius = edges[thing.ring] + thing.size + 1.0
    while radius <= edges[thing.ring + 1] - thing.size - 1.0:
        margin = (thing.size + 1.0) / radius
        steps = max(1, int((sector[1] - sector[0] - 2 * margin) * radius / STEP))
        for step in range(steps + 1):
            angle = sector[0] + margin + (sector[1] - sector[0] - 2 * margin) * step / steps
            if sector[0] <= angle <= sector[1]:
                yield radius, angle
        radius += STEP


def _labelled(
    things: Sequence[Thing], spots: Sequence[Spot], frame: Frame, taken: Sequence[Box], most: int
) -> Iterator[Spot]:
    """Each with its label, while there is room for one."""
    covered, given = [*taken, _middle(frame)], 0
    for thing, spot in zip(things, spots, strict=True):
        label = None
        if thing.label and given < most:
            others = [box for box in covered if box is not spot.box and box != spot.box]
            kept = (_kept(each, frame, others) for each in _beside(spot, thing.label, frame))
            label = next((each for each in kept if each is not None), None)
        if label is not None:
            covered.append(label.box)
            given += 1
        yield Spot(spot.x, spot.y, spot.size, label)


def _kept(label: Label, frame: Frame, taken: list[Box]) -> Label | None:
    """The label, and its room is taken from now on; None where it would cover something or leave the paper."""
    if not label.box.within(frame.box) or any(label.box.meets(box) for box in taken):
        return None
    taken.append(label.box)
    return label


def _beside(spot: Spot, width: float, frame: Frame) -> Iterator[Label]:
    """Outwards first, then inwards, then above and beneath, then aslant."""
    side = 1.0 if spot.x >= frame.middle[0] else -1.0
    away, slant = spot.size + APART + 1.0, frame.text / 2 + spot.size * 0.6
    for way, up in ((side, 0.0), (-side, 0.0), (side, slant), (side, -slant), (-side, slant), (-side, -slant)):
        yield _label(spot.x + way * away, spot.y + up, "start" if way > 0 else "end", width, frame.text)
    for up in (1.0, -1.0):
        yield _label(spot.x, spot.y + up * (spot.size + frame.text / 2 + 1.0), "middle", width, frame.text)


def _outside(frame: Frame, angle: float, width: float) -> Label:
    """Beyond the outer ring, on the side it stands on."""
    x, y = frame.at(frame.outer + 8.0, angle)
    across = sin(angle)
    anchor = "middle" if abs(across) < 0.35 else "start" if across > 0 else "end"
    return _label(x, y - frame.text / 2 * cos(angle) * (anchor == "middle"), anchor, width, frame.text)


def _label(x: float, y: float, anchor: str, width: float, height: float) -> Label:
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Label(x, y, anchor, Box(left, y - height / 2, left + width, y + height / 2))


def _middle(frame: Frame) -> Box:
    """What stands in the middle keeps the inner circle for itself."""
    x, y = frame.middle
    half = frame.inner * 0.75
    return Box(x - half, y - half, x + half, y + half)
