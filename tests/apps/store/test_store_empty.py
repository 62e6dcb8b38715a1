"""The empty database is laid out as the migrations leave it, and by nothing else."""

import practice_vault
import pytest
from django.db import DatabaseError, connection
from house import empty_database

from ojakgyo.runner import opening
from ojakgyo.store import empty


@pytest.fixture
def file(database, tmp_path):
    """A new file, nothing in it, in use; afterwards the worker's own again."""
    practice_vault.use(tmp_path / "new.db")
    return tmp_path / "new.db"


def test_laid_out_at_once_it_is_what_every_migration_leaves(file):
    assert empty.lay_out()
    laid_out = empty_database.asked(empty_database.LEFT), empty_database.rows()
    empty_database.migrated(file.with_name("migrated.db"))
    assert laid_out == (empty_database.asked(empty_database.LEFT), empty_database.rows()), empty_database.RENEW
    assert empty_database.written() == empty.FILE.read_text(encoding="utf-8"), empty_database.RENEW


def test_where_anything_stands_nothing_is_laid_out(file):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE one (id)")
    assert not empty.lay_out()
    assert [name for _, name, *_ in empty_database.asked(empty_database.LEFT)] == ["one"]


def test_broken_off_nothing_of_it_stands(file, monkeypatch, tmp_path):
    monkeypatch.setattr(empty, "FILE", tmp_path / "broken.sql")
    empty.FILE.write_text(f"CREATE TABLE one (id){empty.BETWEEN}CREATE TABLE one (id)\n")
    with pytest.raises(DatabaseError):
        empty.lay_out()
    assert empty_database.asked(empty_database.LEFT) == []


def test_a_migration_it_does_not_know_runs_afterwards_and_no_copy_is_kept(file, monkeypatch, tmp_path):
    known = empty.FILE.read_text(encoding="utf-8").split(empty.BETWEEN)
    told = next(each for each in known if "'watch', '0004_silence_ratio'" in each)
    monkeypatch.setattr(empty, "FILE", tmp_path / "earlier.sql")
    empty.FILE.write_text(empty.BETWEEN.join(each for each in known if each != told))
    ran = []
    monkeypatch.setattr(opening, "call_command", lambda *words, **_: ran.append(words))
    assert opening.bring_up_to_date() == 1
    assert ran == [("migrate",)]
    assert not file.with_suffix(".db.before").exists()
