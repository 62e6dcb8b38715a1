"""Secret networks at their best, by exhaustive search, with secrecy and reach taken from the cascade.

Lindelauf, Borm and Hamers (2008, 2009): one node is found out; what of the network is not exposed then is its secrecy,
n (n - 1) over the sum of all distances is how well it informs, and the product of both is to be greatest. Every
connected network of three to seven nodes is looked at. The cascade works out all of them at once, side by side as one
network: over sure links of an hour each the hours are the distances, and what is exposed is what is reached in the first
hour. The formulas were rebuilt from memory; the optima are the published.
"""

from functools import cache
from itertools import combinations, pairwise

import numpy as np
import pytest
from exposure_worlds import network

from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.laws import Immediate
from ojakgyo.domain.exposure.seeds import Seed

SIZES = (3, 4, 5, 6, 7)
HOUR = Immediate(1.0)
_STIRRED = 0x5851F42D4C957F2D


@cache
def shapes(nodes):
    """The links of every connected network of so many nodes, as pairs; those that differ only in names once."""
    pairs = list(combinations(range(nodes), 2))
    sets = np.arange(1 << len(pairs), dtype=np.int32)
    own = [sum(1 << place for place, pair in enumerate(pairs) if node in pair) for node in range(nodes)]
    for one, other in pairwise(own):
        sets = sets[np.bitwise_count(sets & one) >= np.bitwise_count(sets & other)]
    near = np.zeros((sets.size, nodes, nodes), dtype=np.float32)
    for place, (one, other) in enumerate(pairs):
        near[:, one, other] = near[:, other, one] = sets >> place & 1
    within, far = np.zeros_like(near) + np.eye(nodes, dtype=np.float32), np.zeros((sets.size, nodes), dtype=np.int64)
    for _ in range(nodes - 1):
        far += (within == 0).sum(axis=1)
        within = np.minimum(1.0, within + within @ near)
    connected = np.flatnonzero(within.all(axis=(1, 2)))
    near, far = near[connected].astype(np.int64), far[connected]
    colour = 10_000 * near.sum(axis=1) + 100 * far + np.diagonal(near @ near @ near, axis1=1, axis2=2)
    for _ in range(2):  # and how those around look: then no two of up to seven nodes are taken for each other
        colour = colour * _STIRRED + (near @ (colour**3)[:, :, None])[:, :, 0]
    _, first = np.unique(np.sort(colour, axis=1), axis=0, return_index=True)
    return [[pair for place, pair in enumerate(pairs) if sets[at] >> place & 1] for at in connected[first]]


def name(nodes, links):
    degrees = np.sort(np.bincount(np.ravel(links), minlength=nodes)).tolist()
    if len(links) == nodes * (nodes - 1) // 2:
        return "complete"
    if degrees == [1] * (nodes - 1) + [nodes - 1]:
        return "star"
    if degrees == [1, 1] + [2] * (nodes - 2):
        return "path"
    return "ring" if degrees == [2] * nodes else f"{len(links)} links"


