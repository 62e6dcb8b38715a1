"""The C reference: compiled when it is asked for, into a folder that goes away, and called on a scratch of its own."""

import ctypes
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np

SOURCE: Final = Path(__file__).with_suffix(".c")
FLAGS: Final = ("-O3", "-march=native", "-ffp-contract=off", "-Wall", "-Wextra", "-shared", "-fPIC")


def compiled(*flags: str) -> ctypes.CDLL:
    """The library; later flags win over `FLAGS`. Whoever has no gcc has no reference."""
    with tempfile.TemporaryDirectory(prefix="ojak-reference-") as folder:
        return ctypes.CDLL(str(built(Path(folder), *flags)))


def built(folder: Path, *flags: str) -> Path:
    made = folder / "reference.so"
    subprocess.run(["gcc", *FLAGS, *flags, "-o", str(made), str(SOURCE)], check=True)
    return made


def spread(library: ctypes.CDLL, *given: Any) -> int:
    """`kernels.spread` with the same arguments, nobody safe and no events before."""
    nodes, links, tables, queue, epoch, seeds, taken, draws, horizon, _, _, place, time, seed, ends = given
    whole = ctypes.c_int64
    return int(
        library.spread(
            _at(nodes), whole(nodes.size), _at(links), _at(tables), _at(queue), whole(queue.size),
            ctypes.c_uint32(epoch), _at(seeds), whole(seeds.size), _at(taken), _at(draws), whole(draws.size),
            ctypes.c_double(horizon), _at(place), _at(time), _at(seed), whole(place.size), _at(ends),
        )
    )  # fmt: skip


def _at(array: np.ndarray[Any, Any]) -> ctypes.c_void_p:
    if not array.flags.c_contiguous:
        raise ValueError("the reference reads whole rows only")
    return array.ctypes.data_as(ctypes.c_void_p)
