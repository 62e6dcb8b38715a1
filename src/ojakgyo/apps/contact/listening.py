"""The spool: a folder into which a modem's daemon puts a file for each SMS. Read, insert, commit, and only then delete."""

import contextlib
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings

from ojakgyo.apps.contact.channels import taking
from ojakgyo.apps.contact.channels.files import Files
from ojakgyo.apps.contact.spool import parse
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import Instant

FILES: Final = Files()
QUIET_S: Final = 0.3
"""A file that has not changed for so long is taken: gammu writes under the final name, without a rename."""
HALF_WRITTEN_S: Final = 60.0
"""A file without an end is waited for as long as this, then taken as it is."""

log = logging.getLogger("ojakgyo.spool")
Mark = tuple[int, int, int]
"""Inode, mtime in ns, size: a file is the same one, unchanged, while these are."""


def spool_folder() -> Path:
    """Where a modem's daemon puts messages: ojak.toml's `[channels] spool`, else memory, else the home folder."""
    if named := settings.TOML.get("channels", {}).get("spool"):
        return Path(named)
    for root in filter(None, (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm")):  # noqa: S108  # nosec B108 - memory
        if os.access(root, os.W_OK):
            return Path(root) / "ojakgyo" / settings.OJAK_VAULT_ID
    return Path(settings.HOME) / "spool"


@dataclass(slots=True)
class Spool:
    """Listens to one folder. `make_desk` gives the desk of the house, `tick` monotonic seconds, `wall` the machine's clock."""

    folder: Path
    make_desk: Callable[[], Desk]
    tick: Callable[[], float]
    wall: Callable[[], float] = time.time
    _seen: dict[str, tuple[Mark, float]] = field(default_factory=dict)
    heard_at: float | None = None
    """When the folder was last read to its end; None: never."""

    def listen(self) -> int:
        """Take every file that is ripe, oldest name first; returns how many were taken.

        A file that may not be read keeps none behind it waiting; it is raised once the others are taken.
        """
        names = sorted(entry.name for entry in os.scandir(self.folder) if entry.is_file(follow_symlinks=False))
        self._seen = {name: self._seen[name] for name in names if name in self._seen}
        taken, unread = 0, None
        for name in names:
            try:
                taken += self._look_at(name)
            except OSError as error:
                unread = error
        if unread is not None:
            raise unread
        self.heard_at = self.tick()
        return taken

    @property
    def ripening(self) -> bool:
        """Whether a file is there that changed a moment ago."""
        return any(self.tick() - since < QUIET_S for _, since in self._seen.values())

    def _look_at(self, name: str) -> bool:
        path = self.folder / name
        try:
            stat = path.stat()
        except FileNotFoundError:
            return False
        mark = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        before, since = self._seen.get(name, (None, 0.0))
        if before != mark:
            self._seen[name] = (mark, self.tick())
            return False
        quiet = self.tick() - since
        return quiet >= QUIET_S and self._take(path, mark, final=quiet >= HALF_WRITTEN_S)

    def _take(self, path: Path, mark: Mark, *, final: bool) -> bool:
        written = path.read_bytes()
        parsed = parse(written)
        if not (parsed.whole or final):
            return False
        desk = self.make_desk()
        ext_id = desk.keyring.ring.external_id(
            "spool", path.name.encode("utf-8", "surrogateescape"), *mark[:2], written
        )
        handed, arrived = FILES.said(parsed), self._arrived(desk, mark)
        taking.take(desk, FILES, handed, ext_id=ext_id, written=written, arrived=arrived)
        if parsed.sms is None:
            log.warning("contact.file_unreadable %d bytes", len(written))
        self._delete(path, mark)
        return True

    def _arrived(self, desk: Desk, mark: Mark) -> Instant:
        """When the modem wrote the file, on the desk's clock: it may have lain there while the house was shut."""
        waited_ms = round(1_000 * self.wall()) - mark[1] // 1_000_000
        return Instant(desk.now - max(0, waited_ms))

    def _delete(self, path: Path, mark: Mark) -> None:
        """Only the very file that was kept: gammu may have put another in its place."""
        with contextlib.suppress(FileNotFoundError):
            stat = path.stat()
            if (stat.st_ino, stat.st_mtime_ns, stat.st_size) == mark:
                path.unlink()
        self._seen.pop(path.name, None)
