"""What the command line asked for, and what all cases share."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.cards.reading import Reader
from benchmarks.cards.tables import drawn

TRIALS: Final = 500_000


@dataclass(frozen=True, slots=True)
class Asked:
    """`trials`: drawn for each line; `rounds`: of what is timed."""

    trials: int = TRIALS
    rounds: int = 400

    def dice(self, case: str) -> np.random.Generator:
        """The same numbers for a case whatever else was run."""
        return np.random.default_rng([20_261_127, *case.encode()])

    def reader(self, dice: np.random.Generator) -> Reader:
        return Reader(drawn(), dice)
