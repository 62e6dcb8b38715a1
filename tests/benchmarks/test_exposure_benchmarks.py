"""What the benchmarks of the exposure engine stand on: fair contenders, the same answers, honest intervals."""

import shutil

import numpy as np
import pytest

from benchmarks.exposure import kernel
from benchmarks.exposure.lists import Lists
from benchmarks.exposure.measuring import Rounds, ratio
from benchmarks.exposure.networks import HORIZON, SHAPES, invented
from benchmarks.exposure.rows import Row
from ojakgyo.domain.exposure.blast import blast_radii
from ojakgyo.domain.exposure.drawing import kernels


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc here")
def test_the_c_reference_finds_what_the_kernel_finds_to_the_bit():
    bench = kernel.Bench(invented("cells", 1_000))
    found = [bench.found(way, key=3) for way in (kernels.spread, kernel.in_c())]
    assert found[0][1].size > kernel.DRAWS * 10
    assert all(np.array_equal(mine, theirs) for mine, theirs in zip(*found, strict=True))


@pytest.mark.parametrize("shape", SHAPES)
def test_an_invented_network_is_the_same_again_and_nobody_is_linked_to_themselves_or_twice(shape):
    one, other = (invented(shape, 1_000).network for _ in range(2))
    assert np.array_equal(one.links, other.links) and np.array_equal(one.target, other.target)
    pairs = one.source.astype(np.int64) * 1_000 + one.target
    assert np.all(np.diff(pairs) > 0) and np.all(one.source != one.target)
    assert 9.0 < one.links.size / 1_000 < 10.0


def test_least_element_lists_agree_with_reverse_reachable_sets_on_the_mean_radius():
    network = invented("even", 1_000).network
    lists = Lists(network, HORIZON).radii(60, key=1).mean()
    assert blast_radii(network, horizon=HORIZON, error=0.1, key=1).mean.mean() == pytest.approx(lists, rel=0.1)


def test_a_ratio_of_medians_lies_in_its_interval_and_one_slow_round_hardly_moves_it():
    spent = np.linspace(1.0, 1.1, 15)
    slow, quick = Rounds(2.0 * spent, spent, np.ones(15)), Rounds(spent, spent, np.ones(15))
    assert ratio(slow, quick) == pytest.approx((2.0, 2.0, 2.0))
    hit = Rounds(np.append(spent[:-1], 90.0), spent, np.ones(15))
    found = ratio(slow, hit)
    assert found.low <= found.value <= found.high and found.value == pytest.approx(2.0, rel=0.05)


def test_a_goal_missed_is_said_in_the_table_and_in_json():
    row = Row(case="kernel", on="cells 1e3", what="of the C reference's speed", value=0.8, unit="x", at_least=0.9)
    assert row.met is False
    assert "NOT MET" in row.line() and '"met": false' in row.json()
