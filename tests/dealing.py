"""Who begins with what, where several workers share the tests.

xdist gives each worker one stretch of the list, and whoever is done takes from the end of another's. So each stretch begins
with long tests, file by file, and ends with short ones: what is left to be shared at the end is small. The first worker
begins with the stories and founds their world; the others come to theirs when it stands.
"""

from collections.abc import Sequence
from typing import Any, Final

LONG: Final = (
    "stories/",
    "cli/",
    "apps/web/test_live_page.py",
    "house/test_canary.py",
    "house/test_crash_points.py",
    "house/test_foreign_cells.py",
)
"""Where a test takes seconds, below tests/."""


def place(file: str) -> int:
    """Which of the long ones a file is, else one past the last."""
    below = file.partition("tests/")[2]
    return next((place for place, start in enumerate(LONG) if below.startswith(start)), len(LONG))


def dealt(items: Sequence[Any], workers: int) -> list[Any]:
    """The same tests, a stretch for each worker behind the other, as long as xdist makes them."""
    files: dict[str, list[Any]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    long = sorted((file for file in files if place(file) < len(LONG)), key=place)
    short = [item for file in files if file not in long for item in files[file]]
    given: list[Any] = []
    for worker in range(workers):
        own = long[worker::workers]
        begins = [item for file in (own[::-1] if worker else own) for item in files[file]]
        stretch = (len(items) - len(given)) // (workers - worker)
        fill = max(0, stretch - len(begins)) if worker < workers - 1 else len(short)
        given += begins + short[:fill]
        short = short[fill:]
    return given