def exposed(nodes, chance, *, hours, draws):
    """float64 [shapes, nodes (found out), nodes, draws]: when each is reached, in the cascade over all shapes at once."""
    some = shapes(nodes)
    links = [
        (base + source, base + target, chance, HOUR)
        for copy in range(len(some) * nodes)
        for base in [copy * nodes]
        for pair in some[copy // nodes]
        for source, target in (pair, pair[::-1])
    ]
    world = network(links, list(range(len(some) * nodes * nodes)))
    found_out = [Seed(node=copy * nodes + copy % nodes, probability=1.0) for copy in range(len(some) * nodes)]
    found = cascade(world, found_out, draws=draws, horizon=hours, key=1)
    when = np.full((world.nodes.size, draws), np.inf)
    when[np.repeat(found.places, found.counts), found.draw] = found.time
    return when.reshape(len(some), nodes, nodes, draws)


@cache
def distances(nodes):
    return exposed(nodes, 1.0, hours=float(nodes), draws=1)[..., 0]


def informs(nodes):
    return nodes * (nodes - 1) / distances(nodes).sum(axis=(1, 2))


@pytest.mark.parametrize("nodes", SIZES)
def test_over_sure_links_of_an_hour_the_hours_are_the_distances(nodes):
    steps = np.full((len(shapes(nodes)), nodes, nodes), np.inf)
    for place, links in enumerate(shapes(nodes)):
        for one, other in links:
            steps[place, one, other] = steps[place, other, one] = 1.0
    steps[:, range(nodes), range(nodes)] = 0.0
    for via in range(nodes):
        steps = np.minimum(steps, steps[:, :, [via]] + steps[:, [via], :])
    assert np.array_equal(distances(nodes), steps)


CONNECTED = {3: 2, 4: 6, 5: 21, 6: 112, 7: 853}
"""Connected networks without directions that differ in more than the names of their nodes (OEIS A001349)."""


@pytest.mark.parametrize(("nodes", "count"), CONNECTED.items())
def test_no_network_is_left_out(nodes, count):
    assert len(shapes(nodes)) == count


@pytest.mark.parametrize("nodes", SIZES)
@pytest.mark.parametrize("chance", [0.1, 0.3, 0.49, 0.51, 0.7, 0.9])
def test_below_one_half_the_complete_network_is_best_and_above_it_the_star(nodes, chance):
    """Anybody may be found out, and each link of whoever is endangers with this chance."""
    counts = np.array([len(links) for links in shapes(nodes)])
    secrecy = (nodes * nodes - nodes - 2.0 * chance * counts) / nodes**2
    worth = secrecy * informs(nodes)
    best = int(worth.argmax())
    assert name(nodes, shapes(nodes)[best]) == ("complete" if chance < 0.5 else "star")
    if nodes == 7:
        published = {0.1: 0.7714, 0.3: 0.6, 0.49: 0.4371, 0.51: 0.4271, 0.7: 0.4, 0.9: 0.3714}
        assert worth[best] == pytest.approx(published[chance], abs=5e-5)


@pytest.mark.parametrize(("nodes", "chance"), [(4, 0.3), (5, 0.49), (5, 0.7)])
def test_the_secrecy_of_every_network_is_what_the_cascade_leaves_unexposed(nodes, chance):
    draws = 1_500
    left = np.isinf(exposed(nodes, chance, hours=1.0, draws=draws)).mean(axis=(1, 2, 3))
    counts = np.array([len(links) for links in shapes(nodes)])
    error = np.sqrt(2.0 * counts * chance * (1.0 - chance) / draws) / nodes**2
    off = (left - (nodes * nodes - nodes - 2.0 * chance * counts) / nodes**2) / error
    assert np.abs(off).max() < 4.0
    assert abs(np.sum(off**2) - off.size) < 4.0 * np.sqrt(2.0 * off.size)
    best = name(nodes, shapes(nodes)[int((left * informs(nodes)).argmax())])
    assert best == ("complete" if chance < 0.5 else "star") or chance == 0.49


@pytest.mark.parametrize(
    ("nodes", "best", "worth"),
    [(4, "path", 0.21), (5, "ring", 0.26667), (6, "7 links", 0.28261), (7, "9 links", 0.30545)],
)
def test_where_the_busy_are_found_out_sooner_a_path_a_ring_and_a_ring_with_chords_are_best(nodes, best, worth):
    """Found out in proportion to its links and itself, and then all its neighbours with it."""
    hours = distances(nodes)
    reached = (hours <= 1.0).sum(axis=2)
    found_out = reached / reached.sum(axis=1, keepdims=True)
    secrecy = (found_out * (nodes - reached)).sum(axis=1) / nodes
    value = secrecy * informs(nodes)
    assert name(nodes, shapes(nodes)[int(value.argmax())]) == best
    assert value.max() == pytest.approx(worth, abs=5e-6)
