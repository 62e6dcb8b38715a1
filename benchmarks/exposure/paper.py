"""Answers known on paper: how many standard errors lie between them and so many draws; and the first hour of each law."""

from collections.abc import Iterator, Sequence
from math import comb, exp, factorial, sqrt
from typing import Final, NamedTuple

from benchmarks.exposure.asked import Asked
from benchmarks.exposure.networks import HORIZON, LAWS
from benchmarks.exposure.rows import Row
from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.laws import Exponential, Immediate, Law, Lognormal, Weibull
from ojakgyo.domain.exposure.network import Network, network_of
from ojakgyo.domain.exposure.seeds import Seed

ERRORS: Final = 4.0
TAIL_PERCENT: Final = 5.0
_AT_ONCE: Final = 2_000_000
_LEAVES: Final = 10_000
_TAIL_DRAWS: Final = 500
"""Links drawn for the first hour, as many for each draw asked for: a lognormal law of three days needs 10^9."""

_DAY, _HALF, _QUARTER = Exponential(24.0), Exponential(12.0), Exponential(6.0)
_X: Final = HORIZON / 24.0
Links = Sequence[tuple[int, int, float, Law]]


class Known(NamedTuple):
    """A network, who may be taken, and P(`node` is reached within the horizon). Links: from, to, chance, law."""

    name: str
    links: Links
    node: int
    exact: float
    seeds: Sequence[tuple[int, float]] = ((0, 1.0),)


def stages(count: int, x: float = _X) -> float:
    """P(a sum of so many unit exponentials <= x)."""
    return 1.0 - exp(-x) * sum(x**k / factorial(k) for k in range(count))


def path(length: int) -> Known:
    links = [(place, place + 1, 0.6, _DAY) for place in range(length)]
    return Known(f"path of {length}", links, length, 0.6**length * stages(length))


def mixed() -> Known:
    """Three laws, all different: a sum of exponentials with rates 1, 2, 4 a day."""
    links = [(0, 1, 0.9, _DAY), (1, 2, 0.8, _HALF), (2, 3, 0.7, _QUARTER)]
    late = 8 / 3 * exp(-_X) - 2 * exp(-2 * _X) + 1 / 3 * exp(-4 * _X)
    return Known("path of three laws", links, 3, 0.9 * 0.8 * 0.7 * (1.0 - late))


def single(name: str, law: Law, chance: float) -> Known:
    return Known(name, [(0, 1, chance, law)], 1, chance * law.within(HORIZON))


def full(nodes: int, chance: float) -> Known:
    """Everybody knows everybody, nothing takes time: all but the seed are alike."""
    links = [(a, b, chance, Immediate()) for a in range(nodes) for b in range(nodes) if a != b]
    return Known(f"K{nodes} at {chance}", links, nodes - 1, _behind(nodes - 1, 1, chance) / (nodes - 1))


def _behind(left: int, fresh: int, chance: float) -> float:
    """How many of those left are reached in the end, on average: generation by generation (Reed and Frost)."""
    safe = (1.0 - chance) ** fresh
    return sum(
        comb(left, new) * (1.0 - safe) ** new * safe ** (left - new) * (new + _behind(left - new, new, chance))
        for new in range(1, left + 1)
    )


_TWO: Final = 0.25 * stages(2)
KNOWN: Final = (
    *(path(length) for length in (1, 2, 3, 5)),
    mixed(),
    single("one Weibull link", Weibull(0.7, 18.0), 0.7),
    single("one lognormal link", Lognormal(72.0, 1.0), 0.7),
    single("one link after 12 h", Exponential(24.0, after=12.0), 0.6),
    Known(
        "diamond",
        [(0, 1, 0.5, _DAY), (0, 2, 0.5, _DAY), (1, 3, 0.5, _DAY), (2, 3, 0.5, _DAY)],
        3,
        1.0 - (1.0 - _TWO) ** 2,
    ),
    Known(
        "direct, or through one",
        [(0, 2, 0.4, _DAY), (0, 1, 0.5, _DAY), (1, 2, 0.5, _DAY)],
        2,
        1.0 - (1.0 - 0.4 * stages(1)) * (1.0 - _TWO),
    ),
    Known(
        "two who may be taken",
        [(0, 2, 0.5, _DAY), (1, 2, 0.4, _DAY)],
        2,
        1.0 - (1.0 - 0.6 * 0.5 * stages(1)) * (1.0 - 0.3 * 0.4 * stages(1)),
        ((0, 0.6), (1, 0.3)),
    ),
    full(4, 0.3),
    full(5, 0.15),
)


def measured(asked: Asked) -> Iterator[Row]:
    for known in KNOWN:
        draws, share = _share(known, asked.draws)
        errors = abs(share - known.exact) / sqrt(known.exact * (1.0 - known.exact) / draws)
        yield Row(
            case="paper", on=f"{draws:.0e} draws", what=f"{known.name}: {known.exact:.6f}",
            value=errors, unit="errors", at_most=ERRORS,
        )  # fmt: skip
    for law in LAWS:
        links, share = _first_hour(law, asked.draws)
        percent = 100.0 * abs(share / law.within(1.0) - 1.0)
        yield Row(
            case="paper", on=f"{links:.0e} links", what=f"first hour, {type(law).__name__}: {law.within(1.0):.3g}",
            value=percent, unit="% off", at_most=TAIL_PERCENT,
        )  # fmt: skip


def _share(known: Known, draws: int) -> tuple[int, float]:
    network, seeds = _network(known.links), [Seed(node=node, probability=chance) for node, chance in known.seeds]
    hits = done = 0
    for key in range(-(-draws // _AT_ONCE)):
        now = min(_AT_ONCE, draws - done)
        found = cascade(network, seeds, draws=now, horizon=HORIZON, key=key + 1)
        own = found.events(known.node)
        hits, done = hits + own.stop - own.start, done + now
    return done, hits / done


def _first_hour(law: Law, draws: int) -> tuple[int, float]:
    """One who surely endangers ten thousand, each after a delay of the law: the share of those within an hour."""
    network = _network([(0, leaf, 1.0, law) for leaf in range(1, _LEAVES + 1)])
    worlds = max(1, draws * _TAIL_DRAWS // _LEAVES)
    found = cascade(network, [Seed(node=0, probability=1.0)], draws=worlds, horizon=1.0, key=1)
    return worlds * _LEAVES, (found.time.size - worlds) / (worlds * _LEAVES)


def _network(links: Links) -> Network:
    laws = list(dict.fromkeys(law for *_, law in links))
    source, target, chance, law = zip(*links, strict=True)
    made, _ = network_of(
        sorted({*source, *target}), source=source, target=target, probability=chance,
        law=[laws.index(each) for each in law], links=range(len(links)), laws=tuple(laws),
    )  # fmt: skip
    return made
