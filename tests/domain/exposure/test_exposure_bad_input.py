"""What makes no sense is refused by name, and what makes sense is answered right: never a wrong answer."""

import time
from math import inf, nan

import numpy as np
import pytest
from exposure_worlds import DAY, network, spread, table

from ojakgyo.domain.exposure.blast import blast_radii, blast_radius
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.incident import incident
from ojakgyo.domain.exposure.laws import Empirical, Exponential, Immediate, Lognormal, Weibull
from ojakgyo.domain.exposure.network import network_of
from ojakgyo.domain.exposure.seeds import Seed

ONE = Seed(node=0, probability=1.0)
NO_NUMBER = [nan, inf, -inf]
engine = pytest.mark.parametrize("engine", ["numba", "numpy"])


def run(world, taken=(ONE,), **more):
    return cascade(world, list(taken), **({"draws": 8, "horizon": 24.0, "key": 1} | more))


def built(nodes=(0, 1), **columns):
    asked = {"source": [0], "target": [1], "probability": [0.5], "law": [0], "links": [7], "laws": (DAY,)}
    return network_of(nodes, **(asked | columns))[0]


@pytest.mark.parametrize("wrong", [*NO_NUMBER, -1.0, 0.0])
def test_a_law_of_delay_without_a_mean_shape_or_scale_is_refused(wrong):
    for law in (
        lambda: Exponential(wrong),
        lambda: Weibull(wrong, 3.0),
        lambda: Weibull(0.7, wrong),
        lambda: Lognormal(wrong, 1.0),
        lambda: Lognormal(8.0, wrong),
    ):
        with pytest.raises(ValueError, match="law"):
            law()


@pytest.mark.parametrize("wrong", [*NO_NUMBER, -0.5])
def test_a_law_whose_delay_begins_nowhere_or_before_its_cause_is_refused(wrong):
    for law in (
        lambda: Immediate(wrong),
        lambda: Exponential(3.0, after=wrong),
        lambda: Weibull(0.7, 3.0, after=wrong),
        lambda: Lognormal(8.0, 1.0, after=wrong),
    ):
        with pytest.raises(ValueError, match="law"):
            law()


@pytest.mark.parametrize(
    ("hours", "shares"),
    [
        ((), ()),
        ((1.0,), ()),
        ((1.0, 2.0), (1.0,)),
        ((2.0, 1.0), (0.5, 1.0)),
        ((1.0, 2.0), (0.6, 0.5)),
        ((1.0, 2.0), (0.5, 0.9)),
        ((1.0, 2.0), (-0.5, 1.0)),
        ((1.0, 2.0), (0.5, 1.5)),
        ((-1.0, 2.0), (0.5, 1.0)),
        ((1.0, inf), (0.5, 1.0)),
        ((nan, 2.0), (0.5, 1.0)),
        ((1.0, 2.0), (nan, 1.0)),
        ((1.0, 2.0), (0.5, nan)),
    ],
)
def test_a_measured_law_that_is_none_is_refused(hours, shares):
    with pytest.raises(ValueError, match="law"):
        Empirical(hours, shares)


@pytest.mark.parametrize("wrong", [*NO_NUMBER, -1e-9, 1.0 + 1e-9])
def test_a_chance_that_is_none_is_refused_by_the_links_name(wrong):
    with pytest.raises(ValueError, match="link 7 has no chance"):
        built(probability=[wrong])
    with pytest.raises(ValueError, match="link 9 has no chance"):
        built().joined(source=[1], target=[0], probability=[wrong], law=[0], links=[9])


@pytest.mark.parametrize("column", ["source", "target", "law", "links"])
def test_ids_that_are_no_whole_numbers_are_refused_and_not_cut_off(column):
    with pytest.raises((ValueError, TypeError)):
        built(**{column: [0.5]})


@pytest.mark.parametrize("nodes", [[0, 1.5], [0, nan], ["a", "b"], [0, 2**63]])
def test_nodes_that_are_no_ids_are_refused(nodes):
    with pytest.raises((ValueError, TypeError, OverflowError)):
        built(nodes=nodes)


