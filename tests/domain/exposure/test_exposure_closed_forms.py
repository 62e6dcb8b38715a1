"""The cascade against answers known on paper, within four standard errors; keys are fixed."""

from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from exposure_worlds import DAY, HORIZON, agrees, erlang, reached, spread

from ojakgyo.domain.exposure.deadlines import chance, deadlines
from ojakgyo.domain.exposure.laws import Exponential, Immediate, Lognormal, Weibull
from ojakgyo.domain.exposure.seeds import Seed


@pytest.mark.parametrize(("length", "exact"), [(1, 0.570128), (2, 0.288307), (3, 0.124591), (5, 0.014365)])
def test_a_path_of_equal_links(length, exact):
    found = spread([(step, step + 1, 0.6, DAY) for step in range(length)])
    assert exact == pytest.approx(0.6**length * erlang(length, 3.0), abs=1e-6)
    assert agrees(reached(found, length), exact)


def test_the_median_hour_of_a_path_that_was_walked():
    hours = spread([(step, step + 1, 1.0, DAY) for step in range(3)]).hours(3)
    at = 44.899
    density = (at / 24) ** 2 / 2 * exp(-at / 24) / 24 / erlang(3, 3.0)
    walked = hours[hours <= HORIZON]
    assert abs(np.median(walked) - at) <= 4.0 * 0.5 / sqrt(walked.size) / density


def test_a_path_of_distinct_rates():
    found = spread([(0, 1, 0.9, DAY), (1, 2, 0.8, Exponential(12.0)), (2, 3, 0.7, Exponential(6.0))])
    assert agrees(reached(found, 3), 0.439584)


def test_a_star_from_its_centre():
    found = spread([(0, leaf, 0.3, DAY) for leaf in range(1, 7)])
    assert agrees(reached(found, 1), 0.285064)
    first = np.min([found.hours(leaf) for leaf in range(1, 7)], axis=0)
    assert agrees((first <= 24.0).mean(), 0.716808)
    blast = found.probability_by(HORIZON).sum()
    assert abs(blast - 2.71038) <= 4.0 * sqrt(6 * 0.285064 * 0.714936 / 100_000)


def test_from_one_leaf_of_a_star_to_another():
    found = spread([(1, 0, 0.5, DAY), *((0, leaf, 0.3, DAY) for leaf in range(2, 7))], seeds=[1])
    assert agrees(reached(found, 2), 0.120128)


def test_a_diamond():
    found = spread([(0, 1, 0.5, DAY), (0, 2, 0.5, DAY), (1, 3, 0.5, DAY), (2, 3, 0.5, DAY)])
    assert agrees(reached(found, 3), 0.360341)


def test_direct_or_via_one():
    found = spread([(0, 2, 0.4, DAY), (0, 1, 0.5, DAY), (1, 2, 0.5, DAY)])
    assert agrees(reached(found, 2), 0.504200)


def test_a_shared_link_then_two_links_between_the_same_two():
    found = spread([(0, 1, 0.5, DAY), (1, 2, 0.5, DAY), (1, 2, 0.5, DAY)])
    assert agrees(reached(found, 2), 0.313076)


def test_a_binary_tree():
    found = spread([((node - 1) // 2, node, 0.6, DAY) for node in range(1, 15)])
    sizes = np.bincount(found.draw, minlength=found.draws)
    assert abs(sizes.mean() - 4.29021) <= 4.0 * sizes.std() / sqrt(found.draws)


def test_a_weibull_link():
    assert agrees(reached(spread([(0, 1, 0.7, Weibull(0.7, 18.0))]), 1), 0.649998)


def test_a_lognormal_link():
    assert agrees(reached(spread([(0, 1, 0.7, Lognormal(72.0, 1.0))]), 1), 0.35)


@pytest.mark.parametrize("by", [1.0, 3.0, 6.0, 24.0])
def test_the_early_tail_of_a_lognormal_link(by):
    exact = 0.7 * NormalDist().cdf(log(by / 72.0))
    found = spread([(0, 1, 0.7, Lognormal(72.0, 1.0))], draws=200_000)
    assert agrees(reached(found, 1, by), exact, draws=200_000)


def test_two_uncertain_seeds_one_taken_a_day_later():
    found = spread(
        [(0, 2, 0.6, DAY), (1, 2, 0.6, DAY)],
        seeds=[Seed(node=0, probability=0.5), Seed(node=1, probability=0.3, edges=(24.0, 24.0))],
    )
    assert agrees(reached(found, 2), 0.396336)


def test_a_link_that_waits_twelve_hours():
    found = spread([(0, 1, 0.6, Exponential(24.0, after=12.0))])
    assert agrees(reached(found, 1), 0.550749)
    assert reached(found, 1, 12.0) == 0.0


def test_a_directed_ring_of_five():
    found = spread([(node, (node + 1) % 5, 0.6, DAY) for node in range(5)])
    assert agrees(reached(found, 4), 0.045719)


def test_everybody_knows_everybody():
    links = [(one, other, 0.3, Immediate()) for one in range(4) for other in range(4) if one != other]
    found = spread(links)
    sizes = np.bincount(found.draw, minlength=found.draws)
    assert abs(sizes.mean() - 2.316556) <= 4.0 * sizes.std() / sqrt(found.draws)


def test_the_mean_hour_when_all_five_are_reached():
    links = [(one, other, 1.0, DAY) for one in range(5) for other in range(5) if one != other]
    found = spread(links, draws=50_000, horizon=10_000.0)
    last = np.max([found.hours(node) for node in range(5)], axis=0)
    assert abs(last.mean() - 20.0) <= 4.0 * last.std() / sqrt(found.draws)


def test_the_two_directions_of_a_bridge_are_two_chances():
    links = [(0, 1), (0, 2), (1, 2), (2, 1), (1, 3), (2, 3)]
    exact = sum(_joins([link for place, link in enumerate(links) if mask >> place & 1]) for mask in range(64)) / 64
    found = spread([(*link, 0.5, Immediate()) for link in links])
    assert agrees(reached(found, 3), exact)


def _joins(links):
    known = {0}
    for _ in range(4):
        known |= {target for source, target in links if source in known}
    return 3 in known


def test_a_seed_is_taken_evenly_within_each_bin():
    seed = Seed(node=0, probability=0.8, edges=(-48.0, -8.0, 0.0), weights=(0.25, 0.75))
    hours = spread([(0, 1, 0.5, DAY)], seeds=[seed]).hours(0)
    assert agrees((hours <= -28.0).mean(), 0.8 * 0.125)
    assert agrees((hours <= -8.0).mean(), 0.8 * 0.25)
    assert agrees((hours <= -2.0).mean(), 0.8 * (0.25 + 0.75 * 0.75))


def test_the_deadline_at_five_percent_of_a_path_of_two():
    found = spread([(0, 1, 0.5, DAY), (1, 2, 0.5, DAY)], draws=200_000)
    exact = 19.7853
    density = 0.25 * exact / 24 * exp(-exact / 24) / 24
    error = sqrt(0.05 * 0.95 / 200_000) / density
    assert abs(deadlines(found, 0.05)[2] - exact) <= 4.0 * error
    assert agrees(chance(found, 2, np.array([exact]))[0], 0.05, draws=200_000)
