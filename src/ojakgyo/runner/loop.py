"""The runner: listens to the spool, has the duties read what is new, and acts on what falls due. One thread, one order.

Inbound is drained before any timer fires, after every start and in every round: silence is judged only by a house that
has read its post.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from django.db import OperationalError, connections

from ojakgyo.apps.chronicle import inbox, rounds
from ojakgyo.apps.chronicle.duties import BATCH
from ojakgyo.apps.chronicle.nudge import committed
from ojakgyo.apps.chronicle.pulse import pulse
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.gateways import tending
from ojakgyo.apps.contact.listening import Spool
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import OjakError
from ojakgyo.domain.failing import where
from ojakgyo.domain.values.ids import Seq
from ojakgyo.runner import falling, rota  # noqa: F401 - the duties must have been declared
from ojakgyo.runner.absence import Watchman
from ojakgyo.runner.telling import tell
from ojakgyo.store import keyholder
from ojakgyo.web.bell import bell

TICK_S: Final = 0.1
TIMERS_S: Final = 1.0
DRAIN_S: Final = 5.0
log = logging.getLogger("ojakgyo.runner")


class Loop(threading.Thread):
    """`make_desk` gives the desk of the house at this moment; `each_second` what else is done once a second."""

    def __init__(self, spool: Spool, make_desk: Callable[[], Desk], each_second: Callable[[], None]) -> None:
        super().__init__(name="runner", daemon=True)
        self.spool, self.make_desk, self.each_second = spool, make_desk, each_second
        self.watchman = Watchman(make_desk)
        self.leaving = threading.Event()
        self._told = Seq(0)
        self._read_to: Seq | None = None
        self._timers_at = 0.0

    def start(self) -> None:
        falling.watch()
        pulse.begin()
        super().start()

    def run(self) -> None:
        self._supervised(self._begin)
        while not self.leaving.is_set():
            committed.wait(TICK_S)
            self.go_round()
        self._supervised(self._end)

    def _begin(self) -> None:
        self._told = inbox.head()
        self.watchman.come_back()
        self.drain()

    def _end(self) -> None:
        if keyholder.is_unsealed():
            self.watchman.leave()

    def _supervised(self, work: Callable[[], None]) -> None:
        """The thread outlives whatever one round meets: it is written down, and the next round goes on."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the supervisor of the thread: without it timers and ears would stop
            log.error("round failed: %s", where(error))
        finally:
            connections.close_all()

    def stop(self) -> None:
        self.leaving.set()
        committed.give()
        if self.is_alive():
            self.join(1.5)

    def drain(self) -> None:
        """Before the first timer: take every file that is there, a half-written one excepted."""
        until = time.monotonic() + DRAIN_S
        self._listen()
        while self.spool.ripening and time.monotonic() < until and not self.leaving.wait(TICK_S / 2):
            self._listen()

    def go_round(self) -> None:
        """Post first, then what follows from it, then the timers."""
        self._supervised(self._round)
        pulse.beat()

    def _round(self) -> None:
        self._listen()
        self._read()
        if time.monotonic() >= self._timers_at:
            self._timers_at = time.monotonic() + TIMERS_S
            self._tend()
            if self.watchman.has_leapt():  # what came in while the house slept counts before what fell due
                self.drain()
                self._read()
            if rounds.settle_all(self.make_desk) >= BATCH:  # more of it may wait; the post is looked at in between
                self._timers_at = time.monotonic()
            self.each_second()
            self._read()

    def _listen(self) -> None:
        try:
            self.spool.listen()
        except (OSError, OperationalError, OjakError) as error:
            log.error("spool failed: %s", where(error))
            bell.ring("ears", self._told)
        else:
            if hearing.heard(self.make_desk().now):
                bell.ring("ears", self._told)

    def _tend(self) -> None:
        """Which channels are heard, before anybody's silence is judged by it."""
        try:
            changed = tending.tend(self.make_desk)
        except (OperationalError, OjakError) as error:
            log.error("ears failed: %s", where(error))
        else:
            if changed:
                bell.ring("ears", self._told)

    def _read(self) -> None:
        """Have the duties read, unless all have read to the end and nothing was recorded since."""
        if inbox.head() == self._read_to:
            return
        while rounds.read_all(self.make_desk):
            self._tell()
        head = inbox.head()
        self._read_to = None if inbox.readers_are_behind() else head
        self._tell()

    def _tell(self) -> None:
        self._told = tell(self._told)
