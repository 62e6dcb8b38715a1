"""Warnings as the desk shows them. What may be seen is decided in `rights`; what is absent leaves no trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.values import Window as WindowValue
from ojakgyo.apps.network.queries import cell_of, met_since
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.watch import explaining
from ojakgyo.apps.watch.analysis import Analysis
from ojakgyo.apps.watch.explaining import Explained, explain
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal, Warning, WarningState
from ojakgyo.apps.watch.rights import Rights, rights
from ojakgyo.apps.watch.timeline import timeline
from ojakgyo.apps.watch.values import (
    Call,
    Danger,
    Forms,
    MetLine,
    MetList,
    Reach,
    Reason,
    Standing,
    WarningLine,
    WarningPage,
    Way,
)
from ojakgyo.domain.checkins import windows
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LinkKind, ReadingResult
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning import reach as planning
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import CellId, PersonId, Seq, WarningId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

RED_MS: Final = 6 * HOUR_MS
"""A deadline within so long is red."""
SHOWN_MS: Final = 10 * MINUTE_MS
"""A red that nobody has acknowledged for so long is shown whole to whoever is on duty."""
MET_MS: Final = 30 * DAY_MS
OPEN: Final = (WarningState.OPEN, WarningState.OWNED, WarningState.UNREACHABLE, WarningState.TOO_LATE)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a whole page of warnings is drawn from, fetched once."""

    desk: Desk
    analysis: Analysis
    rights: Rights
    names: Mapping[int, CodeName]
    cells: Mapping[CellId, str]
    windows: Mapping[int, tuple[windows.Window, ...]]
    routes: Mapping[int, tuple[planning.Route, ...]]
    silent: Mapping[int, int]
    heard: Mapping[int, Instant]


def board(desk: Desk, *, reasons: bool = False) -> tuple[WarningLine, ...]:
    """Every warning that stands, now before today before information, then by deadline.

    `reasons`: shown whole to a program whose token has the scope for it.
    """
    rows = list(Warning.objects.exclude(state=WarningState.CLOSED).order_by("deadline_ms", "pk"))
    scene = _scene(desk, rows, reasons=reasons)
    lines = [_line(scene, row) for row in rows]
    return tuple(sorted(lines, key=lambda line: (list(Danger).index(line.danger), line.deadline or 0, line.id)))


def page(desk: Desk, *, warning: WarningId) -> WarningPage:
    """One warning with all that the one at the desk may see of it."""
    row = Warning.objects.filter(pk=warning).first()
    if row is None:
        raise Refused("house.not_found", warning=warning)
    scene = _scene(desk, [row])
    line = _line(scene, row)
    opens = Instant(row.red_ms + SHOWN_MS) if row.red_ms and not row.acknowledged and not row.shown else None
    told = _explained(scene, row)
    if line.reason is None or told is None:
        return WarningPage(line=line, forms=_forms(row, seen=False), opens_to_all=opens)
    return WarningPage(
        line=line,
        forms=_forms(row, seen=True),
        opens_to_all=opens,
        evidence=explaining.evidence(told),
        nothing=explaining.if_nothing(told, Instant(row.deadline_ms)),
        met=_met(scene, told.seed),
        timeline=timeline(warning, PersonId(told.seed), names=scene.names),
    )


def met_lists(desk: Desk) -> tuple[MetList, ...]:
    """For each who may be taken and whom the viewer may see: everyone met in 30 days."""
    found = latest.analysis(desk)
    seeds = sorted(explaining.taken(found), key=lambda person: (-found.beliefs[person].probability, person))
    held = rights(desk, set(seeds))
    scene = _scene(desk, list(Warning.objects.exclude(state=WarningState.CLOSED)))
    return tuple(_met(scene, seed) for seed in seeds if held.may_see_person(seed))


def unheard(desk: Desk) -> frozenset[int]:
    """Persons whose newest reading was made under duress, for who may see it: for them it is no sign of life."""
    newest: dict[int, ReadingResult | None] = {}
    for person, result in (
        Signal.objects.filter(result__isnull=False).order_by("because").values_list("person", "result")
    ):
        newest[person] = result
    duress = {person for person, result in newest.items() if result == ReadingResult.DURESS}
    held = rights(desk, duress)
    return frozenset(person for person in duress if held.may_see_person(person))


def cell_of_subject(warning: WarningId) -> CellId:
    return cell_of(PersonId(Warning.objects.values_list("subject_id", flat=True).get(pk=warning)))


def needs_somebody(warning: WarningId) -> bool:
    """Whether a warning stands that nobody has acknowledged."""
    return Warning.objects.filter(pk=warning, state__in=OPEN, acknowledged=False).exists()


def unseen_red(desk: Desk) -> tuple[Instant, Instant] | None:
    """The oldest red that nobody has acknowledged and whose reason the viewer may not see: since when, shown to all when."""
    rows = list(Warning.objects.filter(state__in=OPEN, acknowledged=False, red_ms__isnull=False).order_by("red_ms"))
    held = rights(desk, {row.subject_id for row in rows})
    hidden = [row for row in rows if not held.may_see_reason(row)]
    return (Instant(hidden[0].red_ms), Instant(hidden[0].red_ms + SHOWN_MS)) if hidden else None


def last_change() -> Seq:
    """Number of the newest fact: what the live stream says too."""
    return inbox.head()


def _scene(desk: Desk, rows: list[Warning], *, reasons: bool = False) -> Scene:
    found, subjects = latest.analysis(desk), {row.subject_id for row in rows}
    known = found.world.snapshot.persons if found.world.snapshot else frozenset()
    persons = subjects | known
    return Scene(
        desk=desk,
        analysis=found,
        rights=rights(desk, subjects, program=reasons),
        names={**code_names(desk, persons), **{each.id: each.code_name for each in vault.officers(desk)}},
        cells={cell.id: cell.code for cell in vault.cells(desk)},
        windows=contact.next_windows(desk, subjects),
        routes=contact.routes(subjects),
        silent=contact.overdue(desk, {seed.node for seed in found.seeds}, unheard=found.world.duress),
        heard=contact.last_heard(persons),
    )


