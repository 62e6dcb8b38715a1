"""A planned act, before it is done: the links it would leave behind, joined to a network that is otherwise the same.

The luck of a planned link hangs on ids like any other, so two answers, with and without the act, differ by the act alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.laws import LAW_OF, endangering
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.facts import LinkKind


class PlannedAct(StrEnum):
    """What two people may be about to do."""

    MEETING = "meeting"
    CALL = "call"
    """The first calls the second."""
    CALLED_BY = "called_by"
    STAY = "stay"
    """In a house nobody else knows."""
    HANDOVER = "handover"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """From who would know enough, to whom that would endanger."""

    source: int
    target: int
    kind: LinkKind


_BETWEEN: Final = {
    PlannedAct.MEETING: LinkKind.MET,
    PlannedAct.HANDOVER: LinkKind.HANDED_OVER,
    PlannedAct.PAYMENT: LinkKind.PAID,
}
_FIRST_ID: Final = 1
"""Ids of rows are drawn from 63 bits: none is so small."""


def links_of(
    act: PlannedAct, one: int, other: int, *, phones: Mapping[int, int], spare: int
) -> tuple[PlannedLink, ...]:
    """The links an act of these two would leave behind.

    Parameters
    ----------
    phones : person -> a line that person carries.
    spare : id of a node for what the network does not know yet: a house, or the phone of who has none.
    """
    if one == other:
        raise ValueError("an act takes two")
    if act is PlannedAct.CALL:
        return _call(one, other, phones, spare)
    if act is PlannedAct.CALLED_BY:
        return _call(other, one, phones, spare)
    if act is PlannedAct.STAY:
        return (*_mutual(one, spare, LinkKind.HOUSED), *_mutual(other, spare, LinkKind.HOUSED))
    return _mutual(one, other, _BETWEEN[act])


def planned(network: Network, act: PlannedAct, one: int, other: int, *, phones: Mapping[int, int]) -> Network:
    """The network as it would be once these two have done it, links of today."""
    spare = int(network.nodes[-1]) + 1
    links = links_of(act, one, other, phones=phones, spare=spare)
    if any(spare in (link.source, link.target) for link in links):
        network = _with_node(network, spare)
    return network.joined(
        source=[link.source for link in links],
        target=[link.target for link in links],
        probability=[endangering(link.kind, 0.0) for link in links],
        law=[LAW_OF[link.kind] for link in links],
        links=[_FIRST_ID + place for place in range(len(links))],
    )


def _call(caller: int, called: int, phones: Mapping[int, int], spare: int) -> tuple[PlannedLink, ...]:
    """The phone that is called keeps the number of who called it."""
    phone = phones.get(called, spare)
    carried = () if called in phones else (PlannedLink(called, phone, LinkKind.CARRIES),)
    return (*carried, PlannedLink(phone, caller, LinkKind.CALLED))


def _mutual(one: int, other: int, kind: LinkKind) -> tuple[PlannedLink, ...]:
    return PlannedLink(one, other, kind), PlannedLink(other, one, kind)


def _with_node(network: Network, node: int) -> Network:
    """Ids rise, so a node above all others moves none of them."""
    return replace(
        network,
        nodes=np.append(network.nodes, node),
        starts=np.append(network.starts, network.starts[-1]),
    )
