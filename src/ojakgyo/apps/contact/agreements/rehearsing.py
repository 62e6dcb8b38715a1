"""A warning route was tried today: the desk counts on what was tried, not on what was agreed."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.models import Route
from ojakgyo.apps.network import queries as network
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import RouteKind, RouteRehearsed
from ojakgyo.domain.values.ids import PersonId


@action
def rehearse_route(desk: Desk, *, person: PersonId, route: int) -> PersonId:
    """For who holds the key of the cell; else ``NotHeld``."""
    cell = network.cells_of([person]).get(person)
    if cell is None or not desk.keyring.holds(cell):
        raise NotHeld(person=person)
    row = Route.objects.filter(person_id=person, pk=route).first()
    if row is None:
        raise Refused("contact.nothing_agreed")
    Route.objects.filter(pk=row.pk).update(rehearsed_ms=desk.now)
    record(desk, RouteRehearsed(person=person, route=RouteKind(row.kind)))
    return person
