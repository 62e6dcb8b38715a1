"""A vault that was laid out from a backup, opened for the first time: brought up to date, verified, and written down."""

from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from ojakgyo.apps.chronicle import audit, guards
from ojakgyo.apps.contact.forgetting import forget_again
from ojakgyo.apps.vault import ways
from ojakgyo.apps.vault.actions.backups import note_restored
from ojakgyo.apps.vault.backup import laying_out
from ojakgyo.apps.vault.backup.bringing import Brought
from ojakgyo.apps.vault.backup.taking import schema
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.runner import opening
from ojakgyo.store import keyholder, whole
from ojakgyo.store.sqlcipher.pool import pool


def first_opening(brought: Brought) -> None:
    """Django is set up for the folder it lies in. Whatever does not hold is raised, and the caller throws the folder away."""
    keyholder.unseal(brought.ring)
    try:
        if set(brought.about.schema) - set(known()):
            raise Refused("vault.backup_version")
        _chain(brought)
        opening.bring_up_to_date()
        _late_keys(brought)
        whole.check()
        opening.catch_up_clock()
        if brought.erased_since:
            forget_again(command_desk(), persons=brought.erased_since)
        note_restored(command_desk(), number=brought.about.number)
        ways.keep_anchor(brought.ring, settings.CLOCK.now())
    finally:
        _close()
        keyholder.seal()


def known() -> tuple[str, ...]:
    """Every migration of this version."""
    return tuple(f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations)


def _chain(brought: Brought) -> None:
    """It must hold from the first fact to the very one that the manifest names."""
    guards.check()
    audit.verify()
    if audit.head() != (brought.about.seq, brought.about.head):
        raise Damaged("vault.backup_damaged", number=brought.about.number)


def _late_keys(brought: Brought) -> None:
    """Keys that stand on a newer schema than the data are put in once the data stands on it too."""
    if brought.keys.manifest.schema == brought.about.schema:
        return
    if brought.keys.manifest.schema != schema():
        raise Refused("vault.backup_version")
    _close()
    laying_out.put_keys(brought, Path(settings.HOME))


def _close() -> None:
    connections.close_all()
    pool.drain()
