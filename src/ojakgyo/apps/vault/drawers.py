"""An officer's drawer: forms half typed and the scratch line, in the memory of this process and nowhere else.

It survives keys that were put down, a reload and a browser that crashed. It is emptied at sign-out, when the officer's
last session ends and when the house is closed; a form when it succeeds, the scratch line at shift end, each after twelve
hours. What lies in it is sealed, see `drafts`.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import OfficerId

FORMS: Final = ("log", "report", "person", "cell", "plan", "meeting", "call", "handover")
"""What may be half typed; nothing else is laid by."""
SCRATCH: Final = "scratch"
KEPT_S: Final = 12 * 3_600.0


@dataclass(frozen=True, slots=True)
class Laid:
    """`to`: where the form is sent; when that succeeds, it is done with."""

    blob: bytes
    to: str
    at_s: float


class Drawers:
    """Blobs by officer and form; no key is known here."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick, self._lock = tick, threading.Lock()
        self._laid: dict[OfficerId, dict[str, Laid]] = {}

    def put(self, officer: OfficerId, form: str, blob: bytes, *, to: str = "") -> None:
        with self._lock:
            self._laid.setdefault(officer, {})[form] = Laid(blob, to, self._tick())

    def find(self, officer: OfficerId, form: str) -> bytes | None:
        """None: nothing, or too old."""
        with self._lock:
            laid = self._laid.get(officer, {}).get(form)
            return laid.blob if laid and self._tick() - laid.at_s < KEPT_S else None

    def drop(self, officer: OfficerId, form: str) -> None:
        with self._lock:
            self._laid.get(officer, {}).pop(form, None)

    def succeeded(self, officer: OfficerId, to: str) -> None:
        """Whatever was to be sent there has been."""
        with self._lock:
            own = self._laid.get(officer, {})
            for form in [form for form, laid in own.items() if laid.to == to]:
                del own[form]

    def empty(self, officer: OfficerId) -> None:
        with self._lock:
            self._laid.pop(officer, None)

    def sweep(self) -> None:
        """Take away what is too old."""
        with self._lock:
            for own in self._laid.values():
                for form in [form for form, laid in own.items() if self._tick() - laid.at_s >= KEPT_S]:
                    del own[form]

    def clear(self) -> None:
        with self._lock:
            self._laid.clear()


drawers: Final = Drawers()


def forget(desk: Desk, form: str) -> None:
    """The form is done with."""
    drawers.drop(desk.officer, form)


def forget_scratch(desk: Desk) -> None:
    """A shift ends, and its scratch line with it."""
    drawers.drop(desk.officer, SCRATCH)
