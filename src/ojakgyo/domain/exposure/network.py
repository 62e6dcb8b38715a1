"""The network as arrays: who knows enough to endanger whom, how likely and by which law of delay."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.exposure.arrays import Floats, Places, Small, Whole
from ojakgyo.domain.exposure.laws import LAWS, Law

_NO_WEIGHTS: Final = "a network's links need equally many sources, targets, chances and laws"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
        wanted = np.asarray(ids, dtype=np.int64)
        found = np.searchsorted(self.nodes, wanted)
        known = found < self.nodes.size
        known[known] = self.nodes[found[known]] == wanted[known]
        if not known.all():
            raise ValueError(f"no such node: {wanted[~known][0]}")
        return found.astype(np.int64)


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
    ids = np.unique(np.asarray(nodes, dtype=np.int64))
    ends = np.asarray([source, target], dtype=np.int64).reshape(2, -1)
    chances, which = np.asarray(probability, dtype=np.float64), np.asarray(law, dtype=np.int64)
    named = np.asarray(links, dtype=np.int64)
    if not ends.shape[1] == chances.size == which.size == named.size:
        raise ValueError(_NO_WEIGHTS)
    _refuse(~((chances >= 0.0) & (chances <= 1.0)), named, "no chance")
    _refuse((which < 0) | (which >= len(laws)), named, "no law")
    known = np.isin(ends, ids).all(axis=0)
    kept = np.flatnonzero(known & (ends[0] != ends[1]))
    kept = kept[np.lexsort((chances[kept], which[kept], named[kept], ends[1, kept], ends[0, kept]))]
    places = np.searchsorted(ids, ends[:, kept]).astype(np.int32)
    made = Network(
        nodes=ids,
        starts=np.searchsorted(places[0], np.arange(ids.size + 1)).astype(np.int64),
        source=places[0].copy(),
        target=places[1].copy(),
        probability=chances[kept],
        law=which[kept].astype(np.int8),
        links=named[kept],
        laws=laws,
    )
    return made, np.unique(named[~known]).tolist()


def _refuse(wrong: npt.NDArray[np.bool_], links: Whole, what: str) -> None:
    if wrong.any():
        raise ValueError(f"link {links[wrong][0]} has {what}")
