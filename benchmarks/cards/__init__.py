"""Security cards measured: what a card keeps out, what slips do, what the desk's words bear, and how long a reading takes.

Texts are invented by the million and read by a simulation of the reading; some of each line are read by the product as well,
and the run stops where the two differ. See docs/how-to/measure-the-cards.md.
"""

import argparse
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from benchmarks.cards.asked import TRIALS, Asked
from benchmarks.cards.figures import Figure
from benchmarks.exposure.measuring import load, warn_if_busy

CASES: Final = {
    "agreement": "the simulation against the product, on texts made to be awkward",
    "blind": "the right phone and nothing else",
    "captor": "phone and card, and a number that was given or guessed",
    "keying": "mistakes of fingers, eyes and memory; the naive scheme beside it",
    "suffixes": "amounts, days and pocket numbers",
    "words": "the desk's three answers",
    "phones": "unknown and shared phones, cards that were ended",
    "throttled": "how many tries there are",
    "flooded": "a hundred thousand texts by one number nobody knows",
    "weakness": "rows that were not destroyed, and people who break",
    "timing": "one text against 200 cards",
    "answering": "whether well and duress take the same time",
    "printing": "a thousand cards on paper",
}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks cards",
        description=__doc__,
        epilog="cases: " + "; ".join(f"{name}: {what}" for name, what in CASES.items()),
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help="all unless said")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--trials", type=int, default=TRIALS, help="drawn for each line")
    said = parser.parse_args(argv)
    if unknown := [case for case in said.cases if case not in CASES]:
        parser.error(f"no such case: {', '.join(unknown)}")
    warn_if_busy()
    missed = 0
    for figure in _found(said.cases or list(CASES), Asked(trials=said.trials)):
        print(figure.json() if said.json else figure.line(), flush=True)
        missed += figure.met is False and not figure.beyond
    print(f"load {load():.2f}", file=sys.stderr)
    return 1 if missed else 0


def _found(cases: list[str], asked: Asked) -> Iterator[Figure]:
    for case in cases:
        yield from import_module(f"benchmarks.cards.{case}").measured(asked)
