"""Due things: put once, moved, taken off, done once by whoever claims them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ojakgyo.apps.chronicle import due, duties, inbox, rounds, stuck
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.keyring import Keyring
from ojakgyo.domain.values import actors
from ojakgyo.domain.values.instants import Instant
from ojakgyo.store import keyholder


@pytest.fixture
def done(rota):
    """A due duty that keeps what it was told."""
    seen = []

    @duties.due_duty("tests.ring", lag_limit_ms=1_000)
    def ring(desk, *, about, due):
        seen.append((about, due))

    return seen


def put(time, *, seconds=10, key="tests.ring:1", about=1):
    due.put("tests.ring", key=key, about=about, due=Instant(time.now + 1_000 * seconds))


def test_nothing_is_done_before_its_time_and_once_then(done, time):
    put(time)
    time.go_on(9.999)
    assert rounds.settle_all(time.desk) == 0
    time.go_on(0.001)
    assert rounds.settle_all(time.desk) == 1
    assert rounds.settle_all(time.desk) == 0
    assert done == [(1, time.now)]


def test_the_same_key_moves_what_waits(done, time):
    put(time)
    put(time, seconds=20)
    assert Due.objects.count() == 1
    time.go_on(10)
    assert rounds.settle_all(time.desk) == 0
    time.go_on(10)
    assert rounds.settle_all(time.desk) == 1


def test_what_was_done_is_not_made_due_again(done, time):
    put(time, seconds=0)
    rounds.settle_all(time.desk)
    put(time, seconds=0)
    assert rounds.settle_all(time.desk) == 0
    assert len(done) == 1


def test_what_was_taken_off_is_never_done(done, time):
    put(time)
    due.drop("tests.ring:1")
    time.go_on(60)
    assert rounds.settle_all(time.desk) == 0
    assert Due.objects.get().state == DueState.DROPPED


def test_the_earliest_is_done_first(done, time):
    put(time, seconds=3, key="tests.ring:3", about=3)
    put(time, seconds=1, key="tests.ring:1", about=1)
    time.go_on(5)
    rounds.settle_all(time.desk)
    assert [about for about, _ in done] == [1, 3]


def test_a_row_claimed_by_another_is_not_done_twice(done, time):
    put(time, seconds=0)
    (mine,) = inbox.fallen_due(duties.ROTA.due[0], time.now)
    assert inbox.claim(mine)
    assert not inbox.claim(mine)


@pytest.fixture
def failing(rota):
    """A due duty that always fails."""
    tried = []

    @duties.due_duty("tests.ring", lag_limit_ms=1_000)
    def ring(desk, *, about, due):
        tried.append(desk.now)
        raise ValueError("words of somebody")

    return tried


def test_a_due_thing_that_fails_is_tried_five_times_and_then_shown(failing, say, time):
    say(1)
    put(time, seconds=0)
    rounds.settle_all(time.desk)
    for pause in (1, 2, 4, 8):
        time.go_on(pause - 0.001)
        rounds.settle_all(time.desk)
        time.go_on(0.001)
        rounds.settle_all(time.desk)
    assert len(failing) == 5
    assert Due.objects.get().state == DueState.STUCK
    time.go_on(60)
    rounds.settle_all(time.desk)
    assert len(failing) == 5
    assert [each.code for each in stuck.unsettled()] == ["chronicle.stuck"]


def fail_five_times(time):
    for pause in (0, 1, 2, 4, 8):
        time.go_on(pause)
        rounds.settle_all(time.desk)


def officer(time):
    return Desk(actors.officer(5), time.now, Keyring(keyholder.ring()))


def test_two_due_things_stuck_at_one_moment_are_two_rows(failing, say, time):
    say(1)
    put(time, seconds=0)
    put(time, seconds=0, key="tests.ring:2", about=2)
    fail_five_times(time)
    assert [(each.reader, each.seq) for each in stuck.unsettled()] == [("test_chronicle_due.ring", 1)] * 2


def test_a_stuck_due_thing_is_tried_again_when_an_officer_says_so(rota, say, time):
    trouble, done = [True], []

    @duties.due_duty("tests.ring", lag_limit_ms=1_000)
    def ring(desk, *, about, due):
        if trouble:
            raise ValueError
        done.append(about)

    say(1)
    put(time, seconds=0)
    fail_five_times(time)
    trouble.clear()
    (line,) = stuck.unsettled()
    stuck.try_stuck_again(officer(time), number=line.number)
    assert stuck.unsettled() == ()
    assert rounds.settle_all(time.desk) == 1
    assert done == [1] and Due.objects.get().state == DueState.DONE
    with pytest.raises(Refused):
        stuck.try_stuck_again(officer(time), number=line.number)


def test_what_fails_again_is_shown_again_after_five_more_tries(failing, say, time):
    say(1)
    put(time, seconds=0)
    fail_five_times(time)
    (line,) = stuck.unsettled()
    stuck.try_stuck_again(officer(time), number=line.number)
    fail_five_times(time)
    assert len(failing) == 10
    assert [each.number for each in stuck.unsettled()] == [line.number]


def test_a_due_thing_that_was_left_is_not_done(failing, say, time):
    say(1)
    put(time, seconds=0)
    fail_five_times(time)
    (line,) = stuck.unsettled()
    stuck.settle_stuck(officer(time), number=line.number)
    fail_five_times(time)
    assert len(failing) == 5 and stuck.unsettled() == ()


def test_a_due_duty_that_fails_stops_no_other(failing, time):
    seen = []
    duties.due_duty("tests.other", lag_limit_ms=1_000)(lambda desk, *, about, due: seen.append(about))
    put(time, seconds=0)
    due.put("tests.other", key="tests.other:1", about=8, due=time.now)
    rounds.settle_all(time.desk)
    assert seen == [8]


def test_a_busy_moment_is_not_counted_against_a_due_thing(rota, time):
    @duties.due_duty("tests.ring", lag_limit_ms=1_000)
    def ring(desk, *, about, due):
        raise Refused("house.busy")

    put(time, seconds=0)
    for _ in range(7):
        rounds.settle_all(time.desk)
    row = Due.objects.get()
    assert (row.tries, row.state) == (0, DueState.WAITING)


def test_hundreds_due_in_one_second_are_all_done_once_and_in_turns(done, time):
    """Between the turns the runner looks at its post (test_runner_rounds.py). A thousand: `./ojak bench timers --waiting`."""
    due.put_new(
        [
            due.line("tests.ring", key=f"tests.ring:{each}", about=each, due=Instant(time.now + each))
            for each in range(410)
        ]
    )
    time.go_on(1)
    turns = []
    while turn := rounds.settle_all(time.desk):
        turns.append(turn)
    assert turns == [200, 200, 10]
    assert [about for about, _ in done] == list(range(410))


def test_a_look_goes_by_time_and_reads_nothing_that_is_not_due(rota, time):
    """Measured with a million that wait: half a millisecond. An index by kind first made it forty."""
    with CaptureQueriesContext(connection) as asked:
        inbox.kinds_fallen_due(time.now)
    (said,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {said['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert plan[0] == "SEARCH chronicle_due USING COVERING INDEX due_by_time (due_ms<?)"
