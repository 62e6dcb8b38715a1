"""What is done about a line by who holds its holder's cell: its state, what is on it, and who has it in the pocket now."""

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.burning import become
from ojakgyo.apps.network.lines.keys import held_line
from ojakgyo.apps.network.lines.queries import held_since
from ojakgyo.apps.network.links import LINK_KEPT_MS, NewLink, keep_links
from ojakgyo.apps.network.models import Charge, Holding, Line
from ojakgyo.apps.network.queries import cell_of
from ojakgyo.apps.people.queries import named
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import lines
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LineState, LinkKind
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import LineId, PersonId
from ojakgyo.domain.values.instants import Instant

REMIND = "network.remind_line"
FORGET = "network.forget_holding"


@action
def change_state(desk: Desk, *, line: LineId, state: LineState) -> LineId:
    """Burnt, in other hands, quiet, or in use again. One officer is enough; what was burnt or taken never comes back."""
    row = held_line(desk, line)
    if state not in lines.MAY_BECOME[row.state]:
        raise Refused("network.line_stays", line=line)
    become(desk, line, state)
    return line


@action
def note_charge(
    desk: Desk, *, line: LineId, expires: Instant | None, topup: Instant | None, balance: int | None
) -> LineId:
    """What is on it, in the place of what was noted; a week before the first of it is due, somebody is reminded."""
    held_line(desk, line)
    charge = lines.Charge(desk.now, expires, topup, balance)
    if charge.long_past:
        raise Refused("network.charge_long_past", line=line)
    values = {"told_ms": desk.now, "expires_ms": expires, "topup_ms": topup, "balance": balance}
    Charge.objects.update_or_create(line_id=line, defaults=values)
    due.drop_all(REMIND, about=[line])
    if (remind := charge.remind) is not None:
        when = Instant(max(remind, desk.now))
        due.put(REMIND, key=f"{REMIND}:{line}:{when}", about=line, due=when)
    record(desk, facts.LineCharged(line=line, expires=expires, topup=topup))
    return line


def hand_on(desk: Desk, *, line: LineId, to: PersonId) -> LineId:
    """Somebody else has it from now on: its number is sealed anew for their cell. Without both keys: ``NotHeld``."""
    row, key = held_line(desk, line), desk.keyring.cell_key(cell_of(to))
    if row.number is None:
        raise Refused("people.forgotten", line=line)
    place = seals.place(Table.LINE, line, Group.IDENT)
    before = desk.keyring.cell_key(cell_of(PersonId(row.holder_id)), row.epoch).wrap()
    number = seals.seal(key.wrap(), place, seals.unseal(before, place, row.number))
    return keep_handed_on(desk, line=line, to=to, before=row.number, number=number, epoch=key.epoch)


@action
def keep_handed_on(desk: Desk, *, line: LineId, to: PersonId, before: bytes, number: bytes, epoch: int) -> LineId:
    """Write it down. Who had it before knows whom it was used with, as long as any such link is kept."""
    row = held_line(desk, line)
    holder = PersonId(row.holder_id)
    if holder == to:
        raise Refused("network.line_same_holder", line=line)
    if row.state not in lines.TRUSTED:
        raise Refused("network.line_not_trusted", line=line)
    if named(to).forgotten:
        raise Refused("people.forgotten", person=to)
    unchanged = Line.objects.filter(pk=line, holder=holder, number=before)
    since = held_since(line)
    if not unchanged.update(holder=to, number=number, epoch=epoch):
        raise Refused("house.busy")
    held = Holding.objects.create(line_id=line, person_id=holder, from_ms=since, to_ms=desk.now)
    due.put(FORGET, key=f"{FORGET}:{held.pk}", about=held.pk, due=Instant(desk.now + LINK_KEPT_MS))
    record(desk, facts.LineHandedOn(line=line, person=to, before=holder))
    first = desk.now if since is None else since
    knew = NewLink(kind=LinkKind.CARRIES, knower=holder, known=line, mutual=False, first=first, last=desk.now)
    keep_links(desk, [knew])
    return line
