"""Who speaks through whose line, and by which numbers a holder's codes speak of others."""

import secrets

from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import PocketNumber, Sharer
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.people import queries as people
from ojakgyo.domain import facts
from ojakgyo.domain.cards import pocket
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.ids import LineId, PersonId


@action
def share_line(desk: Desk, *, line: LineId, person: PersonId) -> LineId:
    """Somebody else speaks through this line too: its texts are tried on their cards as well. Needs both cells' keys."""
    holder = _holder(desk, line, person)
    if holder == person or Sharer.objects.filter(line_id=line, person_id=person).exists():
        raise Refused("cards.line_shared")
    Sharer.objects.create(line_id=line, person_id=person)
    record(desk, facts.LineShared(line=line, person=person))
    return line


@action
def unshare_line(desk: Desk, *, line: LineId, person: PersonId) -> LineId:
    """They speak through it no more."""
    _holder(desk, line, person)
    gone, _ = Sharer.objects.filter(line_id=line, person_id=person).delete()
    if not gone:
        raise Refused("house.not_found")
    record(desk, facts.LineUnshared(line=line, person=person))
    return line


@action
def give_pocket_number(desk: Desk, *, holder: PersonId, about: PersonId) -> int:
    """A number 0..99, by which this holder's codes speak of somebody, of whatever cell; far from the others they have."""
    demand_cell(desk, holder)
    people.named(about)
    mine = PocketNumber.objects.filter(holder_id=holder)
    if holder == about or mine.filter(about_id=about).exists():
        raise Refused("cards.pocket_taken")
    taken = frozenset(mine.values_list("number", flat=True))
    if len(taken) >= len(pocket.ALL):
        raise Refused("cards.pocket_full")
    number = pocket.draw(taken, secrets.token_bytes)
    PocketNumber.objects.create(holder_id=holder, about_id=about, number=number)
    record(desk, facts.PocketNumberGiven(holder=holder, about=about, number=number))
    return number


@action
def drop_pocket_number(desk: Desk, *, holder: PersonId, about: PersonId) -> int:
    """The number means nobody any more; it may be given to somebody else."""
    demand_cell(desk, holder)
    row = PocketNumber.objects.filter(holder_id=holder, about_id=about).first()
    if row is None:
        raise Refused("house.not_found")
    row.delete()
    record(desk, facts.PocketNumberDropped(holder=holder, about=about, number=row.number))
    return row.number


def _holder(desk: Desk, line: LineId, person: PersonId) -> int:
    """Who has this line, for who holds the keys of both cells."""
    holder = Line.objects.filter(pk=line).values_list("holder_id", flat=True).first()
    if holder is None:
        raise Refused("house.not_found")
    demand_cell(desk, holder)
    demand_cell(desk, person)
    return int(holder)
