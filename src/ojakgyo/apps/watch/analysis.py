"""What follows from the signals: who may be taken, whom the danger reaches and when. Computed anew, never stored.

Everything is evaluated at the time of the last signal, with luck that hangs on ids alone: while no fact comes in, the
same answer comes out at any hour, and no deadline moves. Nor does one move by a sign about somebody else. A report that
has expired by the time of the last signal weighs nothing; until a signal comes, it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Final

import numpy as np

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.network.snapshots import Snapshot, snapshot
from ojakgyo.apps.people.queries import every_code_name
from ojakgyo.apps.watch import grounds, judging, removals
from ojakgyo.apps.watch.grounds import RISK
from ojakgyo.apps.watch.judging import NONE_RECORDED, Judged, Recorded
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.removals import Removal
from ojakgyo.domain.belief import signals
from ojakgyo.domain.belief.filter import BASE, Belief, belief
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.exposure.arrays import Floats
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.paths import Paths
from ojakgyo.domain.exposure.seeds import Seed
from ojakgyo.domain.facts import (
    LineHandedOn,
    LineRecorded,
    LineRemoved,
    LineStateChanged,
    LinkForgotten,
    LinkRecorded,
    Meaning,
    OfficerEnrolled,
    OfficerWeighed,
    PersonAdded,
    PersonRemoved,
    PlaceRecorded,
    ReadingResult,
    SignalKind,
)
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

HORIZON_HOURS: Final = 96.0
DRAWS: Final = 4_096
LUCK: Final = 3
"""The key of every draw: one luck for the whole life of a desk."""
SEED_ODDS: Final = 2.0
"""A person is where the danger may start once belief has at least doubled."""
NETWORK: Final = (
    PersonAdded,
    LineRecorded,
    PlaceRecorded,
    OfficerEnrolled,
    LinkRecorded,
    LinkForgotten,
    LineStateChanged,
    LineHandedOn,
    LineRemoved,
    PersonRemoved,
    OfficerWeighed,
)
"""Facts that change who may endanger whom."""
PATHS: Final = (LinkRecorded, LineRecorded, LineHandedOn, LinkForgotten)
"""Those of them by which the danger finds other ways."""
DANGERS: Final = (Meaning.DANGER, Meaning.PICK_UP)
"""Words that come from a free hand and speak of danger: they calm nobody."""
UNSURE: Final = 0.03
"""How far a share of the draws may be off, with room to spare."""
AT_ONCE_HOURS: Final = 2.0
TAKEN: Final = 0.5
"""From here on a person cannot be warned, only looked for; a smaller danger may still be warned of a greater one."""


@dataclass(frozen=True, slots=True)
class World:
    """What the watch knows at the instant of its last signal. `at` is None while there is none."""

    at: Instant | None
    alarmed: Instant | None
    """When the newest alarming sign was heard, by whose day the age of links is counted."""
    rows: Mapping[int, tuple[Signal, ...]]
    """Person -> what was heard about them, in the order in which it was recorded."""
    signals: Mapping[int, tuple[signals.Signal, ...]]
    """The same, as the filter weighs it, without reports that have expired; absent where nothing else was heard."""
    expiring: Mapping[int, int]
    """Person -> when the first of the reports about them that still weigh expires."""
    duress: frozenset[int]
    heard_well: Mapping[int, Instant]
    snapshot: Snapshot | None
    names: Mapping[int, CodeName]
    heard_to: int
    network_to: int
    paths_to: int
    """Numbers of the newest signal, of the newest fact about the network, and of the newest of `PATHS`, that were read."""
    judged: Mapping[int, Judged]
    """Person -> what was judged of the danger to them, where no warning stands now."""
    recorded: Recorded
    """Links recorded after the first such closing."""
    removed: Mapping[int, Removal]
    """Officers who were removed, and what two of their colleagues hold likely."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """Somebody to be warned: until when, and which fact that rests on.

    `because`: the newest about whoever the danger comes from or passes, or about the ways it may take. `nearby`: the newest
    sign about anybody whom a link joins to them at all.
    """

    subject: int
    deadline: Instant
    because: int
    nearby: int
    duress: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """`arrivals` counts hours from `world.at`; `exposures` are ranked by deadline."""

    world: World
    beliefs: Mapping[int, Belief]
    seeds: tuple[Seed, ...]
    paths: Paths | None
    arrivals: Arrivals | None
    exposures: tuple[Exposure, ...]


NOTHING: Final = Analysis(
    World(None, None, {}, {}, {}, frozenset(), {}, None, {}, 0, 0, 0, {}, NONE_RECORDED, {}), {}, (), None, None, ()
)


def read(desk: Desk, *, before: World = NOTHING.world) -> World:
    """Signals and network as they are now. `before`: what was read earlier; only what is new is fetched, as signals stay."""
    new = list(Signal.objects.filter(because__gt=before.heard_to).order_by("because"))
    heard = _without_lapsed(_with_removals(_with_signals(before, new) if new else before))
    return heard if heard.at is None else _with_network(desk, heard)


def _with_signals(before: World, new: Sequence[Signal]) -> World:
    rows, weighed, expiring = dict(before.rows), dict(before.signals), dict(before.expiring)
    for row in new:
        rows[row.person_id] = (*rows.get(row.person_id, ()), row)
    heard_of = {row.person_id for row in new}
    for person in heard_of:
        weighed[person] = _signals(rows[person])
        if expiries := _expiries(rows[person]):
            expiring[person] = min(expiries)
    alarms = [each.heard for person in heard_of for each in weighed[person] if each.decibans > 0.0]
    return replace(
        before,
        at=Instant(max(before.at or 0, *(row.heard_ms for row in new))),
        alarmed=max([*alarms, *([] if before.alarmed is None else [before.alarmed])], default=None),
        rows=rows,
        signals=weighed,
        expiring=expiring,
        heard_to=new[-1].because,
        duress=before.duress | {row.person_id for row in new if row.result is ReadingResult.DURESS},
        heard_well={
            **before.heard_well,
            **{row.person_id: Instant(row.heard_ms) for row in new if row.result is ReadingResult.OK},
        },
    )


def has_lapsed(row: Signal, at: Instant | None) -> bool:
    """Whether this is a report that weighs nothing any more at `at`, the time of the last signal."""
    return row.expires_ms is not None and at is not None and row.expires_ms <= at


def _without_lapsed(world: World) -> World:
    """Leave out what expired up to the time of the last signal, whoever that was about."""
    due = [person for person, first in world.expiring.items() if first <= (world.at or 0)]
    if not due:
        return world
    weighed, expiring = dict(world.signals), dict(world.expiring)
    for person in due:
        own = world.rows[person]
        pairs = zip(own, _signals(own), strict=True)
        weighed[person] = tuple(signal for row, signal in pairs if not has_lapsed(row, world.at))
        if not weighed[person]:
            del weighed[person]
        del expiring[person]
        if ahead := [each for each in _expiries(own) if each > (world.at or 0)]:
            expiring[person] = min(ahead)
    return replace(world, signals=weighed, expiring=expiring)


def _expiries(own: Sequence[Signal]) -> list[int]:
    return [row.expires_ms for row in own if row.expires_ms is not None]


def _with_removals(before: World) -> World:
    """What two officers said of one they removed is a sign like others, though it is kept in no row."""
    removed = removals.removals()
    new = [each for officer, each in removed.items() if officer not in before.removed]
    if not new:
        return before
    newest = max(each.at for each in new)
    return replace(
        before,
        at=max(before.at or newest, newest),
        alarmed=max(before.alarmed or newest, newest),
        rows={**before.rows, **{each.officer: (each.row,) for each in new}},
        signals={**before.signals, **{each.officer: (each.sign,) for each in new}},
        removed=removed,
        snapshot=None,
    )


def _with_network(desk: Desk, world: World) -> World:
    """The network by which this world's signals are judged, brought up to date where a fact or the day has changed it.

    The age of a link is counted in whole days, up to that of the newest alarming sign: a text about somebody else moves no
    deadline by the hours it came later.
    """
    assert world.at is not None
    day = Instant((world.alarmed or world.at) // DAY_MS * DAY_MS)
    changed, known, names = inbox.last_of(NETWORK), world.snapshot, world.names
    if known is None or (known.at, world.network_to) != (day, changed):
        known = snapshot(desk, at=day, also=removals.ties(world.removed, at=day), before=world.snapshot)
        if world.snapshot is None or known.persons is not world.snapshot.persons:
            names = every_code_name(desk)
    judged, paths_to = judging.judged(), inbox.last_of(PATHS)
    return replace(
        world,
        snapshot=known,
        names=names,
        network_to=changed,
        paths_to=paths_to,
        judged=judged,
        recorded=judging.recorded(judged, upto=paths_to, before=world.recorded),
    )


def analyse(world: World, *, before: Analysis = NOTHING) -> Analysis:
    """Beliefs, arrivals and deadlines of a world. Pure: the same world, the same answer.

    `before`: an earlier analysis; the belief of whoever was not heard of since is taken from there.
    """
    if world.at is None or world.snapshot is None:
        return NOTHING
    beliefs = {
        person: before.beliefs[person] if before.world.signals.get(person) is own else belief(own, at=_last_heard(own))
        for person, own in world.signals.items()
    }
    seeds = tuple(
        Seed(
            node=person,
            probability=held.probability,
            edges=held.law_from(world.at)[0],
            weights=held.law_from(world.at)[1],
        )
        for person, held in sorted(beliefs.items())
        if person in world.removed or (held.probability >= SEED_ODDS * BASE and person in world.snapshot.persons)
    )
    if not seeds:
        return replace(NOTHING, world=world, beliefs=beliefs)
    arrivals = _arrivals(world, seeds)
    paths = Paths.of(world.snapshot.network, seeds, hours=HORIZON_HOURS)
    found = _deadlines(world, paths, arrivals, exclude={seed.node for seed in seeds})
    for seed in seeds:
        if seed.probability < TAKEN and _is_reached(arrivals, seed):
            others = [other for other in seeds if other is not seed]
            alone = _deadlines(world, paths, _arrivals(world, others), exclude=set())
            found |= {seed.node: alone[seed.node]} if seed.node in alone else {}
    return Analysis(world, beliefs, seeds, paths, arrivals, _exposures(world, paths, found))


def _is_reached(arrivals: Arrivals, seed: Seed) -> bool:
    """Whether the danger of others may reach a seed often enough to warn it, its own taking not counted."""
    events = arrivals.events(seed.node)
    reached = (events.stop - events.start) / arrivals.draws
    return (reached - seed.probability) / (1.0 - seed.probability) > RISK - UNSURE


def _exposures(world: World, paths: Paths, found: Mapping[int, Instant]) -> tuple[Exposure, ...]:
    """Ranked by deadline; without those whose danger an officer has judged already, unless something new speaks for it."""
    assert world.snapshot is not None
    stretches = grounds.stretches_of(world.snapshot.network)
    nearby = grounds.newest_nearby(world.rows, stretches)
    exposures = []
    for subject, due in found.items():
        sources = grounds.sources(paths, subject)
        if _is_judged(world, paths, subject, sources):
            continue
        because = max(grounds.newest_sign(world.rows, sources | _on_the_way(world, paths, subject)), world.paths_to)
        duress = not sources.isdisjoint(world.duress)
        exposures.append(Exposure(subject, due, because, nearby.get(stretches[subject], 0), duress))
    return tuple(sorted(exposures, key=lambda exposure: (exposure.deadline, exposure.subject)))


def _on_the_way(world: World, paths: Paths, subject: int) -> frozenset[int]:
    """The persons on the strongest path, those who carry its phones included, and the subject."""
    assert world.snapshot is not None
    path, holder = paths.to(subject), world.snapshot.holder
    return frozenset({subject, *(holder.get(node, node) for node in (path.nodes if path else ()))})


def _is_judged(world: World, paths: Paths, subject: int, sources: frozenset[int]) -> bool:
    """Whether an officer has closed this danger: no alarming sign came since, and it comes over no link that is new."""
    judged = world.judged.get(subject)
    if judged is None or grounds.newest_alarm(world.signals, sources) > judged.signs_to:
        return False
    new = [link for link, seq in world.recorded.links.items() if seq > judged.closed]
    return not judging.leads_over(paths, subject, sources, new, hours=HORIZON_HOURS)


def _arrivals(world: World, seeds: Sequence[Seed]) -> Arrivals:
    assert world.snapshot is not None
    clear = heard_until(world)
    return cascade(world.snapshot.network, seeds, draws=DRAWS, horizon=HORIZON_HOURS, key=LUCK, clear_until=clear)


def heard_until(world: World) -> Floats:
    """float64 [n]: hours from `world.at` of each node's last authenticated contact, ``-inf`` = none."""
    assert world.snapshot is not None and world.at is not None
    clear = np.full(world.snapshot.network.nodes.size, -np.inf)
    for person, heard in world.heard_well.items():
        if person in world.snapshot.persons:
            clear[world.snapshot.network.places([person])[0]] = (heard - world.at) / HOUR_MS
    return clear


