"""Delay laws: how many hours pass until what somebody knows endangers somebody else; and the table of link kinds.

A law turns uniforms into hours through its exact inverse distribution; `quantiles` makes tables of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, expm1, inf, isfinite, log
from statistics import NormalDist
from typing import Final, Protocol

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Small
from ojakgyo.domain.exposure.normal import quantile
from ojakgyo.domain.facts import LinkKind

_NORMAL: Final = NormalDist()


class Law(Protocol):
    """A law of delay in hours."""

    def draw(self, uniforms: Floats) -> Floats:
        """Hours for each uniform in (0, 1); rises with it."""

    def within(self, hours: float) -> float:
        """The chance that the delay is at most that long."""


def _need(*, above: Sequence[float] = (), not_below: Sequence[float] = ()) -> None:
    """A law's numbers are finite, these above 0, those not below."""
    if not all(isfinite(number) and number > 0.0 for number in above):
        raise ValueError("a law of delay needs numbers above 0")
    if not all(isfinite(number) and number >= 0.0 for number in not_below):
        raise ValueError("a law of delay has hours below 0 or none")


@dataclass(frozen=True, slots=True)
class Immediate:
    """Always the same delay, none unless `after` says so."""

    after: float = 0.0

    def __post_init__(self) -> None:
        _need(not_below=(self.after,))

    def draw(self, uniforms: Floats) -> Floats:
        return np.full_like(uniforms, self.after)

    def within(self, hours: float) -> float:
        return 1.0 if hours >= self.after else 0.0


@dataclass(frozen=True, slots=True)
class Exponential:
    """No memory: as likely in the next hour as in the last. `after`: hours before anything can happen."""

    mean: float
    after: float = 0.0

    def __post_init__(self) -> None:
        _need(above=(self.mean,), not_below=(self.after,))

    def draw(self, uniforms: Floats) -> Floats:
        return self.after - self.mean * np.log1p(-uniforms)

    def within(self, hours: float) -> float:
        return -expm1(-max(0.0, hours - self.after) / self.mean)


@dataclass(frozen=True, slots=True)
class Weibull:
    """A shape below 1 strikes early or hardly ever, above 1 after a while."""

    shape: float
    scale: float
    after: float = 0.0

    def __post_init__(self) -> None:
        _need(above=(self.shape, self.scale), not_below=(self.after,))

    def draw(self, uniforms: Floats) -> Floats:
        return self.after + self.scale * (-np.log1p(-uniforms)) ** (1.0 / self.shape)

    def within(self, hours: float) -> float:
        return -expm1(-((max(0.0, hours - self.after) / self.scale) ** self.shape))


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Half of it by the median; `sigma` 1: two thirds between 0.37 and 2.7 medians."""

    median: float
    sigma: float
    after: float = 0.0

    def __post_init__(self) -> None:
        _need(above=(self.median, self.sigma), not_below=(self.after,))

    def draw(self, uniforms: Floats) -> Floats:
        return self.after + self.median * np.exp(self.sigma * quantile(uniforms))

    def within(self, hours: float) -> float:
        passed = hours - self.after
        return _NORMAL.cdf(log(passed / self.median) / self.sigma) if passed > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Empirical:
    """As it was measured: by `hours` so large a share had happened. Straight lines between; the last share is 1.

    Before the first of the hours nothing happens; two equal hours are a jump, two equal shares a gap. A gap is drawn sharp
    where it lies at one half; elsewhere up to one draw in 128 may fall into it (`quantiles`).
    """

    hours: tuple[float, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        _need(not_below=self.hours)
        if len(self.hours) != len(self.shares) or not self.hours:
            raise ValueError("a measured law needs as many shares as hours")
        steps = zip(pairwise(self.hours), pairwise(self.shares), strict=True)
        if any(late < early or high < low for (early, late), (low, high) in steps):
            raise ValueError("a measured law needs hours and shares that do not fall")
        if not 0.0 <= self.shares[0] <= self.shares[-1] == 1.0:
            raise ValueError("the shares of a measured law lie between 0 and 1, and end at 1")

    def draw(self, uniforms: Floats) -> Floats:
        return np.asarray(np.interp(uniforms, self.shares, self.hours), dtype=np.float64)

    def within(self, hours: float) -> float:
        if hours < self.hours[0]:
            return 0.0
        last = int(np.searchsorted(self.hours, hours, side="right")) - 1
        if last == len(self.hours) - 1:
            return 1.0
        (early, late), (low, high) = self.hours[last : last + 2], self.shares[last : last + 2]
        return low + (high - low) * (hours - early) / (late - early)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of link does: the chance that it endangers at all when fresh, its delay, and how it ages."""

    probability: float
    law: Law
    half_life_days: float


KINDS: Final[dict[LinkKind, Kind]] = {
    LinkKind.CARRIES: Kind(0.97, Exponential(0.5), inf),
    LinkKind.CALLED: Kind(0.50, Lognormal(8.0, 1.0), 30.0),
    LinkKind.HOUSED: Kind(0.40, Lognormal(24.0, 1.0), 180.0),
    LinkKind.HANDED_OVER: Kind(0.30, Lognormal(24.0, 1.0), 90.0),
    LinkKind.PAID: Kind(0.20, Lognormal(36.0, 1.0), 90.0),
    LinkKind.MET: Kind(0.15, Lognormal(36.0, 1.0), 90.0),
    LinkKind.HELD_THE_KEY: Kind(0.60, Lognormal(48.0, 1.0), 180.0),
}
"""Assumptions, said and reasoned in docs/explanation/exposure.md, "The table of kinds"."""

LAWS: Final[tuple[Law, ...]] = tuple(kind.law for kind in KINDS.values())
LAW_OF: Final[dict[LinkKind, int]] = {kind: place for place, kind in enumerate(KINDS)}


def endangering(kind: LinkKind, age_days: float) -> float:
    """The chance that a link of this age endangers. The age is that at the last fact, never at the present."""
    return KINDS[kind].probability * exp(-log(2.0) * max(0.0, age_days) / KINDS[kind].half_life_days)


def weighed(law: Small, ages_days: Floats) -> Floats:
    """`endangering` of many links at once; `law`: each one's kind, as its place in `LAWS`."""
    fresh = np.array([kind.probability for kind in KINDS.values()])
    half_lives = np.array([kind.half_life_days for kind in KINDS.values()])
    return np.asarray(fresh[law] * np.exp(-log(2.0) * np.maximum(0.0, ages_days) / half_lives[law]), dtype=np.float64)