def test_a_law_that_is_not_there_is_refused_by_the_links_name():
    for law in (1, -1, 127, 128, 256, 2**40):
        with pytest.raises(ValueError, match="link 7 has no law"):
            built(law=[law])
    with pytest.raises(ValueError, match="laws"):
        built(laws=tuple(Exponential(1.0 + place) for place in range(65)))


def test_columns_of_unequal_length_are_refused():
    for column in ("source", "target", "probability", "law", "links"):
        for wrong in ([0, 0], []):
            with pytest.raises(ValueError, match="equally many"):
                built(**{column: wrong})


def test_the_ends_of_a_planned_link_must_be_there():
    for ends in ((0, 9), (9, 0)):
        with pytest.raises(ValueError, match="no such node: 9"):
            built().joined(source=[ends[0]], target=[ends[1]], probability=[0.5], law=[0], links=[8])


def test_ids_at_the_ends_of_what_an_id_can_be_are_ids():
    least, most = -(2**63), 2**63 - 1
    world, missing = network_of(
        [most, least], source=[least], target=[most], probability=[1.0], law=[0], links=[most], laws=(Immediate(2.0),)
    )
    assert missing == []
    assert run(world, [Seed(node=least, probability=1.0)]).hours(most).tolist() == [2.0] * 8


@engine
def test_self_links_double_links_and_links_to_nobody_change_nothing_for_the_others(engine):
    plain = [(0, 1, 0.5, DAY), (1, 2, 0.5, DAY)]
    odd, missing = network_of(
        [0, 1, 2, 2, 1],
        source=[0, 1, 1, 0, 77, 1, 1],
        target=[1, 2, 1, 0, 1, 88, 2],
        probability=[0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 0.5],
        law=[0] * 7,
        links=[1000, 1001, 5, 6, 8, 9, 1001],
        laws=(DAY,),
    )
    assert missing == [8, 9]
    one, other = (run(world, draws=500, engine=engine) for world in (network(plain), odd))
    assert np.array_equal(table(one), table(other))


@pytest.mark.parametrize("wrong", [*NO_NUMBER, -0.1, 1.1])
def test_a_seed_without_a_chance_or_an_hour_is_refused(wrong):
    with pytest.raises(ValueError, match="seed 3"):
        Seed(node=3, probability=wrong)
    if not np.isfinite(wrong):
        with pytest.raises(ValueError, match="seed 3"):
            Seed(node=3, probability=0.5, edges=(wrong, 1.0))
        with pytest.raises(ValueError, match="seed 3"):
            Seed(node=3, probability=0.5, weights=(wrong,))


def test_seeds_that_are_nowhere_or_twice_are_refused():
    world = network([(0, 1, 1.0, DAY)])
    with pytest.raises(ValueError, match="no such node: 5"):
        run(world, [Seed(node=5, probability=0.0)])
    with pytest.raises(ValueError, match="seeded twice"):
        run(world, [ONE, ONE])
    empty, _ = network_of([], source=[], target=[], probability=[], law=[], links=[])
    with pytest.raises(ValueError, match="no such node: 0"):
        run(empty)


@pytest.mark.parametrize("draws", [0, -1, 2**31, 2**63])
def test_draws_that_cannot_be_drawn_are_refused(draws):
    with pytest.raises(ValueError, match="draw"):
        run(network([(0, 1, 1.0, DAY)]), draws=draws)


@engine
@pytest.mark.parametrize("horizon", NO_NUMBER)
def test_a_horizon_that_does_not_end_is_refused(horizon, engine):
    with pytest.raises(ValueError, match="horizon"):
        run(network([(0, 1, 1.0, DAY)]), horizon=horizon, engine=engine)


