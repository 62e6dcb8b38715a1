"""What must hold of every cascade, deadline and path."""

from dataclasses import replace

import numpy as np
import pytest
from exposure_worlds import DAY, HORIZON, network, reached, spread, table
from hypothesis import given, settings
from hypothesis import strategies as st

from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.deadlines import chance, deadlines
from ojakgyo.domain.exposure.laws import Exponential, Immediate, Lognormal, Weibull
from ojakgyo.domain.exposure.network import network_of
from ojakgyo.domain.exposure.seeds import Seed

NODES = range(8)
LAWS = (DAY, Weibull(0.7, 18.0), Lognormal(30.0, 1.0), Immediate(2.0))

links = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.floats(0.0, 1.0), st.sampled_from(LAWS)),
    min_size=1,
    max_size=24,
)
seeds = st.builds(
    Seed,
    node=st.sampled_from(NODES),
    probability=st.floats(0.0, 1.0),
    edges=st.just((-20.0, -3.0, 1.0)),
    weights=st.just((0.5, 0.5)),
)
some_seeds = st.lists(seeds, max_size=3, unique_by=lambda seed: seed.node)
small = settings(max_examples=40, deadline=None)


def run(world, taken, draws=64, horizon=HORIZON, key=5, **more):
    return cascade(world, taken, draws=draws, horizon=horizon, key=key, **more)


@small
@given(links, some_seeds, st.floats(0.0, 1.0))
def test_a_likelier_seed_never_delays_an_arrival(some, taken, more):
    world = network(some, list(NODES))
    likelier = [replace(seed, probability=seed.probability + (1.0 - seed.probability) * more) for seed in taken]
    assert np.all(table(run(world, likelier)) <= table(run(world, taken)))


@small
@given(links, some_seeds, st.floats(0.01, 0.99))
def test_a_deadline_is_the_lower_quantile_of_the_arrivals(some, taken, risk):
    found = run(network(some, list(NODES)), taken)
    ordered = np.sort(table(found), axis=1)
    assert np.array_equal(deadlines(found, risk), ordered[:, int(risk * (found.draws - 1))])


@small
@given(links, some_seeds)
def test_an_unrelated_link_and_node_move_nothing_else(some, taken):
    far = [(-5, -4, 0.5, DAY), (-4, -5, 0.5, DAY)]
    alone = run(network(some, list(NODES)), taken)
    joined = run(network([*some, *far], [-5, -4, *NODES]), [*taken, Seed(node=-5, probability=0.5)])
    assert np.array_equal(table(joined)[2:], table(alone))


@small
@given(links, some_seeds)
def test_arrivals_equal_shortest_paths_worked_out_draw_by_draw(some, taken):
    """In each draw a node is reached by its seed or over a link from a node that was reached before it."""
    world = network(some, list(NODES))
    hours = table(run(world, taken))
    linked = {(int(s), int(t)) for s, t in zip(world.source, world.target, strict=True)}
    roots = {seed.node for seed in taken}
    for node in NODES:
        for draw in np.flatnonzero(np.isfinite(hours[node])):
            earlier = [
                source for source, target in linked if target == node and hours[source, draw] < hours[node, draw]
            ]
            assert node in roots or earlier


def test_the_number_of_draws_held_at_once_changes_nothing(monkeypatch):
    some = [(node, (node * 3 + step) % 8, 0.6, DAY) for node in NODES for step in (1, 2)]
    whole = run(network(some), [Seed(node=0, probability=0.7)], draws=500)
    monkeypatch.setattr("ojakgyo.domain.exposure.cascade._FIRST_DRAWS", 7)
    parts = run(network(some), [Seed(node=0, probability=0.7)], draws=500)
    assert np.array_equal(table(parts), table(whole))
    assert np.array_equal(parts.draw, whole.draw)


def test_the_same_key_answers_the_same_and_another_key_differently():
    some = [(0, 1, 0.5, DAY)]
    assert np.array_equal(spread(some, draws=999).time, spread(some, draws=999).time)
    assert not np.array_equal(spread(some, draws=999).hours(1), spread(some, draws=999, key=2).hours(1))


