"""Telling: whom can be told how and from when, and what comes out: who first, who waits, for whom it is too late."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.exposure.estimates import Estimate
from ojakgyo.domain.planning.reach import Route
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant

_MINUTES_A_DAY: Final = DAY_MS // MINUTE_MS
_ANY: Final = Instant(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A stretch of time in which somebody can be told in one way.

    Parameters
    ----------
    route : None = in the window.
    begins, ends : when the desk may begin, both included.
    delay_ms : from there to the person's ear. told : not before; of a window only its close is sure.
    """

    route: Route | None
    begins: Instant
    ends: Instant
    delay_ms: int = 0
    told: Instant = _ANY

    def told_if_begun(self, at: int, *, call_ms: int) -> int:
        return max(at + max(self.delay_ms, call_ms), self.told)

    @property
    def through(self) -> PersonId | None:
        return self.route.through if self.route else None

    @property
    def exposes(self) -> int:
        """How many others using it makes known."""
        return len(self.route.exposes) if self.route else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Somebody who may be told.

    Parameters
    ----------
    aside_ms : what they need between the word and being out of the danger's way: only then they are safe.
    harm : of a false alarm, in people: what it does if the danger would never have come.
    """

    person: PersonId
    openings: tuple[Opening, ...]
    aside_ms: int = 0
    harm: float = 0.0

    def __post_init__(self) -> None:
        if self.aside_ms < 0 or not self.harm >= 0.0:
            raise ValueError("nobody is safe before being told, and no false alarm does good")


@dataclass(frozen=True, slots=True, kw_only=True)
class Callers:
    """How many can tell somebody at the same time, how long one is busy with it, and until when they are there."""

    number: int
    call_ms: int
    until: Instant

    def __post_init__(self) -> None:
        if self.number < 0 or self.call_ms <= 0:
            raise ValueError("callers need a time for each call, and are not fewer than none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One to be told. `safe`: told and out of the way. `saved`: people, beyond what the steps before it save.

    `missed`: the chance that the danger is there first, if it comes from now on. `needless`: that it never comes at all.
    """

    person: PersonId
    opening: Opening
    caller: int
    begins: Instant
    told: Instant
    safe: Instant
    saved: Estimate
    missed: float
    needless: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """The danger is most likely there before any word. `behind`: whom it reaches through them, likeliest first."""

    person: PersonId
    missed: float
    behind: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do, beside doing nothing.

    Parameters
    ----------
    steps : in the order in which they begin.
    late : for whom it is most likely too late; one may be told all the same, if that is still worth a call.
    waiting : whom telling would help, and for whom nobody is free in time.
    nothing : people expected to be reached from now on if nothing is done.
    """

    steps: tuple[Step, ...]
    late: tuple[Late, ...]
    waiting: tuple[PersonId, ...]
    nothing: Estimate

    @property
    def needless(self) -> float:
        """How many are expected to be told whom the danger would never have reached."""
        return sum(step.needless for step in self.steps)


def openings(
    routes: Iterable[Route],
    windows: Iterable[Window],
    *,
    now: Instant,
    until: Instant,
    avoid: Collection[PersonId] = (),
) -> tuple[Opening, ...]:
    """Every stretch of time up to `until`. A route through somebody of `avoid`, who is in danger now, is none."""
    found = [
        Opening(route=None, begins=max(now, window.opens), ends=window.closes, told=window.closes)
        for window in windows
        if window.closes > now and window.opens < until
    ]
    for route in routes:
        if route.through is None or route.through not in avoid:
            found += _usable(route, now, until)
    return tuple(sorted(found, key=lambda each: (each.begins, each.route is not None, each.delay_ms)))


def _usable(route: Route, now: Instant, until: Instant) -> list[Opening]:
    """Once a day, where it has hours."""
    length = (route.usable_to - route.usable_from) % _MINUTES_A_DAY
    if not length:
        return [Opening(route=route, begins=now, ends=until, delay_ms=route.delay_ms)]
    first = (now // DAY_MS - 1) * DAY_MS + route.usable_from * MINUTE_MS
    begins = (Instant(day) for day in range(first, until + 1, DAY_MS))
    return [
        Opening(route=route, begins=max(now, each), ends=Instant(ends), delay_ms=route.delay_ms)
        for each in begins
        if (ends := each + length * MINUTE_MS - 1) >= now
    ]
