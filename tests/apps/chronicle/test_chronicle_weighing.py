"""What is heavy reads, plans outside of any transaction, and writes only while what it read still holds."""

from django.db import connection

from ojakgyo.apps.chronicle import duties, rounds, stuck
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.models import Bookmark, Stuck
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import VaultSealed, VaultUnsealed
from ojakgyo.domain.sealing.keyring import Keyring
from ojakgyo.domain.values import actors
from ojakgyo.store import keyholder


class Weighed:
    """A weighing duty that notes what it did; `meanwhile` happens while it plans."""

    def __init__(self, meanwhile=lambda: None):
        self.reads, self.written, self.meanwhile = 0, [], meanwhile
        duties.weighing(
            facts=(VaultUnsealed,),
            since="beginning",
            lag_limit_ms=5_000,
            read=self.read,
            plan=self.plan,
            unless=(VaultSealed,),
        )(self.write)

    def read(self, desk):
        self.reads += 1
        return self.reads

    def plan(self, read):
        assert not connection.in_atomic_block
        self.meanwhile()
        return read

    def write(self, desk, plan):
        assert connection.in_atomic_block
        self.written.append(plan)

    write.__name__ = "weigh"


def seal(time, writing):
    with writing("test"):
        record(time.desk(), VaultSealed(run=1))


def test_many_facts_are_weighed_at_once(rota, say, time):
    weighed = Weighed()
    say(1), say(2), say(3)
    assert rounds.read_all(time.desk) == 3
    assert (weighed.reads, weighed.written) == (1, [1])
    assert Bookmark.objects.get().seq == 3
    assert rounds.read_all(time.desk) == 0
    assert weighed.reads == 1


def test_what_was_planned_is_thrown_away_when_somebody_acted_meanwhile(rota, say, time, writing):
    acted = iter([True, True, False])
    weighed = Weighed(lambda: seal(time, writing) if next(acted) else None)
    say(1)
    assert rounds.read_all(time.desk) == 1
    assert (weighed.reads, weighed.written) == (3, [3])


def test_facts_it_does_not_depend_on_do_not_make_it_plan_anew(rota, say, time):
    weighed = Weighed(lambda: say(9))
    say(1)
    rounds.read_all(time.desk)
    assert weighed.reads == 1
    assert Bookmark.objects.get().seq == 1


def test_a_desk_that_never_stands_still_is_tried_again_at_the_next_round(rota, say, time, writing):
    busy = [True]
    weighed = Weighed(lambda: seal(time, writing) if busy else None)
    say(1)
    assert rounds.read_all(time.desk) == 0
    assert weighed.written == []
    assert not Stuck.objects.exists()
    busy.clear()
    assert rounds.read_all(time.desk) == 1


def test_a_plan_that_fails_five_times_is_left_behind(rota, say, time):
    def wrong():
        raise ArithmeticError

    weighed = Weighed(wrong)
    say(1)
    for pause in (0, 1, 2, 4, 8):
        time.go_on(pause)
        rounds.read_all(time.desk)
    assert Stuck.objects.get().tries == 5
    assert Bookmark.objects.get().seq == 1
    weighed.meanwhile = lambda: None
    say(2)
    assert rounds.read_all(time.desk) == 1
    assert weighed.written == [6]


def test_a_weighing_that_got_stuck_is_weighed_anew_when_an_officer_says_so(rota, say, time):
    trouble = [True]

    def meanwhile():
        if trouble:
            raise ValueError

    weighed = Weighed(meanwhile)
    say(1)
    for pause in (0, 1, 2, 4, 8):
        time.go_on(pause)
        rounds.read_all(time.desk)
    (line,) = stuck.unsettled()
    trouble.clear()
    stuck.try_stuck_again(Desk(actors.officer(5), time.now, Keyring(keyholder.ring())), number=line.number)
    assert rounds.read_all(time.desk) == 1
    assert len(weighed.written) == 1 and stuck.unsettled() == ()
