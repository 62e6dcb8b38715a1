"""A database under a new key: whole under the one or under the other, and the old key opens it no more."""

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing.ring import KEYS, Ring
from ojakgyo.store import rekeying

OLD, NEW = bytes([1]) * 32, bytes([2]) * 32


def ring(db: bytes, *before: bytes) -> Ring:
    return Ring(**dict.fromkeys(KEYS, bytes(32)) | {"db": db}, before={"db": before} if before else {})


def connected(file, key: bytes):
    connection = sqlcipher.connect(str(file))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "vault.db"
    connection = connected(file, OLD)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE said (word TEXT)")
    connection.executemany("INSERT INTO said VALUES (?)", [(f"word {n}",) for n in range(2_000)])
    connection.commit()
    connection.close()
    return file


def words(file, key: bytes) -> int:
    connection = connected(file, key)
    try:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        return connection.execute("SELECT count(*) FROM said").fetchone()[0]
    finally:
        connection.close()


def test_everything_lies_under_the_new_key_and_nothing_under_the_old(file):
    assert rekeying.settle(file, ring(NEW, OLD))
    assert words(file, NEW) == 2_000
    with pytest.raises(sqlcipher.DatabaseError):
        words(file, OLD)
    assert [each.name for each in file.parent.iterdir()] == ["vault.db"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_to_do_is_nothing_done(file):
    before = file.read_bytes()
    assert not rekeying.settle(file, ring(OLD))
    assert not rekeying.settle(file, ring(OLD, NEW))
    assert file.read_bytes() == before


def test_an_earlier_key_of_several_is_found(file):
    assert rekeying.settle(file, ring(NEW, bytes([3]) * 32, OLD))
    assert words(file, NEW) == 2_000


def test_a_copy_left_by_a_crash_is_thrown_away_and_made_again(file, monkeypatch):
    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rekeying, "_synced", crash)
        with pytest.raises(KeyboardInterrupt):
            rekeying.settle(file, ring(NEW, OLD))
    assert words(file, OLD) == 2_000
    assert rekeying.settle(file, ring(NEW, OLD))
    assert words(file, NEW) == 2_000


def test_what_stood_in_the_wal_is_there_afterwards(file):
    writer = connected(file, OLD)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("INSERT INTO said VALUES ('late')")
    writer.commit()
    copies = {end: (file.parent / f"vault.db{end}").read_bytes() for end in ("", "-wal")}
    writer.close()
    for end, data in copies.items():  # as a power cut leaves it
        (file.parent / f"vault.db{end}").write_bytes(data)
    assert rekeying.settle(file, ring(NEW, OLD))
    assert words(file, NEW) == 2_001


def test_a_database_under_none_of_the_keys_is_damaged_and_left_as_it_is(file):
    before = file.read_bytes()
    with pytest.raises(Damaged, match=r"vault\.database_damaged"):
        rekeying.settle(file, ring(NEW, bytes([9]) * 32))
    assert file.read_bytes() == before


def test_the_copy_from_before_a_migration_goes_with_the_old_key(file):
    (file.parent / "vault.db.before").write_bytes(b"under the old key")
    rekeying.settle(file, ring(NEW, OLD))
    assert not (file.parent / "vault.db.before").exists()
