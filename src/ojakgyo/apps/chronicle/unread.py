"""Who has facts before them: one look into the index for each kind, which costs the same however long the chronicle is."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from django.db import connection

from ojakgyo.apps.chronicle.duties import Duty
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.values.ids import Seq

_LAST: Final = """SELECT max((SELECT max(seq) FROM chronicle_entry WHERE kind = asked.column1))
FROM (VALUES {places}) AS asked"""
_UNREAD: Final = """SELECT DISTINCT asked.column1
FROM (VALUES {places}) AS asked LEFT JOIN chronicle_bookmark AS mark ON mark.reader = asked.column1
WHERE mark.seq IS NULL OR mark.seq < (SELECT max(seq) FROM chronicle_entry WHERE kind = asked.column2)"""


def last_of(kinds: Sequence[type[Fact]]) -> Seq:
    """Number of the newest fact of these kinds, 0 if there is none."""
    if not kinds:
        return Seq(0)
    ((last,),) = _rows(_asking(_LAST, "(%s)", len(kinds)), [kind.kind for kind in kinds])
    return Seq(last or 0)


def unread(readers: Sequence[Duty]) -> set[str]:
    """Names of the readers with a fact before them; a new one has its bookmark still to be set, and is among them."""
    asked = [(duty.name, kind.kind) for duty in readers for kind in duty.kinds]
    if not asked:
        return set()
    return {
        name for (name,) in _rows(_asking(_UNREAD, "(%s, %s)", len(asked)), [each for pair in asked for each in pair])
    }


@cache
def _asking(sql: str, place: str, count: int) -> str:
    return sql.format(places=", ".join([place] * count))


def _rows(sql: str, params: Sequence[str]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
