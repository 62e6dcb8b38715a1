"""Officers who were removed for cause: how likely their knowledge is known to others, and whose names they could read.

Nothing of it is kept in a row. The chance is read from the fact of the removal each time, the cells from the facts about
keys; and like every link, that an officer held a key is forgotten a year after the last day it was held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.inbox import Told
from ojakgyo.apps.network.links import LINK_KEPT_MS
from ojakgyo.apps.network.queries import people_of
from ojakgyo.apps.network.ties import Tie
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.belief import signals
from ojakgyo.domain.belief.filter import BASE
from ojakgyo.domain.facts import LinkKind, OfficerRemoved, OfficerWeighed, SignalKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, Seq
from ojakgyo.domain.values.instants import Instant

KEYS: Final = (facts.KeyGranted, facts.GrantWithdrawn, facts.OfficerKeysRenewed)
_MANY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Removal:
    """An officer who is a seed of the exposure. `seq`: number of the fact of the removal."""

    officer: int
    percent: int
    at: Instant
    seq: Seq

    @property
    def sign(self) -> signals.Signal:
        return signals.removal(self.percent, heard=self.at, base=BASE, seq=self.seq)

    @property
    def row(self) -> Signal:
        """As the rows about persons are read; this one is never saved."""
        return Signal(because=self.seq, person_id=self.officer, kind=SignalKind.REMOVAL, heard_ms=self.at)


@dataclass(frozen=True, slots=True)
class Held:
    """A cell whose names an officer could read, up to a fact and its instant."""

    officer: int
    cell: CellId
    seq: Seq
    until: Instant


def removals() -> dict[int, Removal]:
    """Officer -> the removal, of everybody who was weighed."""
    weighed = {told.fact.because for told in inbox.every((OfficerWeighed,))}  # type: ignore[attr-defined]
    if not weighed:
        return {}
    told = [each for each in inbox.every((OfficerRemoved,)) if each.seq in weighed]
    return {each.officer: each for each in map(_removal, told)}


def _removal(told: Told) -> Removal:
    fact = told.fact
    assert isinstance(fact, OfficerRemoved)
    return Removal(fact.officer, fact.chance_percent, told.recorded, told.seq)


def ties(removed: Mapping[int, Removal], *, at: Instant) -> list[Tie]:
    """From each officer to everybody who belonged to a cell while the officer held its key.

    A tie's id is made of both ends, so that it is the same at every reading.
    """
    held = [each for each in _held(removed) if each.until + LINK_KEPT_MS > at] if removed else []
    if not held:
        return []
    people, joined = people_of({each.cell for each in held}), _joined(min(each.seq for each in held))
    return [
        Tie(
            id=each.officer ^ person,
            kind=LinkKind.HELD_THE_KEY,
            knower=each.officer,
            known=person,
            mutual=False,
            last=each.until,
            times=1,
        )
        for each in held
        for person in people.get(each.cell, ())
        if joined.get(person, 0) < each.seq
    ]


def _held(removed: Mapping[int, Removal]) -> list[Held]:
    """Every cell they ever held, the last time of each; what was read is known, though the key was taken away since."""
    ended: dict[tuple[int, CellId], Held] = {}
    open_: dict[int, set[CellId]] = {officer: set() for officer in removed}
    named = [ids.text("o", officer) for officer in removed]
    for told in reversed(inbox.mentioning(named, kinds=KEYS, at_most=_MANY)):
        fact = told.fact
        if (officer := int(fact.officer)) not in removed:  # type: ignore[attr-defined]
            continue
        if isinstance(fact, facts.KeyGranted):
            open_[officer].add(fact.cell)
            continue
        gone = {fact.cell} if isinstance(fact, facts.GrantWithdrawn) else set(open_[officer])
        open_[officer] -= gone
        ended |= {(officer, cell): Held(officer, cell, told.seq, told.recorded) for cell in gone}
    for officer, cells in open_.items():
        last = removed[officer]
        ended |= {(officer, cell): Held(officer, cell, last.seq, last.at) for cell in cells}
    return list(ended.values())


def _joined(after: int) -> dict[int, int]:
    """Person -> number of the fact of joining, of those who joined a cell after a fact."""
    return {int(told.fact.person): told.seq for told in inbox.every((facts.PersonAdded,), after=after)}  # type: ignore[attr-defined]
