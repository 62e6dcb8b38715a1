"""Idle open connections, by process and file; emptied the moment the vault is sealed."""

import os
import threading
from typing import Any

from ojakgyo.store import keyholder

Connection = Any  # sqlcipher3 ships no types


class Pool:
    """ASGI runs each request on a new thread, so a connection kept by a thread is a connection lost: keep it here."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[tuple[int, str], list[Connection]] = {}
        self.round = 0

    def take(self, file: str) -> Connection | None:
        with self._lock:
            idle = self._idle.get((os.getpid(), file))  # a forked child never touches its parent's connections
            return idle.pop() if idle else None

    def give(self, file: str, connection: Connection, *, size: int, since: int) -> None:
        """Keep an open connection of round `since`, or close it if a seal came between or enough are idle."""
        if connection.in_transaction:
            connection.rollback()
        with self._lock:
            idle = self._idle.setdefault((os.getpid(), file), [])
            if since == self.round and len(idle) < size:
                idle.append(connection)
                return
        connection.close()

    def drain(self) -> None:
        """Close what is idle now; what is in use is closed when it comes back."""
        with self._lock:
            self.round += 1
            mine = [key for key in self._idle if key[0] == os.getpid()]
            connections = [connection for key in mine for connection in self._idle.pop(key)]
        for connection in connections:
            connection.close()


pool = Pool()
keyholder.when_sealed(pool.drain)