def _deadlines(world: World, paths: Paths, arrivals: Arrivals, *, exclude: set[int]) -> dict[int, Instant]:
    """Person -> deadline, on the minute before; whoever is reached too rarely is left out.

    Whoever the danger may have reached before the first sign is told at once all the same: two hours from that sign.
    """
    assert world.snapshot is not None and world.at is not None
    reached = {
        int(node): (place, hour)
        for place, (node, hour) in enumerate(
            zip(arrivals.nodes.tolist(), deadlines(arrivals, RISK).tolist(), strict=True)
        )
        if isfinite(hour) and node in world.snapshot.persons and node not in exclude
    }
    began = {node: _first_hours(world, grounds.sources(paths, node)) for node in reached}
    still = {first: deadlines(arrivals, RISK, since=first) for first in set(began.values())}
    found = {}
    for node, (place, hour) in reached.items():
        later, first = float(still[began[node]][place]), began[node]
        found[node] = _minute(world.at, later if isfinite(later) else max(hour, first + AT_ONCE_HOURS))
    return found


def _first_hours(world: World, sources: frozenset[int]) -> float:
    """When the desk could have begun to act: a deadline counts what can still be averted from then on."""
    assert world.at is not None
    return (grounds.first_alarm(world.signals, sources, default=world.at) - world.at) / HOUR_MS


