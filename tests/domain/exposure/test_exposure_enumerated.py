"""The cascade against every world there can be: small networks at random, all links live or not, exact chances.

Not only whether each node is reached, but which are reached together, and by when.
"""

import numpy as np
import pytest
from exposure_worlds import Way, agrees, enumerated, network, patterns, spread, surprise, table

from ojakgyo.domain.exposure.blast import blast_radii, blast_radius
from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.laws import Empirical, Immediate
from ojakgyo.domain.exposure.seeds import Seed

DRAWS = 40_000
NEVER = np.inf


def drawn(random, *, most_links, delays=(0.0,)):
    """(nodes, links as (source, target, chance, delay)); the same two may be linked twice, and both ways."""
    nodes = int(random.integers(2, 7))
    count = int(random.integers(nodes - 1, most_links + 1))
    links = []
    for _ in range(count):
        source, target = random.permutation(nodes)[:2]
        links.append(
            (int(source), int(target), float(random.choice([0.1, 0.35, 0.5, 0.8, 1.0])), random.choice(delays))
        )
    return nodes, links


def some_seeds(random, nodes, hours=(0.0,)):
    """One to three uncertain seeds, each taken at one of one or two instants, and every way each may go."""
    seeds, ways = [], []
    for node in random.permutation(nodes)[: int(random.integers(1, min(3, nodes) + 1))]:
        chance, first = float(random.choice([0.3, 0.6, 1.0])), float(random.choice(hours))
        late = first + float(random.choice([0.0, 2.0])) if len(hours) > 1 else first
        seeds.append(
            Seed(node=int(node), probability=chance, edges=(first, first, late, late), weights=(0.75, 0.0, 0.25))
        )
        ways.append((int(node), [Way(first, 0.75 * chance), Way(late, 0.25 * chance), Way(NEVER, 1.0 - chance)]))
    return seeds, ways


def live_or_not(links):
    return [(source, target, [Way(hours, chance), Way(NEVER, 1.0 - chance)]) for source, target, chance, hours in links]


def compare(found, exact, hours):
    """Each node by each hour, all nodes together, and the deadlines."""
    for by in hours:
        shares, chances = found.probability_by(by), exact.by(by)
        assert all(agrees(*both, draws=found.draws) for both in zip(shares, chances, strict=True)), (shares, chances)
    assert surprise(patterns(found), exact.groups()) < 4.0
    for risk in (0.05, 0.5):
        for place, hour in enumerate(deadlines(found, risk)):
            slack = 4.0 * np.sqrt(risk * (1.0 - risk) / found.draws) + 1.0 / found.draws
            before = exact.chance @ (exact.hours[:, place] < hour)
            assert before <= risk + slack
            assert np.isinf(hour) or exact.by(hour)[place] >= risk - slack


@pytest.mark.parametrize("number", range(16))
def test_who_is_reached_at_all_is_as_likely_as_counted_over_all_subsets_of_links(number):
    random = np.random.default_rng(number)
    nodes, links = drawn(random, most_links=9)
    seeds, starts = some_seeds(random, nodes)
    exact = enumerated(nodes, live_or_not(links), starts, horizon=1.0)
    said = [(source, target, chance, Immediate()) for source, target, chance, _ in links]
    compare(spread(said, seeds, DRAWS, 1.0, key=number, nodes=list(range(nodes))), exact, [0.0, 1.0])


@pytest.mark.parametrize("number", range(16))
def test_with_fixed_delays_and_a_horizon_every_hour_is_as_likely_as_counted(number):
    random = np.random.default_rng(100 + number)
    nodes, links = drawn(random, most_links=9, delays=(0.0, 1.0, 2.0, 3.0, 5.0))
    seeds, starts = some_seeds(random, nodes, hours=(-2.0, 0.0, 1.0))
    exact = enumerated(nodes, live_or_not(links), starts, horizon=6.0)
    said = [(source, target, chance, Immediate(float(hours))) for source, target, chance, hours in links]
    compare(spread(said, seeds, DRAWS, 6.0, key=number, nodes=list(range(nodes))), exact, np.arange(-2.0, 7.0))


