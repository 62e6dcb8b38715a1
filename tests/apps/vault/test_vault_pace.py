"""Tries at one door stand in line; other doors are not slowed; a crowd is asked to come back."""

import threading
import time

import pytest
from vault_stage import BORAM
from vault_stage import browser as at

from ojakgyo.apps.vault.pace import AT_ALL, AT_ONE_DOOR, Pace, pace
from ojakgyo.domain.errors import Refused


class Standing:
    """Threads that stand at doors until they are let go."""

    def __init__(self, pace: Pace) -> None:
        self.pace, self.go_on, self.inside = pace, threading.Event(), threading.Semaphore(0)
        self.threads: list[threading.Thread] = []

    def at(self, door: str) -> None:
        self.threads.append(threading.Thread(target=self._knock, args=(door,)))
        self.threads[-1].start()
        end = time.monotonic() + 5
        while self.pace._lines.get(door) is None or sum(each.length for each in self.pace._lines.values()) < len(self):
            assert time.monotonic() < end
            time.sleep(0.001)

    def _knock(self, door: str) -> None:
        with self.pace.knock(door):
            self.inside.release()
            self.go_on.wait(10)

    def __len__(self) -> int:
        return len(self.threads)

    def leave(self) -> None:
        self.go_on.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def standing():
    crowd = Standing(Pace(sleep=lambda seconds: None))
    yield crowd
    crowd.leave()
    assert crowd.pace._lines == {}


def test_at_one_door_one_tries_after_the_other(standing):
    for _ in range(4):
        standing.at("haneul")
    assert [standing.inside.acquire(timeout=seconds) for seconds in (5, 0.2)] == [True, False]
    standing.go_on.set()
    assert all(standing.inside.acquire(timeout=5) for _ in range(3))


def test_a_line_at_one_door_slows_no_other(standing):
    for _ in range(AT_ONE_DOOR):
        standing.at("haneul")
    assert standing.inside.acquire(timeout=5)
    with standing.pace.knock("boram"):
        pass


def test_one_door_takes_no_more_than_a_short_line(standing):
    for _ in range(AT_ONE_DOOR):
        standing.at("haneul")
    with pytest.raises(Refused, match=r"vault\.crowded"), standing.pace.knock("haneul"):
        pass
    assert standing.pace._wrong == {}


def test_a_crowd_at_all_doors_is_asked_to_come_back(standing):
    for number in range(AT_ALL):
        standing.at(f"door {number}")
    with pytest.raises(Refused, match=r"vault\.crowded"), standing.pace.knock("boram"):
        pass
    standing.leave()
    with standing.pace.knock("boram"):
        pass


def test_what_is_refused_counts_as_wrong_and_what_is_not_makes_it_forgotten():
    slept: list[float] = []
    pace = Pace(sleep=slept.append)
    for _ in range(2):
        with pytest.raises(Refused), pace.knock("haneul"):
            raise Refused("vault.wrong_sign_in")
    for _ in range(2):
        with pace.knock("haneul"):
            pass
    assert slept == [0.5, 1.0]


def test_a_full_line_says_so_calmly_with_429(house, stand_in_pages, monkeypatch):
    monkeypatch.setattr("ojakgyo.apps.vault.pace.AT_ALL", 0)
    response = at().post("/enter/", {"code_name": BORAM.ko, "password": "boram's"})
    assert response.status_code == 429
    assert pace._wrong == {}
