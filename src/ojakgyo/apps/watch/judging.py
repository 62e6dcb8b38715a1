"""What an officer has judged by closing a warning: the signs known by then, and the links known by then.

An older sign that reaches the subject by a link recorded later is a new danger; the ways that were known are not.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from django.db.models import Max

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.watch.grounds import RISK
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.domain import facts
from ojakgyo.domain.exposure.network import Network, network_of
from ojakgyo.domain.exposure.paths import Paths
from ojakgyo.domain.exposure.seeds import Seed
from ojakgyo.domain.facts import LineHandedOn, LineRecorded, LinkRecorded

WAYS: Final = (LinkRecorded.kind, LineRecorded.kind, LineHandedOn.kind)


@dataclass(frozen=True, slots=True)
class Judged:
    """`signs_to`: number of the newest sign that could be judged. `closed`: number of the fact that closed the warning."""

    signs_to: int
    closed: int


def judged() -> dict[int, Judged]:
    """Person -> what was judged of the danger to them, where no warning about them stands now."""
    ended = Warning.objects.filter(state=WarningState.CLOSED).values_list("subject_id")
    last = {subject: Judged(*numbers) for subject, *numbers in ended.annotate(Max("closed_seq"), Max("seq"))}
    if not last:
        return {}
    standing = set(Warning.objects.exclude(state=WarningState.CLOSED).values_list("subject_id", flat=True))
    return {subject: each for subject, each in last.items() if subject not in standing}


@dataclass(frozen=True, slots=True)
class Recorded:
    """Links recorded after a fact and up to another: link -> number of its fact; a line's own id for its being carried."""

    after: int
    upto: int
    links: Mapping[int, int]


NONE_RECORDED: Final = Recorded(0, 0, {})


def recorded(judged: Mapping[int, Judged], *, upto: int, before: Recorded) -> Recorded:
    """Links recorded after the first of these closings. `before`: what was read earlier; only what is new is fetched."""
    if not judged:
        return NONE_RECORDED
    after = min(each.closed for each in judged.values())
    known = before.links if before.after == after else {}
    start = before.upto if before.after == after else after
    return Recorded(after, max(start, upto), {**known, **_recorded_between(start, upto)})


def _recorded_between(after: int, upto: int) -> dict[int, int]:
    found = {}
    for row in Entry.objects.filter(kind__in=WAYS, seq__gt=after, seq__lte=upto, body__isnull=False):
        told = facts.revive(row.kind, row.v, row.body)
        if isinstance(told, LinkRecorded):
            found[int(told.link)] = row.seq
        elif isinstance(told, LineRecorded | LineHandedOn):
            found[int(told.line)] = row.seq
    return found


def leads_over(paths: Paths, subject: int, sources: Collection[int], links: Iterable[int], *, hours: float) -> bool:
    """Whether the danger from one of these comes to the subject over one of these links, too often to be passed over.

    Held against the strongest path of all; `hours`: time each link has. A way that comes by the same node twice is none.
    """
    network = paths.network
    tried = np.flatnonzero(np.isin(network.links, np.fromiter(links, dtype=np.int64)))
    if not tried.size:
        return False
    back = Paths.of(_reversed(network), [Seed(node=subject, probability=1.0)], hours=hours)
    end = network.places([subject])
    chances = np.array([seed.probability for seed in paths.seeds])
    least = RISK * float(np.max(chances * np.exp(-paths.costs[:, end[0]])))
    for row, seed in enumerate(paths.seeds):
        if seed.node not in sources:
            continue
        costs = paths.costs[row][network.source[tried]] + paths.links[tried] + back.costs[0][network.target[tried]]
        for link in tried[chances[row] * np.exp(-costs) >= least]:
            there = _nodes(paths, row, int(network.nodes[network.source[link]]))
            onward = _nodes(back, 0, int(network.nodes[network.target[link]]))
            if there.isdisjoint(onward):
                return True
    return False


def _nodes(paths: Paths, row: int, goal: int) -> frozenset[int]:
    """The nodes of the strongest path from one seed, both ends included."""
    own = slice(row, row + 1)
    path = replace(paths, seeds=paths.seeds[own], places=paths.places[own], costs=paths.costs[own]).to(goal)
    return frozenset(path.nodes if path else (goal,))


def _reversed(network: Network) -> Network:
    return network_of(
        network.nodes,
        source=network.nodes[network.target],
        target=network.nodes[network.source],
        probability=network.probability,
        law=network.law,
        links=network.links,
    )[0]
