"""What is half typed lies in the officer's drawer: sealed to the officer, in memory only, gone when it should be."""

import pytest
from django.test import RequestFactory

from ojakgyo.apps.vault.drawers import KEPT_S, Drawers, drawers
from ojakgyo.apps.vault.middleware import Kind, kind_of
from ojakgyo.apps.vault.seats import END_S, IDLE_S, Seats


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def emptied():
    yield
    drawers.clear()


def test_what_was_laid_by_goes_after_twelve_hours(clock):
    own = Drawers(clock)
    own.put(1, "log", b"line")
    clock.now += KEPT_S - 1
    assert own.find(1, "log") == b"line"
    clock.now += 1
    assert own.find(1, "log") is None
    own.sweep()
    assert own._laid == {1: {}}


def test_a_form_that_succeeded_is_dropped_by_where_it_went_and_no_other(clock):
    own = Drawers(clock)
    own.put(1, "log", b"line", to="/log/")
    own.put(1, "report", b"report", to="/log/report/")
    own.put(2, "log", b"another's", to="/log/")
    own.succeeded(1, "/log/")
    assert (own.find(1, "log"), own.find(1, "report"), own.find(2, "log")) == (None, b"report", b"another's")


def test_a_drawer_outlives_keys_that_were_put_down_and_goes_with_the_last_seat(clock):
    seats = Seats(clock)
    for id in (b"desk", b"crashed"):
        seats.take(id, officer=1, half=b"half")
    drawers.put(1, "log", b"line")
    seats.put_down(b"desk")
    assert drawers.find(1, "log")
    seats.leave(b"desk")
    assert drawers.find(1, "log")
    seats.leave(b"crashed")
    assert drawers.find(1, "log") is None


@pytest.mark.parametrize("ended", [lambda seats, clock: seats.end_of(1), lambda seats, clock: seats.clear()])
def test_a_drawer_goes_when_every_seat_is_taken_away(clock, ended):
    seats = Seats(clock)
    seats.take(b"desk", officer=1, half=b"half")
    drawers.put(1, "log", b"line")
    ended(seats, clock)
    assert drawers.find(1, "log") is None


def test_a_session_that_has_lasted_its_time_takes_the_drawer_along(clock):
    seats = Seats(clock)
    seats.take(b"desk", officer=1, half=b"half")
    drawers.put(1, "log", b"line")
    clock.now += END_S
    seats.sweep()
    assert drawers.find(1, "log") is None


def test_what_keys_have_opened_goes_in_the_moment_they_are_put_down(clock):
    seats = Seats(clock)
    seats.take(b"desk", officer=1, half=b"half")
    seats.opened(b"desk")["names"] = "opened"
    assert seats.opened(b"desk") == {"names": "opened"}
    seats.put_down(b"desk")
    assert seats._opened == {}
    assert seats.opened(b"desk") == {}
    assert seats._opened == {}


def test_what_keys_have_opened_goes_when_nobody_has_acted(clock):
    seats = Seats(clock)
    seats.take(b"desk", officer=1, half=b"half")
    seats.opened(b"desk")["names"] = "opened"
    clock.now += IDLE_S
    seats.sweep()
    assert seats._opened == {}


def test_what_keys_have_opened_goes_with_the_seat_and_when_something_is_forgotten_everywhere(clock):
    seats = Seats(clock)
    for id in (b"one", b"two"):
        seats.take(id, officer=1, half=b"half")
        seats.opened(id)["names"] = "opened"
    seats.leave(b"one")
    assert set(seats._opened) == {b"two"}
    seats.put_away()
    assert seats._opened == {}


def test_only_a_draft_may_be_sent_without_keys():
    made = RequestFactory()
    assert kind_of(made.post("/drafts/log/")) is Kind.ASIDE
    assert kind_of(made.post("/scratch/")) is Kind.PAGE
    assert kind_of(made.get("/drafts/_part/log/")) is Kind.PART