@pytest.mark.parametrize("number", range(24))
def test_what_a_contact_contradicts_never_arrives_and_what_followed_from_it_neither(number):
    """Some of these worlds have arrivals that only a contradicted one hid, or that follow from one that was not."""
    random = np.random.default_rng(200 + number)
    nodes, links = drawn(random, most_links=9, delays=(0.0, 1.0, 2.0, 3.0, 5.0))
    seeds, starts = some_seeds(random, nodes, hours=(-2.0, 0.0, 1.0))
    clear = random.choice([-np.inf, -1.0, 1.0, 2.0, 4.0], size=nodes)
    exact = enumerated(nodes, live_or_not(links), starts, horizon=8.0, clear=clear)
    said = [(source, target, chance, Immediate(float(hours))) for source, target, chance, hours in links]
    found = spread(said, seeds, DRAWS, 8.0, key=number, nodes=list(range(nodes)), clear_until=clear)
    compare(found, exact, np.arange(-2.0, 9.0))


@pytest.mark.parametrize("number", range(8))
def test_a_delay_that_is_one_of_two_is_as_likely_as_counted(number):
    random = np.random.default_rng(300 + number)
    nodes, links = drawn(random, most_links=6)
    seeds, starts = some_seeds(random, nodes, hours=(0.0, 1.0))
    law = Empirical((1.0, 1.0, 4.0, 4.0), (0.0, 0.5, 0.5, 1.0))
    three = [Way(1.0, 0.5), Way(4.0, 0.5), Way(NEVER, 1.0)]
    ways = [
        (source, target, [Way(way.hours, chance * way.chance if way.hours < NEVER else 1.0 - chance) for way in three])
        for source, target, chance, _ in links
    ]
    exact = enumerated(nodes, ways, starts, horizon=7.0)
    said = [(source, target, chance, law) for source, target, chance, _ in links]
    compare(spread(said, seeds, DRAWS, 7.0, key=number, nodes=list(range(nodes))), exact, np.arange(0.0, 8.0))


@pytest.mark.parametrize("number", range(60))
def test_where_every_link_is_sure_the_answer_is_exact(number):
    """Nothing is left to luck, so nothing is within an error: the hours are those of the walk, with contacts too."""
    random = np.random.default_rng(400 + number)
    nodes, links = drawn(random, most_links=9, delays=(0.0, 0.5, 1.0, 2.0, 3.0, 5.0))
    sure = [(source, target, 1.0, hours) for source, target, _, hours in links]
    taken = {int(node): float(random.integers(-2, 3)) for node in random.permutation(nodes)[:2]}
    clear = random.choice([-np.inf, 0.0, 1.0, 2.5, 4.0], size=nodes)
    exact = enumerated(
        nodes, live_or_not(sure), [(at, [Way(h, 1.0)]) for at, h in taken.items()], horizon=7.0, clear=clear
    )
    seeds = [Seed(node=at, probability=1.0, edges=(hour, hour)) for at, hour in taken.items()]
    said = [(source, target, 1.0, Immediate(float(hours))) for source, target, _, hours in sure]
    for engine in ("numba", "numpy"):
        found = spread(said, seeds, 2, 7.0, nodes=list(range(nodes)), clear_until=clear, engine=engine)
        assert np.array_equal(table(found), np.stack([exact.hours[0]] * 2, axis=1))


@pytest.mark.parametrize("engine", ["numba", "numpy"])
@pytest.mark.parametrize("number", range(6))
def test_the_blast_radius_forward_and_backward_is_as_large_as_counted(number, engine):
    random = np.random.default_rng(500 + number)
    nodes, links = drawn(random, most_links=9, delays=(0.0, 1.0, 2.0, 3.0, 5.0))
    exact = []
    for node in range(nodes):
        worlds = enumerated(nodes, live_or_not(links), [(node, [Way(0.0, 1.0)])], horizon=6.0)
        exact.append(worlds.by(6.0).sum() - 1.0)
    world = network([(*ends, chance, Immediate(float(hours))) for *ends, chance, hours in links], list(range(nodes)))
    mean, error = blast_radius(world, range(nodes), draws=4_000, horizon=6.0, key=number, engine=engine)
    assert np.all(np.abs(mean - exact) <= 4.0 * error + 1e-9)
    radii = blast_radii(world, horizon=6.0, error=0.03, key=number, engine=engine)
    assert np.all(np.abs(radii.mean - exact) <= 4.0 * radii.error + 1.0 / radii.roots)
    assert radii.relative <= 0.03
