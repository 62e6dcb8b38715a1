"""Whom to tell first, judged: 40 incidents among a thousand and ten thousand people, in worlds no plan has seen.

Three were taken. One caller has twelve hours and half an hour a call; everybody can be told in two stretches of five hours
a day. Told is the share of those who would be reached that is saved. `--dear` of the incidents are also planned by drawing
all worlds anew for every candidate of every call, which takes seconds. `python -m benchmarks exposure telling` has the times.
"""

import argparse
import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any, Final

import numpy as np

from benchmarks.exposure.networks import invented
from ojakgyo.domain.exposure.arrays import Floats
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.saving.dominators import dominators
from ojakgyo.domain.exposure.seeds import Seed
from ojakgyo.domain.planning.first import Danger, plan
from ojakgyo.domain.planning.outcome import outcome
from ojakgyo.domain.planning.telling import Callers, Opening, Subject
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS, Instant

SIZES: Final = (1_000, 10_000)
DRAWS, HORIZON, CALLS = 4_096, 72.0, 24
JUDGED: Final = 20_000
SHORT_LIST: Final = 96
NEVER: Final = np.inf


class Incident:
    """Who was taken, and when everybody can be told."""

    def __init__(self, network: Network, number: int) -> None:
        random = np.random.default_rng(1_000 + number)
        self.network, self.key, size = network, 77 * number + 1, network.nodes.size
        self.taken = np.sort(random.choice(size // 8, 3, replace=False) * 8)
        self.seeds = [Seed(node=int(node), probability=1.0) for node in network.nodes[self.taken]]
        self.window, self.shuffled = random.uniform(0.0, 12.0, size), random.uniform(0.5, 1.0, size)
        self.heads = np.ones(size, dtype=np.int64)

    def opens(self, hour: float) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return np.asarray((hour - self.window) % 12.0 < 5.0)

    def cost(self) -> tuple[dict[int, float], dict[str, float]]:
        """Place -> hour from which it is safe, by the plan; and CPU milliseconds."""
        begun = process_time()
        arrivals = cascade(self.network, self.seeds, draws=DRAWS, horizon=HORIZON, key=self.key)
        drawn = process_time()
        trees = dominators(self.network, self.seeds, arrivals, key=self.key)
        danger = Danger(trees=trees, heads=self.heads, start=Instant(0))
        likely = np.argsort(-danger.worth(Instant(0)), kind="stable")[:SHORT_LIST]
        valued = process_time()
        callers = Callers(number=1, call_ms=HOUR_MS // 2, until=Instant(CALLS * HOUR_MS // 2))
        made = plan(danger, [self._subject(int(place)) for place in likely], callers, now=Instant(0))
        ended = process_time()
        safe = {int(self.network.places([step.person])[0]): step.safe / HOUR_MS for step in made.steps}
        times = {"cascade": drawn - begun, "trees": valued - drawn, "plan": ended - valued}
        return safe, {name: 1e3 * taken for name, taken in times.items()}

    def _subject(self, place: int) -> Subject:
        begins = [self.window[place] + shift for shift in (-12.0, 0.0, 12.0)]
        ways = tuple(
            Opening(route=None, begins=Instant(max(0, int(at * HOUR_MS))), ends=Instant(int((at + 5.0) * HOUR_MS) - 1))
            for at in begins
            if at + 5.0 > 0.0
        )
        return Subject(person=PersonId(int(self.network.nodes[place])), openings=ways)

    def ranked(self, worth: Floats) -> dict[int, float]:
        """Call after call, whom this list has highest of those who can be told then."""
        safe: dict[int, float] = {}
        for call in range(CALLS):
            open_now = np.where(self.opens(call / 2), worth, 0.0)
            open_now[[*safe, *self.taken.tolist()]] = 0.0
            if open_now.max() > 0.0:
                safe[int(open_now.argmax())] = (call + 1) / 2
        return safe

    def one_hop(self, worth: Floats) -> Floats:
        """Only whom a link joins to somebody who was taken."""
        known = np.zeros(self.network.nodes.size)
        known[self.network.target[np.isin(self.network.source, self.taken)]] = 1.0
        return known * worth

    def saved(self, safe: dict[int, float], *, draws: int = JUDGED, key: int = 987) -> float:
        """Share of those reached who are saved, in worlds of their own."""
        nodes = {int(self.network.nodes[place]): hour for place, hour in safe.items()}
        worlds = {"heads": self.heads, "since": 0.0, "draws": draws, "horizon": HORIZON, "key": key}
        found = outcome(self.network, self.seeds, nodes, **worlds)  # type: ignore[arg-type]
        return found.saved.mean / found.nothing.mean

    def dear(self, tried: int = 25, draws: int = 2_000) -> dict[int, float]:
        """For every call, the best of so many candidates, each drawn anew."""
        arrivals = cascade(self.network, self.seeds, draws=DRAWS, horizon=HORIZON, key=self.key)
        trees = dominators(self.network, self.seeds, arrivals, key=self.key)
        below, places, safe = trees.below(self.heads), trees.places(), dict[int, float]()
        for call in range(CALLS):
            hour = (call + 1) / 2
            late = (arrivals.time > hour) & ~trees.own
            worth = np.bincount(places[late], weights=below[late], minlength=self.heads.size) * self.opens(call / 2)
            worth[list(safe)] = 0.0
            best = [int(place) for place in np.argsort(-worth, kind="stable")[:tried] if worth[place] > 0.0]
            if best:
                gains = [self._lost({**safe, place: hour}, draws) for place in best]
                safe[best[int(np.argmin(gains))]] = hour
        return safe

    def _lost(self, safe: dict[int, float], draws: int) -> int:
        hours = np.full(self.heads.size, NEVER)
        hours[list(safe)] = list(safe.values())
        found = cascade(self.network, self.seeds, draws=draws, horizon=HORIZON, key=555, safe_from=hours)
        return int(found.time.size)


def judged(size: int, incidents: int, dear: int) -> dict[str, Any]:
    network = invented("cells", size).network
    degree: Floats = np.diff(network.starts).astype(np.float64)
    Incident(network, -1).cost()
    shares: dict[str, list[float]] = {}
    times: list[dict[str, float]] = []
    for number in range(incidents):
        incident = Incident(network, number)
        safe, taken = incident.cost()
        times.append(taken)
        lists: dict[str, Callable[[], dict[int, float]]] = {
            "plan": lambda safe=safe: safe,  # type: ignore[misc]
            "one hop, any order": lambda own=incident: own.ranked(own.one_hop(own.shuffled)),  # type: ignore[misc]
            "one hop, by degree": lambda own=incident: own.ranked(own.one_hop(degree)),  # type: ignore[misc]
            "likeliest first": lambda own=incident: own.ranked(_likely(own)),  # type: ignore[misc]
        }
        if number < dear:
            lists["drawn anew"] = incident.dear
        for name, made in lists.items():
            shares.setdefault(name, []).append(incident.saved(made()))
    planned = np.array(shares["plan"])
    return {
        "benchmark": "telling",
        "nodes": size,
        "incidents": incidents,
        "cpu_ms": {name: round(float(np.median([each[name] for each in times])), 1) for name in times[0]},
        "saved": {name: _told(np.array(own)) for name, own in shares.items()},
        "plan_minus": {
            name: _told(planned[: len(own)] - np.array(own)) for name, own in shares.items() if name != "plan"
        },
    }


def _likely(incident: Incident) -> Floats:
    arrivals = cascade(incident.network, incident.seeds, draws=DRAWS, horizon=HORIZON, key=incident.key)
    return arrivals.probability_by(HORIZON)


def _told(shares: Floats) -> tuple[float, float]:
    """Mean and standard error."""
    return round(float(shares.mean()), 4), round(float(shares.std(ddof=1)) / shares.size**0.5, 4)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks telling", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--incidents", type=int, default=40)
    parser.add_argument("--dear", type=int, default=12, help="so many of them planned by drawing anew as well")
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    asked = parser.parse_args(argv)
    for size in (each for each in SIZES if each <= asked.largest):
        found = judged(size, asked.incidents, asked.dear)
        if asked.json:
            print(json.dumps(found))
            continue
        print(f"{size} people, {asked.incidents} incidents; CPU ms: {found['cpu_ms']}")
        for name, (mean, error) in found["saved"].items():
            minus = found["plan_minus"].get(name)
            beside = "" if minus is None else f"   plan {minus[0]:+.3f} ± {minus[1]:.3f}"
            print(f"  {name:20} {mean:.3f} ± {error:.3f}{beside}")
    sys.stdout.flush()
    return 0
