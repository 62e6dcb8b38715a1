"""The runner: post first, then what follows from it, then the timers; and a house that cannot hear says so."""

import logging
import os
import threading

import pytest
from django.conf import settings
from world import NOW, told, well

from ojakgyo.apps.chronicle import rounds, seen
from ojakgyo.apps.chronicle.pulse import Pulse
from ojakgyo.apps.contact import ears
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.ears import STALE_S, Hearing
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Absence
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant
from ojakgyo.runner import falling, health, loop
from ojakgyo.runner.loop import Loop
from ojakgyo.web.bell import bell


@pytest.fixture
def hearing(monkeypatch):
    """Ears of this test's own, with seconds it may move."""
    seconds = [100.0]
    own = Hearing(lambda: seconds[0])
    own.seconds = seconds
    for module in (ears, loop):
        monkeypatch.setattr(module, "hearing", own)
    return own


@pytest.fixture
def rung(monkeypatch):
    heard = []
    monkeypatch.setattr(bell, "ring", lambda name, seq: heard.append(name))
    return heard


@pytest.fixture
def runner(night, hearing, monkeypatch):
    """A loop that is driven by hand; its spool takes the seconds of the world."""
    made = Loop(night.spool, house_desk, lambda: None)
    monkeypatch.setattr(loop.time, "monotonic", lambda: night.seconds)
    monkeypatch.setattr(made.leaving, "wait", lambda passed: _pass(night, passed))
    return made


def _pass(night, passed):
    night.seconds += passed
    return False


def go(night, runner, *, seconds=1.0):
    night.seconds += seconds
    runner.go_round()


def test_silence_is_judged_only_by_a_house_that_has_read_its_post(night, runner):
    """The window ran out while the house was closed; the text that kept it lies in the spool."""
    opens = Instant(NOW + HOUR_MS)
    window = agree_window(
        night.desk("Haneul"),
        person=night.person("Sonagi"),
        opens=opens,
        closes=Instant(opens + HOUR_MS),
        grace_ms=10 * MINUTE_MS,
    )
    night.clock.at(opens + HOUR_MS + 5 * MINUTE_MS)
    night.arrives("Sonagi", well)
    night.clock.at(opens + HOUR_MS + 9 * MINUTE_MS)

    runner.drain()
    night.clock.at(opens + 3 * HOUR_MS)
    runner.go_round()

    assert Window.objects.get(pk=window).state == WindowState.KEPT
    assert told(facts.WindowMissed) == []


def test_in_every_round_the_post_comes_before_what_falls_due(night, runner, monkeypatch):
    order = []
    for name in ("read_all", "settle_all"):
        real = getattr(rounds, name)
        monkeypatch.setattr(rounds, name, lambda make, real=real, name=name: order.append(name) or real(make))
    real_listen = type(night.spool).listen
    monkeypatch.setattr(type(night.spool), "listen", lambda spool: order.append("listen") or real_listen(spool))
    runner._read_to = None
    go(night, runner)
    assert order[0] == "listen" and order.index("read_all") < order.index("settle_all")


def test_after_a_sleep_the_post_is_waited_for_before_anything_that_fell_due_is_judged(night, runner, monkeypatch):
    """The text came while the machine slept; the first round is the first to see its file."""
    opens = Instant(NOW + HOUR_MS)
    window = agree_window(
        night.desk("Haneul"),
        person=night.person("Sonagi"),
        opens=opens,
        closes=Instant(opens + HOUR_MS),
        grace_ms=10 * MINUTE_MS,
    )
    go(night, runner)
    night.clock.at(opens + HOUR_MS + 5 * MINUTE_MS)
    file = night.arrives("Sonagi", well)
    came = file.stat().st_mtime - 115 * 60
    os.utime(file, (came, came))
    night.clock.at(opens + 3 * HOUR_MS)
    monkeypatch.setattr(runner.watchman, "has_leapt", lambda: True)
    go(night, runner)
    assert Window.objects.get(pk=window).state == WindowState.KEPT
    assert told(facts.WindowMissed) == []


def test_what_is_left_of_a_thousand_due_at_once_does_not_wait_for_the_next_second(night, runner, monkeypatch):
    done = []
    monkeypatch.setattr(rounds, "settle_all", lambda make: done.append(night.seconds) or (200 if len(done) < 5 else 17))
    for _ in range(10):
        go(night, runner, seconds=0.0)
    assert len(done) == 5


def test_draining_takes_what_is_ripe_and_does_not_wait_for_ever(night, runner):
    night.arrives("Beodeul", well)
    half = night.arrives("Sonagi", well)
    half.write_bytes(half.read_bytes()[:-40])
    began = night.seconds
    runner.drain()
    assert [path.name for path in night.folder.iterdir()] == [half.name]
    assert len(told(facts.MessageReceived)) == 1
    assert night.seconds - began <= loop.DRAIN_S


def test_timers_are_looked_at_once_a_second(night, runner, monkeypatch):
    looked = []
    monkeypatch.setattr(rounds, "settle_all", lambda make: looked.append(night.seconds) or 0)
    for _ in range(31):
        go(night, runner, seconds=0.1)
    assert len(looked) == 4


