"""Small networks for the exposure tests, said as lists of links."""

from math import exp, factorial

from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.laws import Exponential
from ojakgyo.domain.exposure.network import network_of
from ojakgyo.domain.exposure.seeds import Seed

HORIZON = 72.0
DAY = Exponential(24.0)


def network(links, nodes=None):
    """Links are (source, target, chance, law); ids count from 1000. Nodes: all that links name."""
    laws = list(dict.fromkeys(law for *_, law in links)) or [DAY]
    named = nodes or sorted({end for link in links for end in link[:2]})
    made, missing = network_of(
        named,
        source=[link[0] for link in links],
        target=[link[1] for link in links],
        probability=[link[2] for link in links],
        law=[laws.index(link[3]) for link in links],
        links=range(1000, 1000 + len(links)),
        laws=tuple(laws),
    )
    assert missing == []
    return made


def spread(links, seeds=(0,), draws=100_000, horizon=HORIZON, key=1, **more):
    taken = [seed if isinstance(seed, Seed) else Seed(node=seed, probability=1.0) for seed in seeds]
    return cascade(network(links), taken, draws=draws, horizon=horizon, key=key, **more)


def reached(arrivals, node, by=HORIZON):
    """Share of the draws in which this node is reached by then."""
    return float((arrivals.hours(node) <= by).mean())


def erlang(stages, x):
    """P(sum of so many unit exponentials <= x)."""
    return 1.0 - exp(-x) * sum(x**k / factorial(k) for k in range(stages))
