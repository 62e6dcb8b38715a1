"""Seeds: who may be taken, how likely, and the law of when. An exposure starts from them."""

from dataclasses import dataclass
from itertools import pairwise
from math import isclose, isfinite

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One person in whose place the danger may start.

    Parameters
    ----------
    node : id.
    probability : P(taken), in [0, 1].
    edges : rising hours from t0, negative = before; one more than weights.
    weights : the law of when, sums to 1, even within a bin; two equal edges are one instant.
    """

    node: int
    probability: float
    edges: tuple[float, ...] = (0.0, 0.0)
    weights: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        if not 0.0 <= self.probability <= 1.0:
            raise ValueError(f"seed {self.node} has no chance")
        if len(self.edges) != len(self.weights) + 1 or not all(map(isfinite, self.edges)):
            raise ValueError(f"seed {self.node} needs one edge more than weights")
        if any(late < early for early, late in pairwise(self.edges)):
            raise ValueError(f"seed {self.node} has falling edges")
        if not all(weight >= 0.0 for weight in self.weights) or not isclose(sum(self.weights), 1.0, abs_tol=1e-9):
            raise ValueError(f"seed {self.node} has weights that are no law")

    def when(self, uniforms: Floats) -> Floats:
        """Hours from t0 at which it was taken, for each uniform in (0, 1)."""
        reached = np.concatenate(([0.0], np.cumsum(self.weights)))
        return np.asarray(np.interp(uniforms * reached[-1], reached, self.edges), dtype=np.float64)
