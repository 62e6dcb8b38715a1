"""The quality of luck: numbers made from neighbouring ids and counters are as good as drawn, and the cascade uses them.

`python -m benchmarks luck` puts 10^8 of each layout to the same tests; here it is a hundred thousand.
"""

import numpy as np
import pytest
from exposure_worlds import network

from benchmarks.luck import LAYOUTS, deviate, deviates, numbers, star
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.drawing import luck
from ojakgyo.domain.exposure.laws import Exponential, Immediate
from ojakgyo.domain.exposure.seeds import Seed

SPLITMIX = [
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
]
"""What splitmix64 gives after 1234567 (the published check)."""
STEP = 0x9E3779B97F4A7C15


@pytest.mark.parametrize("layout", LAYOUTS)
def test_numbers_of_neighbouring_links_and_draws_are_even_balanced_and_independent(layout):
    told = deviates(layout, 100_000)
    assert {name: off for name, off in told.items() if abs(off) > 4.5} == {}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_numbers_of_few_draws_of_many_links_are_even_too(layout):
    """Two draws, 60,000 links: a row of a busy line."""
    block = LAYOUTS[layout](60_000, np.array([0, 1]))
    counts = np.bincount((block >> np.uint64(56)).astype(np.int64).ravel(), minlength=256)
    assert abs(deviate(float(((counts - counts.mean()) ** 2).sum() / counts.mean()), 255)) < 4.5
    pairs = np.bincount((block >> np.uint64(60)).astype(np.int64) @ np.array([16, 1]), minlength=256)
    assert abs(deviate(float(((pairs - pairs.mean()) ** 2).sum() / pairs.mean()), 255)) < 4.5


def test_the_scattering_is_the_published_one():
    states = np.array([(1234567 + STEP * (place + 1)) % 2**64 for place in range(5)], dtype=np.uint64)
    assert luck.stirred(states).tolist() == SPLITMIX


def test_numbers_that_differ_in_one_bit_of_any_id_differ_in_half_of_theirs():
    random = np.random.default_rng(1)
    plain = [random.integers(1, 2**62, 400) for _ in range(4)]
    before = _one_each(1, *plain)
    for changed in range(4):
        for bit in (0, 1, 7, 20, 40, 61):
            other = [column ^ (1 << bit) if place == changed else column for place, column in enumerate(plain)]
            apart = np.bitwise_count(before ^ _one_each(1, *other))
            assert abs(apart.mean() - 32.0) < 4.5 * 4.0 / 20.0, (changed, bit)
    for key in (0, 2, 3, 1 << 40, 2**63, -1):
        assert abs(np.bitwise_count(before ^ _one_each(key, *plain)).mean() - 32.0) < 4.5 * 4.0 / 20.0


def _one_each(key, sources, links, targets, draws):
    """Of each link in its own draw."""
    return np.diagonal(numbers(key, sources, links, targets, draws)).copy()


def test_links_that_share_a_link_id_a_source_or_a_target_have_luck_of_their_own():
    draws = np.arange(20_000)
    for ids in ([(1, 5, 2), (2, 5, 1)], [(1, 5, 2), (1, 5, 3)], [(1, 5, 2), (3, 5, 2)], [(1, 5, 2), (1, 6, 2)]):
        sources, links, targets = np.array(ids).T
        one, other = luck.uniforms(numbers(1, sources, links, targets, draws))
        assert abs(np.corrcoef(one, other)[0, 1]) * np.sqrt(draws.size) < 4.5
        assert abs(((one < 0.02) & (other < 0.02)).sum() - 8.0) < 4.5 * np.sqrt(8.0)


def test_hardly_any_two_links_of_a_busy_row_have_the_same_tag():
    """32 bits: of 100,000 links of one node a pair or two may share their luck, not more."""
    ids = np.arange(100_000)
    tags = luck.tags(ids, np.full_like(ids, 7), ids + 3)
    assert tags.max() < 2**32
    assert ids.size - np.unique(tags).size <= 6


