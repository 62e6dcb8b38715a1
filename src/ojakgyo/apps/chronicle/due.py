"""Put something on the list of due things, move it, take it off. Inside the transaction of what makes it due."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db import connection

from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.domain.values.instants import Instant
from ojakgyo.store import bulk


def put(kind: str, *, key: str, about: int, due: Instant) -> None:
    """Make `about` due at an instant; the same key again moves it, unless it has been done."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT, (key, kind, about, due))


_PUT: Final = """INSERT INTO chronicle_due (key, kind, about, due_ms, run_id, leased_until_ms, tries, state)
VALUES (%s, %s, %s, %s, 0, 0, 0, 'waiting')
ON CONFLICT (key) DO UPDATE SET due_ms = excluded.due_ms WHERE state = 'waiting'"""


def line(kind: str, *, key: str, about: int, due: Instant) -> Due:
    """Something due, to be put on the list with others."""
    return Due(key=key, kind=kind, about=about, due_ms=due)


def put_new(lines: Sequence[Due]) -> None:
    """Put many on the list at once, whose keys have never stood there."""
    columns = ("key", "kind", "about", "due_ms", "run_id", "leased_until_ms", "tries", "state")
    rows = [(each.key, each.kind, each.about, each.due_ms, 0, 0, 0, DueState.WAITING.value) for each in lines]
    bulk.insert(Due, columns, rows)


def again(key: str, *, due: Instant) -> None:
    """Put something back that was claimed just now and could not be judged yet."""
    Due.objects.filter(key=key).update(state=DueState.WAITING, due_ms=due)


def waits(key: str) -> bool:
    """Whether this is still to be done, and not set aside after too many failures."""
    return Due.objects.filter(key=key, state=DueState.WAITING).exists()


def when(kind: str, *, about: Collection[int]) -> dict[int, Instant]:
    """What of this kind waits, and until when."""
    rows = Due.objects.filter(kind=kind, about__in=about, state=DueState.WAITING)
    return {each: Instant(due) for each, due in rows.values_list("about", "due_ms")}


def drop(key: str) -> None:
    Due.objects.filter(key=key, state=DueState.WAITING).update(state=DueState.DROPPED)


def drop_all(kind: str, *, about: Collection[int]) -> None:
    """Take many off that concern nothing any more, without a trace."""
    Due.objects.filter(kind=kind, about__in=about, state=DueState.WAITING).delete()
