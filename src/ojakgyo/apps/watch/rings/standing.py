"""The network as it stands today, kept in this process's memory until a fact or the day changes it.

It holds nothing of what was heard or is believed: it is not the one by which the board judges, whose links age up to the
newest alarming sign.
"""

import threading

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.network.snapshots import Snapshot, snapshot
from ojakgyo.apps.watch.analysis import NETWORK
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.store import keyholder


class Standing:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seq, self._kept = -1, None

    _kept: Snapshot | None

    def network(self, desk: Desk, *, at: Instant) -> Snapshot:
        """Links aged in whole days up to `at`; that of another day than today is built anew and not kept."""
        day = Instant(at // DAY_MS * DAY_MS)
        if day != desk.now // DAY_MS * DAY_MS:
            return snapshot(desk, at=day)
        seq = inbox.last_of(NETWORK)
        with self._lock:
            if self._kept is None or (self._seq, self._kept.at) != (seq, day):
                self._kept, self._seq = snapshot(desk, at=day, before=self._kept), seq
            return self._kept

    def forget(self) -> None:
        with self._lock:
            self._seq, self._kept = -1, None


standing = Standing()
keyholder.when_sealed(standing.forget)