@pytest.mark.parametrize("bit", range(32))
def test_two_links_of_a_row_whose_tags_differ_in_one_bit_are_independent(bit):
    """The weakest place: over all draws their numbers are made from ones that differ by the same bit."""
    rows = luck.of_rows(luck.of_nodes(np.array([5])), luck.base(1, luck.DRAWS, np.arange(60_000)))
    tags = np.array([0x9A3C71D5, 0x9A3C71D5 ^ 1 << bit], dtype=np.uint64)
    one, other = (luck.of_links(rows, tag) for tag in tags)
    cells = np.bincount((one >> np.uint64(60) << np.uint64(4) | other >> np.uint64(60)).astype(np.int64), minlength=256)
    assert abs(deviate(float(((cells - cells.mean()) ** 2).sum() / cells.mean()), 255)) < 4.5
    live = (one >> np.uint64(32) < 2**32 // 50) & (other >> np.uint64(32) < 2**32 // 50)
    assert abs(live.sum() - 24.0) < 4.5 * np.sqrt(24.0)


def test_the_streams_of_a_key_and_neighbouring_keys_have_nothing_to_do_with_each_other():
    draws = np.arange(50_000)
    columns = [
        luck.uniforms(luck.base(key, stream, draws))
        for key in (0, 1, 2)
        for stream in (luck.DRAWS, luck.TAKEN, luck.ROOTS)
    ]
    off = np.corrcoef(columns)[np.triu_indices(len(columns), 1)] * np.sqrt(draws.size)
    assert np.abs(off).max() < 4.5
    assert len({column.tobytes() for column in columns}) == len(columns)
    assert np.unique(np.concatenate(columns)).size == 9 * draws.size


def test_uniforms_lie_strictly_between_0_and_1():
    ends = np.array([0, 2**64 - 1, 2**11, 2**63], dtype=np.uint64)
    found = luck.uniforms(ends)
    assert 0.0 < found.min() <= found.max() < 1.0
    assert found[3] == pytest.approx(0.5)


def test_a_second_number_is_independent_of_the_first():
    first = star(1, np.arange(200_000))[0]
    pairs = np.stack((first, luck.next_of(first.copy()))) >> np.uint64(60)
    counts = np.bincount((pairs[0] * np.uint64(16) + pairs[1]).astype(np.int64), minlength=256)
    assert abs(deviate(float(((counts - counts.mean()) ** 2).sum() / counts.mean()), 255)) < 4.5


@pytest.mark.parametrize("chance", [0.001, 0.3, 1.0])
def test_the_cascade_uses_these_numbers_and_no_others(chance):
    """A link endangers where its number is below its chance; what is left of it tells how late."""
    links = [
        (3, target, chance, law) for target, law in ((4, Immediate()), (5, Exponential(24.0)), (9, Exponential(2.0)))
    ]
    world = network(links)
    found = cascade(world, [Seed(node=3, probability=1.0)], draws=5_000, horizon=1e4, key=77)
    made = numbers(77, np.full(3, 3), world.links, world.nodes[world.target], np.arange(5_000))
    shares = (made >> np.uint64(11)).astype(np.float64) * 2.0**-53 / chance
    for row, (_, target, _, law) in enumerate(links):
        hours = found.hours(target)
        live = shares[row] < 1.0
        assert np.array_equal(np.isfinite(hours), live) or abs(np.isfinite(hours).sum() - live.sum()) <= 1
        both = live & np.isfinite(hours) & (shares[row] > 1e-6) & (shares[row] < 1 - 1e-6)
        np.testing.assert_allclose(hours[both], law.draw(shares[row][both]), rtol=5e-4)


def test_whether_a_seed_is_taken_has_nothing_to_do_with_the_luck_of_its_links():
    links = [(1, 2, 0.5, Immediate()), (2, 1, 0.5, Immediate()), (1, 3, 0.5, Immediate())]
    found = cascade(
        network(links), [Seed(node=1, probability=0.5), Seed(node=3, probability=0.5)], draws=40_000, horizon=1.0, key=5
    )
    taken, second = np.isfinite(found.hours(1)), np.isfinite(found.hours(2))
    assert abs(second[taken].mean() - 0.5) < 4.5 * 0.5 / np.sqrt(taken.sum())
    other = np.isfinite(found.hours(3))
    assert abs(other[~taken].mean() - 0.5) < 4.5 * 0.5 / np.sqrt((~taken).sum())
    assert abs(other[taken].mean() - 0.75) < 4.5 * 0.45 / np.sqrt(taken.sum())
