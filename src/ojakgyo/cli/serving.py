"""Serve a vault: its port, its address, how it ends, and how a sealed one begins anew without a key in its memory."""

import errno
import os
import socket
import sys
from typing import Annotated, Any, Final, NoReturn

import typer

from ojakgyo.cli import saying
from ojakgyo.domain.errors import Refused

PORT: Final = 8731
Port = Annotated[int, typer.Option("--port", min=1, max=65_535, help="On 127.0.0.1.")]
_HANDED: Final = 3
"""The first descriptor that is handed over, as systemd does it: LISTEN_PID says to whom, LISTEN_FDS how many."""


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}/"


def free(port: int) -> None:
    """Another program uses the port: ``Refused``."""
    listening(port).close()


def listening(port: int) -> socket.socket:
    """The socket of a port, taken at once, so that nobody is asked for words in vain; or the one that was handed over."""
    if os.environ.pop("LISTEN_PID", "") == str(os.getpid()) and os.environ.pop("LISTEN_FDS", "") == "1":
        return socket.socket(fileno=_HANDED)
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError as error:
        taken.close()
        held = error.errno == errno.EADDRINUSE
        raise Refused("house.port_in_use" if held else "house.port_not_allowed", port=port) from None
    return taken


def serve(
    house: Any, *, port: int, json: bool, more: dict[str, Any] | None = None, on: socket.socket | None = None
) -> None:
    """Serve until Ctrl-C, or until somebody seals it. `house` holds the lock of its home; `more`: said when it is ready.

    A practice world that is sealed ends; any other begins anew, closed, on the same port.
    """
    from django.conf import settings

    url, extra, taken = address(port), more or {}, on or listening(port)

    def ready() -> None:
        if json:
            saying.give(ready=True, url=url, home=str(settings.HOME), pid=os.getpid(), spool=str(house.spool), **extra)
        saying.say(f"Open {extra.get('enter', url)}")
        saying.say("Ctrl-C seals it.")

    kept = taken.dup()
    house.serve(taken, ready)
    saying.say("Sealed.")
    if house.sealing and on is not None:
        _begin_anew(kept)
    kept.close()


def _begin_anew(kept: socket.socket) -> NoReturn:
    """Another program image in the place of this one: Python wipes nothing, so only the end of its memory forgets a key.

    The port stays taken, and who asks meanwhile waits for the gate.
    """
    os.dup2(kept.fileno(), _HANDED, inheritable=True)
    os.set_inheritable(_HANDED, True)
    handed = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
    sys.stdout.flush()
    sys.stderr.flush()
    words = [sys.executable, "-m", "ojakgyo", *closed(sys.argv[1:])]
    os.execve(sys.executable, words, {**os.environ, **handed})  # noqa: S606 - our own program again


def closed(words: list[str]) -> list[str]:
    """The words of a command without the file that would open the vault, and with the wish to stay closed."""
    kept, skip = [], False
    for word in words:
        if skip or word == "--secrets-file":
            skip = not skip
        elif not word.startswith("--secrets-file=") and word not in ("--sealed", "--no-sealed"):
            kept.append(word)
    return [*kept, "--sealed"]
