"""The encrypted database as a plain one and back: row for row, of one moment, and no plain file on the way."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections
from needs import missing
from sqlcipher3 import dbapi2 as sqlcipher
from world import night, night_kept, well

from ojakgyo.apps.chronicle import guards
from ojakgyo.apps.chronicle.models import Entry, Head
from ojakgyo.domain.errors import Damaged
from ojakgyo.store import plain_copy

__all__ = ["night", "night_kept"]
KEY = bytes(range(32))


def opened(plain):
    made = sqlite3.connect(":memory:")
    made.deserialize(plain)
    return made


def unlocked(file, key=KEY):
    made = sqlcipher.connect(str(file))
    made.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return made


def rows(of, name):
    columns = [row[1] for row in of.execute(f'PRAGMA table_info("{name}")')]
    read = ", ".join(f'+"{column}"' for column in columns)
    return sorted(map(repr, of.execute(f'SELECT {read} FROM "{name}"').fetchall()))


def schema(of):
    return sorted(of.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())


def test_a_plain_copy_has_every_row_index_and_trigger_as_it_is(night):
    plain = opened(plain_copy.taken())
    raw = connection.connection
    assert schema(plain) == schema(raw)
    assert plain_copy.tables(plain) == plain_copy.tables(raw)
    for name in plain_copy.tables(raw):
        assert rows(plain, name) == rows(raw, name), name
    plain.close()


def test_a_plain_copy_made_encrypted_again_is_the_same_database(night, tmp_path):
    file = tmp_path / "again.db"
    plain_copy.encrypted(plain_copy.taken(), file, KEY)
    again, raw = unlocked(file), connection.connection
    assert schema(again) == schema(raw)
    for name in plain_copy.tables(raw):
        assert rows(again, name) == rows(raw, name), name
    again.close()
    assert b"SQLite format 3" not in file.read_bytes()


def test_the_guards_of_the_chronicle_stand_in_the_copy(night, tmp_path):
    plain_copy.encrypted(plain_copy.taken(), tmp_path / "again.db", KEY)
    again = unlocked(tmp_path / "again.db")
    assert dict(again.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")) == guards.TRIGGERS
    with pytest.raises(sqlcipher.IntegrityError):
        again.execute("DELETE FROM chronicle_entry")
    again.close()


def test_what_is_left_out_is_empty_and_what_is_blanked_is_blank(night):
    plain = opened(plain_copy.taken(without=["vault_grant"], blanked={"vault_officer": ["bundle"]}))
    assert rows(plain, "vault_grant") == []
    assert {tuple(row) for row in plain.execute("SELECT bundle FROM vault_officer")} == {(b"",)}
    assert plain.execute("SELECT count(*) FROM vault_officer").fetchone() == (4,)
    plain.close()


def test_only_what_was_asked_for_is_there(night):
    plain = opened(plain_copy.taken(only=["vault_cell", "vault_grant"]))
    assert set(plain_copy.tables(plain)) - {"sqlite_sequence"} == {"vault_cell", "vault_grant"}
    plain.close()


def test_two_copies_inside_one_moment_agree_though_others_go_on_writing(night):
    with plain_copy.one_moment():
        before = Head.objects.get().seq
        other = threading.Thread(target=write_elsewhere, args=(night,))
        other.start()
        other.join()
        plain = opened(plain_copy.taken(only=["chronicle_entry", "chronicle_head"]))
        assert plain.execute("SELECT max(seq) FROM chronicle_entry").fetchone() == (before,)
        assert plain.execute("SELECT seq FROM chronicle_head").fetchone() == (before,)
        plain.close()
    assert Entry.objects.count() > before


def write_elsewhere(night):
    night.hears("Beodeul", well)
    connections.close_all()


def test_newer_rows_take_the_place_of_older_ones_and_what_points_at_nothing_stays_out(night, tmp_path):
    file = tmp_path / "again.db"
    plain_copy.encrypted(plain_copy.taken(), file, KEY)
    newer = opened(plain_copy.taken(only=["vault_grant"]))
    first, second, third, *_ = [id for (id,) in newer.execute("SELECT id FROM vault_grant ORDER BY id")]
    newer.execute("DELETE FROM vault_grant WHERE id > ?", (third,))
    newer.execute("UPDATE vault_grant SET officer_id = 12345 WHERE id = ?", (third,))
    newer.commit()
    plain_copy.replace(newer.serialize(), file, KEY)
    newer.close()
    again = unlocked(file)
    assert [row[0] for row in again.execute("SELECT id FROM vault_grant ORDER BY id")] == [first, second]
    again.close()


def test_a_row_elsewhere_that_would_point_at_nothing_is_damage_and_changes_nothing(night, tmp_path):
    file = tmp_path / "again.db"
    plain_copy.encrypted(plain_copy.taken(), file, KEY)
    newer = opened(plain_copy.taken(only=["vault_officer"]))
    newer.execute("DELETE FROM vault_officer")
    newer.commit()
    with pytest.raises(Damaged, match=r"vault\.backup_damaged"):
        plain_copy.replace(newer.serialize(), file, KEY)
    newer.close()
    again = unlocked(file)
    assert again.execute("SELECT count(*) FROM vault_officer").fetchone() == (4,)
    again.close()


ENCRYPTS = """
import sys
from pathlib import Path
from ojakgyo.store import plain_copy
plain_copy.encrypted(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]), bytes(range(32)))
"""


def test_no_plain_page_is_written_while_a_copy_is_made_encrypted(night, tmp_path):
    """Every write of the process is looked at; the canary stands in the first page of every plain copy."""
    if not shutil.which("strace"):
        missing("strace")
    plain, script, seen = tmp_path / "plain", tmp_path / "encrypts.py", tmp_path / "seen"
    plain.write_bytes(plain_copy.taken())
    script.write_text(ENCRYPTS)
    calls = "trace=write,pwrite64,writev,pwritev,openat"
    follow = ["strace", "-f", "-qq", "-s", "100000", "-e", calls, "-o", seen]
    source = str(Path(plain_copy.__file__).parents[2])
    run = [*follow, sys.executable, script, plain, tmp_path / "again.db"]
    subprocess.run(run, check=True, env={"PYTHONPATH": source})
    written = [line for line in seen.read_text(errors="replace").splitlines() if "write" in line]
    assert len(written) > 50
    assert b"CREATE TABLE" in plain.read_bytes()
    assert not [line for line in written if "CREATE TABLE" in line or "SQLite format" in line]
