"""The cascade on whole families of networks whose answers are known: complete ones, fans, parallel and shared links.

Each answer is worked out here, for any size; single cases on paper stand in test_exposure_closed_forms.py.
"""

from math import comb, erf, exp, factorial, log, prod, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from exposure_worlds import DAY, HORIZON, agrees, erlang, network, reached, spread, surprise, table

from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.incident import incident
from ojakgyo.domain.exposure.laws import Empirical, Exponential, Immediate, Lognormal, Weibull
from ojakgyo.domain.exposure.seeds import Seed

MEASURED = Empirical((0.0, 2.0, 10.0, 10.0, 90.0), (0.0, 0.02, 0.3, 0.6, 1.0))
NORMAL = NormalDist().cdf


def by_exponential(hours):
    return 1.0 - exp(-hours / 24.0)


def by_weibull(hours):
    return 1.0 - exp(-((hours / 18.0) ** 0.7))


def by_steep_weibull(hours):
    return 1.0 - exp(-((hours / 30.0) ** 3.0))


def by_lognormal(hours):
    return NORMAL(log(hours / 72.0)) if hours > 0.0 else 0.0


def by_measured(hours):
    if hours < 10.0:
        return 0.01 * hours if hours < 2.0 else 0.02 + 0.035 * (hours - 2.0)
    return min(1.0, 0.6 + 0.005 * (hours - 10.0))


LAWS = {
    "exponential": (DAY, by_exponential),
    "weibull": (Weibull(0.7, 18.0), by_weibull),
    "steep weibull": (Weibull(3.0, 30.0), by_steep_weibull),
    "lognormal": (Lognormal(72.0, 1.0), by_lognormal),
    "measured": (MEASURED, by_measured),
}
EARLY = (1e-4, 1e-3, 0.01, 0.05)
every_law = pytest.mark.parametrize(("law", "by"), LAWS.values(), ids=LAWS.keys())


@every_law
def test_the_delays_of_a_link_keep_its_law_from_the_first_hours_on(law, by):
    """Kolmogorov's distance of all delays from the law; and the early ones each at their share, 1 in 10,000 too."""
    draws = 200_000
    hours = np.sort(spread([(0, 1, 1.0, law)], draws=draws, horizon=5_000.0).hours(1))
    at = np.arange(0, draws, 97)
    below, share = (
        np.array([by(each * (1.0 - 1e-12)) for each in hours[at]]),
        np.array([by(each) for each in hours[at]]),
    )
    apart = np.maximum(below - (at + 1) / draws, at / draws - share)
    assert apart.max() * sqrt(draws) < 2.2
    for early in EARLY:
        rank = int(early * draws)
        assert (
            by(hours[rank] * (1.0 - 1e-12)) - 4.0 * sqrt(early / draws)
            <= early
            <= by(hours[rank]) + 4.0 * sqrt(early / draws)
        )


@every_law
def test_a_link_that_is_no_certainty_has_the_same_law_when_it_endangers(law, by):
    draws = 150_000
    hours = spread([(0, 1, 0.37, law)], draws=draws, horizon=5_000.0).hours(1)
    for hour in (0.5, 2.0, 9.0, 24.0, 72.0):
        assert agrees((hours <= hour).mean(), 0.37 * by(hour), draws)
    assert agrees(np.isfinite(hours).mean(), 0.37 * by(5_000.0), draws)


@pytest.mark.parametrize(("median", "within"), [(24.0, 0.05), (72.0, 0.35)])
def test_the_first_hour_of_a_slow_law_is_right_where_a_table_of_even_steps_was_wrong_by_a_factor_of_ten(median, within):
    """Sixty links at once: some 4,400 arrivals in the first hour tell 5 % apart; of the slower law there are some 60."""
    leaves, draws = range(1, 61), 100_000
    found = spread([(0, leaf, 1.0, Lognormal(median, 1.0)) for leaf in leaves], draws=draws, horizon=1.0)
    due = 60 * draws * NORMAL(-log(median))
    arrivals = found.time.size - draws
    assert abs(arrivals / due - 1.0) <= within
    assert abs(arrivals - due) <= 4.0 * sqrt(due)


