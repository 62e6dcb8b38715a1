"""How much memory a command may take, and whether it does: told before the kernel of the machine would end it."""

import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ojakgyo.domain.errors import Refused

COPIES: Final = 3
"""Of the arrivals, at the most crowded moment."""
_MEMINFO, _STATM, _GROUP = Path("/proc/meminfo"), Path("/proc/self/statm"), Path("/sys/fs/cgroup")


@dataclass(slots=True)
class Memory:
    """Bytes that may be taken, of which `held` were at the start."""

    most: int
    held: int

    @classmethod
    def of(cls, limit_mib: int | None) -> "Memory":
        """What the command allows, else what is free."""
        return cls(_free() if limit_mib is None else limit_mib << 20, _held())

    def need(self, size: int, at: str) -> None:
        if size > self.most:
            raise Refused("network.file_large", at=at)

    def watched(self, told: Callable[[int, int], None] | None) -> Callable[[int, int], None]:
        """Say how far the work is, and end it where it would not fit: arrivals are copied twice at its end."""
        before = _held()

        def watch(done: int, of: int) -> None:
            now = _held()
            if now - self.held + (COPIES - 1) * max(0, now - before) > self.most:
                raise Refused("network.file_large", at="samples")
            if told is not None:
                told(done, of)

        return watch


def _free() -> int:
    """Of the machine, or of the group this process is held in."""
    told = [line.split() for line in _read(_MEMINFO).splitlines()]
    free = [int(words[1]) * 1024 for words in told if words[0] == "MemAvailable:"]
    most, now = _read(_GROUP / "memory.max").strip(), _read(_GROUP / "memory.current").strip()
    if most.isdigit() and now.isdigit():
        free.append(int(most) - int(now))
    return max(0, min(free, default=1 << 62))


def _held() -> int:
    """Memory of this process; where it cannot be told, the most it has had."""
    pages = _read(_STATM).split()
    if pages:
        return int(pages[1]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
