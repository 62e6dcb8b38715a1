"""Erasing for good: what a transaction deleted still lies in the write-ahead log until that is folded in and cut off.

`secure_delete` overwrites a deleted row in its new page; the old page stands in the log, and in the file until the log is
folded in. A reader that still looks at the old state holds both: then it is owed, and tried again every minute.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Final

from django.db import connection

PAUSE_S: Final = 0.05
PATIENCE_S: Final = 5.0
_SHORT_MS: Final = 20
"""So long a checkpoint may hold up whoever wants to write."""
_owed: Final = Event()


def checkpoint_until_done() -> bool:
    """Fold the log in and cut it to nothing, again until nobody is in the way. False: a reader still holds the old pages."""
    if connection.in_atomic_block:
        raise RuntimeError("a checkpoint is no part of a transaction")
    until = time.monotonic() + PATIENCE_S
    while not (done := _checkpoint()) and time.monotonic() < until:
        time.sleep(PAUSE_S)
    if done:
        _owed.clear()
    else:
        _owed.set()
    return done


def tend() -> None:
    """Once a minute: what a reader stood in the way of is tried again."""
    if _owed.is_set() and _checkpoint():
        _owed.clear()


def _checkpoint() -> bool:
    with _impatient(), connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    return not busy


@contextmanager
def _impatient() -> Iterator[None]:
    """While it waits for readers a checkpoint keeps every writer out, so it waits briefly and comes again."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_SHORT_MS}")
        cursor.fetchall()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
            cursor.fetchall()
