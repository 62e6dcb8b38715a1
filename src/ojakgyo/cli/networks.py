"""Files of networks and seeds as they lie on the disk: JSON or npz, never more of them than memory holds."""

import math
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

from ojakgyo.cli.memory import Memory
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.written import files
from ojakgyo.domain.exposure.written.files import NetworkFile, SeedsFile
from ojakgyo.domain.exposure.written.parsed import Document, parsed

JSON_BYTES: Final = 24
"""Memory for each byte of a JSON text, while it is read: seven as a rule, this many at worst."""
LINK_BYTES: Final = 220
NODE_BYTES: Final = 200
"""Memory of a network's arrays and of its kernels' rows, at the most crowded moment: measured are 156 bytes a link while a
file is read, and 235 with everybody's blast radius."""
_PIECE: Final = 1 << 20
_TEXT_BYTES: Final = 1 << 20
_ZIPPED: Final = (b"PK\x03\x04", b"PK\x05\x06")


def network_at(file: Path, memory: Memory) -> NetworkFile:
    """A file that is not there, is wrong, or is too large: ``Refused``."""
    try:
        with file.open("rb") as stream:
            start = stream.read(4)
            if start in _ZIPPED:
                return files.network_of_arrays(_arrays(stream, memory))
            return files.network_in(_document(start, stream, memory))
    except OSError:
        raise Refused("network.file_missing") from None


def seeds_at(file: Path, network: Network, memory: Memory) -> SeedsFile:
    try:
        with file.open("rb") as stream:
            return files.seeds_in(_document(b"", stream, memory), network)
    except OSError:
        raise Refused("network.file_missing") from None


def _document(start: bytes, stream: BinaryIO, memory: Memory) -> Document:
    told = bytearray(start)
    while piece := stream.read(_PIECE):
        told += piece
        memory.need(len(told) * JSON_BYTES, "file")
    try:
        return parsed(told.decode())
    except UnicodeDecodeError:
        raise Refused("network.file_unreadable") from None


def _arrays(stream: BinaryIO, memory: Memory) -> dict[str, npt.NDArray[Any]]:
    """The arrays of an npz file. Their headers alone say what they need; only then are they read, and nothing is run."""
    try:
        with zipfile.ZipFile(stream) as archive:
            headers = _headers(archive)
            links = files.checked_shapes(headers)
            size = sum(dtype.itemsize * math.prod(shape) for shape, dtype in headers.values())
            nodes = headers["nodes"][0][0]
            memory.need(size + links * LINK_BYTES + nodes * NODE_BYTES, "source" if links > nodes else "nodes")
            return {name: _array(archive, name) for name in headers}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError):
        raise Refused("network.file_unreadable") from None


def _headers(archive: zipfile.ZipFile) -> Mapping[str, tuple[tuple[int, ...], np.dtype[Any]]]:
    found: dict[str, tuple[tuple[int, ...], np.dtype[Any]]] = {}
    for member in archive.infolist():
        name = member.filename.removesuffix(".npy")
        if name in found:
            raise Refused("network.file_twice", at=name if name.isidentifier() else "?")
        with archive.open(member) as stream:
            read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[npy.read_magic(stream)]
            shape, _, dtype = read(stream)
            size = dtype.itemsize * math.prod(shape)
            if dtype.hasobject or min(shape, default=0) < 0 or stream.tell() + size != member.file_size:
                raise ValueError("no plain array")
            if dtype.kind == "U" and size > _TEXT_BYTES:
                raise Refused("network.file_large", at=name if name.isidentifier() else "?")
        found[name] = (shape, dtype)
    return found


def _array(archive: zipfile.ZipFile, name: str) -> npt.NDArray[Any]:
    with archive.open(f"{name}.npy") as stream:
        return np.asarray(npy.read_array(stream, allow_pickle=False))
