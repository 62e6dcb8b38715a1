"""Backups: which there are, where they go, and whether somebody must be reminded."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.newest import newest
from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.backup import folder as shelf
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import BackupRestored, KeysRotated, PersonForgotten
from ojakgyo.domain.sealing import age_keys, parts
from ojakgyo.domain.sealing.manifest import Which
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import HOUR_MS, Instant

OLD_MS: Final = 48 * HOUR_MS
EVERY_HOURS: Final = 24
SHOWN: Final = 30
AT_ONCE: Final = (KeysRotated, PersonForgotten)
"""The keys of now do not open older data; a name is lost in older copies only once the older keys are gone."""


@dataclass(frozen=True, slots=True)
class BackupLine:
    number: int
    taken: Instant
    seq: Seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """`folder`: where the house writes by itself, empty where nowhere; `recipient`: whether there is a key to write for.

    `behind`: keys were drawn anew or a name was forgotten since. `signer`: the fingerprint of the hand of now.
    """

    lines: tuple[BackupLine, ...]
    overdue: bool
    behind: bool
    folder: str
    every_hours: int
    recipient: bool
    operator: bool
    signer: str


def backups(desk: Desk) -> Backups:
    """What the page of backups shows, newest first."""
    rows = models.Backup.objects.order_by("-number")[:SHOWN]
    lines = tuple(BackupLine(row.number, Instant(row.taken_ms), Seq(row.seq)) for row in rows)
    return Backups(
        lines=lines,
        overdue=overdue(desk.now),
        behind=is_behind(),
        folder=str(folder_named() or ""),
        every_hours=every_ms() // HOUR_MS,
        recipient=models.Organisation.objects.exists(),
        operator=operator() is not None,
        signer=parts.signer(desk.keyring.ring.audit),
    )


def overdue(now: Instant) -> bool:
    """None was ever written, or the newest is older than 48 hours, or from before the keys of now."""
    taken = newest_taken()
    return taken is None or now - taken > OLD_MS or is_behind()


def is_behind() -> bool:
    """Whether something was written down since that leaves the newest behind; without any: not that, but overdue."""
    row = models.Backup.objects.order_by("-number").first()
    return row is not None and inbox.last_of(AT_ONCE) > row.seq


def is_due(now: Instant) -> bool:
    """Whether the house is to write one by itself: after so many hours, and after a fact that leaves the last one behind."""
    if folder_named() is None or not models.Organisation.objects.exists():
        return False
    row = models.Backup.objects.order_by("-number").first()
    return row is None or now - row.taken_ms >= every_ms() or is_behind()


def newest_number() -> int:
    """Of the newest backup that this vault knows of: one it wrote, or one it was brought back from."""
    written = models.Backup.objects.order_by("-number").values_list("number", flat=True).first() or 0
    restored = newest((BackupRestored,))
    return max(written, restored.number if isinstance(restored, BackupRestored) else 0)


def newest_files() -> tuple[int, bool] | None:
    """Number of the newest backup, and whether its files where the house writes are as written; None: none lie there."""
    folder, row = folder_named(), models.Backup.objects.order_by("-number").first()
    if folder is None or row is None:
        return None
    wanted = {Which.DATA: row.data_digest, Which.KEYS: row.keys_digest}
    files = {part: folder / shelf.name(settings.OJAK_VAULT_ID, part, row.number) for part in wanted}
    there = {part: file for part, file in files.items() if file.is_file()}
    if not there:
        return None
    return row.number, all(_digest(file) == bytes(wanted[part]) for part, file in there.items())


def _digest(file: Path) -> bytes | None:
    """None: it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return None


def newest_taken() -> Instant | None:
    """When the newest backup was taken; None: none ever was."""
    taken_ms = models.Backup.objects.order_by("-number").values_list("taken_ms", flat=True).first()
    return None if taken_ms is None else Instant(taken_ms)


def folder_named() -> Path | None:
    """`[backup] to` of ojak.toml."""
    backup = settings.TOML.get("backup", {})
    to = backup.get("to")
    return Path(to) if to else None


def every_ms() -> int:
    """`[backup] every_hours` of ojak.toml."""
    backup = settings.TOML.get("backup", {})
    return round(float(backup.get("every_hours", EVERY_HOURS)) * HOUR_MS)


def operator() -> str | None:
    """`[backup] recipient` of ojak.toml: the age key of somebody who may open backups beside the organisation."""
    backup = settings.TOML.get("backup", {})
    named: str | None = backup.get("recipient")
    return named or None


def recipients() -> tuple[str, ...]:
    """The organisation's key, and the operator's if there is one. No key of the organisation yet: ``Refused``."""
    row = models.Organisation.objects.first()
    if row is None:
        raise Refused("vault.recipient_unknown")
    return (age_keys.recipient(row.exchange_public), *filter(None, (operator(),)))
