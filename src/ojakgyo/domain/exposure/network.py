"""The network as arrays: who knows enough to endanger whom, how likely and by which law of delay."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.exposure.arrays import Floats, Places, Small, Truths, Whole
from ojakgyo.domain.exposure.laws import LAWS, Law

MOST_NODES: Final = 1 << 26
MOST_LAWS: Final = 1 << 6
"""Together they fill the 32 bits in which a kernel finds where a link leads and after which law."""
_NO_WEIGHTS: Final = "a network's links need equally many sources, targets, chances and laws"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Network:
    """Nodes by rising id; links by source, then target, then id. Read-only.

    Parameters
    ----------
    nodes : int64 [n], ids.
    starts : int64 [n + 1]; the links of node i are starts[i] : starts[i + 1].
    source, target : int32 [m], places in `nodes`.
    probability : float64 [m], in [0, 1].
    law : int8 [m], places in `laws`.
    links : int64 [m], ids; two links between the same two are two chances.
    """

    nodes: Whole
    starts: Whole
    source: Places
    target: Places
    probability: Floats
    law: Small
    links: Whole
    laws: tuple[Law, ...] = LAWS

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name != "laws":
                getattr(self, field.name).setflags(write=False)

    def places(self, ids: npt.ArrayLike) -> Whole:
        """Where these nodes stand in `nodes`; one that is not there: ``ValueError``."""
        wanted = _whole(ids)
        found, known = _found(self.nodes, wanted)
        if not known.all():
            raise ValueError(f"no such node: {wanted[~known][0]}")
        return found.astype(np.int64)

    def joined(
        self,
        *,
        source: npt.ArrayLike,
        target: npt.ArrayLike,
        probability: npt.ArrayLike,
        law: npt.ArrayLike,
        links: npt.ArrayLike,
    ) -> "Network":
        """The same network with links that are only planned, by ids as in `network_of`; their ends must be known."""
        self.places(source), self.places(target)
        made, _ = network_of(
            self.nodes,
            source=np.concatenate((self.nodes[self.source], _whole(source))),
            target=np.concatenate((self.nodes[self.target], _whole(target))),
            probability=np.concatenate((self.probability, np.asarray(probability, dtype=np.float64))),
            law=np.concatenate((self.law, _whole(law))),
            links=np.concatenate((self.links, _whole(links))),
            laws=self.laws,
        )
        return made


def network_of(
    nodes: npt.ArrayLike,
    *,
    source: npt.ArrayLike,
    target: npt.ArrayLike,
    probability: npt.ArrayLike,
    law: npt.ArrayLike,
    links: npt.ArrayLike,
    laws: tuple[Law, ...] = LAWS,
) -> tuple[Network, list[int]]:
    """Build the arrays, and say which links (by id) lead from or to a node that is not there.

    Those and links of a node to itself are left out: the board must go on. Two links with different ids between the
    same two are both kept and independent; the same id, source and target twice draws the same luck and counts once.
    A chance that is no number in [0, 1] is a ``ValueError`` naming the link.
    """
    ids, which, named = np.unique(_whole(nodes)), _whole(law), _whole(links)
    chances, (first, second) = np.asarray(probability, dtype=np.float64), (_whole(source), _whole(target))
    if not first.size == second.size == chances.size == which.size == named.size:
        raise ValueError(_NO_WEIGHTS)
    ends = np.array([first, second])
    _refuse(~((chances >= 0.0) & (chances <= 1.0)), named, "no chance")
    _refuse((which < 0) | (which >= len(laws)), named, "no law")
    if ids.size > MOST_NODES or len(laws) > MOST_LAWS:
        raise ValueError(f"a network has at most {MOST_NODES} nodes and {MOST_LAWS} laws")
    places, there = _found(ids, ends)
    known: Truths = there[0] & there[1]
    kept = np.flatnonzero(known & (ends[0] != ends[1]))
    kept = kept[_order(places[:, kept], named[kept], which[kept], chances[kept])]
    made = Network(
        nodes=ids,
        starts=_starts(places[0, kept], ids.size),
        source=places[0, kept],
        target=places[1, kept],
        probability=chances[kept],
        law=which[kept].astype(np.int8),
        links=named[kept],
        laws=laws,
    )
    return made, np.unique(named[~known]).tolist()


def _whole(given: npt.ArrayLike) -> Whole:
    """Ids as they are: what is no whole number of 64 bits is refused, never cut off."""
    found = np.asarray(given)
    if found.size and (found.dtype.kind not in "iu" or int(found.max()) > np.iinfo(np.int64).max):
        raise ValueError("ids and laws of a network are whole numbers of 64 bits")
    return found.astype(np.int64, copy=False)


def _found(ids: Whole, wanted: Whole) -> tuple[Places, Truths]:
    """Where these stand in rising ids, and whether they do."""
    if not ids.size:
        return np.zeros(wanted.shape, np.int32), np.zeros(wanted.shape, np.bool_)
    flat = wanted.ravel()
    order = np.argsort(flat)  # sought in order, each is found beside the last
    places = np.empty(flat.shape, np.int32)
    places[order] = np.minimum(np.searchsorted(ids, flat[order]), ids.size - 1)
    return places.reshape(wanted.shape), ids[places].reshape(wanted.shape) == wanted


def _order(places: Places, links: Whole, law: Whole, chances: Floats) -> Whole:
    """By source, then target; the few links that share both, by their ids and weights."""
    ends = places[0].astype(np.int64) << 32 | places[1]
    order = np.argsort(ends)
    alike = np.zeros(order.size + 1, dtype=np.bool_)
    alike[1:-1] = ends[order][1:] == ends[order][:-1]
    shared = np.flatnonzero(alike[1:] | alike[:-1])
    own = order[shared]
    order[shared] = own[np.lexsort((chances[own], law[own], links[own], ends[own]))]
    return order


def _starts(source: Places, nodes: int) -> Whole:
    return np.concatenate(([0], np.cumsum(np.bincount(source, minlength=nodes)))).astype(np.int64)


def _refuse(wrong: npt.NDArray[np.bool_], links: Whole, what: str) -> None:
    if wrong.any():
        raise ValueError(f"link {links[wrong][0]} has {what}")
