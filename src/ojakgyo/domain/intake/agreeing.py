"""What is agreed with helpers: when they are in touch, and by which ways they can be warned."""

from datetime import datetime, time, timedelta
from typing import Final

from ojakgyo.domain.checkins.windows import LEAST_GRACE_MS
from ojakgyo.domain.facts.vocabulary import Exposes, RouteKind
from ojakgyo.domain.intake import codes, dates, words
from ojakgyo.domain.intake.columns import Column, SheetKind
from ojakgyo.domain.intake.drafts import DraftPlan, DraftRoute, Who
from ojakgyo.domain.intake.entries import Entry, Sheet, sheets_of
from ojakgyo.domain.intake.linking import ZONES, Calendar
from ojakgyo.domain.intake.roster import Roster, firmly
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

LENGTH_MS: Final = HOUR_MS
GRACE_MS: Final = 12 * HOUR_MS
"""Where nothing is written."""


def plans_of(sheets: tuple[Sheet, ...], roster: Roster) -> tuple[DraftPlan, ...]:
    plans: dict[Who, DraftPlan] = {}
    for sheet in sheets_of(SheetKind.PLANS, sheets):
        calendar = Calendar.of(sheet, roster, (Column.FIRST,))
        for entry in sheet.going():
            plan = _plan(entry, calendar, roster)
            if plan is None or entry.failed:
                continue
            if plan.person in plans:
                entry.fail("intake.plan_twice", Column.WHO, plans[plan.person].at)
                continue
            plans[plan.person] = plan
    return tuple(plans.values())