@engine
def test_a_horizon_of_nothing_or_before_t0_holds_what_happened_by_then(engine):
    world = network([(0, 1, 1.0, Immediate()), (1, 2, 1.0, Immediate(5.0)), (2, 3, 1.0, DAY)])
    assert table(run(world, horizon=0.0, engine=engine))[:, 0].tolist() == [0.0, 0.0, inf, inf]
    assert run(world, horizon=-1.0, engine=engine).time.size == 0
    early = [Seed(node=0, probability=1.0, edges=(-9.0, -9.0))]
    assert table(run(world, early, horizon=-4.0, engine=engine))[:, 0].tolist() == [-9.0, -9.0, -4.0, inf]


@engine
@pytest.mark.parametrize("clear", [[0.0], [0.0] * 3, [0.0, nan], [[0.0, 0.0]]])
def test_contacts_that_are_not_one_number_for_each_node_are_refused(clear, engine):
    world = network([(0, 1, 1.0, DAY)])
    for name in ("clear_until", "safe_from"):
        with pytest.raises(ValueError, match="contact"):
            run(world, engine=engine, **{name: np.array(clear)})


@engine
def test_a_contact_at_no_end_of_time_clears_everybody_or_nobody(engine):
    world = network([(0, 1, 1.0, Immediate(1.0))])
    never = run(world, clear_until=np.array([-inf, inf]), engine=engine)
    assert table(never)[:, 0].tolist() == [0.0, inf]
    assert table(run(world, clear_until=np.array([inf, -inf]), engine=engine))[:, 0].tolist() == [0.0, 1.0]


@pytest.mark.parametrize("risk", [*NO_NUMBER, 0.0, 1.0, -0.05, 1.5])
def test_a_risk_that_is_none_is_refused(risk):
    with pytest.raises(ValueError, match="risk"):
        deadlines(run(network([(0, 1, 1.0, DAY)])), risk)
    with pytest.raises(ValueError, match="risk"):
        incident(network([(0, 1, 1.0, DAY)]), [ONE], draws=8, horizon=24.0, risk=risk, key=1)


def test_an_engine_that_is_none_is_refused():
    with pytest.raises(ValueError, match="engine"):
        run(network([(0, 1, 1.0, DAY)]), engine="fortran")


@engine
def test_of_nothing_nothing_follows(engine):
    empty, _ = network_of([], source=[], target=[], probability=[], law=[], links=[])
    found = run(empty, [], engine=engine)
    assert (found.time.size, found.probability_by(1.0).size, deadlines(found, 0.05).size) == (0, 0, 0)
    assert blast_radii(empty, horizon=24.0, key=1, engine=engine).mean.size == 0
    assert run(empty, [], clear_until=np.empty(0), engine=engine).time.size == 0
    calm = run(network([(0, 1, 1.0, DAY)]), [], engine=engine)
    assert (calm.time.size, np.isinf(deadlines(calm, 0.05)).all()) == (0, True)
    alone, _ = network_of([4], source=[], target=[], probability=[], law=[], links=[])
    assert run(alone, [Seed(node=4, probability=1.0)], engine=engine).time.tolist() == [0.0] * 8
    assert run(alone, [Seed(node=4, probability=0.0)], engine=engine).time.size == 0


@pytest.mark.parametrize(
    "wrong", [{"error": 0.0}, {"error": nan}, {"error": 2.0}, {"horizon": nan}, {"horizon": inf}, {"threads": 0}]
)
def test_a_blast_radius_of_no_error_no_hours_or_no_thread_is_refused(wrong):
    with pytest.raises(ValueError, match=r"error|hours|thread"):
        blast_radii(network([(0, 1, 1.0, DAY)]), **({"horizon": 24.0, "key": 1} | wrong))


def test_a_blast_radius_of_nobody_and_of_somebody_unknown():
    world = network([(0, 1, 1.0, DAY)])
    assert blast_radius(world, [], draws=8, horizon=24.0, key=1)[0].size == 0
    with pytest.raises(ValueError, match="no such node: 9"):
        blast_radius(world, [9], draws=8, horizon=24.0, key=1)


@pytest.mark.parametrize("key", [0, -1, 2**64 + 5, 2**200])
def test_any_whole_number_is_a_key(key):
    world = network([(0, 1, 0.5, DAY)])
    assert np.array_equal(run(world, key=key).time, run(world, key=key).time)


