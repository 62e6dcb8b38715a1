"""The array types of this room."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
Places: TypeAlias = npt.NDArray[np.int32]
"""Positions of nodes in `Network.nodes`."""
Small: TypeAlias = npt.NDArray[np.int8]
Short: TypeAlias = npt.NDArray[np.uint16]
Bits: TypeAlias = npt.NDArray[np.uint64]
Truths: TypeAlias = npt.NDArray[np.bool_]
