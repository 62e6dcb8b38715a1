"""The inbound path, broken off at every step: a process of its own, started by test_crash_points.py.

    python tests/house/crash_run.py SMALL_WORLD SCRATCH FIRST

For every second n from FIRST on, a child takes a copy of the small world with one message in the spool and leaves the hard way
(`os._exit`) at its n-th step; then a fresh child goes on where that one was cut off, to the end, and says what it finds.
Steps are counted just before and just after each commit, rename and unlink: an odd n leaves before one, an even n after
one. It ends with the first n that is never reached. One line of JSON for each n.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import django
import numpy.ma

django.setup()

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql import compiler

from house.small_world import NOW, SmallWorld, persons_of, told
from ojakgyo.apps.cards.models import Card, UsedText
from ojakgyo.apps.chronicle import audit, guards
from ojakgyo.apps.chronicle.models import Stuck
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.vault import header
from ojakgyo.apps.watch import analysis
from ojakgyo.apps.watch.models import Signal, Warning
from ojakgyo.domain import facts
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.runner.warming import warm
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher.pool import pool

CRASHED, DONE = 77, 0
ROUNDS = 4
analysis.DRAWS = 256  # how well a share is known is another test's; whom a message warns does not hang on it
assert compiler, numpy.ma  # read before the first child is made, else each would read it


class Steps:
    """Counts what cannot be undone, and leaves at the n-th."""

    def __init__(self, leave_at: int) -> None:
        self.leave_at, self.taken = leave_at, 0

    def step(self) -> None:
        self.taken += 1
        if self.taken == self.leave_at:
            os._exit(CRASHED)

    def around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.step()
            result = work(*args, **kwargs)
            self.step()
            return result

        return counted

    def watch(self) -> None:
        BaseDatabaseWrapper._commit = self.around(BaseDatabaseWrapper._commit)
        for name in ("unlink", "remove", "rename", "replace"):
            setattr(os, name, self.around(getattr(os, name)))


@cache
def ring() -> Ring:
    """The keys, stretched from their words once for all children; it is each child that unseals with them."""
    return header.unseal(Path(settings.HOME), header.demo_words(Path(settings.HOME))).ring


def opened(folder: Path, persons: dict[str, int]) -> SmallWorld:
    connections["default"].settings_dict["NAME"] = str(folder / "vault.db")
    keyholder.unseal(ring())
    guards.check()
    return SmallWorld.at(persons, folder / "spool")


def work(world: SmallWorld) -> None:
    """What the runner does: its post first, then what follows from it."""
    for _ in range(ROUNDS):
        world.listen()
        world.work()


def found(world: SmallWorld) -> dict[str, Any]:
    """How the world stands at the end."""
    return {
        "inbound": Inbound.objects.count(),
        "received": len(told(facts.MessageReceived)),
        "readings": [str(read.result) for read in told(facts.MessageRead)],
        "kept": len(told(facts.WindowKept)),
        "used": UsedText.objects.count(),
        "row": Card.objects.get(person_id=world.persons["Beodeul"]).row,
        "signals": Signal.objects.count(),
        "warned": sorted(who for who in world.persons if Warning.objects.filter(subject=world.persons[who]).exists()),
        "warnings": Warning.objects.count(),
        "raised": len(told(facts.WarningRaised)),
        "moved": len(told(facts.DeadlineMoved)),
        "stuck": Stuck.objects.count(),
        "facts": audit.verify(),
        "spool": len(list(world.folder.iterdir())),
    }


def in_a_child(do: Callable[[], None]) -> int:
    """The exit code of a fresh process that does this. The vault is sealed and no connection is open when it is made."""
    ring()
    assert not keyholder.is_unsealed()
    child = os.fork()
    if child == 0:
        do()
        os._exit(DONE)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def crash_at(n: int, folder: Path, persons: dict[str, int]) -> bool:
    """True if the n-th step was reached."""

    def run() -> None:
        Steps(n).watch()
        work(opened(folder, persons))

    code = in_a_child(run)
    assert code in (CRASHED, DONE), code
    return code == CRASHED


def go_on(folder: Path, persons: dict[str, int]) -> dict[str, Any]:
    def run() -> None:
        world = opened(folder, persons)
        work(world)
        (folder / "found.json").write_text(json.dumps(found(world)))
        connections.close_all()
        pool.drain()

    assert in_a_child(run) == DONE
    return json.loads((folder / "found.json").read_text())


def prepared(kept: Path, folder: Path, message: Path) -> None:
    (folder / "spool").mkdir(parents=True)
    shutil.copyfile(kept, folder / "vault.db")
    shutil.copyfile(message, folder / "spool" / message.name)


def message_in(kept: Path, scratch: Path, persons: dict[str, int]) -> Path:
    """What Beodeul is made to write, as a file of the modem's daemon."""
    prepared(kept, scratch / "first", kept.with_suffix(".json"))

    def run() -> None:
        world = opened(scratch / "first", persons)
        world.arrives(world.text("Beodeul", duress=True)).rename(scratch / "IN20261124_101200_00.txt")

    assert in_a_child(run) == DONE
    return scratch / "IN20261124_101200_00.txt"


def main(kept: Path, scratch: Path, first: int) -> None:
    warm()  # else each child would read the kernels, for longer than it lives otherwise
    persons = persons_of(kept)
    message = message_in(kept, scratch, persons)
    for n in count(first, 2):
        folder = scratch / str(n)
        prepared(kept, folder, message)
        reached = crash_at(n, folder, persons)
        print(json.dumps({"n": n, "reached": reached, **go_on(folder, persons)}), flush=True)
        shutil.rmtree(folder)
        if not reached:
            return


if __name__ == "__main__":
    assert NOW
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
