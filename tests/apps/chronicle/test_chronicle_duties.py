"""Duties: each from its own bookmark, one transaction a fact; a bad fact never silences the watch."""

import logging

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from ojakgyo.apps.chronicle import audit, duties, inbox, rounds, stuck
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.models import Bookmark, Stuck, StuckState
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.home.queries import board
from ojakgyo.domain import desk as desks
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import VaultFounded, VaultSealed, VaultUnsealed
from ojakgyo.domain.sealing.keyring import Keyring
from ojakgyo.domain.values import actors
from ojakgyo.store import keyholder


def reader(since="beginning", kinds=(VaultUnsealed,), name="reader", **trouble):
    """Declare a duty that keeps what it has read; it raises at the runs named in `trouble`."""
    seen = []

    def work(desk, *, seq, fact):
        if error := trouble.get(f"at_{fact.run}"):
            raise error
        seen.append(fact.run)

    work.__name__ = name
    duties.duty(facts=kinds, since=since, lag_limit_ms=5_000)(work)
    return seen


def test_a_reader_since_the_beginning_reads_what_was_said_before_it_came(rota, say, time):
    say(1), say(2)
    seen = reader()
    assert rounds.read_all(time.desk) == 2
    say(3)
    rounds.read_all(time.desk)
    assert seen == [1, 2, 3]


def test_a_reader_since_now_reads_only_what_is_said_from_its_first_round_on(rota, say, time):
    say(1), say(2)
    seen = reader(since="now")
    rounds.read_all(time.desk)
    say(3)
    rounds.read_all(time.desk)
    assert seen == [3]


def test_a_reader_takes_its_own_kinds_only(rota, say, time, writing):
    seen = reader()
    with writing("test"):
        record(time.desk(), VaultFounded(demo=True))
    say(1)
    assert rounds.read_all(time.desk) == 1
    assert seen == [1]


def test_more_facts_than_a_batch_are_read_in_one_round(rota, say, time, monkeypatch):
    monkeypatch.setattr(inbox, "BATCH", 3)
    seen = reader()
    for run in range(8):
        say(run)
    assert rounds.read_all(time.desk) == 8
    assert seen == list(range(8))


def test_effect_and_bookmark_are_one_transaction_for_each_fact(rota, say, time):
    """The second fact fails: the effect of the first stays, that of the second leaves no trace."""

    @duties.duty(facts=(VaultUnsealed,), since="beginning", lag_limit_ms=5_000)
    def keeps(desk, *, seq, fact):
        record(desk, VaultSealed(run=fact.run))
        if fact.run == 2:
            raise ValueError

    say(1), say(2)
    rounds.read_all(time.desk)
    assert [each.fields["run"] for each in audit.since(0) if each.kind == "vault.sealed"] == [1]
    assert Bookmark.objects.get().seq == 1


def test_a_fact_that_was_read_is_not_read_again(rota, say, time):
    seen = reader()
    say(1)
    assert [rounds.read_all(time.desk) for _ in range(3)] == [1, 0, 0]
    assert seen == [1]


def test_where_nothing_is_new_two_queries_say_so_for_all_readers(rota, say, time):
    for name in ("one", "two", "three"):
        reader(name=name)
    say(1)
    rounds.read_all(time.desk)
    with CaptureQueriesContext(connection) as queries:
        assert rounds.read_all(time.desk) == 0
    assert len(queries) == 2


def test_what_a_reader_records_is_read_in_the_same_round_by_those_after_it(rota, say, time):
    @duties.duty(facts=(VaultUnsealed,), since="beginning", lag_limit_ms=5_000)
    def answers(desk, *, seq, fact):
        record(desk, VaultSealed(run=fact.run))

    heard = []

    @duties.duty(facts=(VaultSealed,), since="beginning", lag_limit_ms=5_000)
    def hears(desk, *, seq, fact):
        heard.append(fact.run)

    say(1)
    assert rounds.read_all(time.desk) == 2
    say(2)
    assert rounds.read_all(time.desk) == 2
    assert heard == [1, 2]


def test_a_bookmark_moved_by_another_stops_this_reader_without_an_effect(rota, say, time, monkeypatch):
    seen = reader()
    say(1), say(2)
    bookmark = inbox.bookmark

    def overtaken(duty):
        mark = bookmark(duty)
        Bookmark.objects.update(seq=2)
        return mark

    monkeypatch.setattr(inbox, "bookmark", overtaken)
    assert rounds.read_all(time.desk) == 0
    assert seen == []
    assert not Stuck.objects.exists()


def test_a_duty_that_raises_stops_no_other(rota, say, time):
    bad = reader(name="bad", at_1=ValueError("words of somebody"))
    good = reader(name="good")
    say(1)
    rounds.read_all(time.desk)
    assert (bad, good) == ([], [1])


def test_a_duty_whose_bookmark_cannot_be_read_stops_no_other(rota, say, time, monkeypatch):
    reader(name="bad")
    good = reader(name="good")
    say(1)
    bookmark = inbox.bookmark

    def torn(duty):
        if "bad" in duty.name:
            raise KeyError
        return bookmark(duty)

    monkeypatch.setattr(inbox, "bookmark", torn)
    rounds.read_all(time.desk)
    assert good == [1]


def test_what_a_duty_says_when_it_fails_is_not_logged(rota, say, time, caplog):
    reader(at_1=ValueError("버들 +8610012345678"))
    say(1)
    with caplog.at_level(logging.DEBUG):
        rounds.read_all(time.desk)
    assert "ValueError" in caplog.text
    assert "버들" not in caplog.text