def test_the_passing_of_time_alone_moves_no_deadline():
    """The same law of when, said from an instant ten hours later, gives the same absolute deadline."""
    some = [(0, 1, 0.7, DAY), (1, 2, 0.9, Lognormal(8.0, 1.0))]
    now = spread(some, seeds=[Seed(node=0, probability=0.9, edges=(-8.0, 0.0))], draws=4096)
    later = spread(some, seeds=[Seed(node=0, probability=0.9, edges=(-18.0, -10.0))], draws=4096)
    assert deadlines(later, 0.05) + 10.0 == pytest.approx(deadlines(now, 0.05))


def test_an_empty_network_and_nobody_taken_give_no_arrivals():
    empty, _ = network_of([], source=[], target=[], probability=[], law=[], links=[])
    assert run(empty, []).time.size == 0
    assert deadlines(run(empty, []), 0.05).size == 0
    calm = run(network([(0, 1, 1.0, DAY)]), [])
    assert np.all(np.isinf(deadlines(calm, 0.05)))
    assert calm.probability_by(HORIZON).tolist() == [0.0, 0.0]


def test_a_seed_without_links_is_reached_and_nobody_else():
    alone, _ = network_of([1, 2], source=[], target=[], probability=[], law=[], links=[])
    assert run(alone, [Seed(node=1, probability=1.0)]).probability_by(0.0).tolist() == [1.0, 0.0]


def test_the_same_link_handed_in_twice_counts_once():
    once = spread([(0, 1, 0.5, DAY)], draws=2_000)
    doubled, _ = network_of(
        [0, 1], source=[0, 0], target=[1, 1], probability=[0.5, 0.5], law=[0, 0], links=[1000, 1000], laws=(DAY,)
    )
    twice = run(doubled, [Seed(node=0, probability=1.0)], draws=2_000, key=1)
    assert np.array_equal(twice.hours(1), once.hours(1))


def test_two_links_between_the_same_two_are_two_chances():
    found = spread([(0, 1, 0.5, Immediate()), (0, 1, 0.5, Immediate())], draws=20_000)
    assert reached(found, 1) == pytest.approx(0.75, abs=0.013)


def test_who_was_in_contact_was_not_reached_before():
    clear = np.array([-np.inf, 20.0, -np.inf])
    some = [(0, 1, 1.0, DAY), (1, 2, 1.0, Immediate())]
    before, after = spread(some, draws=2_000), spread(some, draws=2_000, clear_until=clear)
    kept = before.hours(1) >= 20.0
    assert np.array_equal(after.hours(1), np.where(kept, before.hours(1), np.inf))
    assert np.array_equal(after.hours(2), np.where(kept, before.hours(2), np.inf))


def test_a_contradicted_arrival_makes_a_later_one_credible_again():
    """2 is reached over 1 too early to be true; without 1, over 3, it is not too early."""
    some = [
        (0, 1, 1.0, Immediate(1.0)),
        (1, 2, 1.0, Immediate(1.0)),
        (0, 3, 1.0, Immediate(8.0)),
        (3, 1, 1.0, Immediate(1.0)),
    ]
    clear = np.array([-np.inf, 5.0, 6.0, -np.inf])
    found = spread(some, draws=3, clear_until=clear)
    assert found.hours(1).tolist() == [9.0] * 3
    assert found.hours(2).tolist() == [10.0] * 3


@small
@given(links, some_seeds, st.lists(st.floats(-30.0, 60.0), min_size=8, max_size=8))
def test_with_contacts_the_answer_is_that_of_settling_the_earliest_first(some, taken, contacts):
    """Against a plain reckoning over the same luck: draw by draw, earliest first."""
    world, clear = network(some, list(NODES)), np.array(contacts)
    found = table(run(world, taken, draws=16, clear_until=clear))
    lone = {}
    for link in range(world.links.size):
        source, target = int(world.source[link]), int(world.target[link])
        single, _ = network_of(
            [source, target],
            source=[source],
            target=[target],
            probability=[world.probability[link]],
            law=[world.law[link]],
            links=[world.links[link]],
            laws=world.laws,
        )
        sure = run(single, [Seed(node=source, probability=1.0)], draws=16, horizon=1e6)
        lone[link] = (source, target, sure.hours(target))
    start = table(
        run(network_of(list(NODES), source=[], target=[], probability=[], law=[], links=[])[0], taken, draws=16)
    )
    for draw in range(16):
        expected = _earliest_first(start[:, draw], [(s, t, hours[draw]) for s, t, hours in lone.values()], clear)
        assert found[:, draw] == pytest.approx(expected)


