"""How a thread falls: its code or type and place into the log, never the words or the values that the house had in hand."""

import logging
import threading

from ojakgyo.domain.failing import where

log = logging.getLogger("ojakgyo.threads")


def watch() -> None:
    """From now on, no thread prints a trace. A hook that somebody else has put there stays."""
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = write_down


def write_down(fallen: threading.ExceptHookArgs) -> None:
    thread = fallen.thread.name if fallen.thread is not None else "?"
    log.critical(
        "thread %s ended: %s", thread, where(fallen.exc_value) if fallen.exc_value else fallen.exc_type.__name__
    )
