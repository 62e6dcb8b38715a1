"""Delay laws: how many hours pass until what somebody knows endangers somebody else; and the table of link kinds.

A law turns uniforms into hours through its exact inverse distribution: a deadline is the early tail, where a table
with straight lines between its entries is wrong by a factor of ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, expm1, inf, log
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


@dataclass(frozen=True, slots=True)
class Immediate:
    """Always the same delay, none unless `after` says so."""

    after: float = 0.0

    def draw(self, uniforms: Floats) -> Floats:
        return np.full_like(uniforms, self.after)

    def within(self, hours: float) -> float:
        return 1.0 if hours >= self.after else 0.0


@dataclass(frozen=True, slots=True)
class Exponential:
    """No memory: as likely in the next hour as in the last. `after`: hours before anything can happen."""

    mean: float
    after: float = 0.0

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

    def draw(self, uniforms: Floats) -> Floats:
        return self.after + self.median * np.exp(self.sigma * quantile(uniforms))

    def within(self, hours: float) -> float:
        passed = hours - self.after
        return _NORMAL.cdf(log(passed / self.median) / self.sigma) if passed > 0.0 else 0.0


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


def weighed(kinds: Sequence[LinkKind], ages_days: Sequence[float]) -> tuple[Floats, Small]:
    """Chance and law (place in `LAWS`) of each link."""
    chances = [endangering(kind, age) for kind, age in zip(kinds, ages_days, strict=True)]
    return np.array(chances, dtype=np.float64), np.array([LAW_OF[kind] for kind in kinds], dtype=np.int8)
