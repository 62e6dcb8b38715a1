"""How good the luck is: 10^8 numbers of links in draws, laid out as a cascade uses them, put to statistical tests.

Networks have neighbouring ids, draws are numbered from 0 and links of one row differ only in their tags, so that is what
the numbers are made of here. Each test tells one normal deviate; of some fifty tests one beyond 4 is a sign, beyond 5 proof.
The small version stands in tests/domain/exposure/test_exposure_luck.py and uses the same layouts.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from math import expm1, log1p, sqrt
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.exposure.drawing import luck

Bits = npt.NDArray[np.uint64]
Whole = npt.NDArray[np.int64]

SIZE: Final = 100_000_000
BLOCK: Final = 1 << 20
LIMIT: Final = 5.0


def numbers(key: int, sources: Whole, links: Whole, targets: Whole, draws: Whole) -> Bits:
    """uint64 [links, draws]: the numbers of these links in these draws. The one place that knows how luck is made."""
    rows = luck.of_rows(luck.of_nodes(sources)[:, None], luck.base(key, luck.DRAWS, draws)[None, :])
    return luck.of_links(rows, luck.tags(links, sources, targets)[:, None])


def star(count: int, draws: Whole, key: int = 1) -> Bits:
    """One source, neighbouring targets and link ids."""
    ids = np.arange(1, count + 1)
    return numbers(key, np.zeros_like(ids), ids + 1_000, ids, draws)


def path(count: int, draws: Whole, key: int = 1) -> Bits:
    """Neighbouring ids in a row, each linked to the next."""
    ids = np.arange(1, count + 1)
    return numbers(key, ids, ids, ids + 1, draws)


def scattered(count: int, draws: Whole, key: int = 1) -> Bits:
    """Ids as the house gives them: far apart, 63 bits."""
    ids = np.random.default_rng(count).integers(1, 2**62, (3, count))
    return numbers(key, ids[0], ids[1], ids[2], draws)


def mutual(count: int, draws: Whole, key: int = 1) -> Bits:
    """Two nodes, linked both ways by the same link id, in turn."""
    ids = np.arange(1, count // 2 + 1)
    both = np.stack((ids, ids + 7), axis=1)
    return numbers(key, both.ravel(), np.repeat(ids, 2), both[:, ::-1].ravel(), draws)


LAYOUTS: Final[dict[str, Callable[..., Bits]]] = {"star": star, "path": path, "scattered": scattered, "mutual": mutual}


def deviate(chi_square: float, freedom: float) -> float:
    """A chi-square as a normal deviate (Wilson and Hilferty)."""
    return float(((chi_square / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / sqrt(2 / (9 * freedom)))


def _even(counts: npt.NDArray[np.float64]) -> float:
    due = counts.sum() / counts.size
    return deviate(float(((counts - due) ** 2).sum() / due), counts.size - 1)


class Tests:
    """Counts of what was seen so far. Feed blocks [links, draws]; `told` gives every test's deviate."""

    SMALL: Final = 0.05
    """Chance at which links are taken as live: deadlines are made of few, early arrivals."""
    SAMPLE: Final = 1 << 16
    """Of each block so many pairs are looked at bit by bit."""

    def __init__(self) -> None:
        self.high, self.low, self.left = np.zeros(4096), np.zeros(4096), np.zeros(1024)
        self.bytes = np.zeros((8, 256))
        self.pairs = {next_: Pairs() for next_ in ("draw", "link", "second draw", "ninth link")}

    def feed(self, block: Bits) -> None:
        flat = block.ravel()
        self.high += np.bincount((flat >> np.uint64(52)).astype(np.int64), minlength=4096)
        self.low += np.bincount((flat & np.uint64(4095)).astype(np.int64), minlength=4096)
        for place, column in enumerate(flat.astype("<u8").view(np.uint8).reshape(-1, 8).T):
            self.bytes[place] += np.bincount(column, minlength=256)
        live = flat[flat >> np.uint64(32) < limit_of(self.SMALL)]
        left = (live >> np.uint64(11)).astype(np.float64) / (float(limit_of(self.SMALL)) * 2.0**21)
        self.left += np.bincount((left * 1024).astype(np.int64), minlength=1024)
        self.pairs["draw"].feed(block[:, :-1], block[:, 1:])
        self.pairs["link"].feed(block[:-1], block[1:])
        self.pairs["second draw"].feed(block[:, :-2], block[:, 2:])
        self.pairs["ninth link"].feed(block[:-9], block[9:])

    def told(self) -> dict[str, float]:
        """The deviate of each test; of a family of equal ones that of the sum of their squares, and of the largest."""
        ones = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)
        balance = (self.bytes @ (2.0 * ones - 1.0)).ravel() / sqrt(self.high.sum())
        told = {
            "high bits even": _even(self.high),
            "low bits even": _even(self.low),
            "what a small chance leaves even": _even(self.left),
            "bits balanced": deviate(float((balance**2).sum()), 64),
        }
        for name, pairs in self.pairs.items():
            told |= {f"next {name}: {test}": off for test, off in pairs.told().items()}
        return told


