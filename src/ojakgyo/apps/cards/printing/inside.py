"""Inside the child that draws the pages: the library first, then the doors, then what is to stand there."""

import json
import resource
import sys
from typing import Any, Final

from ojakgyo.apps.cards.printing import habits, sheets
from ojakgyo.domain.cards.layouts import Face, Layout, Place, Ruling, Side
from ojakgyo.domain.facts import PrintForm

_LIMITS: Final = {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: 3, resource.RLIMIT_CPU: 30}
"""No byte into a file, no picture of its memory, no file but the three streams it came with, so much computing."""
_KINDS: Final = {"contact": Place, "face": Face, "head_side": Side, "ruling": Ruling}


def main() -> None:
    """The task as JSON on standard input, the PDF on standard output."""
    habits.habits("ko")  # fonts are read when they are first used
    sheets.warm()
    for kind, limit in _LIMITS.items():
        resource.setrlimit(kind, (limit, limit))
    sys.stdout.buffer.write(_drawn(json.load(sys.stdin.buffer)))
    sys.stdout.buffer.flush()


def _drawn(task: dict[str, Any]) -> bytes:
    if "language" in task:
        return habits.habits(task["language"])
    return sheets.sheets(PrintForm(task["form"]), [(_layout(card["layout"]), card["lines"]) for card in task["cards"]])


def _layout(told: dict[str, Any]) -> Layout:
    """As it was before it became JSON."""
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Layout(**told | lists | {name: kind(told[name]) for name, kind in _KINDS.items()})
