"""src/ojakgyo/store/empty.sql: the empty database as the migrations leave it.

python tests/house/empty_database.py            whether it is behind the migrations
python tests/house/empty_database.py --write    writes it from them, after a migration was added
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

import practice_vault  # first: it sets Django up
from django.core.management import call_command
from django.db import connection, connections

from ojakgyo.store import empty
from ojakgyo.store.sqlcipher.pool import pool

RENEW: Final = "behind the migrations: python tests/house/empty_database.py --write"
LEFT: Final = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid"
WHEN: Final = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
"""A migration counts as done when the database is laid out."""


def migrated(file: Path) -> None:
    """Every migration from the first, on a new file; it is the one in use then."""
    practice_vault.use(file)
    call_command("migrate", verbosity=0, interactive=False)


def asked(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as SQL writes it, in its order; when a migration was done is left out."""
    tables = [name for kind, name, *_ in asked(LEFT) if kind == "table"]
    return {table: asked(f'SELECT {", ".join(_quoted(table))} FROM "{table}" ORDER BY rowid') for table in tables}


def _columns(table: str) -> list[str]:
    return [name for _, name, *_ in asked(f'PRAGMA table_info("{table}")')]


def _quoted(table: str) -> list[str]:
    at = {("django_migrations", "applied"): "'when'"}
    return [at.get((table, column), f'quote("{column}")') for column in _columns(table)]


def statements() -> Iterator[str]:
    """What makes the database in use out of an empty one."""
    yield from (sql for _, name, _, sql in asked(LEFT) if sql and not name.startswith("sqlite_"))
    found = rows()
    found["sqlite_sequence"] = found.pop("sqlite_sequence")  # last: the rows of the others have moved it on
    for table, each in found.items():
        if table == "sqlite_sequence":
            yield "DELETE FROM sqlite_sequence"
        names = ", ".join(f'"{column}"' for column in _columns(table))
        for row in each:
            values = ", ".join(WHEN if value == "when" else value for value in row)
            yield f'INSERT INTO "{table}" ({names}) VALUES ({values})'


def written() -> str:
    told = list(statements())
    if any(empty.BETWEEN in each for each in told):
        raise ValueError("a statement holds what stands between two")
    return empty.BETWEEN.join(told) + "\n"


def _main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        migrated(Path(folder) / "vault.db")
        now = written()
        connections.close_all()
        pool.drain()
    if "--write" in sys.argv:
        empty.FILE.write_text(now, encoding="utf-8")
    elif not empty.FILE.exists() or empty.FILE.read_text(encoding="utf-8") != now:
        print(RENEW)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