def _earliest_first(start, delays, clear):
    hours, open_ = start.copy(), set(NODES)
    while open_:
        node = min(open_, key=lambda place: hours[place])
        open_.remove(node)
        for source, target, delay in delays:
            arrival = hours[node] + delay
            if source == node and target in open_ and clear[target] <= arrival <= HORIZON:
                hours[target] = min(hours[target], arrival)
    return hours


def test_a_deadline_ahead_leaves_out_the_worlds_that_are_past():
    found = spread([(0, 1, 0.8, Exponential(10.0))], draws=50_000)
    hours = found.hours(1)
    ahead = np.sort(hours[hours > 6.0])
    assert deadlines(found, 0.05, since=6.0)[1] == ahead[int(0.05 * (ahead.size - 1))]
    assert deadlines(found, 0.05)[1] < 6.0
    assert deadlines(found, 0.05, since=6.0)[0] == np.inf


def test_the_curve_of_chance_rises_to_the_share_reached():
    found = spread([(0, 1, 0.8, DAY)], draws=5_000)
    curve = chance(found, 1, np.arange(-1.0, HORIZON + 1))
    assert curve[0] == 0.0
    assert np.all(np.diff(curve) >= 0.0)
    assert curve[-1] == reached(found, 1) == found.probability_by(HORIZON)[1]


def test_what_makes_no_sense_is_refused():
    world = network([(0, 1, 1.0, DAY)])
    seed = Seed(node=0, probability=1.0)
    with pytest.raises(ValueError, match="no such node: 9"):
        run(world, [Seed(node=9, probability=1.0)])
    with pytest.raises(ValueError, match="seeded twice"):
        run(world, [seed, seed])
    with pytest.raises(ValueError, match="needs a draw"):
        run(world, [seed], draws=0)
    with pytest.raises(ValueError, match="risk"):
        deadlines(run(world, [seed]), 0.0)
    with pytest.raises(ValueError, match="no such node"):
        run(world, [seed]).hours(9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"probability": 1.1},
        {"probability": float("nan")},
        {"edges": (0.0,)},
        {"edges": (1.0, 0.0)},
        {"edges": (float("-inf"), 0.0)},
        {"weights": (0.5,)},
        {"edges": (-1.0, 0.0, 1.0), "weights": (1.5, -0.5)},
    ],
)
def test_a_seed_that_is_no_law_is_refused(wrong):
    with pytest.raises(ValueError, match="seed 1"):
        Seed(**({"node": 1, "probability": 0.5} | wrong))


@small
@given(links, st.floats(0.0, 1.0))
def test_a_seed_of_a_chance_endangers_in_the_worlds_of_certainty_that_are_its_own_and_no_others(some, chance_):
    """So it endangers everybody behind it no more than its chance times what certainty would."""
    world = network(some, list(NODES))
    sure, likely = (table(run(world, [Seed(node=0, probability=each)])) for each in (1.0, chance_))
    taken = np.isfinite(likely[0])
    assert np.array_equal(likely[:, taken], sure[:, taken])
    assert not np.isfinite(likely[:, ~taken]).any()


@pytest.mark.parametrize("chance_", [0.1, 0.5, 0.9])
def test_everybody_behind_a_seed_is_endangered_its_chance_times_as_often_as_if_it_were_certain(chance_):
    some = [(0, node, 0.6, Lognormal(48.0, 1.0)) for node in (1, 2, 3)] + [(1, 4, 0.5, DAY)]
    sure = spread(some, seeds=[Seed(node=0, probability=1.0)])
    likely = spread(some, seeds=[Seed(node=0, probability=chance_)])
    for node in (1, 2, 3, 4):
        expected = chance_ * reached(sure, node)
        assert reached(likely, node) == pytest.approx(expected, abs=4.0 * (expected / sure.draws) ** 0.5)
