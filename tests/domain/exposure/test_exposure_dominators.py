"""Who is reached only through whom, against taking each one out and counting again."""

import numpy as np
import pytest
from exposure_worlds import network
from hypothesis import given, settings
from hypothesis import strategies as st

from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.laws import Exponential, Immediate, Lognormal
from ojakgyo.domain.exposure.saving.dominators import Links, dominators, trees
from ojakgyo.domain.exposure.seeds import Seed


def reached(roots, links, without=None):
    """Nodes that links lead to from the roots, one taken out."""
    found, ahead = set(), [root for root in roots if root != without]
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += [goal for origin, goal in links if origin == node and goal != without]
    return found


def lost_without(node, roots, links):
    return len(reached(roots, links)) - len(reached(roots, links, without=node))


def world(roots, links):
    """One draw in which these links lead on from these roots; whoever is not reached is left out."""
    nodes = sorted(reached(roots, links))
    place = {node: at for at, node in enumerate(nodes)}
    kept = [(place[origin], place[goal]) for origin, goal in links if origin in place]
    arrivals = Arrivals(
        nodes=np.array(nodes, dtype=np.int64),
        draws=1,
        horizon=1.0,
        places=np.arange(len(nodes), dtype=np.int32),
        starts=np.arange(len(nodes) + 1, dtype=np.int64),
        draw=np.zeros(len(nodes), dtype=np.int32),
        time=np.zeros(len(nodes)),
        seed=np.zeros(len(nodes), dtype=np.uint16),
    )
    ends = np.array(kept, dtype=np.int64).reshape(-1, 2)
    own = np.isin(arrivals.nodes, roots)
    return arrivals, trees(arrivals, Links(ends[:, 0], ends[:, 1]), own)


def counted(arrivals, made):
    """Node -> how many are reached only through it, itself included."""
    heads = np.ones(arrivals.nodes.size, dtype=np.int64)
    return dict(zip(arrivals.nodes.tolist(), made.below(heads).tolist(), strict=True))


few = st.integers(0, 8)
worlds = st.tuples(st.sets(few, min_size=1, max_size=3), st.lists(st.tuples(few, few), max_size=26))


@settings(max_examples=100, deadline=None)
@given(worlds)
def test_it_is_as_many_as_are_no_longer_reached_when_one_is_taken_out(drawn):
    roots, links = drawn
    arrivals, made = world(sorted(roots), links)
    for node, count in counted(arrivals, made).items():
        if node not in roots:
            assert count == lost_without(node, roots, links)


def test_behind_a_fork_that_joins_again_stands_only_who_is_before_it():
    arrivals, made = world([0], [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (5, 2)])
    assert counted(arrivals, made) == {0: 6, 1: 5, 2: 1, 3: 1, 4: 2, 5: 1}


def test_a_second_way_found_late_takes_somebody_away_from_whole_rows_of_others():
    row = [(at, at + 1) for at in range(6)]
    arrivals, made = world([0, 9], [*row, (9, 5)])
    assert counted(arrivals, made) == {0: 5, 1: 4, 2: 3, 3: 2, 4: 1, 5: 2, 6: 1, 9: 1}


def test_those_below_stand_side_by_side():
    arrivals, made = world([0], [(0, 1), (1, 2), (2, 3), (1, 4), (0, 5)])
    standing = made.in_order(arrivals.nodes)
    below = {node: set(standing[made.first[at] : made.last[at]].tolist()) for at, node in enumerate(arrivals.nodes)}
    assert below == {0: {0, 1, 2, 3, 4, 5}, 1: {1, 2, 3, 4}, 2: {2, 3}, 3: {3}, 4: {4}, 5: {5}}


def test_only_those_who_count_are_counted():
    _, made = world([0], [(0, 1), (1, 2), (2, 3)])
    assert made.below(np.array([1, 0, 1, 4])).tolist() == [6, 5, 5, 4]


