"""Reach: the fastest way to tell somebody, and whether it is fast enough."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.facts import RouteKind
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant

_MINUTES_A_DAY: Final = DAY_MS // MINUTE_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A warning route agreed beforehand.

    Parameters
    ----------
    through : who carries the words; None = an agreed line.
    delay_ms : usual time from the desk's word to the person's ear.
    usable_from, usable_to : minutes of the UTC day in which it can be started, past midnight where `to` lies before
        `from`; equal = at any hour.
    exposes : whom using it makes known to others.
    """

    kind: RouteKind
    through: PersonId | None
    delay_ms: int
    usable_from: int = 0
    usable_to: int = 0
    exposes: tuple[PersonId, ...] = ()

    def __post_init__(self) -> None:
        if self.delay_ms < 0:
            raise ValueError("a route tells nobody before it is used")
        if not (0 <= self.usable_from < _MINUTES_A_DAY and 0 <= self.usable_to <= _MINUTES_A_DAY):
            raise ValueError("usable hours are minutes of one day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to tell: a route, or the next window (then `route` is None).

    `begins`: when it can be started. `told`: by when the person has heard; of a window only its close is sure.
    """

    route: Route | None
    begins: Instant
    told: Instant
    in_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Every way, fastest first. `refused`: routes that are none, since who carries the words is in danger too."""

    ways: tuple[Way, ...]
    deadline: Instant | None
    refused: tuple[Route, ...] = ()

    @property
    def fastest(self) -> Way | None:
        return self.ways[0] if self.ways else None

    @property
    def in_time(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way.in_time)

    @property
    def too_late(self) -> bool:
        """There is a deadline and no way meets it: protect those behind."""
        return self.deadline is not None and not self.in_time


def reach(
    routes: Iterable[Route],
    windows: Iterable[Window],
    *,
    now: Instant,
    deadline: Instant | None,
    avoid: Collection[PersonId] = (),
) -> Reach:
    """Compare the next window and every route. One through somebody of `avoid`, who is in danger now, is refused."""
    agreed = tuple(routes)
    ways = [_by_route(route, now, deadline) for route in agreed if route.through not in avoid]
    coming = [window for window in windows if window.closes > now]
    if coming:
        window = min(coming, key=lambda window: (window.closes, window.opens))
        ways.append(_way(None, max(now, window.opens), window.closes, deadline))
    refused = tuple(route for route in agreed if route.through in avoid)
    return Reach(ways=tuple(sorted(ways, key=_rank)), deadline=deadline, refused=refused)


def _by_route(route: Route, now: Instant, deadline: Instant | None) -> Way:
    begins = _next_usable(route, now)
    return _way(route, begins, Instant(begins + route.delay_ms), deadline)


def _next_usable(route: Route, now: Instant) -> Instant:
    minute = now // MINUTE_MS % _MINUTES_A_DAY
    length = (route.usable_to - route.usable_from) % _MINUTES_A_DAY or _MINUTES_A_DAY
    since = (minute - route.usable_from) % _MINUTES_A_DAY
    if since < length:
        return now
    return Instant((now // MINUTE_MS + _MINUTES_A_DAY - since) * MINUTE_MS)


def _way(route: Route | None, begins: Instant, told: Instant, deadline: Instant | None) -> Way:
    return Way(route=route, begins=begins, told=told, in_time=deadline is None or told <= deadline)


def _rank(way: Way) -> tuple[int, int, str, int]:
    """Fastest first; then whom it exposes least, the window before a route."""
    if way.route is None:
        return way.told, 0, "", 0
    return way.told, len(way.route.exposes) + 1, way.route.kind, way.route.through or 0
