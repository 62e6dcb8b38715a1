"""Check-ins on one axis, the ways to reach somebody, and what was logged; never what a message said."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Count, Max

from ojakgyo.apps.contact.models import Inbound, InboundState, Route, Window, WindowState
from ojakgyo.apps.contact.outages.queries import people_of_silent_areas
from ojakgyo.apps.contact.radio.queries import spans
from ojakgyo.apps.contact.values import CheckinLine, CheckinState, Trouble
from ojakgyo.apps.contact.values import Window as WindowValue
from ojakgyo.apps.network.queries import lines_of
from ojakgyo.apps.people.models import Person
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.checkins import radio, windows
from ojakgyo.domain.checkins.radio import Span
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel, Exposes, Meaning
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning import reach
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

AXIS_MS: Final = 6 * HOUR_MS
"""The lanes show so long before and after now."""
AHEAD_MS: Final = 72 * HOUR_MS
"""Nobody needs a month's plan on one page."""
PRESSING_MS: Final = HOUR_MS
SILENT: Final = frozenset({CheckinState.LATE, CheckinState.MISSED})


def window_bounds(window: int) -> tuple[Instant, Instant]:
    """When a window opened and closed."""
    opens, closes = Window.objects.values_list("opens_ms", "closes_ms").get(pk=window)
    return Instant(opens), Instant(closes)


def window_heard_in(person: PersonId, heard: Instant) -> int | None:
    """The window that was kept by a sign of life of this very moment; None: it kept none."""
    kept = Window.objects.filter(person_id=person, heard_ms=heard).order_by("-opens_ms")
    found = kept.values_list("pk", flat=True).first()
    return None if found is None else int(found)


def next_windows(desk: Desk, persons: Iterable[int]) -> Mapping[int, tuple[windows.Window, ...]]:
    """Windows of these persons that are not over, within 72 hours, soonest first."""
    rows = Window.objects.filter(
        person_id__in=set(persons), closes_ms__gt=desk.now, opens_ms__lt=desk.now + AHEAD_MS, state=WindowState.AGREED
    )
    found: dict[int, tuple[windows.Window, ...]] = {}
    for row in rows.order_by("opens_ms"):
        window = windows.Window(Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms)
        found[row.person_id] = (*found.get(row.person_id, ()), window)
    return found


def routes(persons: Iterable[int]) -> Mapping[int, tuple[reach.Route, ...]]:
    """The warning routes of these persons."""
    found: dict[int, tuple[reach.Route, ...]] = {}
    for row in Route.objects.filter(person_id__in=set(persons)).order_by("pk"):
        found[row.person_id] = (*found.get(row.person_id, ()), _route(row))
    return found


def last_heard(persons: Iterable[int]) -> Mapping[int, Instant]:
    """The newest sign of life of each that kept a window."""
    rows = Window.objects.filter(person_id__in=set(persons), heard_ms__isnull=False).order_by("heard_ms")
    return {person: Instant(heard) for person, heard in rows.values_list("person_id", "heard_ms")}