def test_a_failing_fact_is_tried_five_times_with_growing_pauses_and_then_passed(rota, say, time):
    seen = reader(at_1=ValueError("no"))
    say(1), say(2)
    rounds.read_all(time.desk)
    for tries, pause in enumerate((1, 2, 4, 8), start=1):
        assert Stuck.objects.get().tries == tries
        time.go_on(pause - 0.001)
        rounds.read_all(time.desk)
        assert Stuck.objects.get().tries == tries
        assert seen == []
        time.go_on(0.001)
        rounds.read_all(time.desk)
    row = Stuck.objects.get()
    assert (row.state, row.tries, row.code, row.seq) == (StuckState.STUCK, 5, "ValueError", 1)
    assert Bookmark.objects.get().seq >= 1
    rounds.read_all(time.desk)
    assert seen == [2]


def test_a_fact_that_succeeds_at_a_later_try_leaves_no_trace(rota, say, time):
    trouble = {"at_1": ValueError("for now")}
    seen = []

    @duties.duty(facts=(VaultUnsealed,), since="beginning", lag_limit_ms=5_000)
    def recovers(desk, *, seq, fact):
        if trouble:
            raise trouble.pop("at_1")
        seen.append(fact.run)

    say(1)
    rounds.read_all(time.desk)
    time.go_on(1)
    rounds.read_all(time.desk)
    assert seen == [1]
    assert not Stuck.objects.exists()


@pytest.mark.parametrize(
    "moment", [Refused("house.busy"), Refused("house.full"), OperationalError("database is locked")]
)
def test_the_fault_of_a_moment_is_never_counted_against_a_fact(rota, say, time, moment):
    reader(at_1=moment)
    say(1)
    for _ in range(7):
        rounds.read_all(time.desk)
    assert not Stuck.objects.exists()
    assert Bookmark.objects.get().seq == 0


def make_stuck(say, time):
    say(1)
    for pause in (0, 1, 2, 4, 8):
        time.go_on(pause)
        rounds.read_all(time.desk)


def test_now_shows_a_stuck_fact_by_a_code_of_the_registry(rota, say, time):
    reader(at_1=NotHeld())
    make_stuck(say, time)
    (line,) = board(time.desk(), ears=hearing.ears()).stuck
    assert (line.seq, line.code) == (1, "vault.not_held")


def test_a_type_of_error_never_stands_on_the_screen(rota, say, time):
    reader(at_1=ZeroDivisionError())
    make_stuck(say, time)
    assert [each.code for each in stuck.unsettled()] == ["chronicle.stuck"]


def test_an_officer_settles_a_stuck_fact_once(rota, say, time):
    reader(at_1=ValueError())
    make_stuck(say, time)
    (line,) = stuck.unsettled()
    officer = Desk(actors.officer(5), time.now, Keyring(keyholder.ring()))
    stuck.settle_stuck(officer, number=line.number)
    assert stuck.unsettled() == ()
    (said,) = [each for each in audit.since(0) if each.kind == "chronicle.stuck_settled"]
    assert said.fields["stuck_seq"] == 1
    assert said.actor == "officer:5"
    with pytest.raises(Refused):
        stuck.settle_stuck(officer, number=line.number)


def test_a_stuck_fact_is_tried_again_when_an_officer_says_so_and_nothing_else_is_read_twice(rota, say, time):
    trouble = {"at_1": ValueError()}
    seen = reader(**trouble)
    make_stuck(say, time)
    say(2)
    rounds.read_all(time.desk)
    mark = Bookmark.objects.get().seq
    (line,) = stuck.unsettled()
    again(line, time)
    assert rounds.read_all(time.desk) == 0 and len(stuck.unsettled()) == 1, "it fails still"
    duties.ROTA.readers.clear()
    seen = reader()
    again(line, time)
    assert rounds.read_all(time.desk) == 1
    assert (seen, stuck.unsettled()) == ([1], ())
    assert Bookmark.objects.get().seq == mark
    assert not Stuck.objects.exists()


def test_the_fault_of_a_moment_leaves_what_is_to_be_tried_again_where_it_is(rota, say, time):
    reader(at_1=ValueError())
    make_stuck(say, time)
    (line,) = stuck.unsettled()
    duties.ROTA.readers.clear()
    reader(at_1=Refused("house.busy"))
    again(line, time)
    assert rounds.read_all(time.desk) == 0
    assert inbox.readers_are_behind() and stuck.unsettled() == ()
    duties.ROTA.readers.clear()
    reader()
    assert rounds.read_all(time.desk) == 1
    assert not inbox.readers_are_behind() and not Stuck.objects.exists()


def again(line, time):
    stuck.try_stuck_again(Desk(actors.officer(5), time.now, Keyring(keyholder.ring())), number=line.number)


def test_a_stuck_fact_whose_reader_is_no_more_stays_shown(rota, say, time):
    reader(at_1=ValueError())
    make_stuck(say, time)
    duties.ROTA.readers.clear()
    (line,) = stuck.unsettled()
    again(line, time)
    rounds.read_all(time.desk)
    assert len(stuck.unsettled()) == 1


def test_the_house_itself_settles_nothing(rota, say, time):
    reader(at_1=ValueError())
    make_stuck(say, time)
    (line,) = stuck.unsettled()
    with pytest.raises(Refused):
        stuck.settle_stuck(desks.house(time.now, keyholder.ring()), number=line.number)
    assert len(stuck.unsettled()) == 1