def test_the_deadlines_of_a_path_of_two_from_one_in_a_thousand_to_one_in_five():
    found = spread([(0, 1, 1.0, DAY), (1, 2, 1.0, DAY)], draws=200_000)
    for risk in (1e-3, 0.01, 0.05, 0.2):
        assert abs(erlang(2, deadlines(found, risk)[2] / 24.0) - risk) <= 4.0 * sqrt(risk / 200_000)


@pytest.mark.parametrize(("size", "chance"), [(4, 0.3), (5, 0.2), (5, 0.45), (7, 0.15)])
def test_everybody_knows_everybody_and_so_many_are_reached(size, chance):
    """All of k are reached with a chance that follows from that of fewer (Gilbert 1959); then nobody else is."""
    whole = [0.0, 1.0]
    for k in range(2, size + 1):
        whole.append(1.0 - sum(comb(k - 1, j - 1) * whole[j] * (1.0 - chance) ** (j * (k - j)) for j in range(1, k)))
    sizes = [comb(size - 1, k - 1) * whole[k] * (1.0 - chance) ** (k * (size - k)) for k in range(1, size + 1)]
    assert size != 4 or sum(k * each for k, each in enumerate(sizes, 1)) == pytest.approx(2.316556, abs=1e-6)
    links = [(one, other, chance, Immediate()) for one in range(size) for other in range(size) if one != other]
    found = spread(links, draws=30_000)
    assert surprise(np.bincount(np.bincount(found.draw) - 1, minlength=size), sizes) < 4.0


@pytest.mark.parametrize("size", [3, 5, 6])
def test_everybody_tells_everybody_and_the_last_hears_after_so_long(size):
    """From k reached to one more takes an exponential of mean 24 / (k (size - k)): their sum has this mean and variance."""
    links = [(one, other, 1.0, DAY) for one in range(size) for other in range(size) if one != other]
    hours = np.sort(table(spread(links, draws=30_000, horizon=10_000.0)), axis=0)
    for k in range(1, size):
        steps = [24.0 / (j * (size - j)) for j in range(1, k + 1)]
        error = sqrt(sum(step**2 for step in steps) / 30_000)
        assert abs(hours[k].mean() - sum(steps)) <= 4.0 * error
        assert hours[k].var() == pytest.approx(sum(step**2 for step in steps), rel=0.1)


@pytest.mark.parametrize("leaves", [1, 2, 6, 40])
def test_so_many_leaves_of_a_star_are_reached(leaves):
    chance = 0.3 * by_exponential(HORIZON)
    found = spread([(0, leaf, 0.3, DAY) for leaf in range(1, leaves + 1)], draws=40_000)
    counts = np.bincount(np.bincount(found.draw) - 1, minlength=leaves + 1)
    assert (
        surprise(counts, [comb(leaves, k) * chance**k * (1.0 - chance) ** (leaves - k) for k in range(leaves + 1)])
        < 4.0
    )


def test_sixty_ways_over_sixty_others_are_sixty_chances():
    """The case in which the prototype came nearest to a defect; each leaf as often as due, and no two together more so."""
    width, draws = 60, 60_000
    out = [(0, leaf, 0.05, DAY) for leaf in range(1, width + 1)]
    found = spread([*out, *((leaf, width + 1, 0.05, DAY) for leaf in range(1, width + 1))], draws=draws)
    assert agrees(reached(found, width + 1), 1.0 - (1.0 - 0.05**2 * erlang(2, 3.0)) ** width, draws)
    hit = np.isfinite(table(found)[1 : width + 1])
    chance = 0.05 * by_exponential(HORIZON)
    off = (hit.sum(axis=1) - draws * chance) / sqrt(draws * chance * (1.0 - chance))
    assert np.abs(off).max() < 4.3
    assert abs(np.sum(off**2) - width) < 4.0 * sqrt(2.0 * width)
    pairs = np.corrcoef(hit)[np.triu_indices(width, 1)] * sqrt(draws)
    assert abs(np.sum(pairs**2) - pairs.size) < 4.0 * sqrt(2.0 * pairs.size)