def checkins(
    desk: Desk,
    *,
    unheard: Collection[int] = (),
    said: Mapping[int, Meaning] | None = None,
    among: Collection[int] | None = None,
    deaf: bool = False,
) -> tuple[CheckinLine, ...]:
    """One line a person: the window that matters within six hours of now. Overdue first, then due, then heard.

    `unheard`: persons whose sign of life is none for this viewer, such as one read as duress. `said`: words of danger this
    viewer may see. `among`: of these persons alone. `deaf`: what could not be judged since then presses nobody.
    """
    rows = Window.objects.filter(opens_ms__lt=desk.now + AXIS_MS, closes_ms__gt=desk.now - AHEAD_MS).order_by(
        "opens_ms"
    )
    if among is not None:
        rows = rows.filter(person_id__in=set(among))
    by_person: dict[int, list[Window]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    names, silent_there = code_names(desk, by_person), people_of_silent_areas(desk)
    still = spans(Instant(desk.now - AHEAD_MS))
    lines = [
        _checkin(desk.now, person, _matters(own, desk.now), names[person], person in unheard, still)
        for person, own in by_person.items()
    ]
    unjudged = {person for person, own in by_person.items() if deaf and _unjudged(_matters(own, desk.now))}
    shown = [
        replace(
            line,
            says=(said or {}).get(line.subject),
            area=(area := line.state in SILENT and line.subject in silent_there),
            pressing=line.pressing and not area and line.subject not in unjudged,
        )
        for line in lines
        if line is not None
    ]
    return tuple(sorted(shown, key=_rank))


def due_between(start: Instant, end: Instant) -> int:
    """How many windows open between two instants and have not been kept."""
    return Window.objects.filter(opens_ms__gte=start, opens_ms__lt=end, state=WindowState.AGREED).count()


def next_opening(now: Instant) -> Instant | None:
    opens = Window.objects.filter(opens_ms__gt=now, state=WindowState.AGREED).order_by("opens_ms")
    found = opens.values_list("opens_ms", flat=True).first()
    return None if found is None else Instant(found)


def knows_somebody() -> bool:
    """Whether there is anybody to be in touch with."""
    return Person.objects.exists()


def troubles(desk: Desk) -> tuple[Trouble, ...]:
    """Messages of the last day that could not be read, or whose sender nobody knows, by what was wrong; newest first."""
    rows = Inbound.objects.filter(received_ms__gte=desk.now - DAY_MS, code__isnull=False)
    told = rows.values_list("code").annotate(count=Count("seq"), last=Max("received_ms")).order_by("-last")
    return tuple(Trouble(code=code, count=count, last=Instant(last)) for code, count, last in told)


def _route(row: Route) -> reach.Route:
    through = None if row.through_id is None else PersonId(row.through_id)
    exposed = (through,) if row.exposes is Exposes.THE_RELAY and through is not None else ()
    return reach.Route(
        kind=row.kind,
        through=through,
        delay_ms=row.delay_ms,
        usable_from=row.from_minute,
        usable_to=row.to_minute,
        exposes=exposed,
    )


def _matters(own: list[Window], now: int) -> Window:
    """The newest window that has opened and is not kept yet, else the newest kept one, else the next."""
    opened = [row for row in own if row.opens_ms <= now]
    waiting = [row for row in opened if row.state != WindowState.KEPT]
    return (waiting or opened or own)[-1 if opened else 0]


def _checkin(
    now: Instant,
    person: int,
    row: Window,
    name: CodeName,
    unheard: bool,
    still: tuple[Span, ...],
) -> CheckinLine | None:
    agreed = windows.Window(Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms)
    window = windows.Window(agreed.opens, agreed.closes, radio.judged_from(agreed, still) - agreed.closes)
    kept = None if unheard or row.heard_ms is None else Instant(row.heard_ms)
    state = CheckinState.HEARD if kept is not None else CheckinState(windows.state(window, now))
    if state is not CheckinState.HEARD and row.state == WindowState.AGREED and radio.is_unknown(agreed, still, now):
        state = CheckinState.UNKNOWN
    if state is CheckinState.HEARD and (kept or 0) < now - AXIS_MS:
        return None
    silent = window.closes if state in SILENT else None
    return CheckinLine(
        subject=person,
        code_name=name,
        state=state,
        window=WindowValue(window.opens, window.closes),
        grace_until=window.missed_from,
        heard=kept,
        silent_since=silent,
        pressing=state is CheckinState.MISSED or (silent is not None and now - silent > PRESSING_MS),
    )


def _rank(line: CheckinLine) -> tuple[int, int]:
    order = tuple(CheckinState(each) for each in ("missed", "late", "unknown", "open", "due", "heard"))
    state = CheckinState.UNKNOWN if line.area else line.state
    since = line.silent_since or (line.window.opens if line.window else 0)
    return order.index(state), -(line.heard or 0) if line.state is CheckinState.HEARD else since


def _unjudged(row: Window) -> bool:
    return bool(row.state == WindowState.AGREED)


def overdue(desk: Desk, persons: Iterable[int], *, unheard: Collection[int] = ()) -> Mapping[int, int]:
    """How many milliseconds each of these persons has been silent past a window; who is not, is left out.

    A radio silence does not count, nor what it touches before it is over.
    """
    start = Instant(desk.now - AHEAD_MS)
    rows = Window.objects.filter(person_id__in=set(persons), closes_ms__lte=desk.now, closes_ms__gt=start)
    found, still = {}, spans(start)
    for row in rows.order_by("opens_ms"):
        window = windows.Window(Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms)
        silent = row.state != WindowState.KEPT or row.person_id in unheard
        waited_from = radio.judged_from(window, still) - row.grace_ms
        found[row.person_id] = max(0, desk.now - waited_from) if silent else 0
    return {person: silent for person, silent in found.items() if silent}


def typed_for(messages: Iterable[int]) -> Mapping[int, int]:
    """Message -> the person an officer typed it for."""
    rows = Inbound.objects.filter(channel=Channel.TYPED, message__in=set(messages), person__isnull=False)
    return dict(rows.values_list("message", "person"))


def logged_for(messages: Iterable[int]) -> Mapping[int, tuple[int, Channel]]:
    """Message -> the person it was typed or handed in for, and which of the two."""
    by_hand = (Channel.TYPED, Channel.PROGRAM)
    rows = Inbound.objects.filter(channel__in=by_hand, message__in=set(messages), person__isnull=False)
    return {
        message: (person, Channel(channel))
        for message, person, channel in rows.values_list("message", "person", "channel")
    }


@dataclass(frozen=True, slots=True)
class Waiting:
    """A window whose sign of life is asked for, kept or not."""

    person: int
    opens: Instant
    closes: Instant
    grace_ms: int


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """Windows that are not past their grace, kept ones included, soonest first."""
    rows = Window.objects.filter(closes_ms__gt=desk.now - AHEAD_MS).order_by("closes_ms")
    return tuple(
        Waiting(row.person_id, Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms)
        for row in rows
        if row.closes_ms + row.grace_ms > desk.now
    )


def has_been_read(person: PersonId) -> bool:
    """Whether a message of this person's lines, or typed for them, has been read."""
    lines = lines_of(person)
    read = Inbound.objects.filter(state=InboundState.READ)
    return read.filter(line__in=lines).exists() or read.filter(person=person).exists()


def windows_between(start: Instant, end: Instant) -> tuple[Waiting, ...]:
    """Windows that open between two instants, or are open at the first, and have not been kept; soonest first."""
    rows = Window.objects.filter(closes_ms__gt=start, opens_ms__lt=end, state=WindowState.AGREED).order_by("opens_ms")
    return tuple(Waiting(row.person_id, Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms) for row in rows)
