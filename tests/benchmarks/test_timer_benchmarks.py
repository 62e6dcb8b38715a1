"""Killed again and again, the house loses no alert; what arrives twice is known by its key."""

import os
import random
import signal

import practice_vault
import pytest

from benchmarks import _timers, timers, timers_peer
from benchmarks._timers import Sink


@pytest.fixture
def run(database, tmp_path):
    """The benchmark itself, on this worker's vault: opened by a process of its own, which is killed."""

    def run(sink: type[Sink] = Sink, *, schedules: int, kills: int):
        made = sink(tmp_path / "sink", 0.0005)
        told = timers.lost(practice_vault.RING, made, kills=kills, schedules=schedules, seed=7, longest_s=0.3)
        return told, made.keys()

    return run


def test_killed_at_any_moment_no_alert_is_lost_and_no_deadline_drifts(run):
    told, _ = run(schedules=25, kills=10)
    assert told["kills"] >= 3
    assert told["ok"], told
    assert (told["expected"], told["present"], told["facts"], told["delivered"]) == (75,) * 4
    assert (told["lost"], told["drifted"]) == (0, 0)


class Deadly(Sink):
    """Ends the house at the worst moment: the call is out, and not yet noted."""

    def take(self, key: str) -> None:
        super().take(key)
        if len(self.keys()) in (3, 7):
            os.kill(os.getpid(), signal.SIGKILL)


def test_what_was_sent_and_not_noted_is_sent_again_under_the_same_key(run):
    told, keys = run(Deadly, schedules=6, kills=0)
    assert told["ok"], told
    assert (told["kills"], told["duplicates"], told["duplicates_known_by_key"]) == (2, 2, 2)
    assert len(keys) == 20 and len(set(keys)) == 18
    assert keys[2] in keys[3:] and keys[6] in keys[7:]


def test_a_process_that_fails_is_no_kill(capfd):
    def fails():
        raise ValueError("a bug")

    with pytest.raises(SystemExit):
        _timers.killed(fails, kills=3, dice=random.Random(1), longest_s=5.0)
    assert "a bug" in capfd.readouterr().err


def test_the_loop_beside_it_loses_what_it_marked_and_had_not_sent(database, tmp_path):
    """A model that lost nothing would be no model of it."""
    sink = DeadlyBefore(tmp_path / "sink", 0.0)
    told = timers_peer.lost(practice_vault.RING, sink, kills=0, checks=12, seed=7, longest_s=0.3)
    assert (told["kills"], told["expected"], told["delivered"]) == (1, 12, 11)
    assert (told["lost"], told["lost_between_marking_and_sending"]) == (1, 1)


class DeadlyBefore(Sink):
    """Ends the process while the fourth alert is on its way."""

    def take(self, key: str) -> None:
        if len(self.keys()) == 3 and not (before := self.file.with_name("killed")).exists():
            before.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        super().take(key)
