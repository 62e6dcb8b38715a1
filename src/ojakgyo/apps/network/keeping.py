"""Persons in cells and lines in pockets, kept inside the transaction of whoever has reason to; and names nobody has had."""

import secrets
from dataclasses import dataclass, field

from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.network.models import Line, LineKind, Membership
from ojakgyo.apps.people.actions import keep
from ojakgyo.apps.people.models import Person
from ojakgyo.apps.people.queries import taken_names as taken_by_persons
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.names import CodeName, codename
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CellId, LineId, PersonId
from ojakgyo.domain.values.roles import PersonRole


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line ready to be written: its number sealed, and every index it may be known under already."""

    id: LineId
    index: bytes | None = field(repr=False)
    """None where there is nothing to recognise it by: word of mouth."""
    indexes: tuple[bytes, ...] = field(repr=False)
    made_with: bytes
    number: bytes = field(repr=False)
    epoch: int
    kind: LineKind = LineKind.PHONE


def taken_names(desk: Desk) -> frozenset[CodeName]:
    """Every code name in use among persons and officers, or that one of them has borne."""
    return taken_by_persons() | {officer.code_name for officer in vault.officers(desk)}


def draw_name(desk: Desk, cell: CellId | None) -> CodeName:
    """A code name nobody has had, that sounds like none in the cell. Nothing is kept: it may be drawn again."""
    rows = Person.objects.filter(membership__cell_id=cell).values_list("word", "number")
    beside = [CodeName(word, number) for word, number in rows]
    return codename.draw(secrets.token_bytes, taken_names(desk), beside=beside)


def keep_person(desk: Desk, *, name: CodeName, role: PersonRole, cell: CellId) -> PersonId:
    """Somebody new in a cell. A code name that an officer or another person bears or has borne: ``Refused``."""
    if name in {officer.code_name for officer in vault.officers(desk)}:
        raise Refused("vault.code_name_taken")
    person = keep(name, role)
    Membership.objects.create(person_id=person, cell_id=cell)
    record(desk, facts.PersonAdded(person=person, role=role, cell=cell))
    return person


def draft_line(desk: Desk, *, cell: CellId, number: str, kind: LineKind = LineKind.PHONE) -> NewLine:
    """Index and seal a number in E.164, or an address, under the holder's cell, whose key must be held.

    It takes 25 ms and writes nothing. Word of mouth has neither: its `number` is empty.
    """
    ring, key, line = desk.keyring.ring, desk.keyring.cell_key(cell), LineId(new_id())
    sealed = seals.seal(key.wrap(), seals.place(Table.LINE, line, Group.IDENT), {"number": number})
    return NewLine(
        id=line,
        index=ring.line_index(kind.value, number) if number else None,
        indexes=tuple(ring.line_indexes(kind.value, number)) if number else (),
        made_with=ring.line_key_id,
        number=sealed,
        epoch=key.epoch,
        kind=kind,
    )


def keep_line(desk: Desk, *, line: NewLine, holder: PersonId, state: LineState = LineState.ACTIVE) -> LineId:
    """A phone in somebody's pocket. A number that stands at this desk already, whosever it is: ``Refused``."""
    if Line.objects.filter(index__in=line.indexes).exists():
        raise Refused("network.line_taken")
    Line.objects.create(
        id=line.id,
        kind=line.kind,
        holder_id=holder,
        index=line.index,
        made_with=line.made_with,
        number=line.number,
        epoch=line.epoch,
        state=state,
    )
    record(desk, facts.LineRecorded(line=line.id, holder=holder))
    return line.id
