"""Writing a backup down, and that one was brought back."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.backup import folder as shelf
from ojakgyo.apps.vault.backup.taking import Taken, take
from ojakgyo.apps.vault.queries import backups
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import BackupRestored, BackupWritten
from ojakgyo.domain.sealing.manifest import Which


def write_backup(desk: Desk, *, folder: Path) -> int:
    """Take one and keep both files in a folder; its number. No key of the organisation, no folder, no room: ``Refused``.

    The files first: a number without files would be a promise that nothing keeps. Numbers are the vault's, files the
    folder's, so one at a time in both: somebody else writes for long: ``Refused`` "house.busy".
    """
    vault, recipients = settings.OJAK_VAULT_ID, backups.recipients()
    with shelf.one_at_a_time(Path(settings.HOME), shelf.OF_NUMBERS), shelf.one_at_a_time(folder):
        number = 1 + max(backups.newest_number(), shelf.newest(folder, vault))
        taken = take(desk, number=number, recipients=recipients)
        shelf.keep(folder, vault, number, {Which.DATA: taken.data, Which.KEYS: taken.keys})
        note_backup(desk, taken=taken)
        shelf.drop_old_keys(folder, vault)
    return number


@action
def note_backup(desk: Desk, *, taken: Taken) -> int:
    """A backup was written."""
    digests = {f"{name}_digest": sha256(getattr(taken, name)).digest() for name in ("data", "keys")}
    models.Backup.objects.create(number=taken.number, taken_ms=desk.now, seq=taken.seq, **digests)
    record(desk, BackupWritten(number=taken.number))
    return taken.number


@action
def note_restored(desk: Desk, *, number: int) -> int:
    """This database was brought back from a backup."""
    record(desk, BackupRestored(number=number))
    return number
