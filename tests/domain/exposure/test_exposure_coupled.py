"""What is exact, draw by draw: luck stands still, so two answers differ only by what differs between their worlds.

None of this is statistical; where ids change, and luck with them, it says so.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from exposure_worlds import DAY, HORIZON, network, table
from hypothesis import given, settings
from hypothesis import strategies as st

from ojakgyo.domain.exposure.blast import blast_radii, blast_radius
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.laws import Empirical, Exponential, Immediate, Lognormal, Weibull
from ojakgyo.domain.exposure.network import network_of
from ojakgyo.domain.exposure.seeds import Seed

NODES = list(range(7))
LAWS = (
    DAY,
    Weibull(0.7, 18.0),
    Lognormal(30.0, 1.0, after=0.1),
    Immediate(),
    Immediate(0.7),
    Empirical((0.3, 9.0), (0.2, 1.0)),
)
DRAWS = 32

chances = st.floats(0.0, 1.0) | st.sampled_from([0.0, 1e-12, 0.05, 0.5, 1.0])
hours = st.floats(-30.0, 80.0) | st.sampled_from([0.0, 0.1, 0.7, 0.8, 72.0])
links = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), chances, st.sampled_from(LAWS)), max_size=24)
seeds = st.lists(
    st.builds(
        lambda node, chance, first, wide: Seed(node=node, probability=chance, edges=(first, first + wide)),
        st.sampled_from(NODES),
        chances,
        st.sampled_from([-20.0, -0.1, 0.0, 0.1, 6.0]),
        st.sampled_from([0.0, 5.0]),
    ),
    max_size=4,
    unique_by=lambda seed: seed.node,
)
contacts = st.lists(hours | st.just(-np.inf), min_size=7, max_size=7).map(np.array)
few = settings(max_examples=30, deadline=None)
many = settings(max_examples=80, deadline=None)
engine = pytest.mark.parametrize("engine", ["numba", "numpy"])


def run(some, taken, *, horizon=HORIZON, key=3, **more):
    world = network(some, NODES) if isinstance(some, list) else some
    return cascade(world, taken, draws=DRAWS, horizon=horizon, key=key, **more)


def same(one, other):
    """To the bit, in every column."""
    columns = ("nodes", "places", "starts", "draw", "time", "seed")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in columns)


@many
@given(links, seeds, st.none() | contacts, st.none() | contacts, hours)
def test_both_engines_give_the_same_arrivals_to_the_bit(some, taken, clear, safe, horizon):
    world = network(some, NODES)
    safe = None if safe is None else -safe
    asked = {"horizon": horizon, "clear_until": clear, "safe_from": safe}
    assert same(run(world, taken, engine="numba", **asked), run(world, taken, engine="numpy", **asked))


@few
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 12), st.integers(0, 12))
def test_both_engines_agree_whether_tenths_of_hours_add_up_to_the_horizon(first, second, start, third):
    """0.1 + 0.7 is less than 0.8: what just fits must just fit in both, and in whatever order it is added."""
    some = [(0, 1, 1.0, Immediate(first / 10)), (1, 2, 1.0, Immediate(second / 10)), (2, 3, 1.0, Immediate(third / 10))]
    taken = [Seed(node=0, probability=1.0, edges=(start / 10, start / 10))]
    for total in (start + first, start + first + second, start + first + second + third):
        for horizon in (total / 10, np.nextafter(total / 10, 0.0), np.nextafter(total / 10, 9.0)):
            one, other = (run(some, taken, horizon=float(horizon), engine=name) for name in ("numba", "numpy"))
            assert same(one, other)
            assert one.time.max(initial=-1.0) <= horizon
            last = start / 10 + first / 10
            assert np.isfinite(one.hours(1)).all() == (last <= horizon)


@engine
@few
@given(links, seeds, st.data())
def test_a_likelier_link_never_makes_an_arrival_later(engine, some, taken, data):
    likelier = [(*ends, data.draw(st.floats(chance, 1.0)), law) for *ends, chance, law in some]
    assert np.all(table(run(likelier, taken, engine=engine)) <= table(run(some, taken, engine=engine)))


@few
@given(links, links, seeds)
def test_one_more_link_never_makes_an_arrival_later(some, more, taken):
    assert np.all(table(run([*some, *more], taken)) <= table(run(some, taken)))


@few
@given(links, seeds, links)
def test_planned_links_that_are_joined_are_as_good_as_known_ones(some, taken, more):
    known = network([*some, *more], NODES)
    planned = network(some, NODES)
    planned = replace(planned, laws=known.laws).joined(
        source=[link[0] for link in more],
        target=[link[1] for link in more],
        probability=[link[2] for link in more],
        law=[known.laws.index(link[3]) for link in more],
        links=range(1000 + len(some), 1000 + len(some) + len(more)),
    )
    assert same(run(planned, taken), run(known, taken))


@few
@given(links, seeds, st.integers(0, 3))
def test_one_more_seed_never_makes_an_arrival_later(some, taken, left):
    assert np.all(table(run(some, taken)) <= table(run(some, taken[:left])))


@few
@given(links, seeds)
def test_an_arrival_is_the_earliest_that_any_seed_alone_would_bring_and_names_that_seed(some, taken):
    world = network(some, NODES)
    together = run(world, taken)
    alone = np.array([table(run(world, [seed])) for seed in taken]).reshape(len(taken), len(NODES), DRAWS)
    assert np.array_equal(table(together), alone.min(axis=0, initial=np.inf))
    place = np.repeat(together.places, together.counts)
    assert np.array_equal(together.seed, alone[:, place, together.draw].argmin(axis=0) if taken else [])


@engine
@few
@given(links, seeds, hours, hours, st.none() | contacts)
def test_a_longer_horizon_adds_arrivals_and_changes_none(engine, some, taken, one, other, clear):
    short, long = (
        table(run(some, taken, horizon=each, clear_until=clear, engine=engine)) for each in sorted((one, other))
    )
    assert np.array_equal(np.where(long <= min(one, other), long, np.inf), short)


@few
@given(links, seeds, st.none() | contacts, st.integers(0, 99))
def test_a_link_that_cannot_endanger_changes_nothing_wherever_it_is(some, taken, clear, shuffle):
    random = np.random.default_rng(shuffle)
    none = [(*random.choice(NODES, 2).tolist(), 0.0, LAWS[random.integers(len(LAWS))]) for _ in range(5)]
    one, other = (run(each, taken, clear_until=clear) for each in (some, [*some, *none]))
    assert same(one, other)


@few
@given(links, seeds, st.none() | contacts, st.integers(0, 99))
def test_the_order_in_which_nodes_links_and_laws_are_given_changes_nothing(some, taken, clear, shuffle):
    random = np.random.default_rng(shuffle)
    order, laws = random.permutation(len(some)), random.permutation(len(LAWS)).tolist()

    def built(picked, nodes, law_order):
        made, _ = network_of(
            nodes,
            source=[some[place][0] for place in picked],
            target=[some[place][1] for place in picked],
            probability=[some[place][2] for place in picked],
            law=[law_order.index(LAWS.index(some[place][3])) for place in picked],
            links=[500 + place for place in picked],
            laws=tuple(LAWS[place] for place in law_order),
        )
        return made

    plain = run(built(range(len(some)), NODES, list(range(len(LAWS)))), taken, clear_until=clear)
    mixed = run(built(order, NODES[::-1], laws), taken, clear_until=clear)
    assert same(plain, mixed)
    assert np.array_equal(table(run(some, taken[::-1], clear_until=clear)), table(run(some, taken, clear_until=clear)))


@few
@given(links, seeds, st.none() | contacts, st.sampled_from([1.0, 24.0, -8.0, 1024.0]))
def test_advancing_the_clock_without_facts_moves_nothing(some, taken, clear, passed):
    """The same instants said from a later t0. In the last digits hours may round, at the horizon they may fall off."""
    later = [replace(seed, edges=tuple(edge - passed for edge in seed.edges)) for seed in taken]
    before = run(some, taken, clear_until=clear)
    moved = {"horizon": HORIZON - passed, "clear_until": None if clear is None else clear - passed}
    after = table(run(some, later, **moved)) + passed
    apart = ~np.isclose(after, table(before), rtol=0.0, atol=1e-9)
    assert not apart[:, _clear_cut(table(before), clear)].any()


def _clear_cut(found, clear):
    """The draws in which nothing happens within a breath of an hour that decides."""
    deciding = [HORIZON, *([] if clear is None else clear[np.isfinite(clear)])]
    return ~np.any([np.isclose(found, hour, rtol=0.0, atol=1e-6) for hour in deciding], axis=(0, 1))


@few
@given(links, seeds, st.lists(st.floats(1e-6, 1.0 - 1e-6), min_size=2, max_size=6), st.none() | hours, st.booleans())
def test_bearing_more_risk_never_brings_a_deadline_forward(some, taken, risks, since, sure):
    found = run(some, taken)
    asked = {"since": -np.inf if since is None else since, "sure": sure}
    for bolder, careful in pairwise(deadlines(found, risk, **asked) for risk in sorted(risks, reverse=True)):
        assert np.all(careful <= bolder)


@few
@given(links, seeds, st.floats(0.001, 0.999))
def test_the_lower_limit_of_a_deadline_is_no_later_than_the_deadline(some, taken, risk):
    found = run(some, taken)
    assert np.all(deadlines(found, risk, sure=True) <= deadlines(found, risk))


@few
@given(links, seeds, st.integers(1, 70))
def test_the_first_draws_of_many_are_those_of_few(some, taken, draws):
    world = network(some, NODES)
    few_, many_ = (table(cascade(world, taken, draws=count, horizon=HORIZON, key=3)) for count in (draws, 99))
    assert np.array_equal(many_[:, :draws], few_)


@pytest.mark.parametrize("shift", [1, 1_000_003, 2**40, -50])
def test_other_ids_draw_other_luck_and_give_the_same_answer_within_its_error(shift):
    random = np.random.default_rng(9)
    some = [
        (*random.choice(NODES, 2, replace=False).tolist(), float(random.uniform(0.2, 0.8)), LAWS[place % 6])
        for place in range(14)
    ]
    renamed = [(one + shift, other + shift, chance, law) for one, other, chance, law in some]
    draws, taken = 40_000, Seed(node=0, probability=0.8)
    plain = cascade(network(some, NODES), [taken], draws=draws, horizon=HORIZON, key=3)
    other = cascade(
        network(renamed, [node + shift for node in NODES]),
        [replace(taken, node=shift)],
        draws=draws,
        horizon=HORIZON,
        key=3,
    )
    assert not np.array_equal(plain.time, other.time)
    for hour in (1.0, 12.0, HORIZON):
        one, two = plain.probability_by(hour), other.probability_by(hour)
        assert np.all(np.abs(one - two) <= 4.0 * np.sqrt((one * (1 - one) + two * (1 - two)) / draws) + 1 / draws)


@settings(max_examples=10, deadline=None)
@given(links, st.floats(0.0, 80.0))
def test_blast_radii_are_the_same_for_any_engine_and_any_number_of_threads(some, horizon):
    world = network(some, NODES)
    ways = ({"engine": "numba"}, {"engine": "numpy"}, {"threads": 2})
    radii = [blast_radii(world, horizon=horizon, error=0.2, key=4, **way) for way in ways]
    assert all(np.array_equal(radii[0].mean, other.mean) and radii[0].roots == other.roots for other in radii[1:])
    one, other = (
        blast_radius(world, NODES, draws=9, horizon=horizon, key=4, engine=name) for name in ("numba", "numpy")
    )
    assert np.array_equal(one, other)


@settings(max_examples=10, deadline=None)
@given(links, links, st.floats(0.0, 80.0))
def test_a_planned_link_never_makes_a_blast_radius_smaller_in_any_draw(some, more, horizon):
    before, after = (
        [blast_radius(network(each, NODES), [node], draws=1, horizon=horizon, key=4)[0][0] for node in NODES]
        for each in (some, [*some, *more])
    )
    assert np.all(np.array(after) >= before)


def test_the_engine_that_nobody_chose_is_one_of_the_two():
    assert engines.of(None).name in ("numba", "numpy")
    assert {engines.of(name).name for name in ("numba", "numpy")} == {"numba", "numpy"}


def test_exponentials_are_not_mixed_up():
    """Twelve laws in one network, each link by its own: the table of one is not read for another."""
    laws = [Exponential(2.0**place) for place in range(12)]
    some = [(0, place + 1, 1.0, law) for place, law in enumerate(laws)]
    found = cascade(network(some), [Seed(node=0, probability=1.0)], draws=20_000, horizon=1e6, key=1)
    for place, law in enumerate(laws):
        hours_ = found.hours(place + 1)
        assert abs(hours_.mean() / law.mean - 1.0) < 4.0 / np.sqrt(20_000)
