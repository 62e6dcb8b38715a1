"""What `ojak exposure` answers, line by line: a header, then each node. Read only when a command computes."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Final

from ojakgyo.cli import networks
from ojakgyo.cli.memory import Memory
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.exposure.blast import blast_radii, blast_radius
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.incident import incident
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.written import answers, files
from ojakgyo.domain.exposure.written.answers import Line
from ojakgyo.domain.exposure.written.files import NetworkFile

Told = Callable[[int, int], None]
SHARE_BYTES: Final = 16
"""For each node and seed: how much of its danger comes from there, and the cost of the way."""
SOON: Final = 4_000_000
"""Samples times nodes and links: half a second of numpy at most, which is what reading numba takes."""


def queried(
    network: Path,
    seeds: Path,
    *,
    horizon: float,
    samples: int,
    rng: int,
    risk: float,
    engine: str | None,
    memory: Memory,
    told: Told | None = None,
) -> Iterator[Line]:
    """The answer to one incident."""
    read = networks.network_at(network, memory)
    started, chosen = networks.seeds_at(seeds, read.network, memory), _engine(engine, read.network, samples)
    memory.need(read.network.nodes.size * len(started.seeds) * SHARE_BYTES, "seeds")
    yield _header("query", read, horizon, rng, chosen) | {"seeds": len(started.seeds), "samples": samples, "risk": risk}
    found = incident(
        read.network,
        started.seeds,
        draws=samples,
        horizon=horizon,
        risk=risk,
        key=rng,
        clear_until=started.clear_until,
        engine=chosen,
        progress=memory.watched(told),
    )
    yield from answers.reached(found)


def blasts_of(
    network: Path,
    nodes: Sequence[int],
    *,
    horizon: float,
    samples: int,
    rng: int,
    engine: str | None,
    memory: Memory,
    told: Told | None = None,
) -> Iterator[Line]:
    """The blast radius of some nodes, in the order in which they are named."""
    read = networks.network_at(network, memory)
    chosen = _engine(engine, read.network, samples * len(nodes))
    files.need_nodes(read.network, nodes)
    yield _header("blast", read, horizon, rng, chosen) | {"samples": samples}
    watch = memory.watched(told)
    for node in nodes:
        mean, error = blast_radius(
            read.network, [node], draws=samples, horizon=horizon, key=rng, engine=chosen, progress=watch
        )
        yield answers.radius(node, mean[0], error[0])


def blasts(
    network: Path,
    *,
    horizon: float,
    error: float,
    rng: int,
    threads: int,
    engine: str | None,
    memory: Memory,
    told: Told | None = None,
) -> Iterator[Line]:
    """The blast radius of every node, by rising id."""
    read = networks.network_at(network, memory)
    chosen = _engine(engine, read.network, 16 * ceil(error**-2))
    found = blast_radii(
        read.network,
        horizon=horizon,
        error=error,
        key=rng,
        threads=threads,
        engine=chosen,
        progress=memory.watched(told),
    )
    yield _header("blast", read, horizon, rng, chosen) | {"roots": found.roots, "relative_error": found.relative}
    for node, mean, deviation in zip(read.network.nodes.tolist(), found.mean, found.error, strict=True):
        yield answers.radius(node, mean, deviation)


def _header(kind: str, read: NetworkFile, horizon: float, rng: int, engine: str) -> Line:
    return {
        "kind": kind,
        "version": files.VERSION,
        "nodes": int(read.network.nodes.size),
        "links": int(read.network.links.size),
        "self_links": read.self_links,
        "horizon_hours": horizon,
        "rng": rng,
        "engine": engine,
    }


def _engine(name: str | None, network: Network, samples: int) -> engines.Name:
    """The engine that was asked for; else numpy where it is done before numba would be read, for the numbers are the same."""
    if name is None and samples * (network.nodes.size + network.links.size) <= SOON:
        return "numpy"
    try:
        return engines.of(name).name  # type: ignore[arg-type]
    except ValueError:
        raise Refused("network.engine_missing") from None