def _plan(entry: Entry, calendar: Calendar, roster: Roster) -> DraftPlan | None:
    who, every = firmly(entry, Column.WHO, roster), _every(entry)
    length, grace = _time(entry, Column.LENGTH, MINUTE_MS, LENGTH_MS), _time(entry, Column.GRACE, HOUR_MS, GRACE_MS)
    if who is None or every is None:
        return None
    first = _first(entry, calendar, roster.side(who))
    if first is None or entry.failed or length is None or grace is None:
        return None
    if length >= every * DAY_MS or not length:
        entry.fail("intake.number_unreadable", Column.LENGTH)
    if grace < LEAST_GRACE_MS:
        entry.fail("intake.number_unreadable", Column.GRACE)
    missed = max(0, calendar.now - first)
    first = Instant(first + -(-missed // (every * DAY_MS)) * every * DAY_MS)  # the next that is still to come
    return DraftPlan(entry.spot(), who, first, every, length, grace)


def _every(entry: Entry) -> int | None:
    text = entry.text(Column.EVERY)
    found = codes.every(text) if text else None
    if found is None:
        entry.fail("intake.number_unreadable" if text else "intake.value_missing", Column.EVERY)
    return found


def _first(entry: Entry, calendar: Calendar, side: str) -> Instant | None:
    """When the first window opens: a day or a weekday, and an hour of the helper's own clock."""
    text = entry.text(Column.FIRST)
    if not text:
        entry.fail("intake.value_missing", Column.FIRST)
        return None
    weekday = codes.weekday(text)
    at: time | None = None
    if weekday is not None:
        today = instants.aware(calendar.now).astimezone(ZONES[side]).date()
        day = today + timedelta(days=(weekday - today.weekday()) % 7)
    else:
        span = calendar.span(entry, Column.FIRST)
        if span is None:
            return None
        if span.first != span.last:
            entry.fail("intake.date_unreadable", Column.FIRST)
            return None
        day, at = span.first, span.at
    if hour := entry.text(Column.HOUR):
        at = dates.read_hour(hour)
        if at is None:
            entry.fail("intake.hour_unreadable", Column.HOUR)
            return None
    if at is None:
        entry.fail("intake.value_missing", Column.HOUR)
        return None
    return instants.of(datetime.combine(day, at, ZONES[side]))


def _time(entry: Entry, column: Column, of: int, otherwise: int | None) -> int | None:
    """A duration in milliseconds; `otherwise` where nothing is written."""
    if not (text := entry.text(column)):
        if otherwise is None:
            entry.fail("intake.value_missing", column)
        return otherwise
    found = codes.duration(text, of)
    if found is None or found > 60 * DAY_MS:
        entry.fail("intake.number_unreadable", column)
        return None
    return found


def routes_of(sheets: tuple[Sheet, ...], roster: Roster) -> tuple[DraftRoute, ...]:
    routes: dict[tuple[Who, RouteKind, Who | None], DraftRoute] = {}
    for sheet in sheets_of(SheetKind.ROUTES, sheets):
        calendar = Calendar.of(sheet, roster, (Column.REHEARSED,))
        for entry in sheet.going():
            route = _route(entry, calendar, roster)
            if route is None or entry.failed:
                continue
            same = route.person, route.kind, route.through
            if same in routes:
                entry.leave("intake.route_twice", Column.WHO, routes[same].at)
                continue
            routes[same] = route
    return tuple(routes.values())


def _route(entry: Entry, calendar: Calendar, roster: Roster) -> DraftRoute | None:
    who, kind = firmly(entry, Column.WHO, roster), _kind(entry)
    delay = _time(entry, Column.DELAY, HOUR_MS, None)
    if who is None or kind is None or delay is None:
        return None
    through = _through(entry, who, kind, roster)
    exposes = _exposes(entry, kind)
    hours = _minutes(entry, roster.side(who))
    rehearsed = _rehearsed(entry, calendar, roster.side(who))
    return DraftRoute(entry.spot(), who, kind, through, delay, exposes, *hours, rehearsed=rehearsed)


def _kind(entry: Entry) -> RouteKind | None:
    if not (text := entry.text(Column.HOW)):
        entry.fail("intake.value_missing", Column.HOW)
        return None
    kind = words.said(RouteKind, text)
    if kind is None:
        entry.fail("intake.word_unknown", Column.HOW)
    return kind


def _through(entry: Entry, who: Who, kind: RouteKind, roster: Roster) -> Who | None:
    """Through whom; only an agreed line needs nobody."""
    text = entry.text(Column.THROUGH)
    if not text and kind is RouteKind.AGREED_LINE:
        return None
    found = firmly(entry, Column.THROUGH, roster)
    if found == who:
        entry.fail("intake.same_person", Column.THROUGH)
    return found


_USUAL: Final = {
    RouteKind.RELAY: Exposes.THE_RELAY,
    RouteKind.NEIGHBOUR: Exposes.A_MEETING,
    RouteKind.AGREED_LINE: Exposes.THE_LINE,
}
"""What such a route gives away, where nothing is written."""


def _exposes(entry: Entry, kind: RouteKind) -> Exposes:
    found = words.said(Exposes, entry.written(Column.EXPOSES))
    if found is None and entry.text(Column.EXPOSES):
        entry.fail("intake.word_unknown", Column.EXPOSES)
    return found or _USUAL[kind]


def _minutes(entry: Entry, side: str) -> tuple[int, int]:
    """From and to as minutes of the UTC day; all day where nothing is written."""
    texts = [entry.text(column) for column in (Column.FROM_HOUR, Column.TO_HOUR)]
    if not any(texts):
        return 0, 1440
    away = int(ZONES[side].utcoffset(None).total_seconds()) // 60
    minutes = []
    for text, column in zip(texts, (Column.FROM_HOUR, Column.TO_HOUR), strict=True):
        hour = dates.read_hour(text or "0:00")
        if hour is None:
            entry.fail("intake.hour_unreadable", column)
            return 0, 1440
        minutes.append((hour.hour * 60 + hour.minute - away) % 1440)
    return (0, 1440) if minutes[0] == minutes[1] else (minutes[0], minutes[1])


def _rehearsed(entry: Entry, calendar: Calendar, side: str) -> Instant | None:
    """The last day on which a route was tried out; of an imprecise date the earliest."""
    span = calendar.span(entry, Column.REHEARSED)
    if span is None:
        return None
    moment = instants.of(datetime.combine(span.first, span.at or time(12), ZONES[side]))
    if moment > calendar.now + DAY_MS:
        entry.fail("intake.date_to_come", Column.REHEARSED)
    return Instant(min(moment, calendar.now))
