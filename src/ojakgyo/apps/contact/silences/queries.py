"""Silences that stand, and what holds them back."""

from typing import Final

from ojakgyo.apps.contact.models import Outage, RadioSilence, Silence, Window
from ojakgyo.apps.contact.silences.values import Hold, SilenceLine
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.checkins import stages, windows
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import AreaId, OfficerId, PersonId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

LOOK_AGAIN_MS: Final = 5 * MINUTE_MS
"""What is held back with no end known is looked at again so much later."""


def silences(desk: Desk, *, person: PersonId | None = None) -> tuple[SilenceLine, ...]:
    """Those nobody has ended: the furthest first, of them those nobody looks after, then the longest.

    `person`: of one alone.
    """
    me = desk.officer if desk.actor.kind is ActorKind.OFFICER else None
    rows = Silence.objects.filter(ended_ms=None).select_related("window")
    if person is not None:
        rows = rows.filter(person_id=person)
    found = list(rows)
    names = code_names(desk, {row.person_id for row in found})
    officers = {each.id: each.code_name for each in vault.officers(desk)} if found else {}
    cells = network.cells_of({row.person_id for row in found}) if found else {}
    silent = set(Outage.objects.filter(until_ms=None).values_list("area", flat=True)) if found else set()
    areas = {cell.id: cell.area for cell in vault.cells(desk)} if silent else {}
    lines = (
        SilenceLine(
            window=row.pk,
            person=PersonId(row.person_id),
            code_name=names[row.person_id],
            stage=row.stage,
            since=Instant(row.window.closes_ms),
            following=stages.begins(window_of(row.window), row.stage + 1) if row.stage < stages.LAST else None,
            officer=None if row.officer is None else OfficerId(row.officer),
            by=officers.get(row.officer) if row.officer is not None else None,
            taken=None if row.taken_ms is None else Instant(row.taken_ms),
            asked_again=Instant(row.again_ms),
            held=(cell := cells.get(PersonId(row.person_id))) is not None and desk.keyring.holds(cell),
            mine=me is not None and row.officer == me,
            folded=cell is not None and areas.get(cell) in silent,
        )
        for row in found
    )
    return tuple(sorted(lines, key=_gravest))


def silent_before(desk: Desk, since: Instant) -> int:
    """Of how many of the cells held nothing has been heard since a window that closed before then."""
    rows = Silence.objects.filter(ended_ms=None, window__closes_ms__lte=since)
    cells = network.cells_of(set(rows.values_list("person_id", flat=True)))
    return sum(desk.keyring.holds(cell) for cell in cells.values())


def _gravest(line: SilenceLine) -> tuple[int, ...]:
    return line.folded, -line.stage, line.officer is not None, line.since, line.window


def whose(window: int) -> PersonId | None:
    """Whose silence stands since this window, whoever looks after it."""
    person = Silence.objects.filter(pk=window, ended_ms=None).values_list("person_id", flat=True).first()
    return None if person is None else PersonId(person)


def who_is_silent(window: int) -> PersonId | None:
    """Whose silence stands since this window, while no officer looks after it."""
    person = Silence.objects.filter(pk=window, ended_ms=None, officer=None).values_list("person_id", flat=True).first()
    return None if person is None else PersonId(person)


def stage_began(window: int) -> Instant:
    """When the stage this silence has reached begins, counted by its window."""
    row = Silence.objects.select_related("window").get(pk=window)
    return stages.begins(window_of(row.window), row.stage)


def has_grown(window: int) -> bool:
    """Whether this silence has lasted for a stage beyond its grace."""
    return Silence.objects.filter(pk=window, stage__gt=0).exists()


def hold_on(desk: Desk, person: PersonId) -> Hold | None:
    """What holds back every stage of this person's silence now: a radio silence, or that their whole area is silent."""
    running = RadioSilence.objects.filter(begun_ms__lte=desk.now, until_ms__gt=desk.now, ended_ms=None)
    if (until := running.order_by("-until_ms").values_list("until_ms", flat=True).first()) is not None:
        return Hold(radio_silence=True, until=Instant(until))
    area = area_of(desk, person)
    if area is not None and Outage.objects.filter(area=area, until_ms=None).exists():
        return Hold(area=area)
    return None


def held_until(desk: Desk, person: PersonId) -> Instant | None:
    """When a silence is to be looked at again; None: nothing holds it back."""
    found = hold_on(desk, person)
    if found is None:
        return None
    return Instant(min(found.until or desk.now + LOOK_AGAIN_MS, desk.now + LOOK_AGAIN_MS))


def area_of(desk: Desk, person: PersonId) -> AreaId | None:
    """Where somebody's cell is."""
    cell = network.cells_of([person]).get(person)
    return next((each.area for each in vault.cells(desk) if each.id == cell), None)


def window_of(row: Window) -> windows.Window:
    return windows.Window(Instant(row.opens_ms), Instant(row.closes_ms), row.grace_ms)
