"""Inside the child that draws the pages: the library first, then the doors, then what is to stand there."""

import json
import sys
from typing import Any, Final

from ojakgyo.apps.cards.printing import habits, sheets
from ojakgyo.domain.cards.layouts import Face, Layout, Place, Ruling, Side
from ojakgyo.domain.facts import PrintForm
from ojakgyo.store import doors

SECONDS_LIMIT: Final = 30
_KINDS: Final = {"contact": Place, "face": Face, "head_side": Side, "ruling": Ruling}


def main() -> None:
    """The task as JSON on standard input, the PDF on standard output."""
    habits.habits("ko")  # fonts are read when they are first used
    sheets.warm()
    doors.shut(seconds=SECONDS_LIMIT)
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
