"""What draws say: a mean, and how far it may be off."""

from dataclasses import dataclass
from math import sqrt

from ojakgyo.domain.exposure.arrays import Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over the draws, and its standard error."""

    mean: float
    error: float


def estimate(counts: Floats) -> Estimate:
    """Of as many numbers as draws; of one draw the error is not known: ``inf``."""
    if counts.size < 2:
        return Estimate(float(counts.mean()), float("inf"))
    return Estimate(float(counts.mean()), float(counts.std(ddof=1)) / sqrt(counts.size))
