"""The house's clock: what a machine's clock that is set back, forgets or leaps does to timers and to what is written down."""

import os
import time
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from world import NOW, told

from ojakgyo.apps.chronicle import audit, due, duties, inbox, rounds, seen
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.models import Due, Entry, Seen
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.config.clock import Clock
from ojakgyo.domain import desk as desks
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Absence, ClockWentBack, HouseWasAway
from ojakgyo.domain.leaps import AWAY_MS, Look, leap
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Instant, aware
from ojakgyo.runner import opening
from ojakgyo.runner.absence import Watchman, machine
from ojakgyo.store import keyholder


class Machine:
    """A machine whose clock may be set, and that may sleep."""

    def __init__(self, wall_ms: int = NOW) -> None:
        self.wall_ms, self.lived_s, self.awake_s = wall_ms, 500.0, 400.0

    def passes(self, seconds: float, *, asleep: bool = False) -> None:
        self.wall_ms += round(1_000 * seconds)
        self.lived_s += seconds
        self.awake_s += 0.0 if asleep else seconds

    def clock(self) -> Clock:
        return Clock(wall=lambda: self.wall_ms, seconds=lambda: self.awake_s)

    def look(self, now: Instant) -> Look:
        return Look(now, self.lived_s, self.awake_s)


@pytest.fixture
def computer(database, monkeypatch):
    """A real vault's house, as far as its clock goes, on a machine of this test's own."""
    made = Machine()
    monkeypatch.setattr(settings, "OJAK_DEMO", False)
    monkeypatch.setattr(settings, "CLOCK", made.clock())
    return made


@pytest.fixture
def opens(computer, monkeypatch):
    """Open the house again, with nothing in memory of the time before."""

    def opens() -> Watchman:
        settings.CLOCK = computer.clock()
        opening.catch_up_clock()
        watchman = Watchman(house_desk, look=computer.look)
        watchman.come_back()
        return watchman

    monkeypatch.setattr(settings, "CLOCK", settings.CLOCK)  # put back in the end
    return opens


@action
def say(desk, *, run=1):
    return record(desk, facts.VaultUnsealed(run=run))


# The clock alone -----------------------------------------------------------------------------------------------------


def test_the_houses_clock_is_the_machines():
    computer = Machine()
    clock = computer.clock()
    computer.passes(3.25)
    assert (clock.now(), clock.lost_ms) == (NOW + 3_250, 0)


def test_set_back_it_goes_on_at_half_speed_until_the_machine_has_come_up_to_it():
    computer = Machine()
    clock = computer.clock()
    assert clock.now() == NOW
    computer.wall_ms -= HOUR_MS
    shown = []
    for _ in range(61):
        computer.passes(60)
        shown.append(clock.now())
    assert shown[0] == NOW + MINUTE_MS // 2, "it neither went back nor stood still"
    assert shown == sorted(shown) and shown[59] == NOW + HOUR_MS // 2
    assert clock.lost_ms == HOUR_MS // 2 - MINUTE_MS // 2
    computer.passes(3_600)
    assert (clock.now(), clock.lost_ms) == (computer.wall_ms, 0), "two hours later the two are one again"


def test_half_speed_loses_nothing_to_being_asked_often():
    computer = Machine()
    clock = computer.clock()
    computer.wall_ms -= HOUR_MS
    for _ in range(10_000):
        computer.passes(0.001)
        clock.now()
    assert clock.now() == pytest.approx(NOW + 5_000, abs=2)


def test_a_machine_that_forgot_the_time_over_night_goes_on_from_what_was_lived_through():
    """Its battery is dead: it starts in 2020. The chronicle knows better."""
    computer = Machine(NOW - 2_000 * DAY_MS)
    clock = computer.clock()
    clock.never_before(NOW)
    computer.passes(10)
    assert clock.now() == NOW + 5_000
    assert clock.lost_ms == pytest.approx(2_000 * DAY_MS, abs=10_000)
    computer.wall_ms = NOW + 8 * HOUR_MS
    assert (clock.now(), clock.lost_ms) == (NOW + 8 * HOUR_MS, 0), "somebody set it right"


FOLD = 1_792_890_000_000
"""2026-10-25T01:00Z: in Berlin it is three, and two again."""


