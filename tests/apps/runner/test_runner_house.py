"""The house as one process: its door, its lock, its clock, and the copy it keeps before it changes a database."""

import json
import os
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ojakgyo.config.clock import Clock
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.runner import opening
from ojakgyo.runner.door import NAME, Door, ask
from ojakgyo.runner.lock import lock


@pytest.fixture
def home():
    """A short path: the name of a socket has few letters."""
    with tempfile.TemporaryDirectory(prefix="ojak-") as folder:
        (Path(folder) / "run").mkdir()
        yield Path(folder)


def count(asked):
    for number in range(asked["to"]):
        yield {"number": number}


def refuse(asked):
    yield {"number": 0}
    raise Refused("demo.no_line")


def fail(asked):
    yield from ()
    raise {"sum": ZeroDivisionError, "disk": OSError}[asked["of"]]("Beodeul is what it is about")


@pytest.fixture
def door(home):
    standing = Door(home, {"count": count, "refuse": refuse, "fail": fail})
    standing.start()
    yield standing
    standing.stop()


def test_the_door_answers_line_by_line(home, door):
    assert list(ask(home, "count", to=3)) == [{"number": 0}, {"number": 1}, {"number": 2}]


def test_only_the_owner_may_knock(home, door):
    assert stat.S_IMODE((home / NAME).stat().st_mode) == 0o600


def test_a_refusal_comes_with_its_code_after_what_was_said(home, door):
    said = []
    with pytest.raises(Refused, match=r"demo\.no_line"):
        for each in ask(home, "refuse"):
            said.append(each)
    assert said == [{"number": 0}]


@pytest.mark.parametrize("of", ["sum", "disk"])
def test_a_handlers_own_fault_is_told_without_its_words_and_ends_no_other(home, door, caplog, of):
    with pytest.raises(Refused, match=r"house\.failed"):
        list(ask(home, "fail", of=of))
    assert "Beodeul" not in caplog.text
    assert list(ask(home, "count", to=1)) == [{"number": 0}]


def test_a_desk_that_ends_in_the_middle_of_its_answer_has_not_done_it(home):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as broken:
        broken.bind(str(home / NAME))
        broken.listen(1)
        answered = ask(home, "count", to=9)
        threading.Thread(target=lambda: _half(broken), daemon=True).start()
        assert next(answered) == {"number": 0}
        with pytest.raises(Refused, match=r"house\.failed"):
            next(answered)


def _half(listening):
    asking, _ = listening.accept()
    with asking:
        asking.sendall(b'{"number": 0}\n')
        asking.recv(1_000)


@pytest.mark.parametrize("line", ["", "not json", "[]", '"count"', "{}", '{"do": "open sesame"}', '{"do": []}'])
def test_what_the_door_does_not_understand_is_refused(home, door, line):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knocking:
        knocking.connect(str(home / NAME))
        with knocking.makefile("rw") as lines:
            lines.write(line + "\n")
            lines.flush()
            assert json.loads(lines.readline()) == {"code": "house.input_refused"}


def test_who_leaves_early_harms_nothing(home, door):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knocking:
        knocking.connect(str(home / NAME))
        knocking.sendall(b'{"do": "count", "to": 100000}\n')
    assert list(ask(home, "count", to=1)) == [{"number": 0}]


def test_nobody_behind_the_door_is_said(home, door):
    door.stop()
    with pytest.raises(Refused, match=r"demo\.not_running"):
        list(ask(home, "count", to=1))
    assert not (home / NAME).exists()


def test_a_door_left_behind_by_a_house_that_was_killed_is_replaced(home):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(str(home / NAME))
    standing = Door(home, {"count": count})
    standing.start()
    try:
        assert list(ask(home, "count", to=1)) == [{"number": 0}]
    finally:
        standing.stop()


def test_one_desk_serves_a_home(home):
    held = lock(home)
    taking = "import sys; from pathlib import Path; from ojakgyo.runner.lock import lock; lock(Path(sys.argv[1]))"
    second = subprocess.run([sys.executable, "-c", taking, str(home)], capture_output=True, text=True, timeout=60)
    assert second.returncode != 0 and "vault.in_use" in second.stderr
    os.close(held)
    assert subprocess.run([sys.executable, "-c", taking, str(home)], timeout=60).returncode == 0


def test_a_practice_clock_never_goes_back():
    clock = Clock(demo=True)
    ahead = clock.now() + 3_600_000
    clock.advance_to(ahead)
    clock.advance_to(ahead - 1_800_000)
    assert clock.now() >= ahead and clock.ahead_ms >= 3_500_000


def test_only_a_practice_clock_may_run_ahead():
    for offset, factor in ((1, 1.0), (0, 2.0)):
        with pytest.raises(ValueError, match="practice"):
            Clock(offset_ms=offset, factor=factor)
    with pytest.raises(ValueError, match="practice"):
        Clock().advance_to(0)
    assert Clock().ahead_ms == 0


def test_a_practice_house_goes_on_from_its_last_fact(night, monkeypatch):
    """Its clock had run ahead by days; the machine's has not."""
    night.clock.at(night.now + 72 * 3_600_000)
    night.is_told("Galmae-3", "taken_away")
    last = night.now
    clock = Clock(demo=True, offset_ms=-10_000_000_000)
    monkeypatch.setattr(settings, "CLOCK", clock)
    assert clock.now() < last
    opening.catch_up_clock()
    assert clock.now() >= last


def test_a_database_is_copied_before_it_is_migrated(night, database, monkeypatch):
    before = database.with_suffix(".db.before")
    assert opening.bring_up_to_date() == 0 and not before.exists(), "nothing was missing"
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("a", False), ("b", False)])
    monkeypatch.setattr(opening, "call_command", lambda *_, **__: None)

    assert opening.bring_up_to_date() == 2

    assert stat.S_IMODE(before.stat().st_mode) == 0o600
    assert before.read_bytes() == database.read_bytes()
    assert not before.read_bytes().startswith(b"SQLite format 3")


def test_a_database_without_its_guards_is_not_served(night, database):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name LIMIT 1")
        (name,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {name}")
    with pytest.raises(Damaged, match=r"chronicle\.triggers"):
        opening.bring_up_to_date()
