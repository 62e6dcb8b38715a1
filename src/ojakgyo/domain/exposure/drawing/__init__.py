"""Drawing the worlds: two engines, one luck. Compiled by numba where it can be had, in plain numpy where it cannot."""
