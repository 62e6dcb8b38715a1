"""The cascade against message passing (Karrer and Newman 2010): exact on trees, never too low where there are rings.

A message is the chance, by each hour, that a node has passed nothing on to a neighbour, as if the neighbour could tell
it nothing. Hours are rounded to a grid, once all down and once all up: the truth stands between the two.
"""

import numpy as np
import pytest
from exposure_worlds import HORIZON, agrees, spread

from ojakgyo.domain.exposure.laws import Empirical, Exponential, Immediate, Lognormal, Weibull
from ojakgyo.domain.exposure.seeds import Seed

EARLIEST = -12.0
LAWS = (
    Exponential(24.0),
    Exponential(6.0, after=3.0),
    Weibull(0.7, 18.0),
    Weibull(2.0, 30.0),
    Lognormal(36.0, 1.0),
    Immediate(5.0),
    Empirical((0.0, 12.0, 48.0), (0.1, 0.5, 1.0)),
)
DRAWS = 60_000


def grid(step):
    return EARLIEST + step * np.arange(round((HORIZON - EARLIEST) / step) + 1)


def arriving(law, step, up):
    """The chance of each number of steps of delay, rounded up or down."""
    count = grid(step).size
    by = np.array([law.within(hours) for hours in step * np.arange(count)])
    if up:
        return np.diff(by, prepend=0.0)
    below = np.array([law.within(np.nextafter(hours, -1.0)) for hours in step * np.arange(1, count + 1)])
    return np.diff(below, prepend=0.0)


def taken_by(seed, at, up):
    """The chance that a seed, taken evenly between two hours, is taken by each hour of the grid, rounded up or down."""
    early, late = seed.edges
    late_by = at if up else at + (at[1] - at[0])
    return seed.probability * np.clip((late_by - early) / (late - early), 0.0, 1.0)


def passed(nodes, links, seeds, *, step, up):
    """float [n, grid]: P(reached by each hour), by messages until none changes. Links are (source, target, chance, law)."""
    at = grid(step)
    untaken = np.ones((nodes, at.size))
    for seed in seeds:
        untaken[seed.node] = 1.0 - taken_by(seed, at, up)
    delay = {law: arriving(law, step, up) for law in LAWS}
    message = np.ones((len(links), at.size))
    for _ in range(200):
        before = message.copy()
        for place, (source, target, chance, law) in enumerate(links):
            told = [other for other, link in enumerate(links) if link[1] == source and link[0] != target]
            unreached = untaken[source] * np.prod(message[told], axis=0)
            message[place] = 1.0 - chance * np.convolve(1.0 - unreached, delay[law])[: at.size]
        if np.abs(message - before).max() < 1e-10:
            break
    else:
        raise AssertionError("the messages do not settle")
    into = [[place for place, link in enumerate(links) if link[1] == node] for node in range(nodes)]
    return 1.0 - np.array([untaken[node] * np.prod(message[into[node]], axis=0) for node in range(nodes)])


def tree(random, nodes):
    """Each node hangs on an earlier one; most are linked both ways, by two chances and two laws."""
    links = []
    for node in range(1, nodes):
        parent = int(random.integers(max(0, node - 4), node))
        ways = [(parent, node), (node, parent)]
        for source, target in ways if random.random() < 0.7 else [ways[int(random.integers(2))]]:
            links.append((source, target, float(random.uniform(0.3, 1.0)), LAWS[int(random.integers(len(LAWS)))]))
    return links


def two_seeds(random, nodes):
    places = random.permutation(nodes)[:2]
    return [
        Seed(node=int(places[0]), probability=0.9, edges=(-12.0, 0.0)),
        Seed(node=int(places[1]), probability=0.4, edges=(0.0, 30.0)),
    ]


def between(found, low, high, step, hours):
    for by in hours:
        place = round((by - EARLIEST) / step)
        for node, share in enumerate(found.probability_by(by)):
            least, most = low[node, place], high[node, place]
            if not least <= share <= most:
                assert agrees(share, least if share < least else most, draws=found.draws), (
                    node,
                    by,
                    least,
                    share,
                    most,
                )


@pytest.mark.parametrize("number", range(5))
def test_on_a_tree_message_passing_is_exact(number):
    random = np.random.default_rng(number)
    links, seeds, step = tree(random, 12), two_seeds(random, 12), 0.25
    low, high = (passed(12, links, seeds, step=step, up=up) for up in (True, False))
    assert np.all(low <= high + 1e-9)
    assert (high - low)[:, -1].max() < 0.02
    found = spread(links, seeds, DRAWS, key=number, nodes=list(range(12)))
    between(found, low, high, step, (-6.0, 0.0, 1.0, 4.0, 12.0, 24.0, 48.0, HORIZON))


@pytest.mark.parametrize("number", range(5))
def test_where_there_are_rings_message_passing_never_answers_too_low(number):
    random = np.random.default_rng(50 + number)
    links = tree(random, 9)
    for _ in range(8):
        source, target = random.permutation(9)[:2]
        links.append((int(source), int(target), 0.7, LAWS[int(random.integers(len(LAWS)))]))
    seeds = two_seeds(random, 9)
    most = passed(9, links, seeds, step=1.0, up=False)
    found = spread(links, seeds, DRAWS, key=number, nodes=list(range(9)))
    for by in (6.0, 24.0, HORIZON):
        shares, place = found.probability_by(by), round(by - EARLIEST)
        assert np.all(shares <= most[:, place] + 4.0 * np.sqrt(most[:, place] * (1.0 - most[:, place]) / DRAWS) + 1e-9)


def test_where_two_ways_share_a_link_message_passing_answers_too_high():
    """So the bound above is none that any answer would keep: it takes the shared link for two chances."""
    links = [
        (source, target, 0.5 if source == 0 else 1.0, Immediate(5.0))
        for source, target in ((0, 1), (1, 2), (1, 3), (2, 4), (3, 4))
    ]
    seeds = [Seed(node=0, probability=1.0, edges=(-12.0, 0.0))]
    assert passed(5, links, seeds, step=1.0, up=False)[4, -1] == pytest.approx(0.75)
    assert agrees(spread(links, seeds, DRAWS).probability_by(HORIZON)[4], 0.5, draws=DRAWS)
