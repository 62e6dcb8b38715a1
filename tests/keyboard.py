"""Somebody at the keyboard: a program on a terminal of its own, read and typed at."""

import os
import pty
import re
import select
import time
from pathlib import Path

from processes import surroundings

PATIENCE_S = 60.0


class Keyboard:
    def __init__(self, program: tuple[str, ...], *words: str, home: Path) -> None:
        self.seen, self._at = "", 0
        self.pid, self._terminal = pty.fork()
        if not self.pid:
            env = {**surroundings(home), "TERM": "xterm", "COLUMNS": "200"}
            os.execve(program[0], [*program, *words, "--home", str(home)], env)

    def wait(self, words: str) -> str:
        """Until these words stand on the screen after what was read before; what stood before them."""
        end = time.monotonic() + PATIENCE_S
        while (found := self.seen.find(words, self._at)) < 0:
            if time.monotonic() > end or not self._read():
                raise AssertionError(f"{words!r} did not come after: {self.seen[self._at :]}")
        before, self._at = self.seen[self._at : found], found + len(words)
        return before

    def type(self, words: str = "") -> None:
        os.write(self._terminal, words.encode() + b"\n")

    def answer(self, asked: str, words: str = "") -> str:
        """Wait for a question, and answer it; what stood before it."""
        before = self.wait(asked)
        self.wait(": ")  # the blank comes once the terminal is set up to be typed at
        self.type(words)
        return before

    def interrupt(self) -> None:
        """Ctrl-C until the program has left: one that falls just before a system call is not noticed in it."""
        for _ in range(10):
            os.write(self._terminal, b"\x03")
            while select.select([self._terminal], [], [], 2.0)[0]:
                if not self._read():
                    return
        raise AssertionError("it does not end")

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> bool:
        if not select.select([self._terminal], [], [], PATIENCE_S)[0]:
            return False
        try:
            data = os.read(self._terminal, 65_536)
        except OSError:  # the other end has left
            return False
        self.seen += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)


def words_in(screen: str) -> list[str]:
    """The words of a share, put in order by the numbers in front of them."""
    found = {int(number): word for number, word in re.findall(r"(\d+) ([a-z]+)", screen)}
    return [found[number] for number in sorted(found)]
