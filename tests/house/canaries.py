"""How a word may lie somewhere: as letters of any width, as hexadecimal, in base 64, escaped; and looking for it."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Canaries = Mapping[str, str | bytes]
HEAD = 4


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


def looked_for(canaries: Canaries) -> Callable[[bytes], list[str]]:
    """Which of them lie in some bytes. Many begin alike, and a beginning that is nowhere is looked for once."""
    alike: dict[bytes, list[tuple[str, bytes]]] = {}
    for name, canary in canaries.items():
        for form in forms(canary):
            alike.setdefault(form[:HEAD], []).append((name, form))

    def look(written: bytes) -> list[str]:
        there = [told for head, told in alike.items() if head in written]
        found = {name for told in there for name, form in told if form in written}
        return [name for name in canaries if name in found]

    return look


def hits(files: Iterable[Path], canaries: Canaries) -> list[str]:
    """`file: canary` for every one that was found."""
    look = looked_for(canaries)
    return [f"{file.name}: {name}" for file in files for name in look(file.read_bytes())]
