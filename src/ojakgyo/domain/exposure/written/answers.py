"""Answers as JSON values, for a program that checks them: one object for each node."""

from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats
from ojakgyo.domain.exposure.incident import QUANTILES, Incident

Line = dict[str, Any]
EXPLAINED: Final = 100
"""So many lines have paths: seeking them is dearer than all the rest."""


def reached(found: Incident) -> Iterator[Line]:
    """Each node that is reached in any draw: those whose deadline is first, then the likeliest."""
    for line, row in enumerate(np.lexsort((found.nodes, -found.probability, found.deadline)).tolist()):
        node = int(found.nodes[row])
        yield {
            "node": node,
            "probability": float(found.probability[row]),
            "standard_error": float(found.error[row]),
            "quantiles_hours": {str(share): _hours(found.quantiles[row, at]) for at, share in enumerate(QUANTILES)},
            "deadline_hours": _hours(found.deadline[row]),
            "deadline_lower_hours": _hours(found.sure[row]),
            "seeds": _shares(found, found.shares[row]),
            "paths": _paths(found, node) if line < EXPLAINED else [],
        }


def radius(node: int, mean: float, error: float) -> Line:
    """One node's blast radius and its standard error."""
    return {"node": node, "mean": float(mean), "standard_error": float(error)}


def _shares(found: Incident, shares: Floats) -> list[Line]:
    rows = sorted(np.flatnonzero(shares).tolist(), key=lambda row: (-shares[row], found.seeds[row].node))
    return [{"node": found.seeds[row].node, "share": float(shares[row])} for row in rows]


def _paths(found: Incident, node: int) -> list[Line]:
    return [{"nodes": list(p.nodes), "links": list(p.links), "chance": p.chance} for p in found.paths(node)]


def _hours(hours: float) -> float | None:
    """None = not within the horizon."""
    return float(hours) if isfinite(hours) else None
