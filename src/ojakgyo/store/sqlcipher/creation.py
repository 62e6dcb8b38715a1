"""Test databases: encrypted files like the real one, one for each worker."""

from pathlib import Path

from django.db.backends.sqlite3.creation import DatabaseCreation as StockCreation

from ojakgyo.store.sqlcipher.pool import pool


class DatabaseCreation(StockCreation):
    """WAL must be folded in before a file is copied, and its side files removed with it."""

    def _get_test_db_name(self) -> str:
        settings = self.connection.settings_dict
        return settings["TEST"]["NAME"] or str(Path(settings["NAME"]).with_name(f"test_{Path(settings['NAME']).name}"))

    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        self.connection.close()
        pool.drain()  # the last close of a file folds its WAL in
        super()._clone_test_db(suffix, verbosity, keepdb)  # type: ignore[misc]

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        pool.drain()
        for end in ("", "-wal", "-shm"):
            Path(f"{test_database_name}{end}").unlink(missing_ok=True)
