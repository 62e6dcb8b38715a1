"""Start the child, hand it the bytes by pipe, take values back: `read_file`, `template`.

What the child says is taken as plain JSON and looked at again: whoever made the file may have got hold of the child.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Thread, Timer
from typing import Any, Final

import ojakgyo
from ojakgyo.apps.intake.reading import wire
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake.sheets import ReadFile

BYTES_LIMIT: Final = 8 << 20
SECONDS_LIMIT: Final = 40.0
ANSWER_LIMIT: Final = 64 << 20
"""Bytes of what a child may say."""
AT_ONCE: Final = 2
"""So many children read for the whole desk, which is one process; a third file waits."""
WAITS_S: Final = 20.0

_reading = BoundedSemaphore(AT_ONCE)
_SOURCE: Final = str(Path(ojakgyo.__file__).parents[1])
_STARTS: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ojakgyo.apps.intake.reading.inside import main; main()"
)


def read_file(written: bytes, name: str = "", *, encoding: str | None = None) -> ReadFile:
    """The tables of a workbook or a CSV; ``Refused`` with a code of area intake, and sheet and row where they are known.

    `name`: of the file, to guess what a CSV is about. `encoding`: utf-8, utf-16, cp949 or gb18030, chosen by somebody who
    saw `ReadFile.previews`.
    """
    if len(written) > BYTES_LIMIT:
        raise Refused("intake.file_too_big")
    return wire.taken(_asked(["read", encoding or "", Path(name).stem], written))


@cache
def template(language: str) -> bytes:
    """The ready workbook to fill in, as XLSX; `language` ko or en."""
    if language not in ("ko", "en"):
        raise ValueError("no template in this language")
    return bytes.fromhex(_asked(["template", language], b"")["workbook"])


def _asked(words: list[str], written: bytes) -> dict[str, Any]:
    """The answer of a child, when its turn has come; two others read for long: ``Refused`` "house.busy"."""
    if not _reading.acquire(timeout=WAITS_S):
        raise Refused("house.busy")
    try:
        return _answered(words, written)
    finally:
        _reading.release()


def _answered(words: list[str], written: bytes) -> dict[str, Any]:
    """The answer of a new process that has no key, no surroundings and no more time than it needs."""
    task = json.dumps({"words": words}).encode() + b"\n" + written
    with subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _STARTS, _SOURCE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OPENPYXL_LXML": "False"},
        cwd="/",
        start_new_session=True,
    ) as child:
        late = Timer(SECONDS_LIMIT, child.kill)
        late.start()
        try:
            said = _said(child, task)
            ended = child.wait()
        finally:
            late.cancel()
            child.kill()
    try:
        answer = json.loads(said)
    except (ValueError, RecursionError):  # it fell over the file, or was ended: by us, or by one of its limits
        raise Refused("intake.file_unreadable" if ended > 0 else "intake.file_heavy") from None
    if not isinstance(answer, dict):
        raise Refused("intake.file_unreadable")
    return answer


def _said(child: "subprocess.Popen[bytes]", task: bytes) -> bytes:
    """Everything the child says, while another thread feeds it: neither waits for the other."""
    Thread(target=_fed, args=(child, task), daemon=True).start()
    assert child.stdout is not None
    said = child.stdout.read(ANSWER_LIMIT + 1)
    if len(said) > ANSWER_LIMIT:
        raise Refused("intake.file_heavy")
    return said


def _fed(child: "subprocess.Popen[bytes]", task: bytes) -> None:
    assert child.stdin is not None
    try:
        with child.stdin as pipe:
            pipe.write(task)
    except OSError:  # it has ended; what it said is enough
        return
