"""What goes wrong, and where: at the n-th statement of a kind, BEGIN and COMMIT included, within one try of one event.

A fault is known by its event and try, not by a running number: taking one away leaves the others where they are.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from django.db import connections
from sqlcipher3 import dbapi2

from ojakgyo.store.sqlcipher import base
from ojakgyo.store.sqlcipher.pool import pool

T = TypeVar("T")


class Crash(BaseException):
    """The process is no more. Nothing in the product catches it."""


class Where(StrEnum):
    """What is counted. A fault of the world stands at no statement."""

    ANY = "statement"
    BEGIN = "begin"
    WRITE = "write"
    COMMIT = "commit"
    UNLINK = "unlink"
    SEND = "send"
    WORLD = "world"


class How(StrEnum):
    BEFORE = "crash before"
    AFTER = "crash after"
    BUSY = "busy"
    FULL = "full"
    CLOCK = "clock jumps"
    """By `nth` minutes, either way."""
    TWICE = "comes twice"
    """Again at the `nth` event from here."""
    LATE = "comes late"
    """At the `nth` event from here instead."""
    DEAF = "deaf"
    """0: the folder of the modem cannot be read; 1: the gateway does not get through."""


CRASHES = (How.BEFORE, How.AFTER)
SAID = {How.BUSY: "database is locked", How.FULL: "database or disk is full"}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`nth` counts from 0."""

    event: int
    attempt: int
    where: Where
    nth: int
    how: How

    def __str__(self) -> str:
        at = "" if self.where is Where.WORLD else f" at {self.where} {self.nth}, try {self.attempt}"
        by = f" ({self.nth:+d})" if self.where is Where.WORLD else ""
        return f"event {self.event}: {self.how}{by}{at}"


@dataclass(slots=True)
class Tap:
    """Every statement runs through here. Once it has crashed, nothing more reaches the database until `revive`."""

    armed: Fault | None = None
    dead: bool = False
    statements: int = 0
    fired: list[Fault] = field(default_factory=list)
    _seen: dict[Where, int] = field(default_factory=dict)

    def arm(self, fault: Fault | None) -> None:
        """For one try of one event: the count begins anew."""
        self.armed, self._seen = fault, {}

    def revive(self) -> None:
        self.dead, self.armed = False, None

    def through(self, where: Where, work: Callable[[], T]) -> T:
        if self.dead:
            raise Crash
        self.statements += 1
        fault = self.armed
        if fault is None or fault.where not in (where, Where.ANY):
            return work()
        seen = self._seen.get(fault.where, 0)
        self._seen[fault.where] = seen + 1
        if seen != fault.nth:
            return work()
        return self._fire(fault, where, work)

    def _fire(self, fault: Fault, where: Where, work: Callable[[], T]) -> T:
        self.armed = None
        self.fired.append(fault)
        if fault.how in CRASHES:
            if fault.how is How.AFTER:
                work()
            self.dead = True
            _roll_back()  # now: on its way out Django sets the isolation level, and the driver commits before it does
            raise Crash
        if where is Where.UNLINK:
            raise OSError(SAID[fault.how])
        if where is Where.SEND:
            from ojakgyo.apps.alerts.outlets import Unreachable

            raise Unreachable
        raise dbapi2.OperationalError(SAID[fault.how])


def _roll_back() -> None:
    raw = connections["default"].connection
    if raw is not None and raw.in_transaction:
        raw.rollback()


TAP = Tap()


class Cursor(base.Cursor):
    def execute(self, query: str, params: Any = None) -> Any:
        return TAP.through(_kind(query), lambda: super(Cursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        return TAP.through(_kind(query), lambda: super(Cursor, self).executemany(query, param_list))


class Connection(dbapi2.Connection):
    """What the backend opens instead of its own, by `OPTIONS["factory"]`."""

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(Cursor)

    def commit(self) -> None:
        if self.in_transaction:
            TAP.through(Where.COMMIT, super().commit)


def _kind(query: str) -> Where:
    first = query[:6].upper()
    if first == "SELECT":
        return Where.ANY
    return Where.BEGIN if first.startswith("BEGIN") else Where.WRITE


@contextmanager
def tapped(folder: Path) -> Iterator[Tap]:
    """Until it is left, the database is opened through the tap, and so is the taking away of files below `folder`."""
    options, unlink, below = connections["default"].settings_dict["OPTIONS"], os.unlink, f"{folder}{os.sep}"

    def counted(path: Any, *, dir_fd: int | None = None) -> None:
        work = lambda: unlink(path, dir_fd=dir_fd)  # noqa: E731
        if str(path).startswith(below):
            TAP.through(Where.UNLINK, work)
        else:
            work()

    connections.close_all()
    pool.drain()
    options["factory"], os.unlink = Connection, counted
    TAP.revive()
    try:
        yield TAP
    finally:
        TAP.revive()
        del options["factory"]
        os.unlink = unlink
        connections.close_all()
        pool.drain()


def forget_transaction() -> None:
    """What the end of a process does to its open transaction; Django's own account of it is set back by hand."""
    wrapper = connections["default"]
    TAP.revive()
    _roll_back()
    wrapper.in_atomic_block, wrapper.needs_rollback, wrapper.closed_in_transaction = False, False, False
    wrapper.savepoint_ids, wrapper.atomic_blocks, wrapper.run_on_commit = [], [], []
    wrapper.run_commit_hooks_on_set_autocommit_on, wrapper.commit_on_exit = False, True
    if wrapper.connection is not None:
        wrapper.connection.isolation_level = None
        wrapper.autocommit = True
    wrapper.close()
