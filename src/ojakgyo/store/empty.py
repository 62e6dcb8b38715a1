"""The empty database, laid out at once as all migrations would leave it: to run them one after the other takes seconds.

`empty.sql` is written from them by `tests/house/empty_database.py`; a migration it does not know yet runs afterwards.
"""

from pathlib import Path
from typing import Final

from django.db import connection, transaction

FILE: Final = Path(__file__).with_name("empty.sql")
BETWEEN: Final = ";\n\n"
"""Stands between two statements, and inside none."""


def lay_out() -> bool:
    """Lay an empty database out, wholly or not at all; False, and nothing done, where anything stands in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master")
        if cursor.fetchone()[0]:
            return False
        with transaction.atomic():
            for statement in FILE.read_text(encoding="utf-8").split(BETWEEN):
                cursor.execute(statement)
    return True
