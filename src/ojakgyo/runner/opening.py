"""Opening a vault: its database put under the present key and brought up to date, its guards and anchor compared."""

import dataclasses
import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from ojakgyo.apps.chronicle import guards, inbox, seen
from ojakgyo.apps.vault import queries, ways
from ojakgyo.domain import desk as desks
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.runner import rotation
from ojakgyo.store import empty, keyholder, rekeying
from ojakgyo.store.sqlcipher.pool import pool

log = logging.getLogger("ojakgyo.opening")


@rekeying.full_is_refused()
def open_vault(ring: Ring, *, opener: OfficerKeys | None = None) -> None:
    """From the ring to a database that may be worked with; whatever does not hold is raised, and the vault sealed again.

    `opener`: whose own password it was; who may not sit down any more opens nothing, and is told no more than a stranger.
    """
    if settings.DEBUG:  # its pages of failures print what a function had in hand
        raise Refused("vault.debug_on")
    try:
        _look_first(ring, opener)
        unlock(ring)
        bring_up_to_date()
        if not settings.OJAK_DEMO:  # whose clock a command leaves as it is
            catch_up_clock()
        ways.check(ring)
        admit(opener)
        if ring.before.get("audit"):  # its key is forgotten next, and the anchor stands under it
            ways.keep_anchor(ring, settings.CLOCK.now())
        keyholder.unseal(rotation.finish(desks.house(settings.CLOCK.now(), ring)))
    except BaseException:
        keyholder.seal()
        raise


def _look_first(ring: Ring, opener: OfficerKeys | None) -> None:
    """What would be refused is refused while nothing is changed yet, as far as the schema lets it be asked.

    The database still lies as it was left, under an earlier key perhaps.
    """
    key = rekeying.lies_under(Path(settings.DATABASES["default"]["NAME"]), ring)
    if key is None:  # a new vault; or under none of our keys, which `unlock` says
        return
    keyholder.unseal(dataclasses.replace(ring, db=key))
    try:
        missing = {(each.app_label, each.name) for each, _ in _missing(MigrationExecutor(connection))}
        if ("chronicle", "0001_initial") not in missing:
            ways.check(ring)
        if not any(app == "vault" for app, _ in missing):
            admit(opener)
    finally:
        connections.close_all()
        keyholder.seal()


def unlock(ring: Ring) -> None:
    """The database under the present key, and the ring in hand."""
    rekeying.settle(Path(settings.DATABASES["default"]["NAME"]), ring)
    keyholder.unseal(ring)


def admit(opener: OfficerKeys | None) -> None:
    """An opener who was suspended or removed meanwhile, or lost the role: ``Refused``."""
    if opener is not None and opener.officer not in queries.active_with(OfficerRole.OPENER):
        raise Refused("vault.wrong_passphrase")


def bring_up_to_date() -> int:
    """Run what migrations are missing, after copying the encrypted file; returns how many there were.

    An empty database is laid out as they leave it.
    """
    laid_out = empty.lay_out()
    executor = MigrationExecutor(connection)
    missing = _missing(executor)
    if missing and executor.loader.applied_migrations and not laid_out:
        _copy(Path(settings.DATABASES["default"]["NAME"]))
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
        log.info("migrated %d", len(missing))
    guards.check()
    connections.close_all()
    return len(missing)


def _missing(executor: MigrationExecutor) -> list[tuple[Migration, bool]]:
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def catch_up_clock() -> None:
    """No clock goes back behind what was lived through: a practice world's, which had run ahead, nor the machine's."""
    reached = max(inbox.last_recorded(), seen.last())
    if settings.OJAK_DEMO:
        settings.CLOCK.advance_to(reached)
    else:
        settings.CLOCK.never_before(reached)


def _copy(file: Path) -> None:
    """Keep the file as it was, beside it; its WAL is folded in by the last close."""
    connections.close_all()
    pool.drain()
    if file.exists() and file.stat().st_size:
        shutil.copyfile(file, file.with_suffix(".db.before"))
        file.with_suffix(".db.before").chmod(0o600)
