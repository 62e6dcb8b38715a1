"""The encrypted database as a plain SQLite file in memory, and back: what anybody's `sqlite3` reads of a backup.

Row by row between two connections, and never a plain file: `ATTACH` of a descriptor's path would write one into the root
directory, and `sqlcipher_export` needs a path too.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from django.db import connection
from sqlcipher3 import dbapi2 as sqlcipher

from ojakgyo.domain.errors import Damaged

CHUNK: Final = 1_000
COUNTER: Final = "sqlite_sequence"
Connection = Any  # sqlcipher3 ships no types
Blanked = Mapping[str, Collection[str]]
"""Table -> its columns that are left empty."""


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is read inside is of one and the same moment, while others go on writing."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        raw.execute("ROLLBACK")


def taken(
    *, without: Collection[str] = (), only: Collection[str] | None = None, blanked: Blanked | None = None
) -> bytes:
    """The open database as a plain file. Inside `one_moment`, if two are to agree.

    without : tables whose rows are left out; only : the tables that are taken at all, None = every one.
    """
    connection.ensure_connection()
    with _memory() as plain:
        held = [name for name in tables(connection.connection) if only is None or name in only]
        _copied(connection.connection, plain, held, without=without, blanked=blanked or {})
        plain.commit()
        return plain.serialize()


def encrypted(plain: bytes, file: Path, key: bytes) -> None:
    """Write a plain copy as a new encrypted database, under 32 bytes of key, with its indexes and triggers."""
    with _memory(plain) as source, _cipher(file, key) as target:
        _copied(source, target, tables(source))
        target.commit()


def replace(plain: bytes, file: Path, key: bytes) -> None:
    """Put the rows of a plain copy in the place of an encrypted database's own, table by table.

    A row of theirs that points at what the database does not have is left out: it is about something newer.
    """
    with _memory(plain) as source, _cipher(file, key) as target:
        for name in tables(source):
            target.execute(f'DELETE FROM "{name}"')
            _rows(source, target, name)
        while loose := target.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, *_ in loose:
                if table not in tables(source):
                    raise Damaged("vault.backup_damaged")
                target.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
        target.commit()


def erase(file: Path, key: bytes, *, column: str, ids: Collection[int], names: Sequence[str]) -> None:
    """Delete the rows of these tables that are about one of these ids."""
    with _cipher(file, key) as target:
        for name in set(names) & set(tables(target)):
            target.executemany(f'DELETE FROM "{name}" WHERE "{column}" = ?', [(id,) for id in ids])
        target.commit()


def tables(of: Connection) -> list[str]:
    """Every table, in the order in which they were made; SQLite's own counter last."""
    found = of.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    return sorted((name for (name,) in found), key=lambda name: name == COUNTER)


@contextmanager
def _memory(plain: bytes | None = None) -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:")
    made.execute("PRAGMA temp_store = MEMORY")  # or sorting for a large index spills plain rows into a file
    try:
        if plain is not None:
            made.deserialize(plain)
        yield made
    finally:
        made.close()


@contextmanager
def _cipher(file: Path, key: bytes) -> Iterator[Connection]:
    made = sqlcipher.connect(str(file))
    try:
        made.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        made.execute("PRAGMA temp_store = MEMORY")
        made.execute("PRAGMA secure_delete = ON")
        yield made
    finally:
        made.close()


def _copied(
    source: Connection,
    target: Connection,
    names: Collection[str],
    *,
    without: Collection[str] = (),
    blanked: Blanked = MappingProxyType({}),
) -> None:
    """Tables, their rows, their indexes; the triggers last, which refuse what has just been done."""
    _objects(source, target, names, kind="table")
    for name in names:
        if name == COUNTER:
            target.execute(f"DELETE FROM {COUNTER}")  # the rows before have counted already
        if name not in without:
            _rows(source, target, name, blank=blanked.get(name, ()))
    for kind in ("index", "trigger"):
        _objects(source, target, names, kind=kind)


def _objects(source: Connection, target: Connection, names: Collection[str], *, kind: str) -> None:
    order = "SELECT tbl_name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL ORDER BY rowid"
    for table, statement in source.execute(order, (kind,)).fetchall():
        if table in names and table != COUNTER:
            target.execute(statement)


def _rows(source: Connection, target: Connection, name: str, *, blank: Collection[str] = ()) -> None:
    """As SQLite holds them: an expression (`+column`) has no declared type, so no driver makes a bool or a date of it."""
    columns = [row[1] for row in source.execute(f'PRAGMA table_info("{name}")').fetchall()]
    read = ", ".join("x''" if column in blank else f'+"{column}"' for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    rows = source.execute(f'SELECT {read} FROM "{name}"')
    order = f'INSERT INTO "{name}" ({named}) VALUES ({", ".join("?" * len(columns))})'
    while some := rows.fetchmany(CHUNK):
        target.executemany(order, some)
