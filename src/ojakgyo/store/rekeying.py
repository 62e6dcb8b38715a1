"""A database under a new key: a copy is sealed anew and takes the old one's place, whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlcipher

from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing.ring import Ring

_TIMES: Final = 2
"""The copy, and the journal in which its old pages stand while it is sealed anew."""
_SPARE: Final = 1 << 20
"""Bytes beside: vault.json, the log, the newest facts."""


def look_for_room(file: Path) -> None:
    """Whether the disk has room for the copy. It has not: ``Refused``, before anything is changed."""
    held = sum(each.stat().st_size for each in (file, Path(f"{file}-wal")) if each.exists())
    if shutil.disk_usage(file.parent).free < _TIMES * held + _SPARE:
        raise Refused("house.full")


@contextmanager
def full_is_refused() -> Iterator[None]:
    """A disk that fills up meanwhile: ``Refused`` "house.full"."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refused("house.full") from None
    except sqlcipher.OperationalError as error:
        if "full" not in str(error):
            raise
        raise Refused("house.full") from None


def lies_under(file: Path, ring: Ring) -> bytes | None:
    """The key of the ring that opens the file as it is, which is left as it is; None: no file, or none of them."""
    keys = (ring.db, *ring.before.get("db", ()))
    return next((key for key in keys if _opens(file, key)), None) if file.exists() else None


def settle(file: Path, ring: Ring) -> bool:
    """Have the file lie under `ring.db`; True where it had to be sealed anew. Nobody may have it open.

    Killed in between, the file is still whole under the earlier key, and the next opening does it again.
    Under none of the ring's keys: ``Damaged``.
    """
    earlier, copy = ring.before.get("db", ()), file.with_suffix(".db.rekeyed")
    copy.unlink(missing_ok=True)
    if not earlier or not file.exists() or _opens(file, ring.db):
        return False
    for key in earlier:
        if _opens(file, key):
            look_for_room(file)
            _seal_anew(file, copy, key, ring.db)
            file.with_suffix(".db.before").unlink(missing_ok=True)  # the copy before a migration, under the old key
            return True
    raise Damaged("vault.database_damaged")


def _seal_anew(file: Path, copy: Path, before: bytes, after: bytes) -> None:
    _fold(file, before)
    shutil.copyfile(file, copy)
    copy.chmod(0o600)
    connection = _connected(copy, before)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute(f"PRAGMA rekey = \"x'{after.hex()}'\"")
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    finally:
        connection.close()
    if not _opens(copy, after):
        raise Damaged("vault.database_damaged")
    _synced(copy)
    copy.replace(file)
    for end in ("-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    _synced(file.parent)


def _fold(file: Path, key: bytes) -> None:
    """Everything into the file itself; the last close takes the WAL away."""
    connection = _connected(file, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()


def _opens(file: Path, key: bytes) -> bool:
    try:
        connection = _connected(file, key)
    except sqlcipher.DatabaseError:
        return False
    connection.close()
    return True


def _connected(file: Path, key: bytes) -> Any:
    connection = sqlcipher.connect(str(file))
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        connection.close()
        raise
    return connection


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
