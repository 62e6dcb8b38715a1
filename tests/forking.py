"""Starts the program again and again out of one process that has read what it is made of.

Each start is a process of its own, with its own environment, streams and signals; spared is only the reading of some nine
hundred modules, which is most of what a short command takes. Nothing that belongs to a vault is read before the fork.
`OJAK_FORK=0` starts each from nothing.
"""

import array
import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

READ_BEFORE: Final = (
    "cryptography.hazmat.backends.openssl",
    "csp.middleware",
    "csv",
    "django.contrib.auth.hashers",
    "django.core.asgi",
    "django.core.handlers.asgi",
    "django.core.management.base",
    "django.core.serializers.json",
    "django.db.models",
    "django.db.models.sql.compiler",
    "django.db.migrations.executor",
    "django.db.backends.sqlite3.base",
    "django.middleware.common",
    "django.middleware.csrf",
    "django.middleware.security",
    "django.template.loaders.cached",
    "django.template.loader_tags",
    "django.utils.translation.reloader",
    "django.utils.translation.trans_real",
    "django.views.decorators.debug",
    "django_htmx.middleware",
    "httpx",
    "importlib.metadata",
    "importlib.resources",
    "numpy",
    "packaging.version",
    "phonenumbers",
    "pydantic.plugin._loader",
    "pydantic.type_adapter",
    "smtplib",
    "sqlcipher3",
    "tarfile",
    "typer._adapters",
    "uvicorn.lifespan.off",
    "uvicorn.lifespan.on",
    "uvicorn.loops.asyncio",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "ojakgyo.cli.root",
    "ojakgyo.domain.belief.filter",
    "ojakgyo.domain.cards.decode",
    "ojakgyo.domain.checkins.plans",
    "ojakgyo.domain.checkins.typed",
    "ojakgyo.domain.desk",
    "ojakgyo.domain.exposure.cascade",
    "ojakgyo.domain.exposure.saving.dominating",
    "ojakgyo.domain.exposure.deadlines",
    "ojakgyo.domain.exposure.paths",
    "ojakgyo.domain.facts",
    "ojakgyo.domain.failing",
    "ojakgyo.domain.intake.checking",
    "ojakgyo.domain.intake.dates",
    "ojakgyo.domain.intake.drafts",
    "ojakgyo.domain.intake.linking",
    "ojakgyo.domain.intake.staying",
    "ojakgyo.domain.planning.gaps",
    "ojakgyo.domain.planning.reach",
    "ojakgyo.domain.sealing.age_keys",
    "ojakgyo.domain.sealing.chain",
    "ojakgyo.domain.sealing.drafts",
    "ojakgyo.domain.sealing.inboxes",
    "ojakgyo.domain.sealing.manifest",
    "ojakgyo.domain.sealing.persons",
    "ojakgyo.domain.sealing.pins",
    "ojakgyo.domain.sealing.requests",
    "ojakgyo.domain.sealing.rotation",
    "ojakgyo.domain.sealing.sshsig",
    "ojakgyo.domain.sealing.staging",
    "ojakgyo.domain.sealing.totp",
    "ojakgyo.domain.sealing.vault_file",
    "ojakgyo.store.bulk",
    "ojakgyo.store.erasing",
    "ojakgyo.store.plain_copy",
    "ojakgyo.store.rekeying",
    "ojakgyo.store.sqlcipher.base",
    "ojakgyo.store.whole",
)
TICK_S: Final = 0.005
LARGEST: Final = 64 * 1024
ON: Final = os.environ.get("OJAK_FORK", "1") != "0"


class Started:
    """A process that was started, as far as `subprocess.Popen` knows one."""

    def __init__(self, forker: "Forker", pid: int) -> None:
        self._forker, self.pid = forker, pid

    @property
    def returncode(self) -> int | None:
        return self.poll()

    def poll(self) -> int | None:
        return self._forker.ended(self.pid)

    def wait(self, timeout: float | None = None) -> int:
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("ojak", timeout or 0.0)
            time.sleep(TICK_S)
        return code

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Forker:
    """The process that is forked from, and what it tells of those it has started."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            fd = theirs.fileno()
            environment = {
                name: value for name, value in os.environ.items() if not name.startswith(("OJAK_HOME", "DJANGO"))
            }
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(fd)], pass_fds=[fd], env=environment, stdin=subprocess.DEVNULL
            )
        self._ended: dict[int, int] = {}
        atexit.register(self.end)

    def end(self) -> None:
        """It leaves once nobody is left to ask it for anything."""
        self._line.close()
        self._process.wait()

    def start(self, words: Sequence[str], *, env: dict[str, str], out: BinaryIO, err: BinaryIO) -> Started:
        with Path(os.devnull).open("rb") as nothing:
            streams = array.array("i", [nothing.fileno(), out.fileno(), err.fileno()])
            asked = json.dumps({"words": words, "env": env, "cwd": str(Path.cwd())}).encode()
            self._line.sendmsg([asked], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        while True:
            told = json.loads(self._line.recv(LARGEST))
            if "pid" in told:
                return Started(self, told["pid"])
            self._ended[told["ended"]] = told["code"]

    def ended(self, pid: int) -> int | None:
        while select.select([self._line], [], [], 0)[0]:
            told = json.loads(self._line.recv(LARGEST))
            self._ended[told["ended"]] = told["code"]
        return self._ended.get(pid)


_forker: list[Forker] = []


def start(words: Sequence[str], *, env: dict[str, str], out: BinaryIO, err: BinaryIO) -> Started:
    """`python` with these words, `-m ojakgyo …` or a file; nobody is at its keyboard."""
    if not _forker:
        _forker.append(Forker())
    return _forker[0].start(words, env=env, out=out, err=err)


# In the process that is forked from -------------------------------------------------------------------------------------


def serve(line: socket.socket) -> None:
    for module in READ_BEFORE:
        importlib.import_module(module)
    importlib.import_module("ojakgyo.runner.warming").warm()  # a house finds its kernels compiled
    gc.freeze()  # no child looks through what all of them have
    while True:
        if select.select([line], [], [], TICK_S)[0]:
            asked, streams, _, _ = socket.recv_fds(line, LARGEST, 3)
            if not asked:
                return None
            if not (pid := os.fork()):
                line.close()
                return become(**json.loads(asked), streams=streams)
            for stream in streams:
                os.close(stream)
            line.send(json.dumps({"pid": pid}).encode())
        with contextlib.suppress(ChildProcessError):
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid:
                line.send(json.dumps({"ended": pid, "code": os.waitstatus_to_exitcode(status)}).encode())


def become(words: list[str], env: dict[str, str], cwd: str, streams: list[int]) -> None:
    """`python` with these words, from here to its end."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    if words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
