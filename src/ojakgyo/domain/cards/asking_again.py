"""The natural question "say the price again": once, and only where a text could not be read."""

from collections.abc import Sequence
from typing import Final

from ojakgyo.domain.facts import ReadingResult

UNREAD: Final = frozenset({ReadingResult.GARBLED, ReadingResult.MALFORMED})
"""After anything that could be read, a question would tell a listener what the desk thought of it."""


def may_ask(results: Sequence[ReadingResult]) -> bool:
    """Whether to ask, where nobody has yet. `results`: what somebody's texts were read as, newest first."""
    return bool(results) and results[0] in UNREAD
