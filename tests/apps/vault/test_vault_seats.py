"""Who sits at the desk: idle, end and leaving, on a clock of our own."""

import pytest

from ojakgyo.apps.vault.pace import LONGEST_S, Pace
from ojakgyo.apps.vault.seats import END_S, IDLE_S, Seats


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def seated(clock):
    seats = Seats(clock)
    seats.take(b"haneul", officer=1, half=b"half")
    return seats


def test_whoever_acts_keeps_the_keys(seated, clock):
    for _ in range(40):
        clock.now += IDLE_S - 1
        seated.act(seated.find(b"haneul"))
    assert seated.find(b"haneul").half == b"half"


def test_fifteen_idle_minutes_put_the_keys_down_and_keep_the_seat(seated, clock):
    clock.now += IDLE_S
    assert seated.find(b"haneul").half is None
    assert seated.find(b"haneul").officer == 1


def test_keys_once_put_down_do_not_come_back_by_acting(seated, clock):
    clock.now += IDLE_S
    stale = seated.find(b"haneul")
    seated.act(stale)
    assert seated.find(b"haneul").half is None


def test_an_act_that_comes_too_late_saves_no_key(seated, clock):
    seat = seated.find(b"haneul")
    clock.now += IDLE_S
    seated.act(seat)
    assert seated.find(b"haneul").half is None


def test_the_sweep_puts_keys_down_although_nobody_asks(seated, clock):
    clock.now += IDLE_S
    assert seated.sweep() == ()
    assert seated._taken[b"haneul"].half is None


def test_twelve_hours_after_sign_in_it_is_over_however_busy(seated, clock):
    while clock.now < 1_000.0 + END_S - 60:
        clock.now += 60
        seated.act(seated.find(b"haneul"))
    assert seated.find(b"haneul") is not None
    clock.now += 60
    assert seated.find(b"haneul") is None
    assert [seat.officer for seat in seated.sweep()] == [1]
    assert seated.sweep() == ()


def test_whoever_left_is_gone(seated):
    assert seated.leave(b"haneul").officer == 1
    assert seated.leave(b"haneul") is None
    assert seated.find(b"haneul") is None


def test_a_seat_shows_no_bytes(seated):
    assert repr(seated.find(b"haneul")) == "<Seat 1>"


def test_wrong_words_slow_down_and_lock_nobody_out(clock):
    pace, delays = Pace(clock), []
    for _ in range(20):
        delays.append(pace.delay("haneul"))
        pace.wrong("haneul")
    assert delays[:4] == [0, 0.5, 1.0, 1.5]
    assert max(delays) == LONGEST_S


def test_one_door_does_not_slow_another(clock):
    pace = Pace(clock)
    pace.wrong("haneul")
    assert pace.delay("boram") == 0


@pytest.mark.parametrize("after", ["the right words", "ten minutes"])
def test_wrong_words_are_forgotten(clock, after):
    pace = Pace(clock)
    pace.wrong("haneul")
    if after == "ten minutes":
        clock.now += 600
    else:
        pace.right("haneul")
    assert pace.delay("haneul") == 0


def test_many_doors_take_no_more_memory_than_a_thousand(clock):
    pace = Pace(clock)
    for number in range(5_000):
        pace.wrong(f"door {number}")
    assert len(pace._wrong) == 1_024
