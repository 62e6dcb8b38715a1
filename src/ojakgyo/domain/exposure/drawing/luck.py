"""Luck that stands still: every draw of each link and seed has its own number, made from ids and counters alone.

So an unchanged world answers the same, and a link added elsewhere moves nothing else: two answers differ only by what
differs between their worlds. It decides nothing secret; it is no cipher.

The luck of a row (a node's links in one draw) is stirred well; each link's own number is made of it and the link's tag at
the price of two multiplications, since that is paid for every link that is looked at. Only its upper 53 bits are used.
"""

from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Bits, Floats, Whole

DRAWS: Final = 1
TAKEN: Final = 2
ROOTS: Final = 3
"""Streams of a key: the draws of a cascade, whether a seed is taken, the roots of a blast radius."""

_STEP: Final = 0x9E3779B97F4A7C15
_LINK: Final = 0xD6E8FEB86659FD93
_MASK: Final = (1 << 64) - 1


def stirred(bits: Bits) -> Bits:
    """A one-to-one scattering of 64-bit numbers (the finisher of splitmix64), in place."""
    bits ^= bits >> np.uint64(30)
    bits *= np.uint64(0xBF58476D1CE4E5B9)
    bits ^= bits >> np.uint64(27)
    bits *= np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    return bits


def base(key: int, stream: int, *ids: Whole) -> Bits:
    """One number for each row of ids; streams of one key have nothing to do with each other."""
    bits = np.full(ids[0].shape, (key * _STEP + stream) & _MASK, dtype=np.uint64)
    for column in ids:
        bits = stirred(stirred(bits) + np.uint64(_STEP) + column.astype(np.uint64))
    return bits


def of_nodes(ids: Whole) -> Bits:
    """The luck of whoever the links of a row come from."""
    return stirred(ids.astype(np.uint64) + np.uint64(_STEP))


def tags(links: Whole, sources: Whole, targets: Whole) -> Bits:
    """What tells the links of a row apart, 32 bits each: the same link told twice has the same tag, and counts once."""
    bits = stirred(links.astype(np.uint64) + np.uint64(_STEP))
    bits = stirred(bits + sources.astype(np.uint64))
    return stirred(bits + targets.astype(np.uint64)) >> np.uint64(32)


def of_rows(nodes: Bits, draws: Bits) -> Bits:
    """The luck of a node's row of links in a draw."""
    return stirred(nodes + draws)


def of_links(rows: Bits, tags: Bits) -> Bits:
    """The number of a link in a draw; the lowest bits are poor."""
    bits = (rows ^ tags) * np.uint64(_LINK)
    bits ^= bits >> np.uint64(32)
    return bits * np.uint64(_LINK)


def next_of(bits: Bits) -> Bits:
    """A second number for each, independent of the first."""
    return stirred(bits + np.uint64(_STEP))


def uniforms(bits: Bits) -> Floats:
    """Numbers strictly between 0 and 1, as exact as a float is near 0.5."""
    return ((bits >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
