"""Many rows put in or changed by one prepared statement, without an object for each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

Change = tuple[int, bytes, bytes]
"""Row by its primary key, blob as it was read, blob anew."""


def replace(model: type[models.Model], changes: Iterable[Change], *, column: str, also: Mapping[str, int]) -> int:
    """Set `column` from one blob to another, and the columns of `also`, row by primary key; returns how many changed.

    A row that no longer holds the first blob is left as it is.
    """
    meta: Any = model._meta
    table, key, blob, *others = map(
        connection.ops.quote_name,
        (meta.db_table, meta.pk.column, *(meta.get_field(name).column for name in (column, *also))),
    )
    put = ", ".join(f"{name} = %s" for name in (blob, *others))
    rows: list[Any] = [(after, *also.values(), row, before) for row, before, after in changes]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {put} WHERE {key} = %s AND {blob} = %s", rows)
        return int(cursor.rowcount)


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Put rows in, their values in the order of `columns` as the database keeps them; returns how many."""
    meta: Any = model._meta
    named = ", ".join(connection.ops.quote_name(meta.get_field(name).column) for name in columns)
    places = ", ".join(["%s"] * len(columns))
    held = list(rows)
    if held:
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(meta.db_table)
            cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", held)
    return len(held)
