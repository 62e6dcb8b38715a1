"""Start the child that draws the pages, hand it what is to stand there by pipe, take the bytes back. It holds no key.

Loading the PDF library and drawing hold the interpreter for half a second: in a process of its own no message waits for
that. And it can write no file, so nothing of a card lies anywhere but in the answer.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import ojakgyo
from ojakgyo.domain.cards.layouts import Layout, Line
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import PrintForm

SECONDS_LIMIT: Final = 30.0
_SOURCE: Final = str(Path(ojakgyo.__file__).parents[1])
_STARTS: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ojakgyo.apps.cards.printing.inside import main; main()"
)
COMMAND: Final = (sys.executable, "-I", "-B", "-X", "utf8", "-c", _STARTS, _SOURCE)
SURROUNDINGS: Final = {"HOME": "/nonexistent"}
"""Else the library asks whose home this is, to look for its settings there."""


def write_sheets(form: PrintForm, cards: Sequence[tuple[Layout, Sequence[Line]]]) -> bytes:
    """The sheets of these cards. The child failed, or took too long: ``Refused``."""
    return _drawn({"form": form, "cards": [{"layout": asdict(layout), "lines": lines} for layout, lines in cards]})


def write_habits(language: str) -> bytes:
    """The sheet of how a card and a phone are used."""
    return _drawn({"language": language})


def _drawn(task: Mapping[str, Any]) -> bytes:
    try:
        ended = subprocess.run(
            COMMAND,
            input=json.dumps(task).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=SURROUNDINGS,
            cwd="/",
            start_new_session=True,
            timeout=SECONDS_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("cards.not_drawn") from None
    if ended.returncode or not ended.stdout:
        raise Refused("cards.not_drawn")
    return ended.stdout
