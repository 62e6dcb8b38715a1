"""What is agreed with each of many persons, in as many questions as for one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ojakgyo.apps.contact.agreements.following import plan_of
from ojakgyo.apps.contact.agreements.values import DAY_MINUTES, Agreed, Agreements, NewAside, NoticerLine, RouteLine
from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer, Quiet, Route, Window, WindowState
from ojakgyo.apps.people.queries import code_names, helpers_known
from ojakgyo.domain.checkins import windows
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning.gaps import gaps
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.instants import Instant


def agreements(desk: Desk, persons: Iterable[int]) -> Agreements:
    """By person; everybody asked about is there."""
    asked = set(persons)
    coming, late = _windows(desk, asked)
    ways = list(Route.objects.filter(person_id__in=asked).order_by("pk"))
    seen = dict(Noticer.objects.filter(person_id__in=asked).values_list("person_id", "noticer_id"))
    delays = dict(Noticer.objects.filter(person_id__in=asked).values_list("person_id", "delay_ms"))
    names = code_names(desk, {*(row.through_id for row in ways if row.through_id), *seen.values()})
    plans = {row.person_id: plan_of(row) for row in ContactPlan.objects.filter(person_id__in=asked)}
    asides = {row.person_id: _aside(row) for row in AsidePlan.objects.filter(person_id__in=asked)}
    own, quiet = _lines(ways, names), quiet_among(desk.now, asked)
    return {
        person: Agreed(
            window=coming.get(person),
            plan=plans.get(person),
            routes=own.get(person, ()),
            noticer=NoticerLine(code_name=names[seen[person]], delay_ms=delays[person]) if person in seen else None,
            aside=asides.get(person),
            quiet=quiet.get(person),
            gaps=()
            if person in quiet
            else gaps(
                coming.get(person),
                late=late.get(person),
                warned=person in own,
                noticed=person in seen,
                now=desk.now,
            ),
        )
        for person in asked
    }


def gap_counts(desk: Desk, groups: Mapping[CellId, Iterable[int]]) -> Mapping[CellId, int]:
    """How much is missing in each group, its helpers counted alone; few questions for however many people."""
    routed, seen = _everybody_in(Route.objects), _everybody_in(Noticer.objects)
    open_now = Window.objects.filter(state=WindowState.AGREED, opens_ms__lte=desk.now, closes_ms__gt=desk.now)
    told, helpers = routed | _everybody_in(open_now), helpers_known() - quiet_among(desk.now).keys()
    own = {group: helpers.intersection(persons) for group, persons in groups.items()}
    return {group: len(persons - told) + len(persons - seen) for group, persons in own.items()}


def quiet_among(now: Instant, persons: Collection[int] | None = None) -> Mapping[int, Instant]:
    """Until when each of them said that nothing will be heard, where that is not over; None: of everybody."""
    rows = Quiet.objects.filter(until_ms__gt=now)
    rows = rows if persons is None else rows.filter(person_id__in=persons)
    return {person: Instant(until) for person, until in rows.values_list("person_id", "until_ms")}


def _everybody_in(rows: Any) -> frozenset[int]:
    return frozenset(rows.values_list("person_id", flat=True))


def _windows(desk: Desk, persons: set[int]) -> tuple[dict[int, windows.Window], dict[int, windows.Window]]:
    """The soonest window of each that is not over, whoever shows it says how far ahead; and the one that is late."""
    coming: dict[int, windows.Window] = {}
    late: dict[int, windows.Window] = {}
    rows = Window.objects.filter(person_id__in=persons, state=WindowState.AGREED).order_by("-opens_ms")
    for person, opens, closes, grace_ms in rows.values_list("person_id", "opens_ms", "closes_ms", "grace_ms"):
        found = windows.Window(Instant(opens), Instant(closes), grace_ms)
        (coming if closes > desk.now else late)[person] = found
    return coming, late


def _lines(ways: list[Route], names: Mapping[int, CodeName]) -> dict[int, tuple[RouteLine, ...]]:
    found: dict[int, tuple[RouteLine, ...]] = {}
    for row in ways:
        always = (row.to_minute - row.from_minute) % DAY_MINUTES == 0
        line = RouteLine(
            number=row.pk,
            kind=row.kind,
            through=names.get(row.through_id or 0),
            delay_ms=row.delay_ms,
            exposes=row.exposes,
            hours=None if always else (row.from_minute, row.to_minute),
            rehearsed=None if row.rehearsed_ms is None else Instant(row.rehearsed_ms),
        )
        found[row.person_id] = (*found.get(row.person_id, ()), line)
    return found


def _aside(row: AsidePlan) -> NewAside:
    return NewAside(aside=row.aside, confirms=row.confirms, adults=row.adults, children=row.children)
