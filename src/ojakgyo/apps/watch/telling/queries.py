"""Whom to tell first, from the analysis of now, kept in this process's memory like it and never written down.

Who sees it sees in which order the danger spreads, and so why. It is whole or not there: shown to whoever may see the
reason of every warning it weighs.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ojakgyo.apps.cards.queries import quarantined
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.models import AsidePlan
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.watch import explaining
from ojakgyo.apps.watch.analysis import DRAWS, HORIZON_HOURS, LUCK, Analysis, heard_until
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.apps.watch.queries import OPEN, RED_MS, reasons_seen
from ojakgyo.apps.watch.rights import rights
from ojakgyo.apps.watch.telling.values import First, Told, TooLate
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.exposure.arrays import Floats, Whole
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.saving.dominators import dominators
from ojakgyo.domain.facts import Answer, StandAside
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning.first import Danger, plan
from ojakgyo.domain.planning.outcome import Outcome, only_if_it_saves, outcome
from ojakgyo.domain.planning.reach import Route
from ojakgyo.domain.planning.telling import Callers, Plan, Step, Subject, openings
from ojakgyo.domain.values.ids import PersonId, WarningId
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant
from ojakgyo.store import keyholder

CALL_MS: Final = 10 * MINUTE_MS
"""One caller is busy with one word for so long, looking up and writing down included."""
AHEAD_MS: Final = 24 * HOUR_MS
STEADY_MS: Final = MINUTE_MS
"""A plan stands for so long while nothing happens, so that reading it again shows the same. It begins where that ends."""
MOST_CALLERS: Final = 4
FALSE_ALARM: Final = 0.02
"""Harm of standing aside for nothing, in people: fifty needless alarms weigh as much as one person reached."""
EXPOSING: Final = 0.02
"""Harm of making one more person known by the way that is used."""
ASIDE_MS: Final = {
    StandAside.DESTROY_THE_CARD: 15 * MINUTE_MS,
    StandAside.LIE_LOW: 30 * MINUTE_MS,
    StandAside.PASS_THE_PARTY_ON: HOUR_MS,
    StandAside.LEAVE: 2 * HOUR_MS,
}
"""From the word to being out of the danger's way. Assumptions, said in docs/explanation/telling.md."""
UNAGREED_MS: Final = HOUR_MS


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a plan hangs on, beside the analysis. `safe`: person -> when they are safe, of those told already."""

    subjects: tuple[Subject, ...]
    safe: tuple[tuple[int, int], ...]
    callers: Callers
    now: Instant


@dataclass(frozen=True, slots=True)
class Made:
    plan: Plan
    outcome: Outcome


class Kept:
    """The newest plan and what it was made from.

    Attributes
    ----------
    times : how often all was forgotten. Who began before the last time gets a plan, and it is kept nowhere.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.times = 0
        self._clear()

    def forget(self) -> None:
        with self._lock:
            self.times += 1
            self._clear()

    def _clear(self) -> None:
        self._from: Analysis | None = None
        self._danger: tuple[tuple[tuple[int, int], ...], Danger] | None = None
        self._made: dict[Asked, Made] = {}

    def made(self, found: Analysis, asked: Asked, *, since: int) -> Made:
        """`since`: `times` before `found` was asked for."""
        with self._lock:
            if since != self.times:
                return _made(found, _danger(found, asked.safe), asked)
            if self._from is not found:
                self._clear()
                self._from = found
            if asked not in self._made:
                if self._danger is None or self._danger[0] != asked.safe:
                    self._danger = asked.safe, _danger(found, asked.safe)
                self._made = {each: made for each, made in self._made.items() if each.now == asked.now}
                self._made[asked] = _made(found, self._danger[1], asked)
            return self._made[asked]


kept = Kept()
keyholder.when_sealed(kept.forget)