def _line(scene: Scene, row: Warning) -> WarningLine:
    deadline = Instant(row.deadline_ms)
    return WarningLine(
        id=WarningId(row.pk),
        subject=row.subject_id,
        code_name=scene.names[row.subject_id],
        danger=_danger(row, scene.desk.now),
        deadline=deadline,
        state=row.state,
        seq=Seq(row.seq),
        owner=scene.names.get(row.owner) if row.owner else None,
        owner_is_me=scene.desk.actor.kind is ActorKind.OFFICER and row.owner == scene.desk.actor.id,
        may_take=row.owner is None and row.state in OPEN and scene.desk.actor.kind is ActorKind.OFFICER,
        windows=tuple(WindowValue(each.opens, each.closes) for each in scene.windows.get(row.subject_id, ())),
        reason=_reason(scene, row) if scene.rights.may_see_reason(row) else None,
    )


def _danger(row: Warning, now: Instant) -> Danger:
    """Red within six hours, amber within a day; told or far off, nobody needs to act."""
    if row.state in (WarningState.WARNED, WarningState.CLOSED):
        return Danger.INFO
    left = row.deadline_ms - now
    return Danger.NOW if left <= RED_MS else Danger.TODAY if left <= DAY_MS else Danger.INFO


def _explained(scene: Scene, row: Warning) -> Explained | None:
    return explain(scene.analysis, row.subject_id, names=scene.names, now=scene.desk.now)


def _reason(scene: Scene, row: Warning) -> Reason | None:
    told = _explained(scene, row)
    if told is None:
        return None
    ways = _reach(scene, row)
    late = row.state is WarningState.TOO_LATE or (row.state in OPEN and ways.too_late)
    cell = scene.rights.cells.get(row.subject_id)
    return Reason(
        why=explaining.why(told, heard=scene.heard, silent_ms=scene.silent.get(told.seed)),
        reach=_reach_value(scene, row, ways),
        cell=scene.cells.get(cell) if cell else None,
        too_late_for=scene.names[row.subject_id] if late else None,
    )


def _reach(scene: Scene, row: Warning) -> planning.Reach:
    return planning.reach(
        scene.routes.get(row.subject_id, ()),
        scene.windows.get(row.subject_id, ()),
        now=scene.desk.now,
        deadline=Instant(row.deadline_ms),
        avoid=explaining.taken(scene.analysis),
    )


def _reach_value(scene: Scene, row: Warning, ways: planning.Reach) -> Reach:
    following = next(iter(scene.windows.get(row.subject_id, ())), None)
    open_now = following is not None and following.opens <= scene.desk.now
    call = Call.UNKNOWN if following is None else Call.YES if open_now else Call.WAIT
    return Reach(
        call=call,
        window=WindowValue(following.opens, following.closes) if following else None,
        ways=tuple(_way(scene, way) for way in ways.ways),
    )


def _way(scene: Scene, way: planning.Way) -> Way:
    through = way.route.through if way.route else None
    return Way(
        route=way.route.kind if way.route else None,
        through=scene.names.get(through) if through else None,
        delay_ms=way.route.delay_ms if way.route else None,
        arrives=way.told,
        in_time=way.in_time,
    )


def _forms(row: Warning, *, seen: bool) -> Forms:
    stands = row.state is not WarningState.CLOSED
    return Forms(
        may_acknowledge=stands and row.red_ms is not None and not row.acknowledged,
        may_tell=seen and stands,
        may_close=seen and stands and not row.duress,
        needs_two=seen and stands and row.duress,
    )


def _met(scene: Scene, seed: int) -> MetList:
    """Everyone the seed met, called, housed or paid in 30 days, by day, with how it stands with each."""
    snapshot = scene.analysis.world.snapshot
    holder = snapshot.holder if snapshot else {}
    latest_tie = {}
    for tie in met_since(seed, Instant(scene.desk.now - MET_MS)):
        ends = {holder.get(tie.knower, tie.knower), holder.get(tie.known, tie.known)} - {seed}
        for person in ends:
            latest_tie.setdefault(person, tie)
    standing = {row.subject_id: row for row in Warning.objects.filter(subject_id__in=latest_tie).order_by("episode")}
    lines = [
        _met_line(scene, person, tie.kind, tie.last, tie.times, standing.get(person))
        for person, tie in latest_tie.items()
        if person in scene.names
    ]
    return MetList(seed=scene.names[seed], lines=tuple(sorted(lines, key=lambda line: -line.on)))


def _met_line(scene: Scene, person: int, kind: LinkKind, last: Instant, times: int, row: Warning | None) -> MetLine:
    how, at = _standing(row)
    danger = Danger.INFO if row is None or how is not Standing.DUE else _danger(row, scene.desk.now)
    return MetLine(code_name=scene.names[person], link=kind, on=last, standing=how, times=times, danger=danger, at=at)


def _standing(row: Warning | None) -> tuple[Standing, Instant | None]:
    if row is None or row.state is WarningState.CLOSED:
        return Standing.LOW, None
    states = {
        WarningState.WARNED: Standing.WARNED,
        WarningState.UNREACHABLE: Standing.UNREACHABLE,
        WarningState.TOO_LATE: Standing.TOO_LATE,
    }
    how = states.get(row.state, Standing.DUE)
    return how, Instant(row.deadline_ms) if how is Standing.DUE else None
