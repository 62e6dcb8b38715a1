"""Cells as people work in them: whom a cell is made of, how each is reached, what is missing, who else is touched.

For who holds the cell's key. Who else is touched is part of a reason: for safety alone.
"""

from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.cards.listing import Held, held_by
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.agreements.queries import agreements, gap_counts
from ojakgyo.apps.contact.agreements.values import Agreed
from ojakgyo.apps.contact.queries import AHEAD_MS
from ojakgyo.apps.contact.values import CheckinLine
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.queries import AreaKnown, CellAt
from ojakgyo.apps.network.touching import touches
from ojakgyo.apps.people import queries as people
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.watch import queries as watch
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LineState, LinkKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning.gaps import GapKind
from ojakgyo.domain.values.ids import CellId, LineId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.domain.values.roles import OfficerRole, PersonRole

TOUCHED_MS: Final = 365 * DAY_MS
"""As long as a link is kept at most."""
TOUCHED_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class CellListed:
    """A cell in the list. One that is not held is its code alone: `people` and `gaps` are 0 and mean nothing."""

    cell: CellAt
    held: bool
    people: int = 0
    gaps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """Somebody of the cell. `window`: within three days; `later`: one is agreed that lies further off."""

    person: PersonId
    code_name: CodeName
    roles: tuple[PersonRole, ...]
    forgotten: bool
    checkin: CheckinLine | None
    agreed: Agreed
    window: Window | None
    later: bool
    lines: tuple[tuple[LineId, LineState], ...]
    card: Held | None

    @property
    def active_lines(self) -> int:
        return sum(state is LineState.ACTIVE for _, state in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """Something missing on a calm day. `near`: the instant lies within three days and is said exactly, else by its day."""

    person: PersonId
    code_name: CodeName
    kind: GapKind
    until: Instant | None
    near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedLine:
    """Somebody outside the cell, tied to `members` of it. `cell`: None for an officer."""

    person: PersonId | None
    code_name: CodeName
    cell: str | None
    members: tuple[CodeName, ...]
    kind: LinkKind
    first: Instant
    last: Instant
    imprecise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWorked:
    """A cell's own page. `touched`: None for who may not see reasons."""

    cell: CellAt
    lead: PersonId | None
    deputy: PersonId | None
    members: tuple[MemberLine, ...]
    gaps: tuple[GapLine, ...]
    touched: tuple[TouchedLine, ...] | None
    touched_more: int
    """So many more than stand there."""
    may_manage: bool
    areas: tuple[AreaKnown, ...]

    def called(self, person: PersonId | None) -> CodeName | None:
        return next((each.code_name for each in self.members if each.person == person), None)

    @property
    def lead_name(self) -> CodeName | None:
        return self.called(self.lead)

    @property
    def deputy_name(self) -> CodeName | None:
        return self.called(self.deputy)


def cells_listed(desk: Desk) -> tuple[CellListed, ...]:
    """Those the officer holds first, with what is missing; the others by their code alone."""
    every = network.cells_at(desk)
    held = vault.cells_open_at(desk)
    members = network.people_of(held)
    gaps = gap_counts(desk, members)
    listed = [CellListed(each, each.id in held, len(members.get(each.id, ())), gaps.get(each.id, 0)) for each in every]
    return tuple(sorted(listed, key=lambda each: not each.held))


def cell_worked(desk: Desk, *, id: CellId) -> CellWorked:
    """Without the key of the cell: ``NotHeld``. No such cell: ``Refused``."""
    cell = next((each for each in network.cells_at(desk) if each.id == id), None)
    if cell is None:
        raise Refused("house.not_found")
    desk.keyring.cell_key(id)
    members = _members(desk, network.people_of([id]).get(id, ()))
    touched = _touched(desk, members) if OfficerRole.SAFETY in vault.roles(desk) else None
    lead, deputy = network.leads_of(id)
    return CellWorked(
        cell=cell,
        lead=lead,
        deputy=deputy,
        members=members,
        gaps=_gaps(desk, members),
        touched=None if touched is None else touched[:TOUCHED_SHOWN],
        touched_more=max(0, len(touched or ()) - TOUCHED_SHOWN),
        may_manage=rights.may_manage(vault.roles(desk)),
        areas=network.areas_known(),
    )


def _members(desk: Desk, persons: tuple[PersonId, ...]) -> tuple[MemberLine, ...]:
    names, roles = people.code_names(desk, persons), people.roles_among(persons)
    forgotten, agreed = people.forgotten_among(persons), agreements(desk, persons)
    lines, carded = network.lines_among(persons), held_by(persons)
    heard = contact.checkins(desk, unheard=watch.unheard(desk), said=watch.words_of_danger(desk), among=persons)
    state = {line.subject: line for line in heard}
    found = [
        MemberLine(
            person=person,
            code_name=names[person],
            roles=roles.get(person, ()),
            forgotten=person in forgotten,
            checkin=state.get(person),
            agreed=agreed[person],
            window=_near(desk, agreed[person].window),
            later=agreed[person].window is not None and _near(desk, agreed[person].window) is None,
            lines=lines.get(person, ()),
            card=carded.get(person),
        )
        for person in persons
    ]
    return tuple(sorted(found, key=lambda line: line.code_name.en))


def _near(desk: Desk, window: Window | None) -> Window | None:
    """Nobody needs to see further ahead on one page."""
    return window if window is not None and window.opens < desk.now + AHEAD_MS else None


def _gaps(desk: Desk, members: tuple[MemberLine, ...]) -> tuple[GapLine, ...]:
    """Of helpers who are not forgotten; whoever nobody can warn first."""
    found = [
        GapLine(
            person=each.person,
            code_name=each.code_name,
            kind=gap.kind,
            until=gap.until,
            near=gap.until is not None and gap.until < desk.now + AHEAD_MS,
        )
        for each in members
        if PersonRole.HELPER in each.roles and not each.forgotten
        for gap in each.agreed.gaps
    ]
    return tuple(sorted(found, key=lambda gap: (list(GapKind).index(gap.kind), gap.code_name.en)))


def _touched(desk: Desk, members: tuple[MemberLine, ...]) -> tuple[TouchedLine, ...]:
    """One line for each person outside, whoever was in contact last first."""
    own = {each.person: each.code_name for each in members}
    found = touches(own, Instant(desk.now - TOUCHED_MS))
    others = {touch.other for touch in found}
    officers = {officer.id: officer.code_name for officer in vault.officers(desk)}
    names = {**people.code_names(desk, others), **{id: officers[id] for id in others & officers.keys()}}
    cells, codes = network.cells_of(others), {cell.id: cell.code for cell in vault.cells(desk)}
    lines: dict[int, TouchedLine] = {}
    for touch in found:
        if touch.other not in names:
            continue
        before = lines.get(touch.other)
        with_these = (*(before.members if before else ()), own[PersonId(touch.member)])
        cell = cells.get(touch.other)
        lines[touch.other] = TouchedLine(
            person=None if touch.other in officers else PersonId(touch.other),
            code_name=names[touch.other],
            cell=codes.get(cell) if cell is not None else None,
            members=with_these,
            kind=before.kind if before else touch.kind,
            first=before.first if before else touch.first,
            last=before.last if before else touch.last,
            imprecise=before.imprecise if before else touch.imprecise,
        )
    return tuple(lines.values())
