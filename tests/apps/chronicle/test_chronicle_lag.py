"""How late a duty may be is said where it is declared, and a duty that is later is named."""

import ast
from pathlib import Path

from ojakgyo.apps.chronicle import due, duties, inbox, pulse, rounds
from ojakgyo.apps.chronicle.models import DueState
from ojakgyo.domain.facts import VaultUnsealed
from ojakgyo.domain.values.instants import Instant

ROUNDS = Path(rounds.__file__)


def reader(limit_ms=5_000):
    duties.duty(facts=(VaultUnsealed,), since="beginning", lag_limit_ms=limit_ms)(work)


def work(desk, *, seq, fact):
    pass


def late(time, **options):
    return [(each.duty.partition(".")[2], each.waited_ms) for each in inbox.lagging(time.now, **options)]


def test_a_reader_is_behind_once_a_fact_has_waited_longer_than_its_limit(rota, say, time):
    reader()
    say(1)
    time.go_on(5)
    assert late(time) == []
    time.go_on(0.001)
    assert late(time) == [("work", 5_001)]
    rounds.read_all(time.desk)
    assert late(time) == []


def test_the_oldest_fact_counts_and_facts_of_other_kinds_do_not(rota, say, time, writing):
    reader()
    say(1)
    time.go_on(60)
    say(2)
    assert late(time) == [("work", 60_000)]
    rounds.read_all(time.desk)
    time.go_on(60)
    assert late(time) == []


def test_a_due_thing_that_nobody_does_is_late_as_well(rota, time):
    duties.due_duty("tests.ring", lag_limit_ms=60_000)(lambda desk, *, about, due: None)
    row = due.put("tests.ring", key="tests.ring:1", about=1, due=Instant(time.now + 1_000))
    time.go_on(61)
    assert (row, late(time)) == (None, [])
    time.go_on(1)
    assert late(time) == [("<lambda>", 61_000)]
    rounds.settle_all(time.desk)
    assert late(time) == []
    assert inbox.Due.objects.get().state == DueState.DONE


def test_nothing_has_waited_longer_than_the_house_is_open(rota, say, time):
    reader()
    say(1)
    time.go_on(3_600)
    assert late(time, open_ms=4_000) == []
    assert late(time, open_ms=6_000) == [("work", 6_000)]


def test_a_pulse_that_has_not_beaten_for_half_a_minute_has_stopped():
    seconds = [7.0]
    own = pulse.Pulse(lambda: seconds[0])
    assert own.has_stopped(), "it never began"
    own.begin()
    seconds[0] += pulse.STOPPED_S
    assert not own.has_stopped()
    seconds[0] += 0.1
    assert own.has_stopped()
    own.beat()
    assert not own.has_stopped()
    assert own.open_ms == 30_100


def test_the_duties_have_one_supervisor():
    """Whatever a duty meets is caught at one place and counted at the others."""
    handlers = [node for node in ast.walk(ast.parse(ROUNDS.read_text())) if isinstance(node, ast.ExceptHandler)]
    assert [ast.unparse(each.type) for each in handlers] == ["Exception"]
