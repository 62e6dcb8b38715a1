"""The door for commands: a socket in the home folder (0600) through which they talk to the running desk.

One JSON object a line asks, JSON objects a line answer; the last one holds `done` or, where it was refused, `code`.
"""

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from django.db import connections

from ojakgyo.domain.errors import Damaged, NotHeld, OjakError, Refused
from ojakgyo.domain.failing import where

NAME: Final = "run/ojak.sock"
log = logging.getLogger("ojakgyo.door")
Said = dict[str, Any]
Handler = Callable[[Said], Iterator[Said]]
_ERRORS: Final[dict[str, type[OjakError]]] = {each.__name__: each for each in (Refused, Damaged, NotHeld)}


class Door(threading.Thread):
    """Answers commands one after the other, each on a thread of its own."""

    def __init__(self, home: Path, handlers: dict[str, Handler]) -> None:
        super().__init__(name="door", daemon=True)
        self.handlers = handlers
        path = home / NAME
        path.unlink(missing_ok=True)
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.bind(str(path))
        path.chmod(0o600)
        self._listening.listen(8)
        self._path = path

    def run(self) -> None:
        while True:
            try:
                asking, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(asking,), daemon=True).start()

    def stop(self) -> None:
        self._listening.close()
        self._path.unlink(missing_ok=True)

    def _answer(self, asking: socket.socket) -> None:
        try:
            with asking, asking.makefile("rw", encoding="utf-8") as lines:
                for said in self._said(lines.readline()):
                    _write(lines, said)
        except OSError:
            log.info("a command left early")
        finally:
            connections.close_all()

    def _said(self, line: str) -> Iterator[Said]:
        """The answers to one line; the last one says how it ended. A handler's own fault ends no other command."""
        try:
            asked = json.loads(line)
            handler = self.handlers[asked.pop("do")]
        except (ValueError, KeyError, TypeError, AttributeError):
            yield {"code": "house.input_refused"}
            return
        try:
            yield from handler(asked)
            yield {"done": True}
        except Exception as error:  # noqa: BLE001 - whoever asked is told, and the desk goes on
            log.error("command failed: %s", where(error))
            yield _ended(error)


def _ended(error: Exception) -> Said:
    """A code, what kind of error it is, and its ids; never the words of anything else."""
    if not isinstance(error, OjakError):
        return {"code": "house.failed"}
    return {"code": error.code, "as": type(error).__name__, "ids": error.ids}


def _write(lines: Any, said: Said) -> None:
    lines.write(json.dumps(said, ensure_ascii=False) + "\n")
    lines.flush()


def answers(home: Path) -> bool:
    """Whether somebody is behind the door: a desk serves this home, unsealed."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as talking:
        try:
            talking.connect(str(home / NAME))
        except OSError:
            return False
    return True


def ask(home: Path, do: str, **asked: Any) -> Iterator[Said]:
    """What the running desk answers. Nobody behind the door: `Refused` "demo.not_running"; a code it says is raised.

    A desk that ends in the middle of its answer has not done it: `Refused` "house.failed".
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as talking:
        try:
            talking.connect(str(home / NAME))
        except OSError:
            raise Refused("demo.not_running") from None
        with talking.makefile("rw", encoding="utf-8") as lines:
            _write(lines, {"do": do, **asked})
            for line in lines:
                said = json.loads(line)
                if "code" in said:
                    raise _ERRORS.get(said.get("as", ""), Refused)(said["code"], **said.get("ids", {}))
                if said.get("done"):
                    return
                yield said
            raise Refused("house.failed")