@pytest.mark.parametrize("ways", [2, 3, 5])
def test_that_many_links_between_the_same_two_strike_like_the_first_of_them(ways):
    """The least of equal Weibulls is a Weibull of the same shape; the least of any is one less the product."""
    found = spread([(0, 1, 1.0, Weibull(0.7, 18.0))] * ways)
    assert agrees(reached(found, 1, 6.0), 1.0 - exp(-ways * (6.0 / 18.0) ** 0.7))
    some = list(LAWS.values())[:ways]
    mixed = spread([(0, 1, 0.4, law) for law, _ in some])
    for hour in (3.0, 24.0, HORIZON):
        assert agrees(reached(mixed, 1, hour), 1.0 - prod(1.0 - 0.4 * by(hour) for _, by in some))


@pytest.mark.parametrize("width", [2, 4])
def test_disjoint_ways_are_independent_and_ways_behind_a_shared_link_are_not(width):
    middle = range(1, width + 1)
    apart = [*((0, each, 0.5, DAY) for each in middle), *((each, 9, 0.5, DAY) for each in middle)]
    assert agrees(reached(spread(apart), 9), 1.0 - (1.0 - 0.25 * erlang(2, 3.0)) ** width)
    shared = [(0, 8, 0.5, Immediate(1.0)), *((8, each, 1.0, Immediate()) for each in middle)]
    found = spread([*shared, *((each, 9, 0.5, DAY) for each in middle)])
    assert agrees(reached(found, 9), 0.5 * (1.0 - (1.0 - 0.5 * by_exponential(71.0)) ** width))


@pytest.mark.parametrize("length", [2, 3, 4])
def test_a_path_of_even_delays_is_the_law_of_irwin_and_hall(length):
    found = spread([(step, step + 1, 1.0, Empirical((0.0, 10.0), (0.0, 1.0))) for step in range(length)], draws=60_000)
    for share in (0.3, 0.5, 0.8):
        x = share * length
        exact = sum((-1) ** k * comb(length, k) * max(0.0, x - k) ** length for k in range(length + 1)) / factorial(
            length
        )
        assert agrees(reached(found, length, 10.0 * x), exact, 60_000)


def test_a_path_of_lognormal_and_fixed_delays():
    """Fixed delays only shift; behind a lognormal nothing else is random."""
    links = [(0, 1, 0.9, Immediate(4.0)), (1, 2, 0.8, Lognormal(12.0, 0.5, after=2.0)), (2, 3, 0.7, Immediate(6.0))]
    found = spread(links)
    assert reached(found, 3, 12.0) == 0.0
    for hour in (20.0, 24.0, 40.0):
        exact = 0.9 * 0.8 * 0.7 * 0.5 * (1.0 + erf(log((hour - 12.0) / 12.0) / 0.5 / sqrt(2.0)))
        assert agrees(reached(found, 3, hour), exact)


@pytest.mark.parametrize("mean", [3.0, 24.0])
def test_a_link_from_somebody_taken_at_an_unknown_hour(mean):
    """Taken evenly within a day: the law of the link averaged over it."""
    found = spread([(0, 1, 0.6, Exponential(mean))], seeds=[Seed(node=0, probability=0.7, edges=(-24.0, 0.0))])
    for hour in (0.0, 6.0, 48.0):
        missed = mean / 24.0 * (exp(-hour / mean) - exp(-(hour + 24.0) / mean))
        assert agrees(reached(found, 1, hour), 0.7 * 0.6 * (1.0 - missed))


