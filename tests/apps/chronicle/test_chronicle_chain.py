"""The chain: any change of anything written is found, at its place; blanking what a fact said breaks nothing."""

import pytest
from django.db import DatabaseError, connection, transaction

from ojakgyo.apps.chronicle import audit, guards
from ojakgyo.apps.chronicle.models import Entry, Head
from ojakgyo.domain.errors import Damaged


@pytest.fixture
def five(say):
    for run in range(1, 6):
        say(run)


def sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def unguarded(statement: str, *parameters: object) -> None:
    """Change what is written as somebody would who holds the file and its key."""
    for name in guards.TRIGGERS:
        sql(f"DROP TRIGGER {name}")
    sql(statement, *parameters)
    for trigger in guards.TRIGGERS.values():
        sql(trigger)


def test_a_chain_nobody_touched_holds_to_its_last_fact(five):
    assert audit.verify() == 5


def test_an_empty_chain_holds(database):
    assert audit.verify() == 0


CHANGES = {
    "seq": 77,
    "kind": "vault.sealed",
    "v": 2,
    "actor": "officer:1",
    "recorded_ms": 5,
    "salt": b"1" * 16,
    "body": b'{"run":9}',
    "inner": b"2" * 32,
    "hash": b"3" * 32,
}


def test_every_column_of_a_fact_is_changed_below():
    assert set(CHANGES) == {field.column for field in Entry._meta.fields}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_column_is_found_at_its_fact(five, column):
    unguarded(f"UPDATE chronicle_entry SET {column} = %s WHERE seq = 3", CHANGES[column])
    with pytest.raises(Damaged) as damaged:
        audit.verify()
    assert (damaged.value.code, damaged.value.ids) == ("chronicle.damaged", {"seq": 3})


@pytest.mark.parametrize("half", ["salt", "body"])
def test_half_a_blank_is_damage(five, half):
    unguarded(f"UPDATE chronicle_entry SET {half} = NULL WHERE seq = 3")
    with pytest.raises(Damaged):
        audit.verify()


def test_a_body_of_another_fact_is_found(five):
    """Salt and body taken together from a fact that is whole."""
    unguarded(
        "UPDATE chronicle_entry SET (salt, body, inner) ="
        " (SELECT salt, body, inner FROM chronicle_entry WHERE seq = 2) WHERE seq = 4"
    )
    with pytest.raises(Damaged) as damaged:
        audit.verify()
    assert damaged.value.ids == {"seq": 4}


@pytest.mark.parametrize("gone", [1, 3])
def test_a_fact_taken_out_is_found_at_the_gap(five, gone):
    unguarded("DELETE FROM chronicle_entry WHERE seq = %s", gone)
    with pytest.raises(Damaged) as damaged:
        audit.verify()
    assert damaged.value.ids == {"seq": gone}


def test_facts_cut_off_at_the_end_are_missed_by_the_head(five):
    unguarded("DELETE FROM chronicle_entry WHERE seq = 5")
    with pytest.raises(Damaged):
        audit.verify()


def test_a_head_set_back_is_found(five):
    Head.objects.update(seq=4)
    with pytest.raises(Damaged):
        audit.verify()


def test_a_redacted_fact_says_nothing_more_and_the_chain_holds(five):
    with transaction.atomic():
        audit.redact(3)
    row = Entry.objects.get(seq=3)
    assert (row.body, row.salt) == (None, None)
    assert audit.verify() == 5
    assert [each.fields is None for each in audit.since(0)] == [False, False, True, False, False]


def test_a_redacted_fact_is_not_filled_again(five):
    audit.redact(3)
    with pytest.raises(DatabaseError, match="never changed"):
        sql("UPDATE chronicle_entry SET body = '{}', salt = %s WHERE seq = 3", bytes(16))


@pytest.mark.parametrize("column", CHANGES)
def test_the_guards_refuse_a_changed_column(five, column):
    with pytest.raises(DatabaseError, match="never changed"):
        sql(f"UPDATE chronicle_entry SET {column} = %s WHERE seq = 3", CHANGES[column])
    assert audit.verify() == 5


@pytest.mark.parametrize("column", sorted(set(CHANGES) - {"body", "salt"}))
def test_the_guards_refuse_to_change_anything_while_blanking(five, column):
    with pytest.raises(DatabaseError):
        sql(f"UPDATE chronicle_entry SET body = NULL, salt = NULL, {column} = %s WHERE seq = 3", CHANGES[column])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM chronicle_entry WHERE seq = 3",
        "DELETE FROM chronicle_entry",
        "INSERT OR REPLACE INTO chronicle_entry SELECT * FROM chronicle_entry WHERE seq = 3",
        "REPLACE INTO chronicle_entry SELECT 3, kind, v, actor, recorded_ms, salt, body, inner, hash"
        " FROM chronicle_entry WHERE seq = 4",
    ],
)
def test_the_guards_refuse_to_shorten(five, statement):
    with pytest.raises(DatabaseError, match="never shortened"):
        sql(statement)
    assert audit.verify() == 5


def test_the_guards_that_stand_are_those_expected(database):
    guards.check()


@pytest.mark.parametrize(
    "meddling",
    [
        "DROP TRIGGER entry_stays",
        "DROP TRIGGER entry_is_kept",
        "DROP TRIGGER entry_stays; CREATE TRIGGER entry_stays BEFORE UPDATE ON chronicle_entry WHEN 0 BEGIN SELECT 1; END",
        "CREATE TRIGGER other AFTER INSERT ON chronicle_entry BEGIN UPDATE chronicle_head SET seq = 0; END",
    ],
)
def test_a_missing_changed_or_foreign_guard_keeps_the_house_shut(database, meddling):
    connection.ensure_connection()
    connection.connection.executescript(meddling)
    with pytest.raises(Damaged) as damaged:
        guards.check()
    assert damaged.value.code == "chronicle.triggers"
