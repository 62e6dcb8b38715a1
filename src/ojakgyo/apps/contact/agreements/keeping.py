"""Agreements kept inside the transaction of whoever has reason to: an officer by hand, an import, a duty of the house."""

from django.db.models import QuerySet

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.contact.agreements.values import NewAside, NewNoticer, NewRoute, NewWindow
from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer, Route, Window, WindowSource, WindowState
from ojakgyo.domain import facts
from ojakgyo.domain.checkins.patterns import Pattern
from ojakgyo.domain.checkins.plans import Plan
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import PlanKind, RouteKind
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


def keep_window(
    desk: Desk,
    person: PersonId,
    window: NewWindow,
    *,
    heard: Instant | None = None,
    source: WindowSource = WindowSource.HAND,
) -> int:
    """When somebody is to be in touch; silence past the grace falls due by itself. `heard`: it is over, and was kept."""
    if not window.opens < window.closes:
        raise Refused("contact.window_backwards")
    if Window.objects.filter(person_id=person, opens_ms=window.opens).exists():
        raise Refused("contact.window_again")
    row = Window.objects.create(
        person_id=person,
        opens_ms=window.opens,
        closes_ms=window.closes,
        grace_ms=window.grace_ms,
        state=WindowState.AGREED if heard is None else WindowState.KEPT,
        heard_ms=heard,
        source=source,
    )
    if heard is None:
        missed = Instant(window.closes + window.grace_ms)
        due.put("contact.window", key=f"contact.window:{row.pk}", about=row.pk, due=missed)
    record(desk, facts.WindowAgreed(person=person, opens=window.opens, closes=window.closes))
    return int(row.pk)


def keep_plan(desk: Desk, person: PersonId, plan: Plan) -> int:
    """In the place of the plan before, and of every window that has not opened yet; returns the plan's first window."""
    ContactPlan.objects.update_or_create(
        person_id=person,
        defaults={
            "first_ms": plan.first,
            "every_days": plan.every_days,
            "length_ms": plan.length_ms,
            "grace_ms": plan.grace_ms,
            "kind": PlanKind.DAYS,
            "rule": "",
            "zone": "",
        },
    )
    record(desk, facts.PlanAgreed(person=person, every_days=plan.every_days, first=plan.first))
    drop_coming(desk, person)
    window = keep_following(desk, person, plan)
    assert window is not None
    return window


def keep_pattern(desk: Desk, person: PersonId, plan: Pattern) -> int:
    """In the place of the plan before, like any other; one from which no window follows any more is `Refused`."""
    ContactPlan.objects.update_or_create(
        person_id=person,
        defaults={
            "first_ms": plan.first,
            "every_days": 0,
            "length_ms": plan.length_ms,
            "grace_ms": plan.grace_ms,
            "kind": plan.kind,
            "rule": plan.rule,
            "zone": plan.zone,
        },
    )
    drop_coming(desk, person)
    window = keep_following(desk, person, plan)
    if window is None:
        raise Refused("contact.plan_empty")
    first = Window.objects.values_list("opens_ms", flat=True).get(pk=window)
    record(desk, facts.PatternAgreed(person=person, plan=plan.kind, first=Instant(first)))
    return window


def keep_following(desk: Desk, person: PersonId, plan: Plan | Pattern, *, after: Instant | None = None) -> int | None:
    """The plan's next window that is not over and has never been agreed; None: the plan has come to its end."""
    window = plan.next(desk.now, after=after)
    while window is not None and Window.objects.filter(person_id=person, opens_ms=window.opens).exists():
        window = plan.next(desk.now, after=window.opens)
    if window is None:
        return None
    if isinstance(plan, Pattern) and (moved := plan.moved_on(window.opens)) != plan:
        ContactPlan.objects.filter(person_id=person).update(rule=moved.rule)
    new = NewWindow(opens=window.opens, length_ms=plan.length_ms, grace_ms=plan.grace_ms)
    return keep_window(desk, person, new, source=WindowSource.PLAN)


def drop_coming(desk: Desk, person: PersonId) -> None:
    """Wait for none of the windows that have not opened yet."""
    let_go(Window.objects.filter(person_id=person, state=WindowState.AGREED, opens_ms__gt=desk.now))


def let_go(windows: QuerySet[Window]) -> None:
    """Wait for none of these any more."""
    found = list(windows.values_list("pk", flat=True))
    for window in found:
        due.drop(f"contact.window:{window}")
    if found:
        windows.delete()


def end_plan(desk: Desk, person: PersonId) -> None:
    """No window follows any more; one that has opened is still waited for."""
    if not ContactPlan.objects.filter(person_id=person).delete()[0]:
        raise Refused("contact.nothing_agreed")
    drop_coming(desk, person)
    record(desk, facts.PlanEnded(person=person))


def keep_route(desk: Desk, person: PersonId, route: NewRoute) -> int:
    """A way to tell somebody outside the window, agreed beforehand."""
    if route.through == person:
        raise Refused("contact.oneself")
    if (route.kind is not RouteKind.AGREED_LINE) and route.through is None:
        raise Refused("contact.relay_wanted")
    row = Route.objects.create(
        person_id=person,
        kind=route.kind,
        through_id=route.through,
        delay_ms=route.delay_ms,
        exposes=route.exposes,
        from_minute=route.from_minute,
        to_minute=route.to_minute,
        rehearsed_ms=route.rehearsed,
    )
    record(desk, facts.RouteAgreed(person=person, route=route.kind, through=route.through))
    return int(row.pk)


def drop_route(desk: Desk, person: PersonId, route: int) -> None:
    """A way that does not work any more."""
    row = Route.objects.filter(person_id=person, pk=route).first()
    if row is None:
        raise Refused("contact.nothing_agreed")
    through = None if row.through_id is None else PersonId(row.through_id)
    record(desk, facts.RouteDropped(person=person, route=row.kind, through=through))
    row.delete()


def keep_noticer(desk: Desk, person: PersonId, noticer: NewNoticer) -> None:
    """Who would see that something happened to somebody."""
    if noticer.noticer == person:
        raise Refused("contact.oneself")
    Noticer.objects.update_or_create(
        person_id=person, defaults={"noticer_id": noticer.noticer, "delay_ms": noticer.delay_ms}
    )
    record(desk, facts.NoticerAgreed(person=person, noticer=noticer.noticer))


def keep_aside(desk: Desk, person: PersonId, aside: NewAside) -> None:
    """What somebody does when told of danger, and how many they look after."""
    AsidePlan.objects.update_or_create(
        person_id=person,
        defaults={
            "aside": aside.aside,
            "confirms": aside.confirms,
            "adults": aside.adults,
            "children": aside.children,
        },
    )
    record(
        desk,
        facts.StandAsideAgreed(person=person, aside=aside.aside, adults=aside.adults, children=aside.children),
    )
