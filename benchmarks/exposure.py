"""How long the board waits for an exposure: 4,096 draws over 72 h from three seeds, deadlines included, one thread.

Networks are invented: cells of eight whose members know each other, leaders in a tree, a few acquaintances outside.
Each case is run in turn, never one after the other alone, and the median of all rounds is told beside the best.
"""

import argparse
import json
import os
import sys
import time
from statistics import median

import numpy as np

from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.deadlines import deadlines
from ojakgyo.domain.exposure.laws import LAWS
from ojakgyo.domain.exposure.network import Network, network_of
from ojakgyo.domain.exposure.seeds import Seed

SIZES = (1_000, 10_000)
DRAWS = 4_096
HORIZON = 72.0
RISK = 0.05
CELL = 8


def invented(size: int, seed: int = 1) -> Network:
    """About ten links a node; three arrests reach about twenty others, not everybody."""
    random = np.random.default_rng(seed)
    nodes = np.unique(random.integers(1, 2**62, size))
    place = np.arange(nodes.size)
    leader = place - place % CELL
    above = np.maximum(0, (leader // CELL - 1) // 5 * CELL)
    mates = (leader[:, None] + np.arange(CELL)) % nodes.size
    far = random.integers(0, nodes.size, (nodes.size, 2))
    source = np.concatenate((np.repeat(place, CELL), np.repeat(place, 2), leader[::CELL], above[::CELL]))
    target = np.concatenate((mates.ravel(), far.ravel(), above[::CELL], leader[::CELL]))
    led = (source[: nodes.size * CELL] % CELL == 0) | (target[: nodes.size * CELL] % CELL == 0)
    chances = np.concatenate(
        (
            np.where(led, 0.35, random.uniform(0.02, 0.18, led.size)),
            random.uniform(0.01, 0.05, nodes.size * 2),
            np.full(2 * leader[::CELL].size, 0.25),
        )
    )
    network, _ = network_of(
        nodes,
        source=nodes[source],
        target=nodes[target],
        probability=chances,
        law=random.integers(0, len(LAWS), source.size),
        links=random.integers(1, 2**62, source.size),
    )
    return network


def once(network: Network, key: int) -> dict[str, float]:
    places = np.linspace(0, network.nodes.size - 1, 3).astype(int)
    law = {"edges": (-8.0, -2.0, 0.0), "weights": (0.4, 0.6)}
    seeds = [Seed(node=int(node), probability=0.9, **law) for node in network.nodes[places]]
    begun = time.perf_counter()
    arrivals = cascade(network, seeds, draws=DRAWS, horizon=HORIZON, key=key)
    spread = time.perf_counter()
    deadlines(arrivals, RISK)
    ended = time.perf_counter()
    return {
        "cascade_ms": (spread - begun) * 1e3,
        "deadlines_ms": (ended - spread) * 1e3,
        "whole_ms": (ended - begun) * 1e3,
        "reached_per_draw": arrivals.time.size / DRAWS,
    }


def measured(rounds: int) -> list[dict[str, float | int | str]]:
    networks = [invented(size) for size in SIZES]
    for network in networks:
        once(network, 0)
    taken = [[once(network, key) for network in networks] for key in range(1, rounds + 1)]
    found: list[dict[str, float | int | str]] = []
    for case, network in enumerate(networks):
        runs = [row[case] for row in taken]
        found.append(
            {
                "benchmark": "exposure",
                "engine": "numpy",
                "nodes": network.nodes.size,
                "links": network.links.size,
                "draws": DRAWS,
                "rounds": rounds,
                **{name: round(median(run[name] for run in runs), 2) for name in runs[0]},
                "best_ms": round(min(run["whole_ms"] for run in runs), 2),
                "load": round(os.getloadavg()[0], 2),
            }
        )
    return found


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks exposure", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args(argv)
    for row in measured(asked.rounds):
        if asked.json:
            print(json.dumps(row))
        else:
            print(
                f"{row['nodes']:>7} nodes {row['links']:>7} links: median {row['whole_ms']} ms"
                f" (cascade {row['cascade_ms']}, deadlines {row['deadlines_ms']}), best {row['best_ms']} ms,"
                f" {row['reached_per_draw']} reached a draw, load {row['load']}"
            )
    sys.stdout.flush()
    return 0
