"""Deadlines: the latest hour by which somebody must have been told, at the risk the desk accepts."""

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats
from ojakgyo.domain.exposure.arrivals import Arrivals


def deadlines(arrivals: Arrivals, risk: float, *, since: float = -np.inf) -> Floats:
    """The lower quantile `risk` of each node's arrival, those never reached counted as ``inf``.

    Parameters
    ----------
    since : hours from t0. Worlds in which a node was reached by then are left out of its own deadline: nobody can be
        told in the past. To keep deadlines still, `since` is the instant of an episode's first fact, never the present.

    Returns
    -------
    float64 [n], hours from t0, ``inf`` = no warning called for.

    Source: docs/explanation/exposure.md, "Deadlines".
    """
    if not 0.0 < risk < 1.0:
        raise ValueError("risk must lie strictly between 0 and 1")
    found = np.full(arrivals.nodes.size, np.inf)
    least = int(risk * (arrivals.draws - 1)) if since == -np.inf else 0
    for place in np.flatnonzero(np.diff(arrivals.starts) > least):
        own = arrivals.time[arrivals.starts[place] : arrivals.starts[place + 1]]
        ahead = own[own > since]
        rank = int(risk * (arrivals.draws - own.size + ahead.size - 1))
        if rank < ahead.size:
            found[place] = np.partition(ahead, rank)[rank]
    return found


def chance(arrivals: Arrivals, node: int, hours: Floats) -> Floats:
    """The chance that this node is reached by each of these hours: the curve of the picture."""
    own = np.sort(arrivals.time[arrivals.events(node)])
    return np.asarray(np.searchsorted(own, hours, side="right") / arrivals.draws, dtype=np.float64)
