"""A real gammu-smsd with a dummy phone: texts are put into the phone by gammu, and come out in a folder of our choice."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("gammu", "gammu-smsd")
KEPT = ("in", "out", "sent", "errors")
ONE_PART = {True: 160, False: 70}
"""Characters of a text in one part: in plain letters, or in any."""
LOCALE = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}  # gammu reads what it is given in the locale's letters


@dataclass(frozen=True)
class Modem:
    """Its folders lie under `root`, its inbox elsewhere."""

    root: Path

    def hear(self, *, number: str, text: str) -> None:
        """A text arrives in the phone; the daemon finds it there within a second."""
        plain = text.isascii()
        letters = [] if plain else ["-unicode"]  # else Hangul arrives as question marks
        length = ["-len", str(len(text))] if len(text) > ONE_PART[plain] else []  # else it ends after one part
        said = ("gammu", "-c", self.root / "rc", "savesms", "TEXT", "-folder", "1", "-unread")
        subprocess.run(
            [*said, "-sender", number, *letters, *length],
            input=text,
            text=True,
            env=LOCALE,
            check=True,
            capture_output=True,
        )

    def outgoing(self) -> list[Path]:
        """Whatever was to be sent, or was."""
        return [file for folder in ("out", "sent", "errors") for file in (self.root / folder).iterdir()]


@contextmanager
def modem(root: Path, *, inbox: Path) -> Iterator[Modem]:
    """The daemon, from here to the end of the block."""
    for folder in (*KEPT, *(f"phone/sms/{number}" for number in range(1, 6))):
        (root / folder).mkdir(parents=True)
    (root / "rc").write_text(_settings(root, inbox))
    daemon = subprocess.Popen(
        ["gammu-smsd", "-c", root / "rc"], env=LOCALE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield Modem(root)
    finally:
        daemon.terminate()
        try:
            daemon.wait(10)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()


def _settings(root: Path, inbox: Path) -> str:
    """Without a device, a network or a question to anybody; one look at the phone a second."""
    phone = {"model": "dummy", "connection": "none", "device": f"{root}/phone", "gammuloc": "/dev/null"}
    daemon = {
        "service": "files",
        "logfile": f"{root}/log",
        "inboxpath": f"{inbox}/",
        "inboxformat": "detail",
        "outboxpath": f"{root}/out/",
        "sentsmspath": f"{root}/sent/",
        "errorsmspath": f"{root}/errors/",
        "loopsleep": 1,
        "receivefrequency": 1,
        "statusfrequency": 0,
        "commtimeout": 1,
        "sendtimeout": 5,
        **dict.fromkeys(("checksecurity", "checkbattery", "checksignal", "checknetwork"), 0),
    }
    return _section("gammu", phone) + _section("smsd", daemon)


def _section(name: str, fields: dict[str, object]) -> str:
    return "".join([f"[{name}]\n", *(f"{field} = {value}\n" for field, value in fields.items())])
