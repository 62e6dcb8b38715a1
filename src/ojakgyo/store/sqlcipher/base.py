"""Django's SQLite backend with every page of the file encrypted, one small pool, and no key in settings or logs."""

import datetime
import decimal
from collections.abc import Iterable, Mapping, Sequence
from itertools import tee
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3._functions import register as register_functions
from django.db.backends.sqlite3.features import DatabaseFeatures as StockFeatures
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812 - Django calls it so

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher.creation import DatabaseCreation
from ojakgyo.store.sqlcipher.pool import pool

# Adapters, converters and the cursor belong to a driver module: what Django registers for sqlite3, again for ours.
Database.register_converter("bool", b"1".__eq__)
for _kind, _parse in {
    "date": parse_date,
    "time": parse_time,
    "datetime": parse_datetime,
    "timestamp": parse_datetime,
}.items():
    Database.register_converter(_kind, stock.decoder(_parse))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, stock.adapt_date)
Database.register_adapter(datetime.datetime, stock.adapt_datetime)

PRAGMAS: Final = {
    "temp_store": "MEMORY",  # FILE would write plaintext
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "recursive_triggers": "ON",  # else REPLACE deletes past the chronicle's guards
    "secure_delete": "ON",
    "foreign_keys": "ON",
    "legacy_alter_table": "OFF",
    "cell_size_check": "ON",
}
ASSERTED: Final = {"temp_store": 2, "journal_mode": "wal", "synchronous": 2, "recursive_triggers": 1}


class Cursor(Database.Cursor):  # type: ignore[misc]
    """Django's cursor ("%s" to "?"), on our driver."""

    convert_query = stock.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> "Cursor":
        if params is None:
            return super().execute(query)  # type: ignore[no-any-return]
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(self.convert_query(query, param_names=names), params)  # type: ignore[no-any-return]

    def executemany(self, query: str, param_list: Iterable[Any]) -> "Cursor":
        peekable, rows = tee(iter(param_list))
        first = next(peekable, None)
        names = list(first) if first and isinstance(first, Mapping) else None
        return super().executemany(self.convert_query(query, param_names=names), rows)  # type: ignore[no-any-return]


class DatabaseFeatures(StockFeatures):
    can_alter_table_drop_column = True  # the stock attribute looks at the stdlib's SQLite, not at ours
    max_query_params = 250_000  # ours is built with SQLITE_MAX_VARIABLE_NUMBER=250000


class DatabaseWrapper(stock.DatabaseWrapper):
    """OPTIONS: `pool` idle connections kept, `cache_kib` page cache a connection; transactions are IMMEDIATE."""

    display_name = "SQLCipher"
    Database = Database
    features_class = DatabaseFeatures
    creation_class = DatabaseCreation

    def get_connection_params(self) -> dict[str, Any]:
        params = {"transaction_mode": "IMMEDIATE", "pool": 8, "cache_kib": 64_000, **super().get_connection_params()}
        self.transaction_mode: str = self.transaction_mode or params["transaction_mode"]
        self.pool_size, self.cache_kib = params.pop("pool"), params.pop("cache_kib")
        del params["transaction_mode"]
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.pool_round = pool.round
        try:
            statement = keyholder.opening_statement()
        except NotHeld as sealed:
            raise Database.OperationalError("sealed: this process holds no database key") from sealed
        return pool.take(conn_params["database"]) or self._open(conn_params, statement)

    def _open(self, conn_params: dict[str, Any], statement: str) -> Any:
        connection = Database.connect(**conn_params)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # or a wrong key talks on stderr
            connection.execute(statement)
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        register_functions(connection)
        for command in filter(None, map(str.strip, self.init_commands)):  # type: ignore[attr-defined]
            connection.execute(command)
        return connection

    def _prepare(self, connection: Any) -> None:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except Database.OperationalError:
            raise  # locked, or no such folder: says itself what is wrong
        except Database.DatabaseError as error:
            raise Damaged("vault.database_damaged") from error
        for name, value in {**PRAGMAS, "cache_size": -self.cache_kib}.items():
            connection.execute(f"PRAGMA {name} = {value}")
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ASSERTED}
        if found != ASSERTED or not connection.execute("PRAGMA cipher_version").fetchone():
            raise ImproperlyConfigured(
                f"the database would write plaintext, lose commits, or is not SQLCipher: {found}"
            )

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def _close(self) -> None:
        if self.connection is not None:
            with self.wrap_database_errors:
                file = self.get_connection_params()["database"]
                pool.give(file, self.connection, size=self.pool_size, since=self.pool_round)
