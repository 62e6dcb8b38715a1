"""The house as processes: started, asked and stopped over its command line, as by anybody. Knows no module of it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import forking
import httpx

OJAK = (sys.executable, "-m", "ojakgyo")
PATIENCE_S = 60.0
TICK_S = 0.01
Process = subprocess.Popen[bytes] | forking.Started
NOT_INHERITED = ("OJAK_HOME", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")


def until(found: Callable[[], Any], *, within_s: float = PATIENCE_S, what: str = "it") -> Any:
    """What `found` gives as soon as it gives something; nothing in time: a failure that names it."""
    end = time.monotonic() + within_s
    while not (it := found()):
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come within {within_s:g} s")
        time.sleep(TICK_S)
    return it


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def surroundings(home: Path) -> dict[str, str]:
    """The environment of everything about one home: its spool lies beside it, and no home is named but by --home."""
    runtime = home.with_name(home.name + ".runtime")
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return {**kept, "XDG_RUNTIME_DIR": str(runtime)}


@dataclass(frozen=True)
class Done:
    """A command that has ended: its exit code, its JSON lines, its prose."""

    code: int
    lines: list[dict[str, Any]]
    prose: str


def ojak(*words: str, home: Path, program: tuple[str, ...] = OJAK) -> Done:
    """Run one command to its end, with `--home` and nobody at the keyboard."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        running = start(*program, *words, "--home", str(home), home=home, out=out, err=err)
        try:
            code = running.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
        said, prose = (_text(stream) for stream in (out, err))
    return Done(code, [json.loads(line) for line in said.splitlines() if line[:1] == "{"], prose)


def start(*words: str, home: Path, out: BinaryIO, err: BinaryIO, afresh: bool = False) -> Process:
    """A Python program and its words, about one home. `afresh`: with all it takes to read its modules."""
    env = surroundings(home)
    if afresh or not forking.ON:
        return subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    return forking.start(words[1:], env=env, out=out, err=err)


def _text(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read().decode()


def secrets_file(folder: Path, *lines: str) -> Path:
    """A file only its owner reads, one secret a line."""
    file = folder / "secrets"
    file.touch(mode=0o600)
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


class House:
    """One `ojak demo` or `ojak serve` in a process of its own."""

    def __init__(self, *words: str, home: Path, afresh: bool = False) -> None:
        self.home, self.port = home, free_port()
        home.parent.mkdir(parents=True, exist_ok=True)
        self._out, self._err = home.with_name(home.name + ".out"), home.with_name(home.name + ".err")
        self.began = time.monotonic()
        with self._out.open("wb") as out, self._err.open("wb") as err:
            said = (*OJAK, *words, "--home", str(home), "--port", str(self.port), "--json")
            self.process = start(*said, home=home, out=out, err=err, afresh=afresh)
        self.ready: dict[str, Any] = {}
        self.ready_s = self.queued_s = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def prose(self) -> str:
        return self._err.read_text()

    def wait(self, within_s: float = PATIENCE_S) -> "House":
        """Until the line that says it is ready has come."""
        until(lambda: self._line() or self.process.poll() is not None, within_s=within_s, what="the ready line")
        if not self._line():
            raise AssertionError(f"the house ended with {self.process.returncode}: {self.prose}")
        self.ready_s = time.monotonic() - self.began
        self.queued_s = _queued_s(self.process.pid)
        self.ready = json.loads(self._line())
        return self

    def wait_to_say(self, words: str) -> None:
        until(lambda: words in self.prose or self.process.poll() is not None, what=words)
        assert words in self.prose, self.prose

    def ask(self, *words: str) -> list[dict[str, Any]]:
        """What a command answers while this house serves; it must end well."""
        done = ojak(*words, "--json", home=self.home)
        assert done.code == 0, done.prose
        return done.lines

    def say(self, code_name: str, word: str) -> dict[str, str]:
        """The next text of a helper's card, not sent: number and text."""
        (sms,) = self.ask("demo", "say", code_name, word, "--print")
        return sms

    def board(self) -> dict[str, Any]:
        """The board's twin in JSON."""
        token = Path(self.ready["token_file"]).read_text().strip()
        asked = httpx.get(f"{self.url}/api/v1/watch/warnings", headers={"Authorization": f"Bearer {token}"}, timeout=10)
        return dict(asked.raise_for_status().json())

    def warning_about(self, code_name: str) -> dict[str, Any]:
        """The warning about this helper, waited for."""

        def look() -> dict[str, Any] | None:
            return next((each for each in self.board()["warnings"] if each["code_name"] == code_name), None)

        return dict(until(look, within_s=20, what=f"a warning about {code_name}"))

    def stop(self, by: signal.Signals = signal.SIGINT) -> float:
        """Ask it to leave; seconds until it has left."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(by)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        return time.monotonic() - began

    def _line(self) -> str:
        written = self._out.read_text()
        return written if written.endswith("\n") else ""

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _queued_s(pid: int) -> float:
    """Seconds a process was ready to run and stood behind others: what a busy machine adds to its own time."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def copy_of(home: Path, to: Path) -> Path:
    """A second home like a closed one. Its vault has the same id, but its spool is another."""
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("*.sock"))
    return to