def first(desk: Desk, *, callers: int = 1) -> First | None:
    """The plan for so many callers; None where there is nobody to tell, or a reason that the one at the desk may not see."""
    since = kept.times
    rows = list(Warning.objects.exclude(state=WarningState.CLOSED).order_by("deadline_ms", "pk"))
    found = latest.analysis(desk)
    to_tell = {row.subject_id: row for row in rows if _is_to_be_told(row) and row.subject_id in _known(found)}
    if not to_tell or found.arrivals is None or not reasons_seen(desk, rows):
        return None
    now = Instant(-(-desk.now // STEADY_MS) * STEADY_MS)
    asides = {
        row.person_id: row.aside for row in AsidePlan.objects.filter(person_id__in={row.subject_id for row in rows})
    }
    asked = Asked(
        subjects=_subjects(desk, found, rows, set(to_tell), asides, now),
        safe=tuple(sorted(_safe_already(rows, asides).items())),
        callers=Callers(number=callers, call_ms=CALL_MS, until=Instant(now + AHEAD_MS)),
        now=now,
    )
    made = kept.made(found, asked, since=since)
    relays = {step.opening.through for step in made.plan.steps if step.opening.through is not None}
    behind = {person for late in made.plan.late for person in late.behind}
    held, names = rights(desk, behind), code_names(desk, {*to_tell, *relays, *behind})
    seen = {person: name for person, name in names.items() if person not in behind or held.may_see_person(person)}
    return _shown(made, to_tell, names, seen, asked, callers)


def is_hidden(desk: Desk) -> bool:
    """Whether somebody is to be told by a plan that the one at the desk may not see. The board says as much to everybody."""
    rows = list(Warning.objects.exclude(state=WarningState.CLOSED).order_by("deadline_ms", "pk"))
    return any(map(_is_to_be_told, rows)) and not reasons_seen(desk, rows)


def _is_to_be_told(row: Warning) -> bool:
    """Nobody has told them, and no word is on its way."""
    return row.state in OPEN and row.answer is not Answer.SENT


def _known(found: Analysis) -> frozenset[int]:
    snapshot = found.world.snapshot
    return frozenset() if snapshot is None else frozenset(snapshot.persons.rising.tolist())


def _aside_ms(aside: StandAside | None) -> int:
    return UNAGREED_MS if aside is None else ASIDE_MS[aside]


def _safe_already(rows: list[Warning], asides: Mapping[int, StandAside]) -> dict[int, int]:
    told = [row for row in rows if row.state is WarningState.WARNED and row.told_ms is not None]
    return {row.subject_id: row.told_ms + _aside_ms(asides.get(row.subject_id)) for row in told}


def _subjects(
    desk: Desk,
    found: Analysis,
    rows: list[Warning],
    to_tell: set[int],
    asides: Mapping[int, StandAside],
    now: Instant,
) -> tuple[Subject, ...]:
    """With their windows and routes; a route through somebody the board refuses is none, nor any to who was captured."""
    gone = quarantined(to_tell)
    held = rights(desk, set(gone))
    told = to_tell - {person for person in gone if held.may_see_person(person)}
    windows, routes = contact.next_windows(desk, told), contact.routes(told)
    red = {row.subject_id for row in rows if row.deadline_ms - desk.now <= RED_MS}
    avoid = explaining.taken(found) | explaining.suspected(found) | red
    until = Instant(now + AHEAD_MS)
    return tuple(
        Subject(
            person=PersonId(person),
            openings=openings(_routes(routes, person), windows.get(person, ()), now=now, until=until, avoid=avoid),
            aside_ms=_aside_ms(asides.get(person)),
            harm=FALSE_ALARM,
        )
        for person in sorted(to_tell)
    )


def _routes(routes: Mapping[int, tuple[Route, ...]], person: int) -> tuple[Route, ...]:
    return routes.get(person, ())


def _danger(found: Analysis, safe: tuple[tuple[int, int], ...]) -> Danger:
    """What the danger does if nobody is told beside those who have been."""
    world, key = found.world, LUCK
    assert world.snapshot is not None and world.at is not None and found.arrivals is not None
    network, arrivals, hours = world.snapshot.network, found.arrivals, None
    if safe:
        hours = _hours(found, safe)
        arrivals = cascade(
            network,
            found.seeds,
            draws=DRAWS,
            horizon=HORIZON_HOURS,
            key=key,
            clear_until=heard_until(world),
            safe_from=hours,
        )
    trees = dominators(network, found.seeds, arrivals, key=key, safe_from=hours)
    return Danger(trees=trees, heads=_heads(found), start=world.at)


def _heads(found: Analysis) -> Whole:
    """Persons count; lines, places and officers do not."""
    assert found.world.snapshot is not None
    return np.isin(found.world.snapshot.network.nodes, found.world.snapshot.persons.rising).astype(np.int64)


def _hours(found: Analysis, safe: tuple[tuple[int, int], ...]) -> Floats:
    assert found.world.snapshot is not None and found.world.at is not None
    network = found.world.snapshot.network
    hours = np.full(network.nodes.size, np.inf)
    known = [(person, at) for person, at in safe if person in found.world.snapshot.persons]
    if known:
        places = network.places([person for person, _ in known])
        hours[places] = [(at - found.world.at) / HOUR_MS for _, at in known]
    return hours


def _made(found: Analysis, danger: Danger, asked: Asked) -> Made:
    """The plan, and what it is worth in worlds of other luck."""
    world = found.world
    assert world.snapshot is not None and world.at is not None
    made = plan(danger, asked.subjects, asked.callers, now=asked.now, exposing=EXPOSING)
    worth = outcome(
        world.snapshot.network,
        found.seeds,
        {step.person: danger.hours(step.safe) for step in made.steps},
        heads=danger.heads,
        since=danger.hours(asked.now),
        draws=DRAWS,
        horizon=HORIZON_HOURS,
        key=LUCK + 1,
        safe_from=_hours(found, asked.safe),
        clear_until=heard_until(world),
    )
    return Made(*only_if_it_saves(made, worth))


def _shown(
    made: Made,
    rows: Mapping[int, Warning],
    names: Mapping[int, CodeName],
    seen: Mapping[int, CodeName],
    asked: Asked,
    callers: int,
) -> First:
    """`seen`: names of those behind others too, as far as their cells are held: the danger's way leads there."""
    blocked = {subject.person for subject in asked.subjects if not subject.openings}
    return First(
        calls=tuple(_told(step, rows[step.person], names, asked.now) for step in made.plan.steps),
        too_late=tuple(
            TooLate(
                warning=WarningId(rows[late.person].pk),
                code_name=names[late.person],
                missed=late.missed,
                behind=tuple(seen[person] for person in late.behind if person in seen),
                unnamed=sum(person not in seen for person in late.behind),
                no_way=late.person in blocked,
            )
            for late in made.plan.late
        ),
        waiting=tuple(names[person] for person in made.plan.waiting),
        nothing=made.outcome.nothing,
        after=made.outcome.after,
        saved=made.outcome.saved,
        needless=made.plan.needless,
        callers=callers,
        call_minutes=CALL_MS // MINUTE_MS,
    )


def _told(step: Step, row: Warning, names: Mapping[int, CodeName], now: Instant) -> Told:
    route, through = step.opening.route, step.opening.through
    return Told(
        warning=WarningId(row.pk),
        code_name=names[step.person],
        route=route.kind if route else None,
        through=None if through is None else names.get(through),
        delay_ms=route.delay_ms if route else None,
        begins=step.begins,
        told=step.told,
        deadline=Instant(row.deadline_ms),
        saved=step.saved.mean,
        missed=step.missed,
        caller=step.caller + 1,
        at_once=step.begins <= now,
    )
