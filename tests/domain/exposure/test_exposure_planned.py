"""What an act that is only planned would leave behind, and how many others it would put in danger."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ojakgyo.domain.exposure.around import around
from ojakgyo.domain.exposure.estimates import estimate
from ojakgyo.domain.exposure.laws import KINDS, LAW_OF
from ojakgyo.domain.exposure.network import network_of
from ojakgyo.domain.exposure.planned import PlannedAct, PlannedLink, links_of, planned
from ojakgyo.domain.facts import LinkKind

ONE, OTHER, FRIEND, PHONE = 101, 205, 309, 407
LONG = 100_000.0
"""Hours by which every delay is over."""


def network():
    """One alone; the other knows a friend, who is found every second time, and carries a phone."""
    made, _ = network_of(
        [ONE, OTHER, FRIEND, PHONE],
        source=[OTHER, OTHER],
        target=[FRIEND, PHONE],
        probability=[0.5, 1.0],
        law=[LAW_OF[LinkKind.MET], LAW_OF[LinkKind.CARRIES]],
        links=[7_001, 7_002],
    )
    return made


def reached(network, node, *, draws=4_000, key=1):
    return around(network, node, people={ONE, OTHER, FRIEND}, draws=draws, horizon=LONG, key=key).reached(LONG)


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (PlannedAct.MEETING, LinkKind.MET),
        (PlannedAct.HANDOVER, LinkKind.HANDED_OVER),
        (PlannedAct.PAYMENT, LinkKind.PAID),
    ],
)
def test_who_deals_with_each_other_knows_each_other(act, kind):
    links = links_of(act, ONE, OTHER, phones={}, spare=1)
    assert set(links) == {PlannedLink(ONE, OTHER, kind), PlannedLink(OTHER, ONE, kind)}


def test_the_phone_that_is_called_keeps_the_number_and_the_caller_nothing():
    assert links_of(PlannedAct.CALL, ONE, OTHER, phones={OTHER: PHONE}, spare=1) == (
        PlannedLink(PHONE, ONE, LinkKind.CALLED),
    )
    assert links_of(PlannedAct.CALLED_BY, ONE, OTHER, phones={OTHER: PHONE}, spare=1) == (
        PlannedLink(ONE, 1, LinkKind.CARRIES),
        PlannedLink(1, OTHER, LinkKind.CALLED),
    )


def test_a_stay_is_known_through_the_house():
    links = links_of(PlannedAct.STAY, ONE, OTHER, phones={}, spare=1)
    assert {(link.source, link.target) for link in links} == {(ONE, 1), (1, ONE), (OTHER, 1), (1, OTHER)}
    assert {link.kind for link in links} == {LinkKind.HOUSED}


def test_an_act_takes_two():
    with pytest.raises(ValueError, match="two"):
        links_of(PlannedAct.MEETING, ONE, ONE, phones={}, spare=1)


@pytest.mark.parametrize("act", PlannedAct)
def test_joining_adds_the_links_and_changes_none(act):
    before = network()
    after = planned(before, act, ONE, OTHER, phones={OTHER: PHONE})
    assert set(before.nodes.tolist()) <= set(after.nodes.tolist()) and after.nodes.size <= before.nodes.size + 1
    kept = np.isin(after.links, before.links)
    for name in ("links", "probability", "law"):
        assert np.array_equal(getattr(after, name)[kept], getattr(before, name))
    assert np.array_equal(after.nodes[after.target[kept]], before.nodes[before.target])
    assert before.links.size == 2, "and the network it was asked of stays as it was"


CHANCE = {
    PlannedAct.MEETING: KINDS[LinkKind.MET].probability,
    PlannedAct.HANDOVER: KINDS[LinkKind.HANDED_OVER].probability,
    PlannedAct.PAYMENT: KINDS[LinkKind.PAID].probability,
    PlannedAct.STAY: KINDS[LinkKind.HOUSED].probability ** 2,
    PlannedAct.CALL: 0.0,
    PlannedAct.CALLED_BY: KINDS[LinkKind.CARRIES].probability * KINDS[LinkKind.CALLED].probability,
}


@pytest.mark.parametrize("act", PlannedAct)
def test_the_radius_grows_by_what_is_known_on_paper(act):
    """The other, and every second time the friend."""
    after = planned(network(), act, ONE, OTHER, phones={OTHER: PHONE})
    more = estimate(reached(after, ONE) - reached(network(), ONE))
    assert abs(more.mean - 1.5 * CHANCE[act]) <= 4 * more.error


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(list(PlannedAct)), st.sampled_from([ONE, OTHER]), st.integers(0, 2**32))
def test_in_no_draw_does_an_act_save_anybody(act, node, key):
    """The same luck before and after: nobody is lost and found again by chance."""
    after = planned(network(), act, ONE, OTHER, phones={OTHER: PHONE})
    assert np.all(reached(after, node, draws=64, key=key) >= reached(network(), node, draws=64, key=key))


def test_an_estimate_says_how_exact_it_is():
    found = estimate(np.array([0.0, 2.0, 0.0, 2.0]))
    assert found.mean == 1.0 and found.error == pytest.approx(np.sqrt(4 / 3) / 2)
    assert estimate(np.array([3.0])).error == np.inf


def test_places_and_phones_and_the_one_in_the_middle_are_not_counted():
    found = around(network(), OTHER, people={ONE, OTHER, FRIEND}, draws=50, horizon=LONG, key=1)
    assert found.arrivals.nodes[found.others].tolist() == [ONE, FRIEND]
    assert set(found.reached(LONG).tolist()) == {0.0, 1.0}, "the phone is there in every draw"
    assert found.chances(LONG)[found.others].tolist() == [0.0, found.reached(LONG).mean()]