def test_arrivals_of_other_worlds_are_refused():
    arrivals, made = world([0], [(0, 1), (1, 2)])
    with pytest.raises(ValueError, match="other worlds"):
        trees(arrivals, Links(np.array([0]), np.array([1])), made.own)


LONG = 1e6
chances = st.sampled_from([0.3, 0.6, 0.9])
laws = st.sampled_from([Exponential(24.0), Immediate(), Lognormal(8.0, 1.0)])
drawn_links = st.lists(st.tuples(few, few, chances, laws), min_size=1, max_size=24).map(
    lambda links: [link for link in links if link[0] != link[1]]
)
SEEDS = (Seed(node=0, probability=0.8, edges=(-5.0, 3.0)), Seed(node=1, probability=0.4))


def both(links, horizon, **more):
    """By both engines: arrivals, how many are below each, and which of them are a seed's own taking."""
    made = network(links, nodes=range(9))
    arrivals = cascade(made, SEEDS, draws=300, horizon=horizon, key=5, **more)
    safe = more.get("safe_from")
    pair = [dominators(made, SEEDS, arrivals, key=5, safe_from=safe, engine=engine) for engine in ("numba", "numpy")]
    below = [found.below(np.ones(9, np.int64)) for found in pair]
    assert below[0].tolist() == below[1].tolist() and pair[0].own.tolist() == pair[1].own.tolist()
    return made, arrivals, np.where(pair[0].own, 0, below[0])


def fewer_without(made, arrivals, node, **more):
    """How many fewer are reached in all draws if nothing ever comes to this node over a link."""
    safe = np.full(9, np.inf)
    safe[node] = -np.inf
    without = cascade(made, SEEDS, draws=300, horizon=arrivals.horizon, key=5, safe_from=safe, **more)
    return arrivals.time.size - without.time.size


@settings(max_examples=20, deadline=None)
@given(drawn_links)
def test_who_is_kept_away_takes_with_them_just_those_below_in_every_draw(links):
    made, arrivals, below = both(links, LONG)
    for node in range(9):
        assert below[arrivals.events(node)].sum() == fewer_without(made, arrivals, node)


@settings(max_examples=20, deadline=None)
@given(drawn_links, st.floats(5.0, 60.0))
def test_with_an_end_in_sight_and_no_contact_it_never_promises_too_much_for_one_told(links, horizon):
    made, arrivals, below = both(links, horizon)
    for node in range(9):
        assert below[arrivals.events(node)].sum() <= fewer_without(made, arrivals, node)


def test_where_a_contact_contradicts_an_early_arrival_it_may_promise_too_much():
    """0 endangers 2 in an hour, 3 in ten; 2 endangers 3 in one, and 3 four and 5, who were heard well at hour five.

    By way of 2 the danger would come to 4 and 5 at hour three, which is contradicted; without 2 at hour eleven.
    """
    ways = [(0, 2, 1.0), (2, 3, 1.0), (0, 3, 10.0), (3, 4, 1.0), (3, 5, 1.0)]
    links = [(one, other, 1.0, Immediate(hours)) for one, other, hours in ways]
    contact = np.where(np.isin(np.arange(9), (4, 5)), 5.0, -np.inf)
    made, arrivals, below = both(links, LONG, clear_until=contact)
    promised = below[arrivals.events(2)].sum()
    assert promised > 0 > fewer_without(made, arrivals, 2, clear_until=contact)


def test_whoever_is_safe_already_is_no_way_to_others():
    safe = np.full(9, np.inf)
    safe[2] = 1.0
    links = [
        (0, 2, 1.0, Exponential(24.0)),
        (0, 3, 1.0, Immediate(2.0)),
        (2, 4, 1.0, Immediate()),
        (3, 4, 1.0, Immediate()),
    ]
    _, arrivals, below = both(links, LONG, safe_from=safe)
    late = arrivals.hours(2) == np.inf
    assert late.any()
    fourth = arrivals.events(3)
    assert (below[fourth] == np.where(late[arrivals.draw[fourth]], 2, 1)).all()
