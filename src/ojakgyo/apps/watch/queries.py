"""Warnings as the desk shows them. What may be seen is decided in `rights`; what is absent leaves no trace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from ojakgyo.apps.cards.queries import quarantined
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.values import Window as WindowValue
from ojakgyo.apps.network.queries import cell_of, contacts_since
from ojakgyo.apps.network.ties import Tie
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.queries import requests
from ojakgyo.apps.vault.queries.hands import may_be_the_asker
from ojakgyo.apps.vault.values import closing_of
from ojakgyo.apps.watch import explaining, heard
from ojakgyo.apps.watch.analysis import DANGERS, Analysis
from ojakgyo.apps.watch.confirmed import confirmed
from ojakgyo.apps.watch.explaining import Explained, explain
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal, Warning, WarningState
from ojakgyo.apps.watch.rights import Rights, rights
from ojakgyo.apps.watch.timeline import timeline
from ojakgyo.apps.watch.values import (
    Call,
    Closing,
    Danger,
    Forms,
    MetLine,
    MetList,
    Reach,
    Reason,
    Standing,
    Told,
    WarningLine,
    WarningPage,
    Way,
)
from ojakgyo.domain.checkins import windows
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.exposure.paths import Path
from ojakgyo.domain.facts import Answer, CloseReason, Meaning, ReadingResult, RequestKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning import reach as planning
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import CellId, PersonId, Seq, TokenId, WarningId
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
    paths: Mapping[int, Path | None]
    """By subject."""
    names: Mapping[int, CodeName]
    cells: Mapping[CellId, str]
    windows: Mapping[int, tuple[windows.Window, ...]]
    routes: Mapping[int, tuple[planning.Route, ...]]
    silent: Mapping[int, int]
    heard: Mapping[int, Instant]
    in_danger: frozenset[int]
    """Through whom nobody is told: danger comes from them, their own warning is red, or they may well have been taken."""
    captured: frozenset[int]
    """Subjects in quarantine, of whom the viewer may know it: whoever answers for them is somebody else."""


def board(desk: Desk, *, reasons: bool = False) -> tuple[WarningLine, ...]:
    """Every warning that stands, now before today before information, then by deadline.

    `reasons`: shown whole to a program whose token has the scope for it.
    """
    rows = list(Warning.objects.exclude(state=WarningState.CLOSED).order_by("deadline_ms", "pk"))
    scene = _scene(desk, rows, standing=rows, reasons=reasons)
    lines = [_line(scene, row) for row in rows]
    return tuple(sorted(lines, key=lambda line: (list(Danger).index(line.danger), line.deadline or 0, line.id)))


def page(desk: Desk, *, warning: WarningId) -> WarningPage:
    """One warning with all that the one at the desk may see of it."""
    rows = list(Warning.objects.filter(Q(pk=warning) | ~Q(state=WarningState.CLOSED)))
    row = next((each for each in rows if each.pk == warning), None)
    if row is None:
        raise Refused("house.not_found", warning=warning)
    scene = _scene(desk, [row], standing=rows)
    line = _line(scene, row)
    opens = Instant(row.red_ms + SHOWN_MS) if row.red_ms and not row.acknowledged and not row.shown else None
    seen, told, of_subject = _may_see(scene, row), _explained(scene, row), scene.rights.may_see_person(row.subject_id)
    if not seen or told is None:
        return WarningPage(
            line=line,
            forms=_forms(scene, row, seen=seen),
            told=_told(scene, row) if seen else None,
            closing=_closing(scene, row) if seen else None,
            opens_to_all=opens,
        )
    return WarningPage(
        line=line,
        forms=_forms(scene, row, seen=True),
        told=_told(scene, row),
        closing=_closing(scene, row),
        opens_to_all=opens,
        evidence=explaining.evidence(scene.analysis, told.seed, scene.names),
        own=explaining.own_evidence(told) if of_subject else None,
        nothing=explaining.if_nothing(told, Instant(row.deadline_ms)),
        met=None if told.seed in scene.analysis.world.removed else _met(desk, scene.names, [told.seed])[0],
        timeline=timeline(
            told, warning, on_path=_through(scene.analysis, scene.paths[row.subject_id]), of_subject=of_subject
        ),
        confirmed=confirmed(desk, {told.seed, told.subject}),
    )


def met_lists(desk: Desk) -> tuple[MetList, ...]:
    """For each who may be taken and whom the viewer may see: everyone met in 30 days."""
    found = latest.analysis(desk)
    seeds = sorted(explaining.taken(found), key=lambda person: (-found.beliefs[person].probability, person))
    held = rights(desk, set(seeds))
    return _met(desk, found.world.names, [seed for seed in seeds if held.may_see_person(seed)])


def unheard(desk: Desk) -> frozenset[int]:
    """Persons read under duress, for who may see it: no later text is a sign of life until two officers end that state."""
    duress = latest.analysis(desk).world.duress
    held = rights(desk, set(duress))
    return frozenset(person for person in duress if held.may_see_person(person))


def words_of_danger(desk: Desk) -> dict[int, Meaning]:
    """Whose newest reading of the last day, made with the own number, speaks of danger; for who may see it."""
    heard = latest.analysis(desk).world.rows
    newest = {person: [row for row in own if row.result is not None][-1:] for person, own in heard.items()}
    said = {person: row.meaning for person, rows in newest.items() for row in rows if _speaks_of_danger(row, desk.now)}
    held = rights(desk, set(said))
    return {person: meaning for person, meaning in said.items() if held.may_see_person(person)}


def _speaks_of_danger(row: Signal, now: Instant) -> bool:
    return row.result is ReadingResult.OK and row.meaning in DANGERS and row.heard_ms > now - DAY_MS


def cell_of_subject(warning: WarningId) -> CellId:
    return cell_of(PersonId(Warning.objects.values_list("subject_id", flat=True).get(pk=warning)))


def needs_somebody(warning: WarningId) -> bool:
    """Whether a warning is red and nobody has acknowledged it."""
    return Warning.objects.filter(pk=warning, state__in=OPEN, acknowledged=False, red_ms__isnull=False).exists()


def due_first(person: PersonId) -> tuple[WarningId, Instant] | None:
    """Somebody's own warning that nobody has told them of yet, the first due: no more than everybody's board says."""
    rows = Warning.objects.filter(subject=person, state__in=OPEN).order_by("deadline_ms", "pk")
    found = rows.values_list("pk", "deadline_ms").first()
    return None if found is None else (WarningId(found[0]), Instant(found[1]))


def may_see(desk: Desk, *, warning: WarningId) -> bool:
    """Whether the reason of a warning shows to the one at the desk; who may not see it, may not judge it either."""
    row, found = Warning.objects.get(pk=warning), latest.analysis(desk)
    paths = _paths(found, [row])
    return rights(desk, _concerned(found, paths)).may_see_reason(row, through=_through(found, paths[row.subject_id]))


def may_speak_of(desk: Desk, person: PersonId) -> bool:
    """Whether the one at the desk may see why somebody is warned because of this person."""
    return rights(desk, {person}).may_see_person(person)


def is_warned_for(desk: Desk, person: PersonId) -> bool:
    """Whether a warning stands about this person, or one whose reason shows to the one at the desk and leads through them."""
    rows = list(Warning.objects.exclude(state=WarningState.CLOSED))
    if any(row.subject_id == person for row in rows):
        return True
    found = latest.analysis(desk)
    paths = _paths(found, rows)
    held = rights(desk, _concerned(found, paths))
    through = ((row, _through(found, paths[row.subject_id])) for row in rows)
    return any(person in way and held.may_see_reason(row, through=way) for row, way in through)


def reasons_seen(desk: Desk, rows: list[Warning]) -> bool:
    """Whether the reason of each of these warnings shows to the one at the desk."""
    found = latest.analysis(desk)
    paths = _paths(found, rows)
    held = rights(desk, _concerned(found, paths))
    return all(held.may_see_reason(row, through=_through(found, paths[row.subject_id])) for row in rows)


def unseen_red(desk: Desk) -> tuple[Instant, Instant] | None:
    """The oldest red that nobody has acknowledged and whose reason the viewer may not see: since when, shown to all when."""
    rows = list(Warning.objects.filter(state__in=OPEN, acknowledged=False, red_ms__isnull=False).order_by("red_ms"))
    found = latest.analysis(desk)
    paths = _paths(found, rows)
    held = rights(desk, _concerned(found, paths))
    hidden = [row for row in rows if not held.may_see_reason(row, through=_through(found, paths[row.subject_id]))]
    return (Instant(hidden[0].red_ms), Instant(hidden[0].red_ms + SHOWN_MS)) if hidden else None


def last_change() -> Seq:
    """Number of the newest fact: what the live stream says too."""
    return inbox.head()


def _scene(desk: Desk, rows: list[Warning], *, standing: list[Warning], reasons: bool = False) -> Scene:
    found, subjects = latest.analysis(desk), {row.subject_id for row in rows}
    paths = _paths(found, rows)
    officers = {each.id: each.code_name for each in vault.officers(desk)}
    held = rights(desk, _concerned(found, paths), program=reasons)
    return Scene(
        desk=desk,
        analysis=found,
        rights=held,
        paths=paths,
        names={**found.world.names, **code_names(desk, subjects), **officers},
        cells={cell.id: cell.code for cell in vault.cells(desk)},
        windows=contact.next_windows(desk, subjects),
        routes=contact.routes(subjects),
        silent=contact.overdue(desk, {seed.node for seed in found.seeds}, unheard=found.world.duress),
        heard=contact.last_heard(_concerned(found, paths)),
        in_danger=explaining.taken(found) | explaining.suspected(found) | _red(standing, desk.now),
        captured=frozenset(person for person in quarantined(subjects) if held.may_see_person(person)),
    )


def _red(rows: list[Warning], now: Instant) -> frozenset[int]:
    """Whose deadline is red, told or not: a relay who was warned is about to leave."""
    return frozenset(
        row.subject_id for row in rows if row.state is not WarningState.CLOSED and row.deadline_ms - now <= RED_MS
    )


def _line(scene: Scene, row: Warning) -> WarningLine:
    deadline, seen = Instant(row.deadline_ms), _may_see(scene, row)
    mine = scene.desk.actor.kind is ActorKind.OFFICER and row.owner == scene.desk.actor.id
    asks = row.red_ms if row.state in OPEN and not row.acknowledged else None
    free = row.owner is None or (mine and asks is not None)
    return WarningLine(
        id=WarningId(row.pk),
        subject=row.subject_id,
        code_name=scene.names[row.subject_id],
        danger=_danger(row, scene.desk.now),
        deadline=deadline,
        state=row.state,
        seq=Seq(row.seq),
        shown=row.shown,
        owner=scene.names.get(row.owner) if row.owner else None,
        owner_is_me=mine,
        may_take=free and row.state in OPEN and scene.rights.may_take(row),
        asks_since=None if asks is None else Instant(asks),
        acts=_forms(scene, row, seen=seen),
        sent=seen and row.answer is Answer.SENT and row.state in OPEN,
        windows=tuple(WindowValue(each.opens, each.closes) for each in scene.windows.get(row.subject_id, ())),
        reason=_reason(scene, row) if seen else None,
    )


def _danger(row: Warning, now: Instant) -> Danger:
    """Red within six hours, amber within a day; told or far off, nobody needs to act."""
    if row.state in (WarningState.WARNED, WarningState.CLOSED):
        return Danger.INFO
    left = row.deadline_ms - now
    return Danger.NOW if left <= RED_MS else Danger.TODAY if left <= DAY_MS else Danger.INFO


def _may_see(scene: Scene, row: Warning) -> bool:
    return scene.rights.may_see_reason(row, through=_through(scene.analysis, scene.paths[row.subject_id]))


def _paths(found: Analysis, rows: list[Warning]) -> dict[int, Path | None]:
    return {row.subject_id: explaining.path_to(found, row.subject_id) for row in rows}


def _concerned(found: Analysis, paths: Mapping[int, Path | None]) -> set[int]:
    """Everybody to be warned, and everybody on the way to them."""
    return set(paths).union(*(_through(found, path) for path in paths.values()))


def _through(found: Analysis, path: Path | None) -> frozenset[int]:
    """The persons on a path, those who carry its phones included; officers are in no cell."""
    snapshot = found.world.snapshot
    if path is None or snapshot is None:
        return frozenset()
    return frozenset(snapshot.holder.get(node, node) for node in path.nodes) & snapshot.persons


def _explained(scene: Scene, row: Warning) -> Explained | None:
    return explain(scene.analysis, scene.paths[row.subject_id], names=scene.names, now=scene.desk.now)


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
        taken_away=explaining.taken_away(told) if scene.rights.may_see_person(row.subject_id) else None,
    )


def _reach(scene: Scene, row: Warning) -> planning.Reach:
    gone = row.subject_id in scene.captured  # cannot be warned, only looked for
    return planning.reach(
        () if gone else scene.routes.get(row.subject_id, ()),
        () if gone else scene.windows.get(row.subject_id, ()),
        now=scene.desk.now,
        deadline=Instant(row.deadline_ms),
        avoid=scene.in_danger,
    )


def _reach_value(scene: Scene, row: Warning, ways: planning.Reach) -> Reach:
    if row.subject_id in scene.captured:
        return Reach(call=Call.NO)
    following = next(iter(scene.windows.get(row.subject_id, ())), None)
    open_now = following is not None and following.opens <= scene.desk.now
    call = Call.UNKNOWN if following is None else Call.YES if open_now else Call.WAIT
    return Reach(
        call=call,
        window=WindowValue(following.opens, following.closes) if following else None,
        ways=tuple(_way(scene, way) for way in ways.ways),
        refused=tuple(scene.names[each.through] for each in ways.refused if each.through in scene.names),
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


def _forms(scene: Scene, row: Warning, *, seen: bool) -> Forms:
    stands, mine = row.state is not WarningState.CLOSED, row.owner == scene.desk.actor.id
    return Forms(
        may_take_over=stands and row.owner is not None and not mine and scene.rights.safety,
        may_acknowledge=stands and row.red_ms is not None and not row.acknowledged and scene.rights.may_take(row),
        may_tell=seen and stands and (scene.rights.safety or not row.duress),
        may_close=seen and stands and not row.duress,
        needs_two=seen and stands and row.duress and scene.rights.safety,
        newest=heard.upto(scene.analysis) if seen and stands else None,
    )


def _closing(scene: Scene, row: Warning) -> Closing | None:
    """A request that stands, where one officer alone closes nothing; for who may see why: it tells that duress stands."""
    if not row.duress or row.state is WarningState.CLOSED:
        return None
    line = requests.open_about(scene.desk, kind=RequestKind.CLOSE_WARNING, about=row.pk)
    if line is None:
        return None
    reason, seen = closing_of(line.argument) or (None, Seq(0))
    return Closing(
        request=line.id,
        hands=tuple(hand.officer for hand in line.hands),
        until=line.until,
        signed=line.signed,
        mine=line.mine,
        complete=line.complete,
        young=may_be_the_asker(scene.desk, request=line.id),
        asked=line.made,
        seen=seen,
        overtaken=heard.about(scene.analysis, row.subject_id) > seen,
        reason=reason,
    )


def closing_asked(desk: Desk, *, warning: WarningId) -> TokenId:
    """The request to close a warning that stands now. None: ``Refused``."""
    line = requests.open_about(desk, kind=RequestKind.CLOSE_WARNING, about=warning)
    if line is None:
        raise Refused("vault.request_lapsed", warning=warning)
    return line.id


def closing_signed(argument: int) -> tuple[CloseReason, Seq]:
    """Of a request that was signed: why, and the newest sign when it was asked; of a number for none: ``Refused``."""
    found = closing_of(argument)
    if found is None:
        raise Refused("vault.request_changed")
    return found


def subjects(desk: Desk, warnings: Iterable[int]) -> dict[int, CodeName]:
    """Warning -> the code name of whom it is about, which every officer may see."""
    about = dict(Warning.objects.filter(pk__in=set(warnings)).values_list("pk", "subject_id"))
    names = code_names(desk, set(about.values()))
    return {warning: names[person] for warning, person in about.items() if person in names}


def _told(scene: Scene, row: Warning) -> Told | None:
    if row.told_ms is None or row.answer is None:
        return None
    by = scene.names.get(row.told_by) if row.told_by else None
    return Told(at=Instant(row.told_ms), by=by, answer=row.answer, route=row.route)


def _met(desk: Desk, names: Mapping[int, CodeName], seeds: list[int]) -> tuple[MetList, ...]:
    """Everyone each seed met, called, housed or paid in 30 days, by day, with how it stands with each."""
    if not seeds:
        return ()
    contacts = contacts_since(Instant(desk.now - MET_MS))
    met = {seed: contacts.met_by(seed) for seed in seeds}
    persons = {person for each in met.values() for person in each}
    standing = {row.subject_id: row for row in Warning.objects.filter(subject_id__in=persons).order_by("episode")}
    return tuple(
        MetList(
            seed=names[seed],
            lines=tuple(
                _met_line(names[person], tie, standing.get(person), desk.now)
                for person, tie in sorted(each.items(), key=lambda found: -found[1].last)
                if person in names
            ),
        )
        for seed, each in met.items()
    )


def _met_line(name: CodeName, tie: Tie, row: Warning | None, now: Instant) -> MetLine:
    how, at = _standing(row)
    danger = Danger.INFO if row is None or how is not Standing.DUE else _danger(row, now)
    return MetLine(
        code_name=name,
        link=tie.kind,
        on=tie.last,
        standing=how,
        times=tie.times,
        danger=danger,
        at=at,
        imprecise=tie.imprecise,
    )


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


@dataclass(frozen=True, slots=True)
class Briefly:
    """How a warning stands, for a brief. `seen`: whether its reason shows to the one at the desk."""

    id: WarningId
    subject: PersonId
    deadline: Instant
    state: WarningState
    owner: int | None
    seen: bool


def briefly(desk: Desk, *, warnings: Iterable[int]) -> tuple[Briefly, ...]:
    """These warnings and all that stand, by deadline."""
    wanted = Q(pk__in=set(warnings)) | ~Q(state=WarningState.CLOSED)
    rows, found = list(Warning.objects.filter(wanted).order_by("deadline_ms", "pk")), latest.analysis(desk)
    paths = _paths(found, rows)
    held = rights(desk, _concerned(found, paths))
    return tuple(
        Briefly(
            id=WarningId(row.pk),
            subject=PersonId(row.subject_id),
            deadline=Instant(row.deadline_ms),
            state=row.state,
            owner=row.owner,
            seen=held.may_see_reason(row, through=_through(found, paths[row.subject_id])),
        )
        for row in rows
    )
