"""The exposure engine measured: against C, against its peers, against paper; and what it costs of time and memory.

Networks are invented, three people are taken at t0, 4,096 draws over 72 h on one thread unless a line says otherwise.
`python -m benchmarks exposure` runs all cases, `… exposure kernel radii` some. See docs/how-to/measure-the-exposure-engine.md.
"""

import argparse
import platform
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from benchmarks.exposure.asked import SIZES, Asked
from benchmarks.exposure.measuring import load, warn_if_busy
from benchmarks.exposure.rows import Row

CASES: Final = {
    "kernel": "beside a C reference of the same algorithm",
    "questions": "4,096 samples with deadlines, end to end",
    "radii": "blast radius of every node, and against least-element lists",
    "peers": "beside cynetdiff, EoN, scipy",
    "fallback": "how much slower numpy is than numba",
    "first": "import and first query in a fresh process",
    "memory": "bytes a node and a link",
    "paper": "closed forms, and the early tail",
    "telling": "a plan for 10,000 people",
}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks exposure",
        description=__doc__,
        epilog="cases: " + "; ".join(f"{name}: {what}" for name, what in CASES.items()),
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help="all unless said")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rounds", type=int, default=15, help="medians of so many; 15 unless said")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="nodes; larger networks are left out")
    parser.add_argument("--quick", action="store_true", help="5 rounds, at most 10,000 nodes")
    parser.add_argument("--draws", type=int, default=2_000_000, help="for the closed forms; 100,000,000 takes minutes")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has cynetdiff, EoN, scipy")
    parser.add_argument("--instructions", action="store_true", help="count them and compare with instructions.json")
    parser.add_argument("--record", action="store_true", help="with --instructions: write what was counted")
    said = parser.parse_args(argv)
    if unknown := [case for case in said.cases if case not in CASES]:
        parser.error(f"no such case: {', '.join(unknown)}")
    if said.instructions:
        from benchmarks.exposure import instructions

        return instructions.check(json=said.json, record=said.record)
    asked = Asked(
        rounds=5 if said.quick else said.rounds,
        largest=10_000 if said.quick else said.largest,
        draws=200_000 if said.quick else said.draws,
        peers=said.peers,
    )
    print(f"{platform.processor() or platform.machine()}, load {load():.2f}", file=sys.stderr)
    warn_if_busy()
    missed = 0
    for row in _found(said.cases or list(CASES), asked):
        print(row.json() if said.json else row.line(), flush=True)
        missed += row.met is False
    warn_if_busy()
    return 1 if missed else 0


def _found(cases: list[str], asked: Asked) -> Iterator[Row]:
    for case in cases:
        yield from import_module(f"benchmarks.exposure.{case}").measured(asked)
