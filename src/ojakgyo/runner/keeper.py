"""Keeps what must outlive this machine: an anchor every hour, a backup when one is due, on a thread of its own."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import connections

from ojakgyo.apps.vault.actions.backups import write_backup
from ojakgyo.apps.vault.queries import backups
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.failing import where
from ojakgyo.runner.anchoring import anchor_if_due
from ojakgyo.runner.rotation import forget_line_keys
from ojakgyo.store import erasing

TICK_S: Final = 60.0
AGAIN_MS: Final = 15 * 60_000
"""A backup that could not be written is tried again so much later."""
log = logging.getLogger("ojakgyo.keeper")


class Keeper(threading.Thread):
    """`make_desk` gives the desk of the house at this moment."""

    def __init__(self, make_desk: Callable[[], Desk]) -> None:
        super().__init__(name="keeper", daemon=True)
        self.make_desk = make_desk
        self.leaving = threading.Event()
        self._not_before = 0

    def run(self) -> None:
        while not self.leaving.wait(TICK_S):
            self.go_round()

    def go_round(self) -> None:
        try:
            anchor_if_due(self.make_desk())
            erasing.tend()
            forget_line_keys(self.make_desk())
            self._back_up()
        except Exception as error:  # noqa: BLE001 - the supervisor of the thread: a full disk today must not end all backups
            log.error("keeping failed: %s", where(error))
        finally:
            connections.close_all()

    def _back_up(self) -> None:
        desk, folder = self.make_desk(), backups.folder_named()
        if folder is None or desk.now < self._not_before or not backups.is_due(desk.now):
            return
        self._not_before = desk.now + AGAIN_MS
        write_backup(desk, folder=folder)
        self._not_before = 0

    def stop(self) -> None:
        self.leaving.set()
        if self.is_alive():
            self.join(1.5)
