"""Somebody new, with all that is agreed at once: one act, all of it or nothing."""

from dataclasses import dataclass, field

from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.contact.agreements import keeping
from ojakgyo.apps.contact.agreements.values import NewAside, NewNoticer, NewRoute, NewWindow
from ojakgyo.apps.network.keeping import NewLine, draft_line, keep_line, keep_person
from ojakgyo.apps.people.actions import keep_real_name
from ojakgyo.apps.people.values import RealName
from ojakgyo.domain.checkins.plans import Plan
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.roles import PersonRole


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """`number` in E.164. `plan` and `window`: one of them, or neither."""

    name: CodeName
    role: PersonRole
    cell: CellId
    number: str | None = field(default=None, repr=False)
    plan: Plan | None = None
    window: NewWindow | None = None
    route: NewRoute | None = None
    noticer: NewNoticer | None = None
    aside: NewAside | None = None
    real: RealName | None = field(default=None, repr=False)


def enter_person(desk: Desk, new: NewPerson) -> PersonId:
    """Seal and index the number, then write everything at once. Without the key of the cell: ``NotHeld``."""
    desk.keyring.cell_key(new.cell)
    line = None if new.number is None else draft_line(desk, cell=new.cell, number=new.number)
    return write_person(desk, new=new, line=line)


@action
def write_person(desk: Desk, *, new: NewPerson, line: NewLine | None) -> PersonId:
    """Write somebody new and all that is agreed with them; one thing refused, nothing is kept."""
    person = keep_person(desk, name=new.name, role=new.role, cell=new.cell)
    if line is not None:
        keep_line(desk, line=line, holder=person)
    if new.plan is not None:
        keeping.keep_plan(desk, person, new.plan)
    elif new.window is not None:
        keeping.keep_window(desk, person, new.window)
    if new.route is not None:
        keeping.keep_route(desk, person, new.route)
    if new.noticer is not None:
        keeping.keep_noticer(desk, person, new.noticer)
    if new.aside is not None:
        keeping.keep_aside(desk, person, new.aside)
    if new.real is not None:
        keep_real_name(desk, person=person, cell=new.cell, name=new.real)
    return person
