"""Why somebody is in danger, in values: the strongest path, the signs about its seed, the chance if nothing is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ojakgyo.apps.network.snapshots import Snapshot
from ojakgyo.apps.watch.analysis import Analysis, has_lapsed
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.values import (
    CurvePoint,
    Evidence,
    IfNothing,
    NodeKind,
    Sign,
    SignalLine,
    SignalSort,
    Step,
    Why,
)
from ojakgyo.domain.exposure.deadlines import chance
from ojakgyo.domain.exposure.paths import Path
from ojakgyo.domain.facts import LinkKind, Meaning, ReadingResult, ReportKind, SignalKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.instants import HOUR_MS, Instant

DAY_HOURS: Final = 24.0
CURVE_POINTS: Final = 49
"""Every half hour of a day."""
LIKELY: Final = 0.2
"""From one case out of five on: a single usual report that somebody was taken away is more."""

Names = Mapping[int, CodeName]


@dataclass(frozen=True, slots=True)
class Explained:
    """A subject's strongest path in an analysis, with what is needed to say it."""

    analysis: Analysis
    snapshot: Snapshot
    path: Path
    names: Names
    now: Instant

    @property
    def seed(self) -> int:
        return self.path.nodes[0]

    @property
    def subject(self) -> int:
        return self.path.nodes[-1]


def path_to(analysis: Analysis, subject: int) -> Path | None:
    """The strongest path to a person; None where none leads there any more, as after the belief has fallen."""
    snapshot = analysis.world.snapshot
    if snapshot is None or analysis.paths is None or subject not in snapshot.persons:
        return None
    return analysis.paths.to(subject)


def explain(analysis: Analysis, path: Path | None, *, names: Names, now: Instant) -> Explained | None:
    if path is None or analysis.world.snapshot is None:
        return None
    return Explained(analysis, analysis.world.snapshot, path, names, now)


def why(told: Explained, *, heard: Mapping[int, Instant], silent_ms: int | None) -> Why:
    """The path as steps. `heard`: last sign of life by person; `silent_ms`: how long the seed has been overdue."""
    signs = tuple(sorted(_signs(told, silent_ms), key=list(Sign).index))
    return Why(
        seed=told.names[told.seed],
        signs=signs,
        path=tuple(_step(told, place, heard) for place in range(len(told.path.nodes))),
        silent_ms=silent_ms,
        other_paths=max(0, len(told.path.shares) - 1),
    )


def _signs(told: Explained, silent_ms: int | None) -> set[Sign]:
    signs, at = {Sign.SILENT} if silent_ms else set(), told.analysis.world.at
    for row in told.analysis.world.rows[told.seed]:
        if has_lapsed(row, at):
            continue
        if row.kind is SignalKind.REMOVAL:
            signs.add(Sign.REMOVED)
        elif row.kind is SignalKind.REPORT:
            signs.add(Sign.REPORT)
        elif row.kind is SignalKind.CUSTODY:
            signs.add(Sign.CAPTURED)
        elif row.result is ReadingResult.DURESS:
            signs.add(Sign.DURESS)
        elif row.result is ReadingResult.REPLAY:
            signs.add(Sign.USED_TWICE)
        elif row.result is ReadingResult.TRIPWIRE:
            signs.add(Sign.ENDED_CARD)
        elif row.meaning is Meaning.DANGER:
            signs.add(Sign.DANGER_CODE)
    return signs


def _step(told: Explained, place: int, heard: Mapping[int, Instant]) -> Step:
    node = told.path.nodes[place]
    kind = _kind(told, node)
    person = told.snapshot.holder.get(node, node)
    tie = told.snapshot.ties[told.path.links[place - 1]] if place else None
    return Step(
        node=kind,
        code_name=told.names.get(person),
        chance=_chance_of(told, node) if place else told.analysis.beliefs[node].probability,
        link=tie.kind if tie else None,
        on=tie.last if tie and tie.kind is not LinkKind.CARRIES else None,
        times=tie.times if tie else 1,
        imprecise=tie is not None and tie.imprecise,
        last_seen=heard.get(person) if kind is NodeKind.LINE else None,
    )


def _kind(told: Explained, node: int) -> NodeKind:
    """A place is what has no name."""
    if node in told.snapshot.holder:
        return NodeKind.LINE
    if node in told.snapshot.persons:
        return NodeKind.PERSON
    return NodeKind.OFFICER if node in told.names else NodeKind.PLACE


def _chance_of(told: Explained, node: int, hours: float = DAY_HOURS) -> float:
    """That the danger has come to this node so many hours from now."""
    return float(_curve(told, node, np.array([hours]))[0])


