"""The database: encrypted whole, opened with the pragmas it must have, shut the moment the vault is sealed."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.db import DatabaseError, OperationalError, connection, connections

from ojakgyo.apps.chronicle.models import Bookmark
from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.store import columns, keyholder, whole
from ojakgyo.store.sqlcipher import base
from ojakgyo.store.sqlcipher.pool import pool


@pytest.fixture
def ring():
    return keyholder.ring()


@pytest.fixture
def row(database):
    return Bookmark.objects.create(reader="tests.reader", seq=7)


def value(pragma: str):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {pragma}").fetchone()[0]


def fold_in() -> None:
    """Close everything, so that all is in one file."""
    connections.close_all()
    pool.drain()


def test_the_file_does_not_say_what_it_is(row, database):
    fold_in()
    written = database.read_bytes()
    assert written[:16] != b"SQLite format 3\0"
    assert b"tests.reader" not in written
    assert b"CREATE TABLE" not in written


def test_the_journal_is_encrypted_too(row, database):
    journal = database.with_name(database.name + "-wal").read_bytes()
    assert len(journal) > 1_000
    assert b"tests.reader" not in journal


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("synchronous", 2), ("temp_store", 2), ("recursive_triggers", 1), ("secure_delete", 1),
     ("foreign_keys", 1), ("cell_size_check", 1)],
)  # fmt: skip
def test_every_connection_opens_with_what_it_must_have(database, pragma, expected):
    assert value(pragma) == expected


@pytest.mark.parametrize("pragma", ["synchronous", "temp_store", "recursive_triggers", "journal_mode"])
def test_a_connection_that_would_not_hold_is_not_opened(database, monkeypatch, pragma):
    fold_in()
    weaker = {**base.PRAGMAS, pragma: "DELETE" if pragma == "journal_mode" else "0"}
    monkeypatch.setattr(base, "PRAGMAS", weaker)
    with pytest.raises(Exception, match="would write plaintext"):
        connection.ensure_connection()


def test_transactions_take_the_write_lock_at_once(database):
    assert connection.get_connection_params() is not None
    assert connection.transaction_mode == "IMMEDIATE"


def test_another_key_is_damage_not_an_empty_database(row, ring):
    fold_in()
    keyholder.unseal(type(ring)(**{name: bytes(32) for name in ("db", "sys", "lines", "cards", "transit", "audit")}))
    try:
        with pytest.raises(Damaged) as damaged:
            Bookmark.objects.count()
    finally:
        keyholder.unseal(ring)
    assert damaged.value.code == "vault.database_damaged"


def test_a_changed_page_is_found(row, database):
    fold_in()
    whole.check()
    fold_in()
    written = bytearray(database.read_bytes())
    written[len(written) // 2] ^= 1
    database.write_bytes(written)
    with pytest.raises(Damaged):
        whole.check()


def test_sealing_drops_the_ring_and_every_connection(row, ring):
    connection.close()
    keyholder.seal()
    try:
        assert not keyholder.is_unsealed()
        with pytest.raises(NotHeld):
            keyholder.ring()
        with pytest.raises(OperationalError, match="sealed"):
            Bookmark.objects.count()
    finally:
        keyholder.unseal(ring)
    assert Bookmark.objects.get().seq == 7


def test_a_connection_in_use_while_the_vault_is_sealed_does_not_come_back_to_the_pool(database, ring):
    connection.ensure_connection()
    held = connection.connection
    keyholder.seal()
    connection.close()
    keyholder.unseal(ring)
    with pytest.raises(base.Database.ProgrammingError):
        held.execute("SELECT 1")


def test_threads_share_a_small_pool(row):
    def count() -> int:
        try:
            return Bookmark.objects.count()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: count(), range(40))) == [1] * 40
    assert sum(map(len, pool._idle.values())) <= 8


def test_a_transaction_left_open_is_rolled_back_before_anybody_else_gets_the_connection(row):
    connection.ensure_connection()
    connection.connection.execute("BEGIN IMMEDIATE")
    connection.connection.execute("UPDATE chronicle_bookmark SET seq = 99")
    connection.close()
    assert Bookmark.objects.get().seq == 7


def test_no_sealed_desk_hands_out_a_statement_with_the_key(database, ring):
    assert ring.db.hex() in keyholder.opening_statement()
    keyholder.seal()
    try:
        with pytest.raises(NotHeld):
            keyholder.opening_statement()
    finally:
        keyholder.unseal(ring)


def test_columns_come_as_arrays_in_the_order_of_the_rows(database):
    for seq in (5, 1, 3):
        Bookmark.objects.create(reader=f"tests.{seq}", seq=seq)
    found = columns.columns(Bookmark.objects.order_by("-seq"), seq="int64", reader="object")
    assert found["seq"].dtype == np.int64
    assert found["seq"].tolist() == [5, 3, 1]
    assert found["reader"].tolist() == ["tests.5", "tests.3", "tests.1"]


def test_columns_of_no_rows_are_empty_arrays(database):
    assert columns.columns(Bookmark.objects.all(), seq="int64")["seq"].shape == (0,)


def test_a_constraint_of_the_database_holds(row):
    with pytest.raises(DatabaseError):
        Bookmark.objects.create(reader="tests.reader", seq=8)
