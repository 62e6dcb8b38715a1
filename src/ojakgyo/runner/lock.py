"""One desk serves a vault: a lock file in its home, held while the process lives. It says the address, once there is one."""

import fcntl
import json
import os
from pathlib import Path

from ojakgyo.domain.errors import Refused


def lock(home: Path) -> int:
    """Take the home's lock; another desk has it: `Refused`, with its address. The descriptor stays open with the process."""
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    held = os.open(home / "run" / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        said = _read(held)
        os.close(held)
        raise Refused("vault.in_use", **({"at": said} if said else {})) from None
    os.ftruncate(held, 0)
    return held


def say_where(held: int, url: str) -> None:
    """Write down where this desk is found."""
    os.ftruncate(held, 0)
    os.pwrite(held, json.dumps({"url": url, "pid": os.getpid()}).encode(), 0)


def _read(held: int) -> str:
    try:
        said = json.loads(os.pread(held, 1_000, 0))
        return str(said["url"])
    except (ValueError, KeyError, TypeError):
        return ""