def _curve(told: Explained, node: int, hours_from_now: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    assert told.analysis.arrivals is not None and told.analysis.world.at is not None
    passed = (told.now - told.analysis.world.at) / HOUR_MS
    return chance(told.analysis.arrivals, node, hours_from_now + passed)


def if_nothing(told: Explained, deadline: Instant) -> IfNothing:
    """The chance over the next day, at the deadline and in three days; and who stands behind the subject."""
    hours = np.linspace(0.0, DAY_HOURS, CURVE_POINTS)
    points = zip(hours.tolist(), _curve(told, told.subject, hours).tolist(), strict=True)
    return IfNothing(
        at_deadline=_chance_of(told, told.subject, (deadline - told.now) / HOUR_MS),
        in_24h=_chance_of(told, told.subject),
        in_72h=_chance_of(told, told.subject, 3 * DAY_HOURS),
        curve=tuple(CurvePoint(at=Instant(told.now + int(hour * HOUR_MS)), chance=each) for hour, each in points),
        behind=_behind(told),
    )


def _behind(told: Explained) -> tuple[CodeName, ...]:
    """Persons whom the subject could endanger at one or two steps, nearest and likeliest first, at most four."""
    network, known = told.snapshot.network, set(told.path.nodes)
    found: dict[int, float] = {}
    for node, chance_so_far in _next(network, told.subject, 1.0):
        if node in told.snapshot.persons:
            found[node] = max(found.get(node, 0.0), chance_so_far)
        else:
            for other, further in _next(network, node, chance_so_far):
                if other in told.snapshot.persons:
                    found[other] = max(found.get(other, 0.0), further)
    ranked = sorted((node for node in found if node not in known), key=lambda node: (-found[node], node))
    return tuple(told.names[node] for node in ranked[:4] if node in told.names)


def _next(network, node: int, chance_so_far: float) -> list[tuple[int, float]]:  # type: ignore[no-untyped-def]
    place = int(network.places([node])[0])
    links = slice(int(network.starts[place]), int(network.starts[place + 1]))
    goals = network.nodes[network.target[links]].tolist()
    return [(goal, chance_so_far * each) for goal, each in zip(goals, network.probability[links].tolist(), strict=True)]


def evidence(analysis: Analysis, person: int, names: Names) -> Evidence:
    """The waterfall about one person, or about an officer who was removed."""
    held, removal = analysis.beliefs[person], analysis.world.removed.get(person)
    percent = removal.percent if removal else None
    rows = {row.because: row for row in analysis.world.rows[person]}
    prior = SignalLine(sort=SignalSort.PRIOR, start_db=held.start, change_db=0.0)
    lines = [
        _signal_line(rows[line.signal.seq], line.start, line.decibans, names, percent=percent)
        for line in held.lines
        if line.signal.seq in rows
    ]
    return Evidence(
        about=names[person],
        lines=(prior, *lines),
        total_db=held.decibans,
        chance=held.probability,
        officer=removal is not None,
    )


def own_evidence(told: Explained) -> Evidence | None:
    """The waterfall about the subject, where any sign says that the subject too may have been taken."""
    subject, signals = told.subject, told.analysis.world.signals.get(told.subject, ())
    if subject == told.seed or not any(each.decibans > 0.0 for each in signals):
        return None
    return evidence(told.analysis, subject, told.names)


def taken_away(told: Explained) -> SignalLine | None:
    """The newest report of any weight that the subject was taken away, or an officer's word that they were captured."""
    own = evidence(told.analysis, told.subject, told.names) if told.subject in told.analysis.beliefs else None
    return next((line for line in reversed(own.lines if own else ()) if _says_taken(line)), None)


def _says_taken(line: SignalLine) -> bool:
    return line.report is ReportKind.TAKEN_AWAY or line.sort is SignalSort.CUSTODY


def _signal_line(row: Signal, start: float, change: float, names: Names, *, percent: int | None = None) -> SignalLine:
    return SignalLine(
        sort=SignalSort(row.kind),
        start_db=start,
        change_db=change,
        at=Instant(row.heard_ms),
        result=row.result,
        meaning=row.meaning,
        report=row.report,
        source=names.get(row.source) if row.source else None,
        reliability=row.reliability,
        credibility=row.credibility,
        percent=percent,
    )


def suspected(found: Analysis) -> frozenset[int]:
    """The persons from whom danger comes, those who carry a phone it comes from included: nobody is told through them."""
    snapshot = found.world.snapshot
    if snapshot is None:
        return frozenset()
    return frozenset(snapshot.holder.get(seed.node, seed.node) for seed in found.seeds) & snapshot.persons


def taken(analysis: Analysis) -> frozenset[int]:
    """Who may well have been taken: nobody is told through them, and everyone they met is listed."""
    return frozenset(person for person, held in analysis.beliefs.items() if held.probability >= LIKELY)
