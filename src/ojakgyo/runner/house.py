"""One process: the server on the main thread, the runner, the sender and the door beside it, and the keys in between."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import uvicorn
from django.conf import settings
from django.db import DatabaseError

from ojakgyo.apps.alerts.outlets import Outlet, Outside, Sink
from ojakgyo.apps.contact.listening import Spool, spool_folder
from ojakgyo.apps.vault import header, ways
from ojakgyo.apps.vault.actions import note_sealed, note_unsealed, tend_sessions
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain import desk as desks
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.failing import where
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.runner import looking, opening, warming
from ojakgyo.runner.door import Door, Handler, Said
from ojakgyo.runner.keeper import Keeper
from ojakgyo.runner.loop import Loop
from ojakgyo.runner.sender import Sender
from ojakgyo.store import keyholder
from ojakgyo.web.bell import bell

APPLICATION: Final = "ojakgyo.config.asgi:application"
SEALING_S: Final = 30.0
"""A house that is not gone by then does not seal itself."""
log = logging.getLogger("ojakgyo.house")


def house_desk() -> Desk:
    """The desk of what the house does by itself, at this moment."""
    return desks.house(settings.CLOCK.now(), keyholder.ring())


def outlet() -> Outlet:
    """Nothing leaves a practice world."""
    if settings.OJAK_DEMO:
        return Sink()
    wake = settings.TOML.get("wake", {})
    return Outside(wake.get("smtp_host", "127.0.0.1"), wake.get("smtp_port", 25), wake.get("sender", "desk@localhost"))


class Server(uvicorn.Server):
    """Says when it is ready, and ends the live streams before it waits for its connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        bell.hang()
        await super().startup(sockets)
        self._ready()
        warming.start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        bell.close()
        await super().shutdown(sockets)


class House:
    """Sealed until `open`; then everything runs until `close`. `handlers` are the commands its door knows besides.

    `sealing`: it leaves because somebody sealed it, not because it was asked to end.
    """

    def __init__(self, handlers: dict[str, Handler] | None = None) -> None:
        self.handlers = {**looking.HANDLERS, "seal": self._seal_when_asked, **(handlers or {})}
        self.spool = spool_folder()
        self.sealed_since = settings.CLOCK.now()
        self.sealing = False
        self._server: Server | None = None
        self._opening = threading.Lock()
        self._parts: list[Any] = []

    def unseal(self, words: str) -> OfficerKeys | None:
        """Open the house by its passphrase, or by an opener's password, whose own keys come back. Others: `Refused`."""
        opened = header.unseal(Path(settings.HOME), words)
        self.open(opened.ring, opener=opened.keys)
        return opened.keys

    def open(self, ring: Ring, *, opener: OfficerKeys | None = None) -> None:
        with self._opening:
            if keyholder.is_unsealed():
                return opening.admit(opener)
            opening.open_vault(ring, opener=opener)
            try:
                self._start()
            except BaseException:
                keyholder.seal()
                raise

    def seal(self) -> None:
        """Have the server leave as soon as it has answered; whoever serves it puts a closed one in its place."""
        self.sealing = True
        if self._server is not None:
            self._server.should_exit = True

    def _seal_when_asked(self, asked: Said) -> Iterator[Said]:
        """By a command at the door. Its line breaks off when this process is no more, and the keys with it."""
        yield {"sealing": True}
        self.seal()
        threading.Event().wait(SEALING_S)
        raise Refused("house.failed")

    def _start(self) -> None:
        opening.catch_up_clock()
        note_unsealed(house_desk(), run=settings.RUN_ID)
        self._anchor()
        self.spool.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._parts = [
            Loop(Spool(self.spool, house_desk, time.monotonic), house_desk, tend_sessions),
            Sender(outlet(), house_desk, settings.RUN_ID),
            Keeper(house_desk),
            Door(Path(settings.HOME), self.handlers),
        ]
        for part in self._parts:
            part.start()

    def close(self) -> None:
        """Stop the work, write down that the house is sealed, and drop the keys, whatever the disk says to it."""
        for part in reversed(self._parts):
            part.stop()
        try:
            if keyholder.is_unsealed():
                note_sealed(house_desk(), run=settings.RUN_ID)
                self._anchor()
        except (OjakError, DatabaseError) as error:
            log.error("closed without a word of it: %s", where(error))
        finally:
            seats.clear()
            keyholder.seal()

    def _anchor(self) -> None:
        """A full disk keeps nobody out of the house, and nobody in; the next hour anchors again."""
        try:
            ways.keep_anchor(keyholder.ring(), settings.CLOCK.now())
        except OSError as error:
            log.error("no anchor: %s", where(error))

    def serve(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        """Serve on this socket until Ctrl-C, SIGTERM or `seal`, then close."""
        config = uvicorn.Config(
            APPLICATION,
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
            server_header=False,
        )
        self._server = Server(config, ready)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # raised again by default, it would end us unsealed
        try:
            self._server.run(sockets=[listening])
        except KeyboardInterrupt:  # uvicorn raises the signal again once it has closed
            log.info("asked to leave")
        finally:
            self.close()
