"""Wakes the runner the moment something was committed. Carries nothing: what happened is fetched from the chronicle."""

import threading


class Nudge:
    def __init__(self) -> None:
        self._happened = threading.Event()

    def give(self) -> None:
        self._happened.set()

    def wait(self, seconds: float) -> bool:
        """True at once if something was committed since the last call, False after `seconds` without."""
        happened = self._happened.wait(seconds)
        self._happened.clear()
        return happened


committed = Nudge()