def test_in_the_hour_that_summer_time_has_twice_the_clock_goes_on_and_nothing_falls_due_twice():
    computer = Machine(FOLD - HOUR_MS // 2)
    clock = computer.clock()
    before = clock.now()
    computer.passes(3_600)
    berlin = ZoneInfo("Europe/Berlin")
    assert aware(before).astimezone(berlin).hour == aware(clock.now()).astimezone(berlin).hour == 2
    assert (clock.now() - before, clock.lost_ms) == (HOUR_MS, 0)


def test_a_machine_that_is_carried_into_another_zone_has_the_same_time():
    before, shown, local = os.environ.get("TZ"), [], set()
    try:
        for zone in ("Europe/Berlin", "Asia/Pyongyang", "America/New_York"):
            os.environ["TZ"] = zone
            time.tzset()
            shown.append(Clock().now())
            local.add(time.localtime().tm_hour)
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()
    assert len(local) == 3, "the zone was taken on"
    assert max(shown) - min(shown) < MINUTE_MS


# What is written down ------------------------------------------------------------------------------------------------


def test_no_fact_is_recorded_before_the_one_before_it(computer):
    late, early = house_desk(), desks.house(Instant(NOW - 40), keyholder.ring())
    say(late)
    say(early)
    assert list(Entry.objects.order_by("seq").values_list("recorded_ms", flat=True)) == [NOW, NOW]
    audit.verify()


def test_timers_go_on_though_the_machines_clock_was_set_back(computer, monkeypatch):
    empty, rung = duties.Rota(), []
    for module in (duties, inbox, rounds):
        monkeypatch.setattr(module, "ROTA", empty)
    duties.due_duty("tests.ring", lag_limit_ms=1_000)(lambda desk, *, about, due: rung.append(desk.now))
    due.put("tests.ring", key="tests.ring:1", about=1, due=Instant(settings.CLOCK.now() + 10 * MINUTE_MS))
    computer.wall_ms -= DAY_MS
    computer.passes(19 * 60)
    assert rounds.settle_all(house_desk) == 0
    computer.passes(60)
    assert rounds.settle_all(house_desk) == 1
    assert rung == [NOW + 10 * MINUTE_MS]


def test_a_house_opened_on_a_machine_set_back_neither_goes_back_nor_does_anything_twice(computer, opens):
    opens()
    say(house_desk())
    computer.passes(60)
    computer.wall_ms -= 3 * DAY_MS
    watchman = opens()
    say(house_desk())
    assert house_desk().now >= NOW
    assert not watchman.has_leapt()
    (said,) = told(ClockWentBack)
    assert said.house - said.machine == pytest.approx(3 * DAY_MS, abs=MINUTE_MS)
    assert not watchman.has_leapt() and len(told(ClockWentBack)) == 1, "it is said once"
    recorded = list(Entry.objects.order_by("seq").values_list("recorded_ms", flat=True))
    assert recorded == sorted(recorded)


def test_a_minute_is_not_spoken_of(computer, opens):
    watchman = opens()
    computer.passes(1)
    house_desk()
    computer.wall_ms -= MINUTE_MS
    assert not watchman.has_leapt() and told(ClockWentBack) == []


# Away ----------------------------------------------------------------------------------------------------------------


def test_a_house_that_was_killed_says_for_how_long_it_was_away(computer, opens):
    """Until when it was there is known to the minute, whatever the last fact was."""
    watchman = opens()
    for _ in range(150):
        computer.passes(1)
        watchman.has_leapt()
    say(house_desk())
    computer.passes(7 * 3_600)
    opens()
    (away,) = told(HouseWasAway)
    assert (away.since, away.until, away.absence) == (NOW + 120_000, computer.wall_ms, Absence.CLOSED)


def test_a_house_that_was_closed_knows_it_to_the_second(computer, opens):
    watchman = opens()
    computer.passes(47)
    watchman.leave()
    computer.passes(3_600)
    opens()
    assert [each.since for each in told(HouseWasAway)] == [NOW + 47_000]


def test_a_restart_is_no_absence(computer, opens):
    opens()
    computer.passes(AWAY_MS / SECOND_MS)
    opens()
    assert told(HouseWasAway) == []


def test_a_machine_that_slept_and_one_that_was_set_ahead_are_told_apart(computer, opens):
    watchman = opens()
    computer.passes(600, asleep=True)
    assert watchman.has_leapt()
    computer.passes(1)
    assert not watchman.has_leapt()
    computer.wall_ms += DAY_MS
    assert watchman.has_leapt()
    assert [each.absence for each in told(HouseWasAway)] == [Absence.ASLEEP, Absence.SET_AHEAD]
    assert [each.until - each.since for each in told(HouseWasAway)] == [600_000, DAY_MS]


def test_a_round_that_takes_long_is_no_absence():
    """Or how long a warning takes to work out would stand where everybody reads."""
    assert leap(Look(Instant(0), 0.0, 0.0), Look(Instant(HOUR_MS), 3_600.0, 3_600.0)) is None


def test_a_machine_that_is_set_right_again_after_it_had_gone_back_was_not_away(computer, opens):
    watchman = opens()
    computer.passes(1)
    watchman.has_leapt()
    computer.wall_ms -= HOUR_MS
    watchman.has_leapt()
    computer.passes(60)
    computer.wall_ms += HOUR_MS
    assert not watchman.has_leapt()


def test_a_practice_world_is_never_away(database):
    watchman = Watchman(house_desk)
    watchman.come_back()
    assert not watchman.has_leapt()
    watchman.leave()
    assert not Seen.objects.exists() and told(HouseWasAway) == []


def test_the_machine_gives_three_clocks():
    one, other = machine(Instant(1)), machine(Instant(2))
    assert leap(one, other) is None and one.awake_s <= other.awake_s and one.lived_s >= one.awake_s - 0.001


def test_until_when_the_house_was_there_is_kept_once_a_minute(computer, opens, monkeypatch):
    watchman, kept = opens(), []
    real = seen.keep
    monkeypatch.setattr(seen, "keep", lambda now: kept.append(now) or real(now))
    for _ in range(181):
        computer.passes(1)
        watchman.has_leapt()
    assert len(kept) == 3 and seen.last() == NOW + 180_000


def test_what_fell_due_meanwhile_comes_after_the_fact_that_says_it_was_late(computer, opens, monkeypatch):
    empty = duties.Rota()
    for module in (duties, inbox, rounds):
        monkeypatch.setattr(module, "ROTA", empty)
    duties.due_duty("tests.ring", lag_limit_ms=1_000)(
        lambda desk, *, about, due: record(desk, facts.VaultUnsealed(run=about))
    )
    opens().leave()
    due.put("tests.ring", key="tests.ring:1", about=77, due=Instant(NOW + HOUR_MS))
    computer.passes(7_200)
    opens()
    rounds.settle_all(house_desk)
    assert list(Entry.objects.order_by("seq").values_list("kind", flat=True)) == [
        "chronicle.was_away",
        "vault.unsealed",
    ]
    assert Due.objects.get().state == "done"