@pytest.mark.parametrize("seeds", [2, 5, 12])
def test_many_uncertain_seeds_of_one_target(seeds):
    some = [Seed(node=node, probability=0.05 * (node + 1), edges=(2.0 * node, 2.0 * node)) for node in range(seeds)]
    found = spread([(node, 99, 0.3, DAY) for node in range(seeds)], seeds=some)
    for hour in (1.0, 25.0, HORIZON):
        exact = 1.0 - prod(
            1.0 - each.probability * 0.3 * by_exponential(max(0.0, hour - each.edges[0])) for each in some
        )
        assert agrees(reached(found, 99, hour), exact)


@pytest.mark.parametrize("size", [3, 5, 9])
def test_a_ring_reaches_each_from_both_sides(size):
    """Two ways of so many links each, disjoint but for their ends."""
    ring = [(node, (node + step) % size, 0.6, DAY) for node in range(size) for step in (1, -1)]
    found = spread(ring, draws=60_000)
    for node in range(1, size):
        one, other = (0.6**length * erlang(length, 3.0) for length in (node, size - node))
        assert agrees(reached(found, node), 1.0 - (1.0 - one) * (1.0 - other), 60_000)


@pytest.mark.parametrize("risk", [0.01, 0.05, 0.3])
def test_the_lower_limit_of_a_deadline_holds_nineteen_times_out_of_twenty_and_not_always(risk):
    """Four hundred links of the same law are four hundred samples of the same deadline."""
    found = spread([(0, leaf, 1.0, DAY) for leaf in range(1, 401)], draws=2_000)
    held = (deadlines(found, risk, sure=True)[1:] <= -24.0 * log(1.0 - risk)).mean()
    assert 0.95 - 4.0 * sqrt(0.95 * 0.05 / 400) <= held <= 0.99


def test_the_share_of_each_seed_is_how_often_it_comes_first():
    """Of two exponentials the quicker wins in proportion to its rate; who is taken half the time races half the time."""
    links = [(0, 2, 1.0, Exponential(6.0)), (1, 2, 1.0, Exponential(18.0))]
    seeds = [Seed(node=0, probability=0.5), Seed(node=1, probability=1.0)]
    found = incident(network(links), seeds, draws=100_000, horizon=1_000.0, risk=0.05, key=1)
    assert found.nodes.tolist() == [0, 1, 2]
    assert found.probability[1:].tolist() == [1.0, 1.0]
    assert found.shares[:2].tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert agrees(found.shares[2, 0], 0.5 * 0.75)
    assert found.shares.sum(axis=1) == pytest.approx(1.0)
    by = 1.0 - (0.5 + 0.5 * exp(-found.deadline[2] / 6.0)) * exp(-found.deadline[2] / 18.0)
    assert agrees(by, 0.05)
    assert np.all(found.sure <= found.deadline)
    for quantile, share in zip(found.quantiles[2], (0.01, 0.05, 0.25, 0.5, 0.75, 0.95), strict=True):
        assert agrees(1.0 - (0.5 + 0.5 * exp(-quantile / 6.0)) * exp(-quantile / 18.0), share)


@pytest.mark.parametrize(("share", "astray"), [(0.5, 0.0), (0.3, 1 / 256), (0.05, 1 / 2048), (0.9, 1 / 1024)])
def test_a_law_that_was_measured_in_two_heaps_strikes_hardly_ever_between_them(share, astray):
    """Some within the hour, the others after two days. The table of delays is as fine as one step in 64 of each halving."""
    law = Empirical((0.0, 1.0, 48.0, 60.0), (0.0, share, share, 1.0))
    hours = spread([(0, 1, 1.0, law)], draws=50_000).hours(1)
    early, between = (hours <= 1.0).mean(), ((hours > 1.0) & (hours < 48.0)).mean()
    assert between <= 2.0 * astray
    assert abs(early + between / 2 - share) <= between / 2 + 4.0 * sqrt(share * (1.0 - share) / 50_000)
