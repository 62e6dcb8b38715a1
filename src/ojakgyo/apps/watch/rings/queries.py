"""Whom the danger would reach if one person were taken now, and what one planned act would change. Nothing is written.

It is a question about links alone: no signal, no belief and no warning is read, so the answer is the same whether or not
anybody is under suspicion. Two things stand beside it for who may see what is read of somebody: nobody is told through whoever
is in quarantine, and what the person's codes confirmed is listed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np

from ojakgyo.apps.cards.queries import quarantined
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.network.snapshots import Snapshot
from ojakgyo.apps.people.queries import code_names, named
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.apps.watch.analysis import DRAWS, LUCK
from ojakgyo.apps.watch.confirmed import confirmed
from ojakgyo.apps.watch.rights import Rights, rights
from ojakgyo.apps.watch.rings.standing import standing
from ojakgyo.apps.watch.rings.values import (
    RISK,
    UP_TO_HOURS,
    Compared,
    Figure,
    Reached,
    Ring,
    RingsPage,
    WhatIf,
    ring_of,
)
from ojakgyo.apps.watch.values import Way
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.exposure.around import Around, around
from ojakgyo.domain.exposure.estimates import Estimate, estimate
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.paths import Path, Paths
from ojakgyo.domain.exposure.planned import PlannedAct, planned
from ojakgyo.domain.exposure.seeds import Seed
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning import reach
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

HORIZON_HOURS: Final = 168.0
COUNTED_HOURS: Final = UP_TO_HOURS[Ring.DAYS]
LEAST: Final = 0.02
"""Whoever is reached less often stands on no ring."""
SHAPES: Final = 60
NINETEEN_OF_TWENTY: Final = 1.96


@dataclass(frozen=True, slots=True)
class Known:
    """Who is who around one person, fetched once."""

    snapshot: Snapshot
    held: Rights
    names: Mapping[int, CodeName]
    """Of people and officers; a place has none."""
    cells: Mapping[int, str]
    """Person -> code of the cell."""

    def between(self, path: Path) -> tuple[int, ...]:
        """Whom a path passes on its way, those who carry its phones for the phones."""
        passed = dict.fromkeys(self.snapshot.holder.get(node, node) for node in path.nodes)
        return tuple(node for node in passed if node in self.names and node not in (path.nodes[0], path.nodes[-1]))

    def may_name(self, path: Path) -> bool:
        """As on a cell's own page, where whoever its people touch is named: everybody before them is of a cell held.

        An officer is of no cell: whom they touch is named if that one's own cell is held.
        """
        before, persons = self.between(path), self.snapshot.persons
        if any(node not in persons for node in before) and not self.held.may_see_person(path.nodes[-1]):
            return False
        return all(self.held.may_see_person(node) for node in before if node in persons)


def demand_safety(desk: Desk) -> None:
    """Rings are reasons: for role safety alone."""
    if not rights(desk, set()).safety:
        raise Refused("watch.exposure_safety")


def demand_key(desk: Desk, person: PersonId) -> None:
    """Nobody of this id, no safety officer: ``Refused``. No key to the cell: ``NotHeld``."""
    demand_safety(desk)
    named(person)
    if not rights(desk, {person}).may_see_person(person):
        raise NotHeld(person=person)


def rings(desk: Desk, *, person: PersonId, risk: int) -> RingsPage:
    """`risk`: percent. For who may see it: see `demand_key`."""
    demand_key(desk, person)
    snapshot = standing.network(desk, at=desk.now)
    found = _around(desk, snapshot, snapshot.network, person)
    chances, hours = found.chances(COUNTED_HOURS), found.deadlines(risk / 100)
    order = [
        int(place) for place in np.argsort(-chances, kind="stable") if found.others[place] and chances[place] >= LEAST
    ]
    shown = order[:SHAPES]
    paths = _paths(snapshot.network, person, [int(snapshot.network.nodes[place]) for place in shown])
    known = _known(desk, snapshot, {person, *paths}, paths.values())
    red = {int(snapshot.network.nodes[place]) for place in shown if hours[place] <= UP_TO_HOURS[Ring.HOURS]}
    ways = _ways(desk, known, [node for node in paths if known.held.may_see_person(node)], paths, avoid={person, *red})
    reached = [
        _reached(desk, known, paths[node], chance=float(chances[place]), hours=float(hours[place]), way=ways.get(node))
        for place, node in zip(shown, paths, strict=True)
    ]
    far = Instant(2**62)
    return RingsPage(
        person=person,
        code_name=known.names[person],
        cell=known.cells[person],
        risk=risk,
        others=_figure(estimate(found.reached(COUNTED_HOURS))),
        reached=tuple(sorted(reached, key=lambda each: (each.deadline or far, -each.chance))),
        more=len(order) - len(shown),
        least=float(chances[shown[-1]]) if shown else LEAST,
        confirmed=confirmed(desk, [person]),
    )


def what_if(desk: Desk, *, person: PersonId, act: PlannedAct, other: PersonId, when: Instant | None = None) -> WhatIf:
    """Both radii before and after, with the same luck. Both cells must be held: it tells of either."""
    if person == other:
        raise Refused("watch.act_takes_two")
    demand_key(desk, person)
    demand_key(desk, other)
    snapshot = standing.network(desk, at=when or desk.now)
    phones: dict[int, int] = {}
    for line, holder in sorted(snapshot.holder.items()):
        phones.setdefault(holder, line)
    later = planned(snapshot.network, act, person, other, phones=phones)
    both = (_compared(desk, snapshot, later, person), _compared(desk, snapshot, later, other))
    return WhatIf(act, both[1].code_name, when, both)


def _around(desk: Desk, snapshot: Snapshot, network: Network, person: PersonId) -> Around:
    working = {each.id for each in vault.officers(desk) if each.state is not OfficerState.REMOVED}
    people = snapshot.persons | working
    return around(network, person, people=people, draws=DRAWS, horizon=HORIZON_HOURS, key=LUCK)


def _paths(network: Network, person: PersonId, subjects: Iterable[int]) -> dict[int, Path]:
    """The likeliest way to each, in the order in which they are given."""
    found = Paths.of(network, [Seed(node=person, probability=1.0)], hours=COUNTED_HOURS)
    paths = {}
    for subject in subjects:
        path = found.to(subject)
        assert path is not None, "who was reached was reached over links"
        paths[subject] = path
    return paths


def _known(desk: Desk, snapshot: Snapshot, subjects: set[int], paths: Iterable[Path]) -> Known:
    passed = {snapshot.holder.get(node, node) for path in paths for node in path.nodes}
    everybody = subjects | passed
    held = rights(desk, everybody & snapshot.persons)
    codes = {cell.id: cell.code for cell in vault.cells(desk)}
    officers = {each.id: each.code_name for each in vault.officers(desk)}
    return Known(
        snapshot=snapshot,
        held=held,
        names={**code_names(desk, everybody), **officers},
        cells={person: codes[cell] for person, cell in held.cells.items()},
    )


def _reached(desk: Desk, known: Known, path: Path, *, chance: float, hours: float, way: Way | None) -> Reached:
    subject, ring, between = path.nodes[-1], ring_of(hours), known.between(path)
    if not known.may_name(path):
        return Reached(ring=ring, chance=chance)
    is_person = subject in known.snapshot.persons
    return Reached(
        ring=ring,
        chance=chance,
        code_name=known.names[subject],
        person=PersonId(subject) if is_person else None,
        cell=known.cells.get(subject),
        deadline=Instant((desk.now + round(hours * HOUR_MS)) // MINUTE_MS * MINUTE_MS) if isfinite(hours) else None,
        link=None if between else known.snapshot.ties[path.links[-1]].kind,
        through=tuple(known.names[each] for each in between),
        way=way,
        known=is_person and known.held.may_see_person(subject),
        direct=not between,
    )


def _ways(
    desk: Desk, known: Known, persons: Collection[int], paths: Mapping[int, Path], *, avoid: set[int]
) -> dict[int, Way]:
    """The fastest way to tell each of these; nobody is told through whoever is taken, or reached within hours."""
    routes, windows = contact.routes(persons), contact.next_windows(desk, persons)
    through = {each.through for own in routes.values() for each in own if each.through}
    gone = quarantined({*persons, *through})
    held = rights(desk, set(gone))
    captured = {person for person in gone if held.may_see_person(person)}
    names = {**code_names(desk, through), **known.names}
    found = {}
    for person in set(persons) - captured:
        ways = reach.reach(
            routes.get(person, ()),
            windows.get(person, ()),
            now=desk.now,
            deadline=None,
            avoid=_persons((avoid | captured) - {person}),
        )
        if (way := ways.fastest) is not None:
            route = way.route
            found[person] = Way(
                route=route.kind if route else None,
                through=names.get(route.through) if route and route.through else None,
                delay_ms=route.delay_ms if route else None,
                arrives=way.told,
            )
    return found


def _persons(ids: Iterable[int]) -> frozenset[PersonId]:
    return frozenset(map(PersonId, ids))


def _compared(desk: Desk, snapshot: Snapshot, later: Network, person: PersonId) -> Compared:
    before = _around(desk, snapshot, snapshot.network, person)
    after = _around(desk, snapshot, later, person)
    first, then = before.reached(COUNTED_HOURS), after.reached(COUNTED_HOURS)
    old, new = _on_rings(before), _on_rings(after)
    nearer = [
        node for node, ring in new.items() if node not in old or list(Ring).index(ring) < list(Ring).index(old[node])
    ]
    paths = _paths(later, person, nearer)
    known = _known(desk, snapshot, {person, *paths}, paths.values())
    seen = [node for node in nearer if known.may_name(paths[node])]
    return Compared(
        person=person,
        code_name=known.names[person],
        before=_figure(estimate(first)),
        after=_figure(estimate(then)),
        more=_figure(estimate(then - first)),
        nearer=tuple((known.names[node], new[node]) for node in seen),
        unnamed=len(nearer) - len(seen),
    )


def _on_rings(found: Around) -> dict[int, Ring]:
    """Who stands on a ring at the usual risk, the likeliest first."""
    chances, hours = found.chances(COUNTED_HOURS), found.deadlines(RISK / 100)
    order = [
        int(place) for place in np.argsort(-chances, kind="stable") if found.others[place] and chances[place] >= LEAST
    ]
    return {int(found.arrivals.nodes[place]): ring_of(float(hours[place])) for place in order}


def _figure(found: Estimate) -> Figure:
    return Figure(found.mean, NINETEEN_OF_TWENTY * found.error)
