"""The triggers that keep the chronicle: compared with this list at every start."""

from typing import Final

from django.db import connection

from ojakgyo.domain.errors import Damaged

TRIGGERS: Final = {
    "entry_stays": """CREATE TRIGGER entry_stays BEFORE UPDATE ON chronicle_entry
WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND NEW.seq IS OLD.seq AND NEW.kind IS OLD.kind AND NEW.v IS OLD.v
  AND NEW.actor IS OLD.actor AND NEW.recorded_ms IS OLD.recorded_ms AND NEW.inner IS OLD.inner AND NEW.hash IS OLD.hash)
BEGIN SELECT RAISE(ABORT, 'the chronicle is never changed'); END""",
    "entry_is_kept": """CREATE TRIGGER entry_is_kept BEFORE DELETE ON chronicle_entry
BEGIN SELECT RAISE(ABORT, 'the chronicle is never shortened'); END""",
}


def check() -> None:
    """`Damaged` when a guard is missing, changed, or another trigger stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        if dict(cursor.fetchall()) != TRIGGERS:
            raise Damaged("chronicle.triggers")
