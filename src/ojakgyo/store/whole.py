"""Is every page of the database what was written? Each page carries a tag of its own under the database key."""

from django.db import DatabaseError, connection

from ojakgyo.domain.errors import Damaged


def check() -> None:
    """`Damaged` where a page does not hold its tag, or the pages do not fit together."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cipher_integrity_check")
            torn = cursor.fetchall()
            cursor.execute("PRAGMA integrity_check")
            loose = cursor.fetchall()
    except DatabaseError as error:
        raise Damaged("vault.database_damaged") from error
    if torn or loose != [("ok",)]:
        raise Damaged("vault.database_damaged")
