"""What is done about persons and their names. `keep…` and `shred` are for an action of an app above, in one stroke."""

from django.db import transaction

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.people import keys, queries
from ojakgyo.apps.people.models import Person, PersonKey, PersonRole
from ojakgyo.apps.people.models import RealName as RealNameRow
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import NameKept, NameRevealed, PersonForgotten, RevealReason
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.roles import PersonRole as Role


def keep(name: CodeName, role: Role) -> PersonId:
    """A new person and the first role, inside the caller's transaction. Somebody bears or has borne the name: ``Refused``."""
    word, number = name.stored
    if Person.objects.filter(word=word, number=number).exists():
        raise Refused("vault.code_name_taken")
    person = Person.objects.create(word=word, number=number)
    PersonRole.objects.create(person=person, role=role)
    return PersonId(person.pk)


@action
def keep_name(desk: Desk, *, person: PersonId, cell: CellId, name: RealName) -> PersonId:
    """Keep what somebody is called, in the place of what was kept before. `cell`: the person's; its key must be held."""
    return keep_real_name(desk, person=person, cell=cell, name=name)


def keep_real_name(desk: Desk, *, person: PersonId, cell: CellId, name: RealName) -> PersonId:
    """The same, inside the caller's transaction."""
    if queries.named(person).forgotten:
        raise Refused("people.forgotten", person=person)
    data = keys.open_key(desk, person) or keys.draw_key(desk, person, cell)
    keys.keep_fields(data, {"name": name.name, "aliases": list(name.aliases), "note": name.note})
    record(desk, NameKept(person=person))
    return person


@action
def reveal_name(desk: Desk, *, person: PersonId, cell: CellId, reason: RevealReason) -> RealName:
    """Show an officer what somebody is called, once, for one of the closed reasons; it counts against the day's budget.

    `cell`: the person's. Without its key: ``NotHeld``, whatever the role.
    """
    desk.keyring.cell_key(cell)
    named, left = queries.named(person), queries.reveals_left(desk)
    if named.forgotten:
        raise Refused("people.forgotten", person=person)
    data = keys.open_key(desk, person)
    fields = None if data is None else keys.open_fields(data)
    if fields is None:
        raise Refused("people.no_name", person=person)
    if not left:
        raise Refused("people.reveal_spent", person=person)
    record(desk, NameRevealed(person=person, reason=reason))
    return RealName(fields["name"], tuple(fields["aliases"]), fields["note"])


def shred(desk: Desk, person: PersonId) -> None:
    """Destroy a person's data key and blob, inside the caller's transaction; after it, `store.erasing` is called.

    What the seats at the desk have opened of names goes from their memory with it.
    """
    PersonKey.objects.filter(person_id=person).delete()
    RealNameRow.objects.filter(person_id=person).delete()
    transaction.on_commit(seats.put_away)
    if Person.objects.filter(pk=person, forgotten_ms=None).update(forgotten_ms=desk.now):
        record(desk, PersonForgotten(person=person))
