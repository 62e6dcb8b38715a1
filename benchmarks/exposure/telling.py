"""Whom to tell first among ten thousand: how long a plan takes, and how far it is from one that is drawn anew at every step.

A caller has twelve hours, half an hour a call; everybody can be told within two stretches of five hours. Both plans are
judged in worlds that neither has seen, by the share of those in danger whom they save.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmarks.exposure.asked import Asked
from benchmarks.exposure.measuring import interleaved, timed
from benchmarks.exposure.networks import DRAWS, HORIZON, World, invented
from benchmarks.exposure.rows import Row, row
from ojakgyo.domain.exposure.arrivals import Arrivals
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.saving.dominators import Trees, dominators
from ojakgyo.domain.planning.first import Danger, plan
from ojakgyo.domain.planning.outcome import Outcome, outcome
from ojakgyo.domain.planning.telling import Callers, Opening, Plan, Subject
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS, Instant

AT_MOST_MS: Final = 30.0
AT_MOST_POINTS: Final = 1.0
_NOW: Final = Instant(1_800_000_000_000)
_CALL_MS, _HOURS = HOUR_MS // 2, 12
_LIKELY: Final = 0.01
_TRIED, _FEWER_DRAWS = 24, 1_024
"""How many the dear plan tries at each step, and in how many draws."""
_KEY, _OTHER_KEY = 1, 2


def measured(asked: Asked) -> Iterator[Row]:
    for shape in ("cells", "hubs"):
        incident = _Incident(invented(shape, min(10_000, asked.largest)))
        turns = {
            "dominator trees": timed(lambda incident=incident: _done(incident.trees())),
            "plan": timed(lambda incident=incident: _done(incident.plan(incident.known))),
            "trees and plan": timed(lambda incident=incident: _done(incident.plan(incident.trees()))),
        }
        found = interleaved(turns, asked.rounds)
        on, subjects = incident.world.name, float(len(incident.subjects))
        yield Row(case="telling", on=on, what=f"in danger: at {_LIKELY:.0%} or more", value=subjects, unit="people")
        for what, rounds in found.items():
            goal = {"at_most": AT_MOST_MS} if what == "trees and plan" else {}
            spent = rounds.median().times(1e3)
            yield row("telling", on, f"{what}, processor", spent, "ms", rounds=asked.rounds, **goal)
        yield from incident.judged()


class _Incident:
    """Three who were taken, everybody they endanger, and when each of those can be told."""

    def __init__(self, world: World) -> None:
        self.world, self.heads = world, np.ones(world.network.nodes.size, dtype=np.int64)
        self.arrivals: Arrivals = cascade(world.network, world.seeds, draws=DRAWS, horizon=HORIZON, key=_KEY)
        self.known, random = self.trees(), np.random.default_rng(7)
        likely = self.arrivals.places[self.arrivals.counts >= _LIKELY * DRAWS]
        taken = {seed.node for seed in world.seeds}
        nodes = [int(node) for node in world.network.nodes[likely] if node not in taken]
        self.subjects = [Subject(person=PersonId(node), openings=_openings(random)) for node in nodes]

    def trees(self) -> Trees:
        return dominators(self.world.network, self.world.seeds, self.arrivals, key=_KEY)

    def plan(self, trees: Trees) -> Plan:
        danger = Danger(trees=trees, heads=self.heads, start=_NOW)
        callers = Callers(number=1, call_ms=_CALL_MS, until=Instant(_NOW + _HOURS * HOUR_MS))
        return plan(danger, self.subjects, callers, now=_NOW)

    def judged(self) -> Iterator[Row]:
        cheap = {step.person: (step.safe - _NOW) / HOUR_MS for step in self.plan(self.known).steps}
        shares = []
        for what, safe in (("plan", cheap), ("drawn anew at every step", self.drawn_anew())):
            seen = self.outcome(safe, DRAWS, _OTHER_KEY)
            shares.append(100.0 * seen.saved.mean / seen.nothing.mean)
            yield Row(case="telling", on=self.world.name, what=f"{what}: saved", value=shares[-1], unit="%")
        yield Row(case="telling", on=self.world.name, what="what the plan falls short of that", unit="points",
                  value=shares[1] - shares[0], at_most=AT_MOST_POINTS)  # fmt: skip

    def drawn_anew(self) -> dict[PersonId, float]:
        """At each half hour, whoever saves most when the whole cascade is drawn with them safe; most likely ones tried."""
        chance = self.known.below(self.heads)
        worth = np.bincount(self.known.places(), weights=chance, minlength=self.heads.size)
        ranked = sorted(self.subjects, key=lambda each: -worth[int(self.world.network.places(each.person))])
        safe: dict[PersonId, float] = {}
        for at in range(_NOW, _NOW + _HOURS * HOUR_MS, _CALL_MS):
            free = [each for each in ranked if each.person not in safe and _usable(each, at)][:_TRIED]
            hour = (at + _CALL_MS - _NOW) / HOUR_MS
            trials = {each.person: self.outcome({**safe, each.person: hour}, _FEWER_DRAWS, _KEY) for each in free}
            if trials:
                safe[max(trials, key=lambda person: trials[person].saved.mean)] = hour
        return safe

    def outcome(self, safe: dict[PersonId, float], draws: int, key: int) -> Outcome:
        return outcome(
            self.world.network, self.world.seeds, safe,
            heads=self.heads, since=0.0, draws=draws, horizon=HORIZON, key=key,
        )  # fmt: skip


def _openings(random: np.random.Generator) -> tuple[Opening, ...]:
    begins = [Instant(int(_NOW + first + random.integers(0, 7 * HOUR_MS))) for first in (0, 12 * HOUR_MS)]
    return tuple(Opening(route=None, begins=each, ends=Instant(each + 5 * HOUR_MS)) for each in begins)


def _usable(subject: Subject, at: int) -> bool:
    return any(way.begins <= at <= way.ends for way in subject.openings)


def _done(_: object) -> None:
    """One piece of work."""