def _minute(start: Instant, hours: float) -> Instant:
    return Instant((start + round(hours * HOUR_MS)) // MINUTE_MS * MINUTE_MS)


def _last_heard(own: Sequence[signals.Signal]) -> Instant:
    """A belief stands at its own last sign, so that what is heard of others does not move it."""
    return max(signal.heard for signal in own)


def _signals(own: Sequence[Signal]) -> tuple[signals.Signal, ...]:
    """Rows of one person, oldest first, as the filter weighs them.

    Somebody who was heard well and then under duress, or is said to be captured, was most likely taken in between. Texts may be
    read in another order than they were written in: an "all well" that was written later says nothing of when.
    """
    well: Instant | None = None
    weighed = []
    for row in own:
        before = well is not None and well <= row.heard_ms
        names_hours = row.result is ReadingResult.DURESS or row.kind is SignalKind.CUSTODY
        weighed.append(_signal(row, since=well if before and names_hours else None))
        if row.result is ReadingResult.OK and row.meaning not in DANGERS:
            well = Instant(row.heard_ms)
    return tuple(weighed)


def _signal(row: Signal, *, since: Instant | None) -> signals.Signal:
    heard = Instant(row.heard_ms)
    if row.kind is SignalKind.READING:
        return signals.reading(
            row.result,
            heard=heard,
            window=row.window,
            written=_instant(row.window_ms),
            well=row.meaning not in DANGERS,
            since=since,
            seq=row.because,
        )
    if row.kind in (SignalKind.CHALLENGE, SignalKind.QUESTION):
        asked = row.kind is SignalKind.QUESTION
        return signals.answer(row.result, heard=heard, window=row.window, question=asked, since=since, seq=row.because)
    if row.kind is SignalKind.CUSTODY:
        return signals.custody(heard=heard, since=since, seq=row.because)
    if row.kind is SignalKind.REPORT:
        return signals.report(
            row.report,
            reliability=row.reliability,
            credibility=row.credibility,
            heard=heard,
            since=_instant(row.since_ms),
            origin=row.source,
            seq=row.because,
        )
    return signals.missed_window(
        closes=Instant(row.window_ms),
        heard=heard,
        window=row.window,
        ratio=None if row.silence_ratio is None else row.silence_ratio / 100,
        seq=row.because,
    )


def _instant(stored: int | None) -> Instant | None:
    return None if stored is None else Instant(stored)
