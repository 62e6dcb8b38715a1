"""JSON that somebody else wrote, taken apart without trust."""

import contextlib
import json
from typing import Any

from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import Instant

Told = dict[str, Any]


def told(written: bytes) -> Told | None:
    """The object these bytes are; None where they are none."""
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def text(of: Told, *names: str, blank: bool = False) -> str | None:
    """The first of these that is writing; None where none is. Half a character pair is no writing; `blank`: none is."""
    return next((found for name in names if _is_writing(found := of.get(name), blank=blank)), None)


def _is_writing(found: object, *, blank: bool) -> bool:
    if not isinstance(found, str) or not (found or blank):
        return False
    try:
        found.encode()
    except UnicodeEncodeError:
        return False
    return True


def instant(written: str | None) -> Instant | None:
    """A time with its zone; None where it has none or is no time."""
    with contextlib.suppress(ValueError, OverflowError):
        return None if written is None else instants.parse(written)
    return None
