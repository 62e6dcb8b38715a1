"""The whole answer to one incident: who is reached, by when, until when they can be told, from whom and along which ways."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import Progress, cascade
from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.paths import Path, Paths
from ojakgyo.domain.exposure.seeds import Seed

QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Incident:
    """One row for each node that is reached in any draw, by rising id.

    Parameters
    ----------
    nodes : int64 [k], ids.
    probability : float64 [k], reached within the horizon. error : its standard error, at least one draw.
    quantiles : float64 [k, q], hours from t0 by which each of QUANTILES of all draws have reached it, ``inf`` = fewer ever
        do.
    deadline : float64 [k], hours from t0, at the risk that was asked. sure : its lower 95 % confidence limit.
    shares : float64 [k, seeds], of the draws in which it is reached, those where this seed came first.
    """

    network: Network
    seeds: tuple[Seed, ...]
    arrivals: Arrivals
    nodes: Whole
    probability: Floats
    error: Floats
    quantiles: Floats
    deadline: Floats
    sure: Floats
    shares: Floats
    _paths: list[Paths] = field(default_factory=list)

    def paths(self, node: int, most: int = 3) -> tuple[Path, ...]:
        """The most probable ways to a node, at most one from each seed. They explain; the probability is that of all."""
        if not self._paths:
            hours = self.arrivals.horizon - min((seed.edges[0] for seed in self.seeds), default=0.0)
            self._paths.append(Paths.of(self.network, self.seeds, hours=hours))
        return self._paths[0].every(node)[:most]


def incident(
    network: Network,
    seeds: Sequence[Seed],
    *,
    draws: int,
    horizon: float,
    risk: float,
    key: int,
    clear_until: Floats | None = None,
    engine: engines.Name | None = None,
    progress: Progress | None = None,
) -> Incident:
    """Ask the network; the parameters are those of `cascade` and `deadlines`."""
    arrivals = cascade(
        network,
        seeds,
        draws=draws,
        horizon=horizon,
        key=key,
        clear_until=clear_until,
        engine=engine,
        progress=progress,
    )
    places = arrivals.places
    probability = arrivals.counts / draws
    return Incident(
        network=network,
        seeds=tuple(seeds),
        arrivals=arrivals,
        nodes=network.nodes[places],
        probability=probability,
        error=np.maximum(np.sqrt(probability * (1.0 - probability) / draws), 1.0 / draws),
        quantiles=np.column_stack([deadlines(arrivals, share)[places] for share in QUANTILES]),
        deadline=deadlines(arrivals, risk)[places],
        sure=deadlines(arrivals, risk, sure=True)[places],
        shares=_shares(arrivals, len(seeds)),
    )


def _shares(arrivals: Arrivals, seeds: int) -> Floats:
    row = np.repeat(np.arange(arrivals.places.size), arrivals.counts)
    found = np.bincount(row * max(1, seeds) + arrivals.seed, minlength=arrivals.places.size * seeds)
    return found.reshape(arrivals.places.size, seeds) / np.maximum(1, arrivals.counts)[:, None]
