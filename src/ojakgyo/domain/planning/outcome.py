"""What a plan is worth: the cascade drawn anew, with whoever is told out of its way from the moment they are safe.

The same luck with and without the plan, so that the difference is sharp; other luck than the plan was made with, so that
it is not praised for what only those draws had.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Whole
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.estimates import Estimate, estimate
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.saving.dominators import own_taking
from ojakgyo.domain.exposure.seeds import Seed
from ojakgyo.domain.planning.telling import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """People expected to be reached from now on: if nothing is done, after the plan, and the difference."""

    nothing: Estimate
    after: Estimate
    saved: Estimate


def only_if_it_saves(plan: Plan, found: Outcome) -> tuple[Plan, Outcome]:
    """Nothing, where a plan saves nobody as far as can be seen in worlds it does not know.

    Where a contact contradicts an early arrival, telling somebody may let a later one through: rare, and seen here.
    """
    if not plan.steps or found.saved.mean > found.saved.error:
        return plan, found
    return replace(plan, steps=()), Outcome(nothing=found.nothing, after=found.nothing, saved=Estimate(0.0, 0.0))


def lost(
    network: Network, seeds: Sequence[Seed], arrivals: Arrivals, *, heads: Whole, since: float, key: int
) -> Floats:
    """float64 [draws]: heads reached after `since`, but for those of seeds that were taken themselves."""
    counted = (arrivals.time > since) & ~own_taking(network, seeds, arrivals, key=key)
    reached = heads[np.repeat(arrivals.places, arrivals.counts)[counted]]
    found = np.bincount(arrivals.draw[counted], weights=reached, minlength=arrivals.draws)
    return np.asarray(found, dtype=np.float64)


def outcome(
    network: Network,
    seeds: Sequence[Seed],
    safe: Mapping[int, float],
    *,
    heads: Whole,
    since: float,
    draws: int,
    horizon: float,
    key: int,
    safe_from: Floats | None = None,
    clear_until: Floats | None = None,
    engine: engines.Name | None = None,
) -> Outcome:
    """Draw both worlds.

    Parameters
    ----------
    safe : node -> hours from t0 from which on it is safe by the plan.
    heads : int64 [n], people of each node. since : hours from t0; what happened before is lost in both worlds.
    safe_from : float64 [n], hours; of whoever is safe in both worlds, since they were told before.
    """
    before = np.full(network.nodes.size, np.inf) if safe_from is None else safe_from
    told = before.copy()
    if safe:
        places = network.places(list(safe))
        told[places] = np.minimum(told[places], list(safe.values()))
    pair = []
    for hours in (before, told):
        arrivals = cascade(
            network,
            seeds,
            draws=draws,
            horizon=horizon,
            key=key,
            clear_until=clear_until,
            safe_from=hours,
            engine=engine,
        )
        pair.append(lost(network, seeds, arrivals, heads=heads, since=since, key=key))
    return Outcome(nothing=estimate(pair[0]), after=estimate(pair[1]), saved=estimate(pair[0] - pair[1]))
