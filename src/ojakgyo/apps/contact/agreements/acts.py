"""What an officer agrees with a helper, one agreement at a time."""

from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.contact.agreements import keeping
from ojakgyo.apps.contact.agreements.values import NewAside, NewNoticer, NewRoute, NewWindow
from ojakgyo.apps.contact.models import WindowSource
from ojakgyo.domain.checkins.patterns import Pattern
from ojakgyo.domain.checkins.plans import Plan
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Exposes, RouteKind, StandAside
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


@action
def agree_window(
    desk: Desk,
    *,
    person: PersonId,
    opens: Instant,
    closes: Instant,
    grace_ms: int,
    heard: Instant | None = None,
    source: WindowSource = WindowSource.HAND,
) -> int:
    """When a person is to be in touch; silence past the grace falls due by itself. `heard`: it is over, and was kept.

    `source`: by what, where it was agreed before this desk began.
    """
    window = NewWindow(opens=opens, length_ms=closes - opens, grace_ms=grace_ms)
    return keeping.keep_window(desk, person, window, heard=heard, source=source)


@action
def agree_plan(
    desk: Desk, *, person: PersonId, first: Instant, every_days: int, length_ms: int, grace_ms: int
) -> PersonId:
    """Every so many days at the same hour, in the place of what was agreed for later; the next window is agreed with it."""
    try:
        plan = Plan(first=first, every_days=every_days, length_ms=length_ms, grace_ms=grace_ms)
    except ValueError:
        raise Refused("contact.window_backwards") from None
    keeping.keep_plan(desk, person, plan)
    return person


@action
def agree_pattern(desk: Desk, *, person: PersonId, plan: Pattern) -> PersonId:
    """By a wall clock, in the place of what was agreed for later; `plan` as `patterns.read` made it."""
    keeping.keep_pattern(desk, person, plan)
    return person


@action
def end_plan(desk: Desk, *, person: PersonId) -> PersonId:
    """No window follows any more, and none that has not opened is waited for."""
    keeping.end_plan(desk, person)
    return person


@action
def agree_route(
    desk: Desk,
    *,
    person: PersonId,
    kind: RouteKind,
    through: PersonId | None,
    delay_ms: int,
    exposes: Exposes,
    from_minute: int = 0,
    to_minute: int = 1440,
    rehearsed: Instant | None = None,
) -> int:
    """A way to tell a person outside the window, agreed beforehand."""
    route = NewRoute(
        kind=kind,
        through=through,
        delay_ms=delay_ms,
        exposes=exposes,
        from_minute=from_minute,
        to_minute=to_minute,
        rehearsed=rehearsed,
    )
    return keeping.keep_route(desk, person, route)


@action
def drop_route(desk: Desk, *, person: PersonId, route: int) -> PersonId:
    """A way to tell a person does not work any more: the desk stops counting on it."""
    keeping.drop_route(desk, person, route)
    return person


@action
def agree_noticer(desk: Desk, *, person: PersonId, noticer: PersonId, delay_ms: int) -> PersonId:
    """Who would see that something happened to a person."""
    keeping.keep_noticer(desk, person, NewNoticer(noticer=noticer, delay_ms=delay_ms))
    return person


@action
def agree_stand_aside(
    desk: Desk,
    *,
    person: PersonId,
    aside: StandAside,
    confirms: RouteKind | None = None,
    adults: int = 0,
    children: int = 0,
) -> PersonId:
    """What a person does when told of danger, by which way they confirm it, and how many they look after."""
    keeping.keep_aside(desk, person, NewAside(aside=aside, confirms=confirms, adults=adults, children=children))
    return person
