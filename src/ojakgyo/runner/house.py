"""One process: the server on the main thread, the runner, the sender and the door beside it, and the keys in between."""

import logging
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import uvicorn
from django.conf import settings

from ojakgyo.apps.alerts.outlets import Outlet, Outside, Sink
from ojakgyo.apps.contact.listening import Spool, spool_folder
from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.actions import note_sealed, note_unsealed, tend_sessions
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain import desk as desks
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.runner import opening
from ojakgyo.runner.door import Door, Handler
from ojakgyo.runner.loop import Loop
from ojakgyo.runner.sender import Sender
from ojakgyo.store import keyholder
from ojakgyo.web.bell import bell

APPLICATION: Final = "ojakgyo.config.asgi:application"
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

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        bell.close()
        await super().shutdown(sockets)


class House:
    """Sealed until `open`; then everything runs until `close`. `handlers` are the commands its door knows."""

    def __init__(self, handlers: dict[str, Handler] | None = None) -> None:
        self.handlers = handlers or {}
        self.spool = spool_folder()
        self.sealed_since = settings.CLOCK.now()
        self._opening = threading.Lock()
        self._parts: list[Any] = []

    def unseal(self, words: str) -> None:
        """Open the house by its passphrase. Other words: `Refused`."""
        self.open(header.unseal(Path(settings.HOME), words))

    def open(self, ring: Ring) -> None:
        with self._opening:
            if keyholder.is_unsealed():
                return
            keyholder.unseal(ring)
            try:
                self._start()
            except BaseException:
                keyholder.seal()
                raise

    def _start(self) -> None:
        opening.bring_up_to_date()
        opening.catch_up_clock()
        note_unsealed(house_desk(), run=settings.RUN_ID)
        self.spool.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._parts = [
            Loop(Spool(self.spool, house_desk, time.monotonic), house_desk, tend_sessions),
            Sender(outlet(), house_desk, settings.RUN_ID),
            Door(Path(settings.HOME), self.handlers),
        ]
        for part in self._parts:
            part.start()

    def close(self) -> None:
        """Stop the work, write down that the house is sealed, and drop the keys."""
        for part in reversed(self._parts):
            part.stop()
        if keyholder.is_unsealed():
            note_sealed(house_desk(), run=settings.RUN_ID)
        seats.clear()
        keyholder.seal()

    def serve(self, port: int, ready: Callable[[], None]) -> None:
        """Serve on 127.0.0.1 until Ctrl-C or SIGTERM, then seal."""
        config = uvicorn.Config(
            APPLICATION,
            host="127.0.0.1",
            port=port,
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
            server_header=False,
        )
        try:
            Server(config, ready).run()
        except KeyboardInterrupt:  # uvicorn raises the signal again once it has closed
            log.info("asked to leave")
        finally:
            self.close()
