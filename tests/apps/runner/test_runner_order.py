"""The runner reads its post before it judges silence, says when it is deaf, and its door and lock let in who may come."""

import subprocess
import sys

import pytest
from django.conf import settings
from world import Clock, told

from ojakgyo.apps.contact import duties
from ojakgyo.apps.contact.ears import STALE_S, Hearing
from ojakgyo.apps.contact.listening import Spool
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.config import clock as clocks
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.runner import door, loop, opening
from ojakgyo.runner.door import Door, ask
from ojakgyo.runner.lock import lock
from ojakgyo.runner.loop import Loop

LATE_MS = 24 * HOUR_MS
"""After this Beodeul's grace is over."""
LOCK = "import sys; from pathlib import Path; from ojakgyo.runner.lock import lock; lock(Path(sys.argv[1]))"


@pytest.fixture
def hearing(monkeypatch):
    """A house that has just started, its monotonic clock in `hearing.seconds`."""
    fresh = Hearing(lambda: fresh.seconds)
    fresh.seconds = 0.0
    for room in (duties, loop):
        monkeypatch.setattr(room, "hearing", fresh)
    return fresh


@pytest.fixture
def runner(night, hearing):
    return Loop(Spool(night.folder, house_desk, loop.time.monotonic), house_desk, lambda: None)


@pytest.fixture
def at_the_door(tmp_path):
    """A home with a door that knows three commands."""

    def counts(asked):
        yield from ({"number": number} for number in range(asked["to"]))

    def refuses(asked):
        raise Refused("demo.no_line")
        yield

    def breaks(asked):
        raise ValueError("words that concern nobody")
        yield

    (tmp_path / "run").mkdir()
    open_door = Door(tmp_path, {"count": counts, "refuse": refuses, "break": breaks})
    open_door.start()
    yield tmp_path
    open_door.stop()


def test_after_a_start_the_post_is_read_before_a_timer_judges_silence(night, runner):
    """Beodeul's text lay in the spool while the house was shut, and meanwhile the grace ran out."""
    night.clock.at(night.now + LATE_MS - 1)
    night.arrives("Beodeul")
    night.clock.at(night.now + 2)
    runner.drain()
    runner.go_round()
    assert night.person("Beodeul") in [fact.person for fact in told(facts.WindowKept)]
    assert told(facts.WindowMissed) == []


def test_without_post_the_same_start_notes_the_silence(night, runner):
    night.clock.at(night.now + LATE_MS)
    runner.drain()
    runner.go_round()
    assert [fact.person for fact in told(facts.WindowMissed)] == [night.person("Beodeul")]


def test_a_spool_that_cannot_be_read_makes_a_deaf_house_that_says_so_and_blames_nobody(night, runner, hearing):
    runner.go_round()
    assert hearing.ears().deaf_since is None
    night.folder.rename(night.folder.with_name("away"))
    deaf_since, hearing.seconds = night.now, STALE_S + 1
    night.clock.at(night.now + LATE_MS)
    runner._timers_at = 0.0
    runner.go_round()
    ears = hearing.ears()
    assert (ears.hearing, ears.deaf_since) == (0, deaf_since)
    assert told(facts.WindowMissed) == []


def test_the_door_answers_line_by_line_and_can_be_asked_again(at_the_door):
    for to in (3, 1):
        assert list(ask(at_the_door, "count", to=to)) == [{"number": number} for number in range(to)]


@pytest.mark.parametrize(
    ("command", "code"),
    [("refuse", "demo.no_line"), ("break", "house.failed"), ("unheard of", "house.input_refused")],
)
def test_the_door_refuses_with_a_code_and_stays_open(at_the_door, command, code):
    with pytest.raises(Refused) as refused:
        list(ask(at_the_door, command))
    assert refused.value.code == code
    assert list(ask(at_the_door, "count", to=1)) == [{"number": 0}]


def test_only_the_owner_may_come_to_the_door(at_the_door):
    assert (at_the_door / door.NAME).stat().st_mode & 0o777 == 0o600


def test_behind_no_door_nobody_answers(tmp_path):
    with pytest.raises(Refused, match=r"demo\.not_running"):
        list(ask(tmp_path, "count", to=1))


def test_one_desk_serves_a_home_and_the_next_may_once_it_has_ended(tmp_path):
    subprocess.run([sys.executable, "-c", LOCK, str(tmp_path)], check=True)
    held = lock(tmp_path)
    other = subprocess.run([sys.executable, "-c", LOCK, str(tmp_path)], capture_output=True, text=True)
    assert "vault.in_use" in other.stderr
    assert held > 0


def test_a_practice_clock_goes_on_from_the_last_fact_and_never_back(night, monkeypatch):
    night.hears("Yeoul")
    last = night.now
    behind = Clock(last - HOUR_MS)
    monkeypatch.setattr(settings, "CLOCK", behind)
    opening.catch_up_clock()
    assert behind.now() == last
    ahead = clocks.Clock(demo=True)
    ahead.advance_to(ahead.now() + HOUR_MS)
    before = ahead.now()
    ahead.advance_to(before - 2 * HOUR_MS)
    assert ahead.now() >= before


def test_a_real_houses_clock_is_the_machines_and_cannot_be_moved():
    with pytest.raises(ValueError, match="practice"):
        clocks.Clock().advance_to(0)
    with pytest.raises(ValueError, match="practice"):
        clocks.Clock(offset_ms=1)
