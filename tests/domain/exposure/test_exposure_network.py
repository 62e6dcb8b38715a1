"""The arrays of the network, and what is not let into them."""

import numpy as np
import pytest

from ojakgyo.domain.exposure.network import network_of


def build(nodes, links):
    """Links are (id, source, target, chance)."""
    return network_of(
        nodes,
        source=[link[1] for link in links],
        target=[link[2] for link in links],
        probability=[link[3] for link in links],
        law=[0] * len(links),
        links=[link[0] for link in links],
    )


def test_nodes_stand_by_rising_id_and_links_by_their_source():
    network, missing = build([30, 10, 20, 10], [(7, 30, 10, 0.5), (8, 10, 30, 0.25), (9, 10, 20, 0.75)])
    assert missing == []
    assert network.nodes.tolist() == [10, 20, 30]
    assert network.links.tolist() == [9, 8, 7]
    assert network.source.tolist() == [0, 0, 2]
    assert network.target.tolist() == [1, 2, 0]
    assert network.starts.tolist() == [0, 2, 2, 3]
    assert [network.source.dtype, network.nodes.dtype, network.law.dtype] == [np.int32, np.int64, np.int8]


def test_a_link_to_a_missing_node_is_reported_and_the_board_goes_on():
    network, missing = build([1, 2], [(7, 1, 2, 0.5), (8, 1, 99, 0.5), (6, 98, 2, 0.5)])
    assert missing == [6, 8]
    assert network.links.tolist() == [7]


def test_a_link_of_a_node_to_itself_is_left_out():
    network, missing = build([1, 2], [(7, 1, 1, 0.5)])
    assert missing == []
    assert network.links.size == 0


def test_two_links_between_the_same_two_are_both_kept():
    assert build([1, 2], [(7, 1, 2, 0.5), (8, 1, 2, 0.5)])[0].links.tolist() == [7, 8]


@pytest.mark.parametrize("chance", [float("nan"), -0.1, 1.5, float("inf")])
def test_a_chance_that_is_none_is_refused_by_the_links_name(chance):
    with pytest.raises(ValueError, match="link 8 has no chance"):
        build([1, 2], [(7, 1, 2, 0.5), (8, 2, 1, chance)])


def test_an_unknown_law_is_refused_by_the_links_name():
    with pytest.raises(ValueError, match="link 8 has no law"):
        network_of([1, 2], source=[1], target=[2], probability=[0.5], law=[99], links=[8])


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="equally many"):
        network_of([1, 2], source=[1], target=[2], probability=[0.5, 0.5], law=[0], links=[8])


def test_a_network_is_read_only():
    network, _ = build([1, 2], [(7, 1, 2, 0.5)])
    with pytest.raises(ValueError, match="read-only"):
        network.probability[0] = 1.0


def test_the_arrays_handed_in_stay_writable():
    chances = np.array([0.5])
    network_of([1, 2], source=[1], target=[2], probability=chances, law=[0], links=[8])
    chances[0] = 0.25


def test_places_of_unknown_nodes_are_refused():
    network, _ = build([10, 20], [])
    assert network.places([20, 10]).tolist() == [1, 0]
    with pytest.raises(ValueError, match="no such node: 15"):
        network.places([10, 15])
    with pytest.raises(ValueError, match="no such node: 99"):
        network.places([99])
