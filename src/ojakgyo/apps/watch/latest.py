"""The newest analysis, kept in this process's memory while nothing has happened since: it is never written down."""

import threading

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.watch import analysis
from ojakgyo.apps.watch.analysis import NOTHING, Analysis
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import SignalWeighed, WarningClosed
from ojakgyo.store import keyholder

BEHIND = (SignalWeighed, WarningClosed, *analysis.NETWORK)
"""Facts that make an analysis old."""


class Latest:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seq, self._kept = -1, NOTHING

    def analysis(self, desk: Desk) -> Analysis:
        """The analysis of what is known now; the same facts give the same one, so nobody sees who computed it."""
        seq = inbox.last_of(BEHIND)
        with self._lock:
            if seq != self._seq:
                world = analysis.read(desk, before=self._kept.world)
                self._kept = analysis.analyse(world, before=self._kept)
                self._seq = seq
            return self._kept

    def forget(self) -> None:
        with self._lock:
            self._seq, self._kept = -1, NOTHING


latest = Latest()
keyholder.when_sealed(latest.forget)