class Pairs:
    """Numbers beside each other, in one direction."""

    def __init__(self) -> None:
        self.cells, self.both_live, self.count = np.zeros(4096), 0, 0
        self.crossed, self.sampled = np.zeros((64, 64)), 0

    def feed(self, one: Bits, other: Bits) -> None:
        first, second = one.ravel(), other.ravel()
        cell = first >> np.uint64(58) << np.uint64(6) | second >> np.uint64(58)
        self.cells += np.bincount(cell.astype(np.int64), minlength=4096)
        limit = limit_of(Tests.SMALL)
        self.both_live += int(((first >> np.uint64(32) < limit) & (second >> np.uint64(32) < limit)).sum())
        self.count += first.size
        step = max(1, first.size // Tests.SAMPLE)
        self.crossed += _signs(first[::step]).T @ _signs(second[::step])
        self.sampled += first[::step].size

    def told(self) -> dict[str, float]:
        due = self.count * (float(limit_of(Tests.SMALL)) / 2.0**32) ** 2
        off = np.abs(self.crossed) / sqrt(self.sampled)
        return {
            "pairs even": _even(self.cells),
            "both live at 5 %": (self.both_live - due) / sqrt(due),
            "64 x 64 bits independent": deviate(float((off**2).sum()), off.size),
            "largest of them": _largest(float(off.max()), off.size),
        }


def limit_of(chance: float) -> np.uint64:
    return np.uint64(int(chance * 2**32))


def _signs(flat: Bits) -> npt.NDArray[np.float32]:
    """float32 [numbers, 64]: -1 or 1 for each bit."""
    bits = np.unpackbits(flat.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1)
    return bits.astype(np.float32) * np.float32(2) - np.float32(1)


def _largest(off: float, of: int) -> float:
    """The largest of so many absolute deviates, as one deviate."""
    alone = 2.0 * NormalDist().cdf(-off)
    return -NormalDist().inv_cdf(min(1.0 - 1e-16, max(1e-300, -expm1(of * log1p(-min(alone, 0.5))))))


def blocks(layout: str, size: int, key: int) -> Iterator[Bits]:
    """[links, draws] of about a million: 512 links, draw after draw."""
    made, count = LAYOUTS[layout], 512
    for first in range(0, size // count, BLOCK // count):
        yield made(count, np.arange(first, min(first + BLOCK // count, max(2, size // count))), key)


def deviates(layout: str, size: int, key: int = 1) -> dict[str, float]:
    found = Tests()
    for block in blocks(layout, size, key):
        found.feed(block)
    return found.told()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks luck", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--size", type=int, default=SIZE, help="how many numbers for each layout")
    parser.add_argument("--key", type=int, default=1)
    asked = parser.parse_args(argv)
    started = time.process_time()
    told = {layout: deviates(layout, asked.size, asked.key) for layout in LAYOUTS}
    worst = max(abs(off) for tests in told.values() for off in tests.values())
    answer = {"benchmark": "luck", "size": asked.size, "key": asked.key, "worst": round(worst, 2), "limit": LIMIT}
    answer |= {
        "cpu_s": round(time.process_time() - started, 1),
        "deviates": {layout: {name: round(off, 2) for name, off in tests.items()} for layout, tests in told.items()},
    }
    print(json.dumps(answer) if asked.json else _prose(told, worst))
    return 0 if worst < LIMIT else 1


def _prose(told: dict[str, dict[str, float]], worst: float) -> str:
    names = list(next(iter(told.values())))
    width = max(map(len, names))
    lines = [" " * width + "".join(f"{layout:>11}" for layout in told)]
    lines += [name.ljust(width) + "".join(f"{tests[name]:11.2f}" for tests in told.values()) for name in names]
    return "\n".join([*lines, f"worst: {worst:.2f} standard deviations; {LIMIT} would be a defect"])


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
