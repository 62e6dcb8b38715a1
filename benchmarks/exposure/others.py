"""The peers' side, run by the Python that has them; it needs nothing of this project.

    PYTHON others.py NETWORK.npz PEER

It says what it is ready for, and how many seconds building its own network took; then, for each line of input, a
number of samples, it runs so many and says how long they took and how many nodes they reached.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np

INF = float("inf")
Samples = Callable[[int], int]


def cynetdiff(world: dict[str, Any], counted: bool = False) -> Samples:
    """Independent cascade: who, not when. A link endangers with the chance that ours does within the horizon."""
    from cynetdiff.models import IndependentCascadeModel

    starts, targets = world["starts"][:-1].astype(np.uint32), world["target"].astype(np.uint32)
    model = IndependentCascadeModel(starts, targets, activation_probs=world["chance"].astype(np.float32))
    model.set_seeds(world["seeds"].tolist())
    often: dict[int, int] = {}

    def samples(number: int) -> int:
        reached = 0
        for _ in range(number):
            model.reset_model()
            model.advance_until_completion()
            if counted:
                for node in model.get_activated_nodes():
                    often[node] = often.get(node, 0) + 1
            reached += model.get_num_activated_nodes()
        return reached

    return samples


def cynetdiff_per_node(world: dict[str, Any]) -> Samples:
    """And how often each."""
    return cynetdiff(world, counted=True)


def eon(world: dict[str, Any]) -> Samples:
    """The same model: a link endangers or not, after a delay of its own law, whoever is endangered stays so."""
    import random

    import EoN
    import networkx

    source = np.repeat(np.arange(world["starts"].size - 1), np.diff(world["starts"]))
    ends = list(zip(source.tolist(), world["target"].tolist(), strict=True))
    network = networkx.DiGraph()
    network.add_nodes_from(range(world["starts"].size - 1))
    network.add_edges_from(ends)
    tables, last = world["tables"].tolist(), world["tables"].shape[1] - 1
    known = dict(zip(ends, zip(world["chance"].tolist(), world["law"].tolist(), strict=True), strict=True))
    luck, horizon, seeds = random.random, float(world["horizon"]), world["seeds"].tolist()

    def delays(node: int, others: Any) -> tuple[dict[int, float], float]:
        late = {}
        for other in others:
            chance, law = known[node, other]
            late[other] = tables[law][int(luck() * last)] if luck() < chance else INF
        return late, 1e9

    def samples(number: int) -> int:
        reached = 0
        for _ in range(number):
            found = EoN.fast_nonMarkov_SIR(
                network, trans_and_rec_time_fxn=delays, initial_infecteds=seeds, tmax=horizon
            )
            reached += network.number_of_nodes() - int(found[1][-1])
        return reached

    return samples


def scipy(world: dict[str, Any]) -> Samples:
    """Shortest paths in a world whose links were all drawn beforehand: what a library of graphs makes one do."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    size, last = world["starts"].size - 1, world["tables"].shape[1] - 1
    random, horizon = np.random.default_rng(1), float(world["horizon"])

    def samples(number: int) -> int:
        reached = 0
        for _ in range(number):
            live = np.flatnonzero(random.random(world["chance"].size) < world["chance"])
            delay = world["tables"][world["law"][live], (random.random(live.size) * last).astype(np.int64)]
            rows = csr_matrix((delay, world["target"][live], np.searchsorted(live, world["starts"])), (size, size))
            found = dijkstra(rows, indices=world["seeds"], limit=horizon, min_only=True)
            reached += int(np.isfinite(found).sum())
        return reached

    return samples


PEERS: dict[str, tuple[Callable[[dict[str, Any]], Samples], str]] = {
    "cynetdiff": (cynetdiff, "cynetdiff"),
    "cynetdiff per node": (cynetdiff_per_node, "cynetdiff"),
    "EoN": (eon, "EoN"),
    "scipy dijkstra": (scipy, "scipy"),
}


def main(path: str, peer: str) -> None:
    made, package = PEERS[peer]
    began = time.perf_counter()
    try:
        with np.load(path) as file:
            samples = made({name: file[name] for name in file.files})
    except ImportError as missing:
        print(json.dumps({"missing": str(missing)}), flush=True)
        return
    print(json.dumps({"version": version(package), "setup_s": time.perf_counter() - began}), flush=True)
    for line in sys.stdin:
        cpu, wall = time.process_time(), time.perf_counter()
        reached = samples(int(line))
        spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
        print(json.dumps({**spent, "reached": reached}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
