"""The folder backups lie in: `<vault>-data-<N>.age` for as long as there is room, `<vault>-keys-<N>.age` the newest two."""

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ojakgyo.apps.vault import header
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.manifest import Which

KEPT_KEYS: Final = 2
OF_FILES: Final = ".backup.lock"
OF_NUMBERS: Final = "backup.lock"
"""The lock of a folder's files, and in a home folder that of its vault's numbers."""
PATIENCE_S: Final = 5.0
_TICK_S: Final = 0.05


def name(vault: str, part: Which, number: int) -> str:
    return f"{vault}-{part}-{number}.age"


def newest(folder: Path, vault: str) -> int:
    """The highest number there; 0 where there is none."""
    return max((number for part in Which for number, _ in _files(folder, vault, part)), default=0)


@contextmanager
def one_at_a_time(folder: Path, lock: str = OF_FILES) -> Iterator[None]:
    """Nobody else writes there meanwhile: not a page, the keeper or a command. Somebody does for long: ``Refused``.

    The folder must be there: an unplugged disk is not made up for.
    """
    try:
        held = os.open(folder / lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError:
        raise Refused("vault.backup_not_written") from None
    try:
        _wait_for(held)
        yield
    finally:
        os.close(held)


def _wait_for(held: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise Refused("house.busy") from None
            time.sleep(_TICK_S)
        except OSError:
            raise Refused("vault.backup_not_written") from None


def keep(folder: Path, vault: str, number: int, files: dict[Which, bytes]) -> None:
    """Write both, each whole or not at all and over nothing; 0600."""
    try:
        for part, data in files.items():
            _put(folder / name(vault, part, number), data)
    except OSError:
        raise Refused("vault.backup_not_written", number=number) from None


def _put(file: Path, data: bytes) -> None:
    if file.exists():
        raise FileExistsError
    fresh = file.with_name(f".{file.name}")
    header.replace(fresh, data)
    try:
        os.link(fresh, file)
    except FileExistsError:
        raise
    except OSError:  # sticks formatted for every machine know no links
        fresh.replace(file)
    fresh.unlink(missing_ok=True)
    _synced(file.parent)


def _synced(folder: Path) -> None:
    """Links and names on the disk before anybody is told."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def drop_old_keys(folder: Path, vault: str) -> int:
    """Delete all but the newest two files of keys; how many went."""
    old = sorted(_files(folder, vault, Which.KEYS))[:-KEPT_KEYS]
    try:
        for _, file in old:
            file.unlink()
    except OSError:
        raise Refused("vault.backup_not_written") from None
    return len(old)


def _files(folder: Path, vault: str, part: Which) -> Iterator[tuple[int, Path]]:
    form = re.compile(rf"{re.escape(vault)}-{part}-([1-9][0-9]*)\.age")
    for file in folder.iterdir() if folder.is_dir() else ():
        if found := form.fullmatch(file.name):
            yield int(found[1]), file
