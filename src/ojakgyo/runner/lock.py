"""One desk serves a vault: a lock file in its home, held while the process lives."""

import fcntl
import os
from pathlib import Path

from ojakgyo.domain.errors import Refused


def lock(home: Path) -> int:
    """Take the home's lock; another desk has it: `Refused`. The descriptor stays open as long as the process."""
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    held = os.open(home / "run" / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise Refused("vault.in_use") from None
    return held