def test_a_house_that_hears_says_so_once(night, runner, hearing, rung):
    assert (hearing.ears().hearing, hearing.ears().deaf_since) == (0, None), "nothing heard yet"
    go(night, runner)
    go(night, runner)
    assert hearing.ears().hearing == 1
    assert rung.count("ears") == 1


def test_a_deaf_spool_is_said_instead_of_blaming_people(night, runner, hearing, rung, caplog):
    go(night, runner)
    rung.clear()
    night.folder.rename(night.folder.with_name("gone"))
    with caplog.at_level(logging.ERROR, logger="ojakgyo.runner"):
        hearing.seconds[0] += STALE_S + 1
        go(night, runner)
    found = hearing.ears()
    assert (found.hearing, found.deaf_since) == (0, NOW)
    assert "ears" in rung
    assert caplog.records and str(night.folder) not in caplog.text

    night.folder.with_name("gone").rename(night.folder)
    rung.clear()
    go(night, runner)
    assert hearing.ears().hearing == 1 and "ears" in rung
    assert [fact.happened_from for fact in told(facts.ChannelDeaf)] == [NOW] and len(told(facts.ChannelHeard)) == 1


def test_pages_are_told_of_what_concerns_them(night, runner, rung):
    go(night, runner)
    rung.clear()
    night.arrives("Beodeul", "duress")
    night.listen()
    go(night, runner)
    assert {"inbox", "checkins", "board"} <= set(rung)


def test_a_runner_that_is_asked_to_leave_leaves(night, hearing):
    made = Loop(night.spool, house_desk, lambda: None)
    made.start()
    made.stop()
    assert not made.is_alive()


def test_every_round_beats_the_pulse_and_one_that_fails_as_well(night, runner, monkeypatch):
    own = Pulse()
    monkeypatch.setattr(loop, "pulse", own)
    beats = []
    monkeypatch.setattr(own, "beat", lambda: beats.append(1))
    go(night, runner)

    def broken(make):
        raise ValueError("words of somebody")

    monkeypatch.setattr(rounds, "settle_all", broken)
    go(night, runner)
    assert len(beats) == 2


def test_a_runner_that_is_started_has_a_pulse_at_once(night, hearing, monkeypatch):
    own = Pulse()
    monkeypatch.setattr(loop, "pulse", own)
    made = Loop(night.spool, house_desk, lambda: None)
    assert own.has_stopped()
    made.start()
    assert not own.has_stopped()
    made.stop()


def test_a_thread_that_falls_is_written_down_without_what_it_had_in_hand(caplog, capsys, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    falling.watch()

    def fall():
        somebody = "Beodeul"
        raise KeyError(somebody)

    with caplog.at_level(logging.CRITICAL, logger="ojakgyo.threads"):
        thread = threading.Thread(target=fall, name="story")
        thread.start()
        thread.join()
    assert "thread story ended: KeyError" in caplog.text
    assert "Beodeul" not in caplog.text + "".join(capsys.readouterr())


def test_a_hook_that_somebody_else_has_put_there_stays(monkeypatch):
    theirs = lambda fallen: None  # noqa: E731
    monkeypatch.setattr(threading, "excepthook", theirs)
    falling.watch()
    assert threading.excepthook is theirs


def test_doctor_names_a_duty_behind_its_limit_while_a_desk_serves(night, tmp_path):
    for name in ("vault.json", "vault.db"):
        (tmp_path / name).touch(mode=0o600)
    night.arrives("Beodeul", well)
    night.listen()
    night.clock.at(night.now + 7 * MINUTE_MS)

    def found():
        (finding,) = [each for each in health.look(tmp_path, deep=False) if each.check == "duties"]
        return finding.ok, finding.found

    assert found() == (True, "no desk serves; waiting: contact.read_message 7 min")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "ojak.sock").touch()
    assert found() == (False, "contact.read_message 7 min")
    night.settle()
    assert found() == (True, "none behind its limit")


def test_doctor_says_that_the_machines_clock_is_behind_and_that_it_was_set_ahead(night, tmp_path, monkeypatch):
    for name in ("vault.json", "vault.db"):
        (tmp_path / name).touch(mode=0o600)
    monkeypatch.setattr(settings, "OJAK_DEMO", False)

    def found(check):
        return [(each.ok, each.found) for each in health.look(tmp_path, deep=False) if each.check == check]

    assert found("clock") == [(True, "not behind what was lived through")]
    assert found("away in the last 12 hours") == []
    monkeypatch.setattr(night.clock, "lost_ms", 26 * HOUR_MS)
    seen.note_away(house_desk(), since=Instant(NOW - HOUR_MS), absence=Absence.SET_AHEAD)
    assert found("clock") == [(False, "house.clock_back: the machine's is 26 h behind")]
    ((fine, said),) = found("away in the last 12 hours")
    assert not fine and said.startswith("set_ahead from 20")


def test_doctor_says_in_hours_how_far_the_clock_is_behind(night, tmp_path):
    for name in ("vault.json", "vault.db"):
        (tmp_path / name).touch(mode=0o600)
    night.is_told("Galmae-3", "taken_away")
    night.clock.at(night.now - 26 * HOUR_MS)
    (finding,) = [each for each in health.look(tmp_path, deep=False) if each.check == "clock"]
    assert finding.ok and finding.found == "26 h behind the newest fact; a practice world goes on from there"
