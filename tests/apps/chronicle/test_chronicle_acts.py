"""Actions: one transaction, at least one fact, all or nothing."""

import logging

import pytest
from django.db import OperationalError, connection

from ojakgyo.apps.chronicle import acts, audit
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.models import Bookmark, Entry, Head
from ojakgyo.apps.chronicle.nudge import committed
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher import base


def test_a_fact_outside_an_action_is_an_error(desk):
    with pytest.raises(RuntimeError, match="inside an action"):
        record(desk, facts.VaultUnsealed(run=1))
    assert audit.verify() == 0


def test_an_action_inside_an_action_is_an_error_and_leaves_nothing(desk, say):
    @action
    def outer(desk):
        record(desk, facts.VaultUnsealed(run=1))
        say(2)

    with pytest.raises(RuntimeError, match="inside another action"):
        outer(desk)
    assert audit.verify() == 0
    say(3)


def test_an_action_that_says_nothing_is_an_error_and_changes_nothing(desk):
    @action
    def silent(desk):
        Bookmark.objects.create(reader="tests.silent", seq=0)

    with pytest.raises(RuntimeError, match="without a fact"):
        silent(desk)
    assert not Bookmark.objects.filter(reader="tests.silent").exists()


def test_an_action_that_fails_leaves_no_fact_and_no_gap(desk, say):
    @action
    def fails(desk):
        record(desk, facts.VaultUnsealed(run=1))
        record(desk, facts.VaultUnsealed(run=2))
        raise Refused("house.not_found")

    say(1)
    with pytest.raises(Refused):
        fails(desk)
    say(2)
    assert audit.verify() == 2
    assert [each.fields["run"] for each in audit.since(0)] == [1, 2]


def test_an_action_returns_what_it_made_and_writes_who_and_when(desk, say):
    assert say(7) == 1
    row = Entry.objects.get()
    assert (row.actor, row.recorded_ms, len(row.salt)) == ("house:0", desk.now, 16)
    assert Head.objects.get().hash == row.hash


def test_the_runner_is_woken_by_a_commit_and_by_nothing_else(desk, say):
    @action
    def fails(desk):
        record(desk, facts.VaultUnsealed(run=1))
        raise Refused("house.not_found")

    committed.wait(0)
    with pytest.raises(Refused):
        fails(desk)
    assert not committed.wait(0)
    say(1)
    assert committed.wait(0)


def test_a_database_held_by_somebody_else_is_refused_and_nothing_is_lost(database, say, monkeypatch):
    say(1)
    connection.close()
    base.pool.drain()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    other = base.Database.connect(str(database), isolation_level=None)
    other.execute(keyholder.opening_statement())
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused) as refused:
        say(2)
    other.execute("ROLLBACK")
    other.close()
    assert refused.value.code == "house.busy"
    assert say(3) == 2
    assert audit.verify() == 2


def test_a_full_database_is_refused_and_takes_the_next_once_there_is_room(say):
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        kept = 0
        with pytest.raises(Refused) as refused:
            for run in range(200):
                kept = say(run)
        assert refused.value.code == "house.full"
        assert audit.verify() == kept
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert say(1_000) == kept + 1
    assert audit.verify() == kept + 1


def test_another_failure_of_the_database_is_not_dressed_up(desk):
    @action
    def wrong(desk):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM nowhere")

    with pytest.raises(OperationalError):
        wrong(desk)


@pytest.mark.parametrize(("limit_ms", "logged"), [(-1, True), (60_000, False)])
def test_a_slow_write_is_logged_with_its_action(desk, monkeypatch, caplog, limit_ms, logged):
    monkeypatch.setattr(acts, "SLOW_MS", limit_ms)

    @action
    def busy(desk):
        record(desk, facts.VaultUnsealed(run=1))

    with caplog.at_level(logging.WARNING, "ojakgyo.writes"):
        busy(desk)
    assert ("slow write test_chronicle_acts.busy" in caplog.text) is logged
