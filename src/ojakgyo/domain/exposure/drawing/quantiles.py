"""Tables of delay: any law's quantile at the price of one look-up, exact where deadlines are made.

A deadline is the early tail, so the table is as fine near 0 as near 1: both sides halve down to 2^-40, and every halving
has 64 entries with straight lines between them. That stands within 2e-4 of the law's own quantile, at any chance.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Whole
from ojakgyo.domain.exposure.laws import Law

HALVINGS: Final = 40
SHIFT: Final = 46
"""A float's bits above these are its exponent and the six highest of its fraction: the entry."""
FIRST: Final = (1023 - HALVINGS) << (52 - SHIFT)
"""The entry of 2^-HALVINGS."""
ENTRIES: Final = ((HALVINGS - 1) << (52 - SHIFT)) + 2
"""Up to one half, and one more, since a line needs two ends."""
FRACTION: Final = (1 << SHIFT) - 1
STEP: Final = 2.0**-SHIFT


def tables(laws: Sequence[Law]) -> Floats:
    """float64 [laws, 2, ENTRIES], hours: at these shares, and at one less these shares. Hours without end: ``ValueError``."""
    shares = (np.arange(FIRST, FIRST + ENTRIES, dtype=np.uint64) << np.uint64(SHIFT)).view(np.float64)
    below = np.nextafter(shares, 0.0)  # of a jump at one half, the earlier side ends before it
    with np.errstate(over="ignore", invalid="ignore"):
        made = np.array([[law.draw(below), law.draw(1.0 - shares)] for law in laws]).reshape(-1, 2, ENTRIES)
    if not np.isfinite(made).all():
        raise ValueError("a law of delay is too wide: its hours do not end")
    return made


def delays(made: Floats, law: Whole, shares: Floats) -> Floats:
    """Hours of these laws at these shares, in [0, 1]; rises with the share. The kernels do the same, one by one."""
    late = (shares >= 0.5).astype(np.int64)
    side = np.where(late, 1.0 - shares, shares).view(np.int64)
    entry = np.maximum((side >> SHIFT) - FIRST, 0)
    past = np.where((side >> SHIFT) < FIRST, 0, side & FRACTION) * STEP
    low = made[law, late, entry]
    return np.asarray(low + past * (made[law, late, entry + 1] - low), dtype=np.float64)
