"""The path that explains a warning."""

from math import exp

import pytest
from exposure_worlds import DAY, network

from ojakgyo.domain.exposure.laws import Exponential, Immediate
from ojakgyo.domain.exposure.paths import strongest
from ojakgyo.domain.exposure.seeds import Seed


def test_the_strongest_path_is_the_greatest_product_not_the_fewest_links():
    world = network([(1, 9, 0.2, Immediate()), (1, 2, 0.9, Immediate()), (2, 9, 0.8, Immediate())])
    found = strongest(world, [Seed(node=1, probability=0.5)], 9, hours=24.0)
    assert found.nodes == (1, 2, 9)
    assert found.links == (1001, 1002)
    assert found.chance == pytest.approx(0.36)
    assert found.shares == ((1, 1.0),)


def test_a_link_that_needs_too_long_weighs_less():
    world = network([(1, 9, 0.8, Exponential(1000.0)), (1, 2, 0.8, Immediate()), (2, 9, 0.8, Immediate())])
    assert strongest(world, [Seed(node=1, probability=1.0)], 9, hours=10.0).nodes == (1, 2, 9)
    assert strongest(world, [Seed(node=1, probability=1.0)], 9, hours=1e6).nodes == (1, 9)


def test_a_likely_seed_far_away_beats_an_unlikely_one_nearby():
    world = network([(1, 9, 0.5, Immediate()), (2, 3, 0.9, Immediate()), (3, 9, 0.9, Immediate())])
    found = strongest(world, [Seed(node=1, probability=0.1), Seed(node=2, probability=0.9)], 9, hours=1.0)
    assert found.nodes == (2, 3, 9)
    assert dict(found.shares) == pytest.approx({2: 0.729 / 0.779, 1: 0.05 / 0.779})
    assert found.shares[0][0] == 2


def test_the_chance_holds_that_of_each_delay():
    found = strongest(network([(1, 2, 0.5, DAY)]), [Seed(node=1, probability=0.8)], 2, hours=24.0)
    assert found.chance == pytest.approx(0.8 * 0.5 * (1.0 - exp(-1.0)))


def test_there_is_no_path_from_nobody_from_oneself_or_over_impossible_links():
    world = network([(1, 2, 0.0, DAY), (2, 1, 1.0, Immediate(5.0))])
    assert strongest(world, [], 2, hours=9.0) is None
    assert strongest(world, [Seed(node=2, probability=1.0)], 2, hours=9.0) is None
    assert strongest(world, [Seed(node=1, probability=1.0)], 2, hours=9.0) is None
    assert strongest(world, [Seed(node=2, probability=1.0)], 1, hours=4.0) is None
    assert strongest(world, [Seed(node=2, probability=0.0)], 1, hours=9.0) is None


def test_of_two_equal_paths_the_same_one_is_always_named():
    links = [(1, 2, 0.5, Immediate()), (1, 3, 0.5, Immediate()), (2, 9, 0.5, Immediate()), (3, 9, 0.5, Immediate())]
    seeds = [Seed(node=1, probability=1.0)]
    assert strongest(network(links), seeds, 9, hours=1.0).nodes == (1, 2, 9)
    assert strongest(network(links[::-1]), seeds, 9, hours=1.0).nodes == (1, 2, 9)
