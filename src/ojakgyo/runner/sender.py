"""Sends wake-up calls and the minute's ping, on a thread of its own: an outside server may take its time."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from django.db import connections

from ojakgyo.apps.alerts.outlets import Outlet
from ojakgyo.apps.alerts.sending import ping_watcher, send_waiting
from ojakgyo.apps.chronicle.pulse import pulse
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.failing import where

TICK_S: Final = 0.5
PING_S: Final = 60.0
log = logging.getLogger("ojakgyo.sender")


class Sender(threading.Thread):
    def __init__(self, outlet: Outlet, make_desk: Callable[[], Desk], run_id: int) -> None:
        super().__init__(name="sender", daemon=True)
        self.outlet, self.make_desk, self.run_id = outlet, make_desk, run_id
        self.leaving = threading.Event()
        self._ping_at = 0.0

    def run(self) -> None:
        while not self.leaving.wait(TICK_S):
            self.go_round()

    def go_round(self) -> None:
        try:
            send_waiting(self.make_desk(), self.outlet, run=self.run_id)
            if time.monotonic() >= self._ping_at:
                self._ping_at = time.monotonic() + PING_S
                self._ping()
        except Exception as error:  # noqa: BLE001 - the supervisor of the thread: one address must not end all calls
            log.error("sending failed: %s", where(error))
        finally:
            connections.close_all()

    def _ping(self) -> None:
        """Not while the desk is deaf or does nothing by itself: then the silence is what must be heard outside."""
        if not hearing.is_deaf() and not pulse.has_stopped():
            ping_watcher(self.make_desk(), self.outlet)

    def stop(self) -> None:
        self.leaving.set()
