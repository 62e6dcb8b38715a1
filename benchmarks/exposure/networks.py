"""Invented networks to measure on, made by numpy alone: the same seed gives the same network, 10^7 links take seconds.

No network of real people was used for any of these, nor looked at.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.exposure.laws import Exponential, Law, Lognormal, Weibull
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.seeds import Seed

HORIZON: Final = 72.0
DRAWS: Final = 4_096
LAWS: Final[tuple[Law, ...]] = (Exponential(24.0), Weibull(0.7, 18.0), Lognormal(72.0, 1.0), Exponential(12.0))
CELL: Final = 8

_MATE, _LEADER, _FAR = 0, 1, 2
_TAKEN: Final = np.array([40, 160, 480])

Whole = npt.NDArray[np.int64]


class Links(NamedTuple):
    """Columns of equal length; ends are places, 0 .. nodes - 1."""

    source: Whole
    target: Whole
    chance: npt.NDArray[np.float64]
    law: Whole


class World(NamedTuple):
    """A network and who was taken."""

    shape: str
    network: Network
    seeds: list[Seed]

    @property
    def name(self) -> str:
        """As in `cells 1e5`."""
        return f"{self.shape} 1e{len(str(self.network.nodes.size)) - 1}"


def invented(shape: str, size: int, seed: int = 1) -> World:
    """`shape` is one of `SHAPES`; about ten links a node. Three are taken at t0 for sure; in cells, three leaders."""
    random = np.random.default_rng(seed)
    links = SHAPES[shape](size, random)
    pairs, first = np.unique(links.source * size + links.target, return_index=True)
    source, target = np.divmod(pairs, size)
    other = source != target
    source, target, kept = source[other], target[other], first[other]
    network = Network(
        nodes=np.cumsum(random.integers(1, 2**42, size)),
        starts=np.searchsorted(source, np.arange(size + 1)).astype(np.int64),
        source=source.astype(np.int32),
        target=target.astype(np.int32),
        probability=links.chance[kept],
        law=links.law[kept].astype(np.int8),
        links=random.permutation(kept.size) + (1 << 40),
        laws=LAWS,
    )
    places = _strewn(_TAKEN, size) if shape == "scattered" else _TAKEN
    return World(shape, network, [Seed(node=int(node), probability=1.0) for node in network.nodes[places]])


def cells(size: int, random: np.random.Generator) -> Links:
    """Cells of eight: all know their leader, most each other; leaders in a tree; three acquaintances outside. 9.2 a node."""
    place = np.arange(size)
    leader = place - place % CELL
    led = np.flatnonzero(place != leader)
    above = np.arange(CELL, size, CELL)
    under = (above // CELL - 1) // 5 * CELL
    mate = np.repeat(place, CELL)
    other = leader[mate] + np.tile(np.arange(CELL), size)
    known = (other < size) & (other != leader[mate]) & (mate != leader[mate]) & (random.random(mate.size) < 0.8)
    mate, other = mate[known], other[known]
    far = np.repeat(place, 3)
    return _joined(
        (leader[led], led, 0.45, _LEADER),
        (led, leader[led], 0.30, _LEADER),
        (mate, other, random.uniform(0.02, 0.18, mate.size), _MATE),
        (under, above, 0.25, _LEADER),
        (above, under, 0.20, _LEADER),
        (far, random.integers(0, size, far.size), random.uniform(0.01, 0.05, far.size), _FAR),
    )


def scattered(size: int, random: np.random.Generator) -> Links:
    """The same cells, their ids not given in turn: mates stand nowhere near each other in memory."""
    links = cells(size, random)
    return links._replace(source=_strewn(links.source, size), target=_strewn(links.target, size))


def even(size: int, random: np.random.Generator) -> Links:
    """Erdos-Renyi: ten links a node, to anybody, each at 0.08."""
    source = np.repeat(np.arange(size), 10)
    laws = random.integers(0, len(LAWS), source.size)
    return Links(source, random.integers(0, size, source.size), np.full(source.size, 0.08), laws)


def hubs(size: int, random: np.random.Generator) -> Links:
    """Barabasi-Albert: each newcomer gets to know five, the better known the likelier, both ways, each at 0.02.

    An end of a link is drawn evenly from all earlier ends. Even positions are newcomers, odd ones were drawn in their
    turn and are followed back until an even one is met (Sanders and Schulz 2016): no loop over nodes.
    """
    newcomer = np.repeat(np.arange(size), 5)
    drawn = random.integers(0, 2 * np.arange(newcomer.size) + 1)
    while (odd := np.flatnonzero(drawn % 2)).size:
        drawn[odd] = drawn[drawn[odd] // 2]
    known = newcomer[drawn // 2]
    laws = random.integers(0, len(LAWS), 2 * known.size)
    ends = np.concatenate((newcomer, known)), np.concatenate((known, newcomer))
    return Links(*ends, np.full(2 * known.size, 0.02), laws)


SHAPES: Final[dict[str, Callable[[int, np.random.Generator], Links]]] = {
    "cells": cells,
    "scattered": scattered,
    "even": even,
    "hubs": hubs,
}


def _strewn(places: Whole, size: int) -> Whole:
    """One-to-one: a prime that no size here is a multiple of."""
    return places * 2_654_435_761 % size


def _joined(*parts: tuple[Whole, Whole, float | npt.NDArray[np.float64], int]) -> Links:
    chances = [np.broadcast_to(chance, source.shape) for source, _, chance, _ in parts]
    laws = [np.full(source.size, law) for source, _, _, law in parts]
    ends = [np.concatenate([part[end] for part in parts]) for end in (0, 1)]
    return Links(ends[0], ends[1], np.concatenate(chances), np.concatenate(laws))
