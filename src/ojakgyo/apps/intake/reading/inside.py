"""Inside the child: limits first, then one file, then one answer on standard output.

The child inherits no key, no environment and no open file but its three streams; before it looks at a byte it can open no
more, write no file, and use only so much memory and time.
"""

import codecs
import json
import sys
from typing import Any, Final

from ojakgyo.store import doors

MEMORY_LIMIT: Final = 768 << 20
SECONDS_LIMIT: Final = 30
"""Of computing; the parent ends it by the clock a little later."""


def main() -> None:
    """Everything that is ever imported first; then the doors; then the task."""
    for absent in ("numpy", "PIL", "pandas"):  # openpyxl takes them along where they are; nothing here needs them
        sys.modules[absent] = None  # type: ignore[assignment]
    words = json.loads(sys.stdin.buffer.readline())["words"]
    _answer(_template(*words[1:]) if words[0] == "template" else _read(*words[1:]))


def _read(encoding: str, name: str) -> dict[str, Any]:
    from ojakgyo.apps.intake.reading import task

    for each in ("utf-8-sig", "utf-16", "cp949", "gb18030", "cp437"):
        codecs.lookup(each)
    shut_doors()
    return task.done(sys.stdin.buffer.read(), encoding=encoding or None, name=name)


def _template(language: str) -> dict[str, Any]:
    """It holds nobody's words, and is written through a temporary file: the doors stay open."""
    from ojakgyo.apps.intake.reading import template

    return {"workbook": template.workbook(language).hex()}


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, separators=(",", ":")).encode())
    sys.stdout.buffer.flush()


def shut_doors() -> None:
    doors.shut(seconds=SECONDS_LIMIT, memory=MEMORY_LIMIT)
