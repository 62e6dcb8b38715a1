"""Beside what others have made: the same network and seeds, in turns, each in its own process and by its own clock.

A peer that reaches more nodes a sample (cynetdiff has no clock, so nothing comes too late) has done more work: the fair
figure is for one reached node. Ours keeps when and from which seed, for each.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Final

import numpy as np

from benchmarks.exposure import others
from benchmarks.exposure.asked import Asked
from benchmarks.exposure.kernel import Bench
from benchmarks.exposure.measuring import Run, interleaved, ratio, timed
from benchmarks.exposure.networks import DRAWS, HORIZON, World, invented
from benchmarks.exposure.rows import Row, row
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.drawing import kernels

COUNTS: Final = "cynetdiff"
"""It only counts, so it is held against our kernel; the others tell of each node, and so does the whole cascade."""
AT_LEAST: Final = {"cynetdiff": 3.0, "cynetdiff per node": 6.0, "EoN": 150.0}
LARGEST: Final = {"EoN": 100_000, "scipy dijkstra": 100_000}
_STEPS: Final = 1_024
_TURN: Final = 0.1
"""Seconds that one turn of a peer should last, about."""


class Peer:
    """A peer's process, from its first word to its last."""

    def __init__(self, python: str, network: Path, name: str) -> None:
        asked = [python, str(Path(others.__file__)), str(network), name]
        self.process = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = self._heard()
        self.samples = 1

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.process.communicate()

    def tune(self) -> None:
        """As many samples as fill a turn."""
        self.turn()
        while (spent := self.turn().cpu) < _TURN / 2:
            self.samples *= min(16, max(2, int(_TURN / max(spent, 1e-6))))

    def turn(self) -> Run:
        """What was done is told in reached nodes."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{self.samples}\n")
        self.process.stdin.flush()
        told = self._heard()
        self.reached = float(told["reached"]) / self.samples
        return Run(float(told["cpu"]), float(told["wall"]), float(told["reached"]))

    def _heard(self) -> dict[str, object]:
        assert self.process.stdout is not None
        return dict(json.loads(self.process.stdout.readline()))


def measured(asked: Asked) -> Iterator[Row]:
    if asked.peers is None:
        print("peers: left out, no --peers PYTHON", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="ojak-peers-") as folder:
        for shape, size in asked.worlds("cells", "even", "hubs"):
            world = invented(shape, size)
            path = Path(folder) / "network.npz"
            told(world, path)
            yield from _beside(world, path, asked)


def told(world: World, path: Path) -> None:
    """The network as any program can read it: chances within the horizon, delays as a table for each law."""
    network = world.network
    within = np.array([law.within(HORIZON) for law in network.laws])
    steps = (np.arange(_STEPS) + 0.5) / _STEPS
    np.savez(
        path,
        starts=network.starts,
        target=network.target,
        chance=network.probability * within[network.law],
        law=network.law,
        tables=np.array([law.draw(steps * share) for law, share in zip(network.laws, within, strict=True)]),
        seeds=network.places([seed.node for seed in world.seeds]),
        horizon=HORIZON,
    )


def _beside(world: World, path: Path, asked: Asked) -> Iterator[Row]:
    assert asked.peers is not None
    bench, keys = Bench(world), count(1)
    turns: dict[str, Callable[[], Run]] = {
        "kernel": timed(lambda: bench.run(kernels.spread, next(keys))),
        "cascade": timed(lambda: _reached(world, next(keys))),
    }
    with ExitStack() as open_peers:
        peers: dict[str, Peer] = {}
        for name in others.PEERS:
            if world.network.nodes.size <= LARGEST.get(name, asked.largest):
                peer = open_peers.enter_context(Peer(asked.peers, path, name))
                if "missing" in peer.ready:
                    print(f"peers: {name} left out, {peer.ready['missing']}", file=sys.stderr)
                    continue
                peer.tune()
                peers[name], turns[name] = peer, peer.turn
        found = interleaved(turns, asked.rounds)
    reached = float(found["kernel"].work.mean()) / DRAWS
    for ours in ("kernel", "cascade"):
        each = found[ours].median().times(1e9)
        yield row("peers", world.name, f"ours, {ours}: a reached node", each, "ns", rounds=asked.rounds)
    for name, peer in peers.items():
        said = f"{name} {peer.ready['version']}"
        node = ratio(found[name], found["kernel" if name == COUNTS else "cascade"])
        goal = {"at_least": AT_LEAST[name]} if name in AT_LEAST else {}
        yield row("peers", world.name, f"{said}: a reached node", node, "x", rounds=asked.rounds, **goal)
        sample = node.times(peer.reached / reached)
        yield row("peers", world.name, f"{said}: a sample", sample, "x", rounds=asked.rounds)


def _reached(world: World, key: int) -> float:
    return float(cascade(world.network, world.seeds, draws=DRAWS, horizon=HORIZON, key=key).time.size)
