"""Opening the database of an unsealed vault: brought up to date after a copy, its guards compared, its clock not behind."""

import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from ojakgyo.apps.chronicle import guards, inbox
from ojakgyo.store.sqlcipher.pool import pool

log = logging.getLogger("ojakgyo.opening")


def bring_up_to_date() -> int:
    """Run what migrations are missing, after copying the encrypted file; returns how many there were."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing and executor.loader.applied_migrations:
        _copy(Path(settings.DATABASES["default"]["NAME"]))
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
        log.info("migrated %d", len(missing))
    guards.check()
    connections.close_all()
    return len(missing)


def catch_up_clock() -> None:
    """A practice world's clock goes on from its last fact, however far it had run ahead."""
    if settings.OJAK_DEMO:
        settings.CLOCK.advance_to(inbox.last_recorded())


def _copy(file: Path) -> None:
    """Keep the file as it was, beside it; its WAL is folded in by the last close."""
    connections.close_all()
    pool.drain()
    if file.exists() and file.stat().st_size:
        shutil.copyfile(file, file.with_suffix(".db.before"))
        file.with_suffix(".db.before").chmod(0o600)
