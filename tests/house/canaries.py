"""How a word may lie somewhere: as letters of any width, as hexadecimal, in base 64, escaped; and looking for it."""

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def forms(canary: str | bytes) -> set[bytes]:
    """Every way in which these letters or bytes may have been written down."""
    if isinstance(canary, bytes):
        return {canary, *_spelt(canary)}
    told = {canary.encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be")}
    escaped = json.dumps(canary)[1:-1].encode()
    return told | {escaped} | {spelt for each in told for spelt in _spelt(each)}


def _spelt(told: bytes) -> set[bytes]:
    inside = base64.b64encode(told[: len(told) // 3 * 3])
    return {told.hex().encode(), told.hex().upper().encode(), inside}


def hits(files: Iterable[Path], canaries: Mapping[str, str | bytes]) -> list[str]:
    """`file: canary` for every one that was found."""
    looked_for = {name: forms(canary) for name, canary in canaries.items()}
    found = []
    for file in files:
        written = file.read_bytes()
        found += [f"{file.name}: {name}" for name, told in looked_for.items() if any(each in written for each in told)]
    return found
