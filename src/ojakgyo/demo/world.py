"""The practice world's vault: made anew where there is none, or where its night lies too far back."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ojakgyo.apps.vault import header
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.values.instants import Instant

RUN: Final = "run"
WHOLE: Final = "world.whole"
"""Written last, holds when the story starts: a set-up that was broken off leaves none, and starts from nothing."""


def is_whole(home: Path) -> bool:
    try:
        return header.label(home).demo and (home / WHOLE).exists()
    except (Refused, Damaged):
        return False


def is_practice(home: Path) -> bool:
    """Whether this folder may be emptied: it holds nothing, or a practice vault, or the rest of one half made."""
    held = {path.name for path in home.iterdir()} - {RUN} if home.exists() else set()
    return not held or header.DEMO_KEY in held


def refuse_another(home: Path) -> None:
    """A folder that holds anything else, such as a real vault, is left as it is: `Refused`."""
    if not is_practice(home):
        raise Refused("demo.not_practice")


def empty(home: Path) -> None:
    """Take a practice world away. Any other folder: `Refused`."""
    refuse_another(home)
    for path in home.iterdir() if home.exists() else ():
        if path.name == RUN:
            continue  # the lock is held
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def story_start(home: Path) -> Instant:
    """When the stories of this world start."""
    return Instant(int((home / WHOLE).read_text()))


def make(home: Path, *, say: Callable[[str], None], found: Callable[[], Instant]) -> None:
    """A vault whose words lie beside it, filled by `found` (which says when the story starts), and marked as whole."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    header.found(home, header.generated_words(), demo=True)
    say("vault")
    start = found()
    header.replace(home / WHOLE, str(start).encode())
