"""Windows around now, of the next days by cell, and of the last ninety days by person: for who holds the cell's key."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

from ojakgyo.apps.contact.hours.blanks import blanks
from ojakgyo.apps.contact.hours.values import CellHours, History, Hours, Row, Told, Week, by_cell
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.apps.contact.queries import AHEAD_MS
from ojakgyo.apps.contact.radio.queries import spans
from ojakgyo.apps.contact.values import Ears
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.checkins import hours, radio, windows
from ojakgyo.domain.checkins.radio import Span
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant
from ojakgyo.web.pictures.hours import weeks

AROUND_MS: Final = 12 * HOUR_MS
PAST_MS: Final = 90 * DAY_MS
ROWS: Final = 200
"""People on one page; who has more is helped by the page of a cell."""
COLUMNS: Final = ("person_id", "opens_ms", "closes_ms", "grace_ms", "state", "heard_ms", "miss__cause")


def strip(desk: Desk, *, ears: Ears) -> Hours:
    """The last twelve hours and the next twelve."""
    return _hours(desk, Instant(desk.now - AROUND_MS), Instant(desk.now + AROUND_MS), ears)


def days(desk: Desk, *, ears: Ears) -> Hours:
    """From now on, as far as anybody is shown windows."""
    return _hours(desk, desk.now, Instant(desk.now + AHEAD_MS), ears)


def hours_by_cell(desk: Desk, found: Hours) -> tuple[CellHours, ...]:
    """The same by cell, in the order of their codes; a cell without a window is left out."""
    own = dict(by_cell(found.rows))
    return tuple(
        CellHours(cell=each.id, code=each.code, area=each.area, rows=own[each.id])
        for each in network.cells_held(desk)
        if each.id in own
    )


def history(desk: Desk, person: PersonId) -> History:
    """Whoever shows it has made sure that the cell's key is held."""
    begins = Instant(desk.now - PAST_MS)
    rows = Window.objects.filter(person_id=person, opens_ms__gt=begins, opens_ms__lte=desk.now).order_by("opens_ms")
    still = spans(begins)
    told = [_told(row, still, desk.now) for row in rows.values_list(*COLUMNS)]
    mondays = weeks(begins, desk.now)
    return History(
        begins=begins,
        ends=desk.now,
        weeks=tuple(
            Week(begins=start, windows=tuple(each for each in told if start <= each.opens < end))
            for start, end in reversed(tuple(pairwise([*mondays, Instant(desk.now + 1)])))
        ),
    )


def _hours(desk: Desk, begins: Instant, ends: Instant, ears: Ears) -> Hours:
    rows = list(
        Window.objects.filter(closes_ms__gt=begins, opens_ms__lt=ends).order_by("opens_ms", "pk").values_list(*COLUMNS)
    )
    cells = network.cells_of({row[0] for row in rows})
    held = {person: cell for person, cell in cells.items() if desk.keyring.holds(cell)}
    still = spans(Instant(begins - AHEAD_MS))
    own = _by_person(desk, (row for row in rows if row[0] in held), still)
    names = code_names(desk, own)
    first = sorted(own, key=lambda person: (own[person][0].opens, names[person].en))
    return Hours(
        begins=begins,
        ends=ends,
        rows=tuple(_row(person, names[person], held, own[person]) for person in first[:ROWS]),
        blanks=tuple(each for each in blanks(begins, ears) if each.begins < ends),
        elsewhere=sum(row[0] not in held for row in rows),
        left=max(0, len(first) - ROWS),
    )


def _row(person: PersonId, name: Any, held: dict[int, CellId], told: list[Told]) -> Row:
    return Row(person=person, code_name=name, cell=held[person], windows=tuple(told))


def _by_person(desk: Desk, rows: Iterable[tuple[Any, ...]], still: tuple[Span, ...]) -> dict[PersonId, list[Told]]:
    found: dict[PersonId, list[Told]] = {}
    for row in rows:
        found.setdefault(PersonId(row[0]), []).append(_told(row, still, desk.now))
    return found


def _told(row: tuple[Any, ...], still: tuple[Span, ...], now: Instant) -> Told:
    _, opens, closes, grace_ms, state, heard, cause = row
    window = windows.Window(Instant(opens), Instant(closes), grace_ms)
    ending = hours.Ending(
        missed=state == WindowState.MISSED,
        explained=cause is not None,
        heard=Instant(heard) if state == WindowState.KEPT and heard is not None else None,
    )
    return Told(
        opens=window.opens,
        closes=window.closes,
        judged_from=radio.judged_from(window, still),
        how=hours.how(window, ending, still, now),
        heard=ending.heard,
    )
