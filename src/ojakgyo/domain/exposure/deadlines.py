"""Deadlines: the latest hour by which somebody must have been told, at the risk the desk accepts."""

from collections.abc import Iterator
from math import sqrt
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats
from ojakgyo.domain.exposure.arrivals import Arrivals

_CONFIDENCE: Final = 1.645
"""Standard errors below which 5 % of a normal law lie: a lower limit that holds nineteen times out of twenty."""


def deadlines(arrivals: Arrivals, risk: float, *, since: Floats | float = -np.inf, sure: bool = False) -> Floats:
    """The lower quantile `risk` of each node's arrival, those never reached counted as ``inf``.

    Parameters
    ----------
    since : hours from t0, for all or for each node, float64 [n]. Worlds in which a node was reached by then are left out
        of its own deadline: nobody can be told in the past. To keep deadlines still, `since` is the instant of an
        episode's first fact, never the present.
    sure : the lower 95 % confidence limit instead; the draws are a sample.

    Returns
    -------
    float64 [n], hours from t0, ``inf`` = no warning called for.

    Source: docs/explanation/exposure.md, "Deadlines".
    """
    if not 0.0 < risk < 1.0:
        raise ValueError("risk must lie strictly between 0 and 1")
    found, whole = np.full(arrivals.nodes.size, np.inf), int(_lowest(risk, arrivals.draws, sure=sure))
    if np.ndim(since) == 0 and since == -np.inf:
        for place, own in _rows(arrivals, whole):
            found[place] = np.partition(own, whole)[whole]
        return found
    first = np.broadcast_to(since, found.shape)
    for place, own in _rows(arrivals, int(whole / (1.0 + risk))):
        ahead = own[own > first[place]]
        rank = int(_lowest(risk, arrivals.draws - own.size + ahead.size, sure=sure))
        if rank < ahead.size:
            found[place] = np.partition(ahead, rank)[rank]
    return found


def _rows(arrivals: Arrivals, least: int) -> Iterator[tuple[int, Floats]]:
    """The place and the hours of each node that is reached more often than this."""
    for row in np.flatnonzero(arrivals.counts > least).tolist():
        yield int(arrivals.places[row]), arrivals.time[arrivals.starts[row] : arrivals.starts[row + 1]]


def _lowest(risk: float, draws: int, *, sure: bool) -> float:
    """The rank, counted from 0, of the arrival that is the quantile, or its lower limit."""
    return max(0.0, risk * (draws - 1) - _CONFIDENCE * sqrt(draws * risk * (1.0 - risk)) * sure)


def chance(arrivals: Arrivals, node: int, hours: Floats) -> Floats:
    """The chance that this node is reached by each of these hours: the curve of the picture."""
    own = np.sort(arrivals.time[arrivals.events(node)])
    return np.asarray(np.searchsorted(own, hours, side="right") / arrivals.draws, dtype=np.float64)
