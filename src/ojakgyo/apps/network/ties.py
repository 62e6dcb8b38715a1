"""Links as they are shown, and as columns of arrays that answer one link at a time."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Places, Small, Truths, Whole
from ojakgyo.domain.exposure.laws import KINDS, LAW_OF
from ojakgyo.domain.facts import LinkKind
from ojakgyo.domain.values.instants import Instant

_KIND: Final = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as it is shown: between which nodes, of which kind, when last and how often."""

    id: int
    kind: LinkKind
    knower: int
    known: int
    mutual: bool
    last: Instant
    times: int
    imprecise: bool = False
    """Once, somewhere in the days up to `last`; it counts as the last it can have been."""


@dataclass(frozen=True, eq=False)
class Ties(Mapping[int, Tie]):
    """Links by their id, 39 bytes each. What is asked for comes with `times` and `last` of all of its kind between the two.

    Parameters
    ----------
    id, knower, known : int64 [m], ids.
    law : int8 [m], the kind, as its place in `laws.LAWS`.
    mutual, imprecise : bool [m].
    last : int64 [m], ms.
    times : int32 [m].
    """

    id: Whole
    law: Small
    knower: Whole
    known: Whole
    mutual: Truths
    last: Whole
    times: Places
    imprecise: Truths

    def __post_init__(self) -> None:
        for field in fields(self):
            getattr(self, field.name).setflags(write=False)

    @classmethod
    def of(cls, ties: Iterable[Tie]) -> "Ties":
        rows = [
            (tie.id, LAW_OF[tie.kind], tie.knower, tie.known, tie.mutual, tie.last, tie.times, tie.imprecise)
            for tie in ties
        ]
        columns = zip(*rows, strict=True) if rows else [()] * len(DTYPES)
        return cls(*(np.array(column, dtype) for column, dtype in zip(columns, DTYPES.values(), strict=True)))

    @classmethod
    def carried(cls, line: Whole, holder: Whole, at: Instant) -> "Ties":
        """Whoever is taken has the phone in the pocket: a link of its own, known by the line's id."""
        every: Any = {"law": LAW_OF[LinkKind.CARRIES], "mutual": False, "last": at, "times": 1, "imprecise": False}
        filled = {name: np.full(line.size, value, DTYPES[name]) for name, value in every.items()}
        return cls(id=line, knower=holder, known=line, **filled)

    def and_also(self, *others: "Ties") -> "Ties":
        if not any(each.id.size for each in others):
            return self
        return Ties(*(np.concatenate([getattr(each, name) for each in (self, *others)]) for name in DTYPES))

    def with_anew(self, ids: Iterable[int], held: "Ties") -> "Ties":
        """Without these ids, and with what is held under them now."""
        kept = _others(self.id, ids)
        return Ties(*(getattr(self, name)[kept] for name in DTYPES)).and_also(held)

    def __getitem__(self, id: int) -> Tie:
        rank, ids = self._by_id
        place = int(np.searchsorted(ids, id))
        if place == ids.size or ids[place] != id:
            raise KeyError(id)
        row = int(rank[place])
        alike = self._alike(row)
        return Tie(
            id=int(id),
            kind=_KIND[self.law[row]],
            knower=int(self.knower[row]),
            known=int(self.known[row]),
            mutual=bool(self.mutual[row]),
            last=Instant(int(self.last[alike].max())),
            times=int(self.times[alike].sum(dtype=np.int64)),
            imprecise=bool(self.imprecise[row]),
        )

    def _alike(self, row: int) -> Whole:
        """Rows of all the links of that kind between the same two, in the same direction."""
        rank, knowers = self._by_knower
        first, behind = (np.searchsorted(knowers, self.knower[row], side) for side in ("left", "right"))
        own = rank[first:behind]
        alike: Whole = own[(self.known[own] == self.known[row]) & (self.law[own] == self.law[row])]
        return alike

    @cached_property
    def _by_id(self) -> tuple[Whole, Whole]:
        return _ranked(self.id)

    @cached_property
    def _by_knower(self) -> tuple[Whole, Whole]:
        return _ranked(self.knower)

    def __iter__(self) -> Iterator[int]:
        return iter(self.id.tolist())

    def __len__(self) -> int:
        return self.id.size


DTYPES: Final = {
    "id": "int64",
    "law": "int8",
    "knower": "int64",
    "known": "int64",
    "mutual": "bool",
    "last": "int64",
    "times": "int32",
    "imprecise": "bool",
}
"""Of the columns of `Ties`, in their order."""


def _ranked(ids: Whole) -> tuple[Whole, Whole]:
    rank = np.argsort(ids, kind="stable")
    return rank, ids[rank]


def _others(own: Whole, ids: Iterable[int]) -> Truths:
    return np.isin(own, np.fromiter(ids, dtype=np.int64), invert=True)


@dataclass(frozen=True, slots=True, eq=False)
class Carriers(Mapping[int, int]):
    """Line -> who carries it. `line`: int64, rising; `person`: int64."""

    line: Whole
    person: Whole

    @classmethod
    def of(cls, line: Whole, person: Whole) -> "Carriers":
        rank, lines = _ranked(line)
        return cls(lines, person[rank])

    def with_anew(self, lines: Iterable[int], held: "Carriers") -> "Carriers":
        kept = _others(self.line, lines)
        return Carriers.of(
            np.concatenate([self.line[kept], held.line]), np.concatenate([self.person[kept], held.person])
        )

    def __getitem__(self, line: int) -> int:
        place = int(np.searchsorted(self.line, line))
        if place == self.line.size or self.line[place] != line:
            raise KeyError(line)
        return int(self.person[place])

    def __iter__(self) -> Iterator[int]:
        return iter(self.line.tolist())

    def __len__(self) -> int:
        return self.line.size


@dataclass(frozen=True, slots=True, eq=False)
class Ids(Set[int]):
    """A set of ids, eight bytes each. `rising`: int64, rising."""

    rising: Whole

    def with_anew(self, ids: Iterable[int], held: "Ids") -> "Ids":
        return Ids(np.union1d(self.rising[_others(self.rising, ids)], held.rising))

    def __contains__(self, id: object) -> bool:
        place = int(np.searchsorted(self.rising, id))  # type: ignore[call-overload]
        return place < self.rising.size and bool(self.rising[place] == id)

    def __iter__(self) -> Iterator[int]:
        return iter(self.rising.tolist())

    def __len__(self) -> int:
        return self.rising.size

    @classmethod
    def _from_iterable(cls, ids: Iterable[int]) -> frozenset[int]:  # type: ignore[override]
        """What comes of two sets is an ordinary one."""
        return frozenset(ids)
