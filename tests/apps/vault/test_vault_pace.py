"""Wrong tries are slowed and lock nobody out: a right one gets in however many are kept coming, at every door."""

import threading
import time

import pytest
from vault_stage import BORAM
from vault_stage import browser as at

from ojakgyo.apps.vault.pace import LONGEST_S, PLACES, Pace, Room, pace
from ojakgyo.domain.errors import Refused

WORK_S = 0.004
PLACES_FOR_TESTS = 24


class Doors:
    """A pace whose seconds last a hundredth, and threads that knock at its doors."""

    def __init__(self) -> None:
        self.pace = Pace(sleep=lambda seconds, called: called.wait(seconds / 100))
        self.over, self.go_on, self.inside = threading.Event(), threading.Event(), threading.Semaphore(0)
        self.at_work, self.turned_away = [], []
        self.threads: list[threading.Thread] = []

    def stand(self, door: str, room: Room = Room.WAY_IN) -> None:
        """Somebody who comes in and stays at work until `go_on`; this returns once there is a place, or none."""
        present = len(self)
        self._start(self._stand, door, room)
        end = time.monotonic() + 5
        while len(self) == present and not self.turned_away:
            assert time.monotonic() < end
            time.sleep(0.001)

    def _stand(self, door: str, room: Room) -> None:
        try:
            with self.pace.knock(door, room):
                self.at_work.append(door)
                self.inside.release()
                self.go_on.wait(10)
        except Refused:
            self.turned_away.append(door)

    def keep_guessing(self, door: str) -> None:
        """Somebody who knocks with wrong words, and knocks again as soon as there is an answer."""
        self._start(self._guess, door)

    def _guess(self, door: str) -> None:
        while not self.over.is_set():
            try:
                with self.pace.knock(door, Room.WAY_IN):
                    time.sleep(WORK_S)
                    raise Refused("vault.wrong_sign_in")
            except Refused as refused:
                if refused.code == "vault.crowded":
                    time.sleep(WORK_S)

    def _start(self, target, *given) -> None:
        self.threads.append(threading.Thread(target=target, args=given))
        self.threads[-1].start()

    def __len__(self) -> int:
        return sum(map(len, self.pace._inside.values()))

    def leave(self) -> None:
        self.over.set()
        self.go_on.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def doors(monkeypatch):
    for room in Room:
        monkeypatch.setitem(PLACES, room, PLACES_FOR_TESTS)
    doors = Doors()
    yield doors
    doors.leave()
    assert len(doors) == 0


@pytest.mark.parametrize("names", [1, 6])
def test_a_right_password_gets_in_every_time_however_many_wrong_ones_are_kept_coming(doors, names):
    """Whether all of them are at its own name, or some of them."""
    for number in range(PLACES_FOR_TESTS - 1):
        doors.keep_guessing(f"officer {number % names}")
    time.sleep(0.1)
    longest = 0.0
    for _ in range(10):
        began = time.monotonic()
        with doors.pace.knock("officer 0", Room.WAY_IN):
            longest = max(longest, time.monotonic() - began)
    assert longest < 5 * (LONGEST_S / 100 + PLACES_FOR_TESTS * WORK_S)


def test_where_every_place_is_taken_a_quiet_door_lets_in(doors):
    for number in range(3 * PLACES_FOR_TESTS):
        doors.keep_guessing(f"officer {number % 6}")
    time.sleep(0.1)
    for _ in range(10):
        with doors.pace.knock("boram", Room.WAY_IN):
            pass


def test_the_newest_at_the_most_crowded_door_is_turned_away_for_one_at_a_quiet_door(doors):
    for number in range(PLACES_FOR_TESTS):
        doors.stand("haneul" if number % 4 else "dasom")
    doors.stand("boram")
    assert doors.turned_away == ["haneul"]
    with pytest.raises(Refused, match=r"vault\.crowded"), doors.pace.knock("haneul", Room.WAY_IN):
        pass
    assert doors.pace._wrong == {}


def test_of_doors_with_as_many_in_front_one_where_words_were_wrong_makes_room(doors):
    doors.pace.wrong("door 7")
    for number in range(PLACES_FOR_TESTS):
        doors.stand(f"door {number}")
    doors.stand("boram")
    assert doors.turned_away == ["door 7"]


def test_who_sits_at_the_desk_or_stands_at_the_gate_shares_no_place_with_the_way_in(doors):
    for _ in range(PLACES_FOR_TESTS):
        doors.stand("haneul")
    for room in (Room.GATE, Room.SEATED):
        with doors.pace.knock("haneul", room):
            pass


def test_two_of_a_room_are_at_work_and_one_of_a_door(doors):
    for door in ("haneul", "haneul", "boram", "dasom"):
        doors.stand(door)
    assert [doors.inside.acquire(timeout=seconds) for seconds in (5, 5, 0.2)] == [True, True, False]
    assert sorted(doors.at_work) == ["boram", "haneul"]
    doors.go_on.set()
    assert all(doors.inside.acquire(timeout=5) for _ in range(2))


def test_who_is_turned_away_does_not_sleep_on(doors, monkeypatch):
    doors.pace._sleep = lambda seconds, called: called.wait(60)
    for _ in range(PLACES_FOR_TESTS):
        doors.stand("haneul")
    began = time.monotonic()
    doors.stand("boram")
    doors.threads[PLACES_FOR_TESTS - 1].join(10)
    assert time.monotonic() - began < 10
    for one in tuple(doors.pace._inside[Room.WAY_IN]):
        one.called.set()


def test_what_is_refused_counts_as_wrong_and_what_is_not_makes_it_forgotten():
    slept: list[float] = []
    pace = Pace(sleep=lambda seconds, called: slept.append(seconds))
    for _ in range(2):
        with pytest.raises(Refused), pace.knock("haneul"):
            raise Refused("vault.wrong_sign_in")
    for _ in range(2):
        with pace.knock("haneul"):
            pass
    assert slept == [0.5, 1.0]


def test_who_comes_to_a_door_together_waits_as_if_those_before_had_been_wrong(doors):
    slept: list[float] = []
    doors.pace._sleep = lambda seconds, called: slept.append(seconds)
    for _ in range(3):
        doors.stand("haneul")
    assert slept == [0.5, 1.0]


def test_a_full_room_says_so_calmly_with_429(house, stand_in_pages, monkeypatch):
    monkeypatch.setitem(PLACES, Room.WAY_IN, 0)
    response = at().post("/enter/", {"code_name": BORAM.ko, "password": "boram's"})
    assert response.status_code == 429
    assert pace._wrong == {}
