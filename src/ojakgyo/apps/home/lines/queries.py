"""Everything about one line, gathered from the rooms that know of it."""

from typing import Final

from django.db.models import Q

from ojakgyo.apps.calls.queries import may_call
from ojakgyo.apps.calls.reasons import fell_silent
from ojakgyo.apps.cards.models import Sharer
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.models import Inbound, InboundState, Route
from ojakgyo.apps.home.lines.values import LinePage, NotOver, RouteOver
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.lines.keys import held_line
from ojakgyo.apps.network.lines.queries import charge_of, held_since, holders_before, numbered
from ojakgyo.apps.network.models import Holding, Line, LineKind, Link
from ojakgyo.apps.people import queries as people
from ojakgyo.domain.checkins.lines import MAY_BECOME, Charge
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Called, CallTakenBack, LineState, NumberShown, RouteKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import LineId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

SHOWN_MS: Final = 30 * DAY_MS
SHOWN_AT_MOST: Final = 60
"""Calls or texts: two a day."""
STILL: Final = {
    LineState.BURNT: NotOver.BURNT,
    LineState.SEIZED: NotOver.SEIZED,
    LineState.QUIET: NotOver.QUIET,
}
SPOKEN: Final = (Called, NumberShown)
"""What somebody did over a line."""


def line_page(desk: Desk, *, line: LineId) -> LinePage:
    """No line of this id: ``Refused``; its holder's cell is not held: ``NotHeld``."""
    row = held_line(desk, line)
    holder, charge = PersonId(row.holder_id), charge_of(line)
    cell, phone = network.cell_of(holder), row.kind is LineKind.PHONE
    sharers = list(Sharer.objects.filter(line=line).order_by("pk").values_list("person_id", flat=True))
    seen = _seen(desk, sharers)
    names = people.code_names(desk, {holder, *seen})
    return LinePage(
        line=line,
        kind=LineKind(row.kind),
        state=row.state,
        may_become=MAY_BECOME[row.state],
        holder=holder,
        code_name=names[holder],
        cell=network.whereabouts(desk, cell)[0],
        cell_id=cell,
        forgotten=row.number is None,
        since=held_since(line),
        before=holders_before(desk, line),
        charge=charge,
        expires_soon=charge is not None and charge.expires_soon(desk.now),
        topped_up_soon=charge is not None and charge.topped_up_soon(desk.now),
        sharers=tuple((PersonId(each), names[each]) for each in sharers if each in seen),
        others=sum(each not in seen for each in sharers),
        calls=_calls(desk, line, holder),
        texts=_texts(desk, line),
        windows=contact.next_windows(desk, [holder]).get(holder, ()),
        routes=_routes(desk, holder, phone=phone),
        may_remove=not referred_to(line),
        nth=numbered([holder]).get(line),
        struck=_struck(desk, row, charge) if phone else STILL.get(row.state),
        may_call=may_call(desk, holder) if phone and row.state is LineState.ACTIVE else None,
    )


def referred_to(line: LineId) -> bool:
    """Whether anything stands under a line but that it was recorded."""
    linked = Link.objects.filter(Q(knower=line) | Q(known=line)).exists()
    held = Holding.objects.filter(line=line).exists() or Sharer.objects.filter(line=line).exists()
    if linked or held or Inbound.objects.filter(line=line).exists():
        return True
    return bool(inbox.mentioning([ids.text("l", line)], kinds=SPOKEN, at_most=1))


def _seen(desk: Desk, persons: list[int]) -> set[int]:
    return {person for person, cell in network.cells_of(persons).items() if desk.keyring.holds(cell)}


def _calls(desk: Desk, line: LineId, holder: PersonId) -> tuple[Instant, ...]:
    """When somebody was called on it, newest first; what was taken back was no call."""
    named = [ids.text("l", line), ids.text("p", holder)]
    told = inbox.mentioning(named, kinds=(Called, CallTakenBack), at_most=4 * SHOWN_AT_MOST)
    gone = {each.fact.call for each in told if isinstance(each.fact, CallTakenBack)}
    made = (each for each in told if isinstance(each.fact, Called) and each.fact.line == line and each.seq not in gone)
    return tuple(each.recorded for each in made if each.recorded >= desk.now - SHOWN_MS)[:SHOWN_AT_MOST]


def _texts(desk: Desk, line: LineId) -> tuple[Instant, ...]:
    rows = Inbound.objects.filter(line=line, received_ms__gte=desk.now - SHOWN_MS).exclude(state=InboundState.HELD)
    found = rows.order_by("-received_ms", "-seq").values_list("received_ms", flat=True)
    return tuple(Instant(each) for each in found[:SHOWN_AT_MOST])


def _struck(desk: Desk, row: Line, charge: Charge | None) -> NotOver | None:
    if row.state in STILL:
        return STILL[row.state]
    if charge is not None and charge.expires is not None and charge.expires <= desk.now:
        return NotOver.RAN_OUT
    return NotOver.SILENT if fell_silent({row.holder_id}) else None


def _routes(desk: Desk, holder: PersonId, *, phone: bool) -> tuple[RouteOver, ...]:
    """Ways agreed over the holder's own phone, and every way through the holder, who must be reached first."""
    own = Q(person=holder, kind=RouteKind.AGREED_LINE) if phone else Q()
    rows = list(Route.objects.filter(own | Q(through=holder)).order_by("pk"))
    names = people.code_names(desk, _seen(desk, [row.person_id for row in rows]))
    return tuple(
        RouteOver(
            kind=row.kind,
            warns=names.get(row.person_id),
            person=PersonId(row.person_id) if row.person_id in names else None,
            own=row.person_id == holder,
            delay_ms=row.delay_ms,
        )
        for row in rows
    )
