"""What both benchmarks of timers stand on: a real practice vault, a process that is killed and started again, a sink.

The process is forked from one that has read all modules and holds no connection; it opens the vault anew each time. A
sink is a file that lines are added to: what was written outlives the process, as a mail that was sent does.
"""

import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PRACTICE_WORDS = "words for invented people only"


@dataclass(frozen=True, slots=True)
class Sink:
    """The other side of the outbox: it takes its time, then it has the key for good."""

    file: Path
    send_s: float

    def take(self, key: str) -> None:
        time.sleep(self.send_s)
        with self.file.open("ab", buffering=0) as out:
            out.write(f"{key}\n".encode())

    def keys(self) -> list[str]:
        """Every key that arrived, as often as it did. The last line may be cut off by a kill: then it did not arrive."""
        if not self.file.exists():
            return []
        whole, _, _ = self.file.read_text().rpartition("\n")
        return whole.split("\n") if whole else []


def practice_vault(home: Path) -> Any:
    """A practice vault as `ojak demo` makes one, with nobody in it; Django is set up for it. Returns its ring."""
    from ojakgyo.apps.vault import header
    from ojakgyo.cli.homes import bring_up

    home.mkdir(mode=0o700)
    ring = header.found(home, PRACTICE_WORDS, demo=True)
    bring_up(home)
    return ring


def opened(ring: Any) -> None:
    """As at any start: the database under its key, its schema, its guards, its anchor and its clock.

    Only the stretching of the words is left out, a quarter of a second in which a kill hits nothing.
    """
    from ojakgyo.runner import opening

    opening.open_vault(ring)
    opening.catch_up_clock()


def closed() -> None:
    """No connection is left to whoever is forked from here."""
    from django.db import connections

    from ojakgyo.store import keyholder
    from ojakgyo.store.sqlcipher.pool import pool

    connections.close_all()
    pool.drain()
    keyholder.seal()


@dataclass(slots=True)
class Killed:
    """How it went: kills that hit a living process, starts, seconds from the first start to the end."""

    kills: int = 0
    starts: int = 0
    seconds: float = 0.0


def killed(work: Callable[[], None], *, kills: int, dice: random.Random, longest_s: float) -> Killed:
    """Run `work` to its end in a process of its own, killed at moments drawn by lot until `kills` are used up.

    Starts are hit too. A process that ends well before its moment has come ends the whole; one that fails is an error.
    """
    told, began = Killed(), time.monotonic()
    while True:
        child = _start(work)
        told.starts += 1
        status = _status(child, within_s=dice.uniform(0.0, longest_s) if told.kills < kills else float("inf"))
        if status is None:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
        if status == 0:
            told.seconds = time.monotonic() - began
            return told
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            raise SystemExit(f"the process ended with {status}")
        told.kills += 1


def _start(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)  # nothing of the forking process is to be tidied up twice


def _status(child: int, *, within_s: float) -> int | None:
    """How it ended by itself; None where it still runs after so long."""
    end = time.monotonic() + within_s
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        if time.monotonic() >= end:
            return None
        time.sleep(0.002)