def test_more_seeds_than_can_be_told_apart_are_refused():
    nodes = np.arange(70_000)
    world, _ = network_of(nodes, source=[], target=[], probability=[], law=[], links=[])
    with pytest.raises(ValueError, match="seeds"):
        run(world, [Seed(node=node, probability=1.0) for node in range(70_000)], draws=1)


def test_a_number_of_seeds_that_fits_is_told_apart():
    count = 1_000
    world = network([(node, node + count, 1.0, Immediate()) for node in range(count)])
    found = run(world, [Seed(node=node, probability=1.0) for node in range(count)], draws=1)
    assert np.array_equal(found.seed, np.tile(np.arange(count), 2))


@engine
def test_a_queue_that_goes_round_many_times_loses_nobody(engine):
    """Everybody to everybody at once, corrected again and again: every path of a chain is shorter than the direct link."""
    size = 64
    some = [(one, other, 1.0, Immediate((other - one) ** 2.0)) for one in range(size) for other in range(one + 1, size)]
    found = run(network(some), draws=3, horizon=1e6, engine=engine)
    assert table(found)[:, 0].tolist() == [float(node) for node in range(size)]


@engine
def test_a_long_chain_is_walked_to_its_end(engine):
    size = 1_000
    found = run(
        network([(node, node + 1, 1.0, Immediate(0.5)) for node in range(size)]), draws=1, horizon=1e6, engine=engine
    )
    assert found.time.tolist() == [0.5 * node for node in range(size + 1)]


def test_a_million_links_are_built_and_asked_within_seconds_and_give_the_right_answer():
    """One in the middle knows a million; each is reached by the chance of its link."""
    size, draws = 1_000_000, 4
    began = time.process_time()
    world, missing = network_of(
        np.arange(size + 1),
        source=np.zeros(size, np.int64),
        target=np.arange(1, size + 1)[::-1],
        probability=np.full(size, 0.3),
        law=np.zeros(size, np.int64),
        links=np.arange(size),
        laws=(DAY,),
    )
    found = run(world, draws=draws)
    assert time.process_time() - began < 5.0
    assert missing == []
    sizes = np.bincount(found.draw, minlength=draws) - 1
    due = 0.3 * (1.0 - np.exp(-1.0))
    assert np.abs(sizes - size * due).max() < 4.5 * np.sqrt(size * due * (1.0 - due))


@pytest.mark.parametrize("law", [Exponential(1e308), Lognormal(1.0, 300.0), Weibull(0.002, 1.0)])
@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_a_law_whose_hours_do_not_end_is_refused_before_anything_is_drawn(law, engine):
    with pytest.raises(ValueError, match="too wide"):
        spread([(0, 1, 0.5, law)], draws=10, engine=engine)


@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_of_whom_nothing_was_counted_nothing_is_said_to_be_sure(engine):
    """One link of three tenths: two of every three keys found nobody in two draws, and called that certain."""
    world = network([(0, 1, 0.3, Immediate())])
    for key in range(40):
        radii = blast_radii(world, horizon=6.0, key=key, engine=engine)
        assert abs(radii.mean[0] - 0.3) <= 4.0 * radii.error[0]
        assert radii.error.min() > 0.0 and radii.relative <= 0.1


@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_whom_the_danger_reaches_too_late_gets_no_seed_from_it(engine):
    """Both are taken at the same hour; the second was told before the first could endanger them."""
    found = spread([(1, 2, 1.0, Immediate())], seeds=[1, 2], draws=5, engine=engine, safe_from=np.array([np.inf, -1.0]))
    assert found.seed[found.events(2)].tolist() == [1] * 5


def test_an_id_beyond_63_bits_is_refused():
    with pytest.raises(ValueError, match="64 bits"):
        network_of(np.array([1, 2**63 + 5], dtype=np.uint64), source=[], target=[], probability=[], law=[], links=[])
    with pytest.raises(ValueError, match="64 bits"):
        network([(0, 1, 0.5, Immediate())]).places([0.9])
