"""What a network holds: bytes a node and a link by arrays, and what a process with nothing else in it holds."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.exposure.asked import Asked
from benchmarks.exposure.first import Newcomer
from benchmarks.exposure.networks import invented
from benchmarks.exposure.rows import Row
from ojakgyo.domain.exposure.drawing.rows import LINK, NODE

_MIB = 2.0**20


def measured(asked: Asked) -> Iterator[Row]:
    """At the largest size, since a process of a small one holds mostly the interpreter."""
    world = invented("cells", asked.largest)
    network = world.network
    columns = (network.source, network.target, network.probability, network.law, network.links)
    per_link = sum(column.nbytes for column in columns) / network.links.size
    per_node = (network.nodes.nbytes + network.starts.nbytes) / network.nodes.size
    counted = {
        "a link, as a network": per_link,
        "a link, as the kernels read it": float(LINK.itemsize),
        "a node, as a network": per_node,
        "a node, as the kernels read it": float(NODE.itemsize),
    }
    for what, value in counted.items():
        yield Row(case="memory", on=world.name, what=what, value=value, unit="bytes")
    with tempfile.TemporaryDirectory(prefix="ojak-memory-") as folder:
        newcomer = Newcomer(world, Path(folder))
        newcomer.answer("numba")
        told = newcomer.answer("numba")
    held = {
        "process, imports only": told["bare"],
        "and the network": told["holding"] - told["bare"],
        "and what the first answer left": told["after"] - told["holding"],
        "process, at its highest": told["most"],
    }
    for what, value in held.items():
        yield Row(case="memory", on=world.name, what=what, value=value / _MIB, unit="MiB")
    each = (told["after"] - told["bare"]) / network.links.size
    yield Row(case="memory", on=world.name, what="a link, all that is held, nodes included", value=each, unit="bytes")
