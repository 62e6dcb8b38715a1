"""The brief of a shift: what happened since the last one and what comes next, in ids, closed words, numbers and instants.

It holds what every officer may see. Reasons stand nowhere in it: a page finds them again for who may see them.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import Instant


class ItemKind(StrEnum):
    """What one item of a brief says. A value is never renamed or taken away."""

    WARNING_RAISED = "warning_raised"
    WARNING_TAKEN = "warning_taken"
    WARNING_LEFT = "warning_left"
    WARNING_TOLD = "warning_told"
    WARNING_AGAIN = "warning_again"
    WARNING_TOO_LATE = "warning_too_late"
    WARNING_CLOSED = "warning_closed"
    WARNING_STANDS = "warning_stands"
    """`about` is its subject, as in all of these; `until` its deadline."""
    WINDOW_MISSED = "window_missed"
    WINDOW_LATE = "window_late"
    """`id` is the person; `until` when the window closed."""
    WINDOW_DUE = "window_due"
    """`id` is the person; from `at` to `until`."""
    MESSAGES = "messages"
    """`id` messages of the last day with the code `word`; the newest came at `at`."""
    CARD_OWED = "card_owed"
    REQUEST_WAITS = "request_waits"
    STUCK = "stuck"
    BACKUP_OLD = "backup_old"
    """`at`: when the newest was taken, 0 where none ever was."""
    CALL_OVERRIDDEN = "call_overridden"
    """`id` is the person; the fact `seq` says who called, and why."""
    RADIO_SILENCE = "radio_silence"
    """It is running, from `at` to `until` at the latest."""
    SILENCE_STANDS = "silence_stands"
    """`id` is the window, `about` the person; since `at`, in the stage `seq`, 0 to 3; the officer `word` looks after it."""
    AREA_SILENT = "area_silent"
    """`id` is the area; noticed at `at`."""


WARNINGS: Final = frozenset(kind for kind in ItemKind if kind.startswith("warning_"))


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing to know; what a number does not say is 0. `seq`: the fact that says it; `word`: a code of the registry.

    SILENCE_STANDS alone writes a stage and an officer there.
    """

    kind: ItemKind
    id: int = 0
    about: int = 0
    seq: int = 0
    at: int = 0
    until: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Facts after `after` up to `upto`, and what stood at `made`. Items come in their one order."""

    after: Seq
    upto: Seq
    made: Instant
    items: tuple[Item, ...]

    def of(self, *kinds: ItemKind) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind in kinds)

    @property
    def content(self) -> bytes:
        """32 bytes that differ where two briefs say something else, whenever they were made."""
        return _digest("brief-content/1", self.items)

    @property
    def digest(self) -> bytes:
        """32 bytes for the whole of it: what both officers sign."""
        return _digest("brief/1", self.items, self.after, self.upto, self.made)


def brief(after: Seq, upto: Seq, made: Instant, items: Iterable[Item]) -> Brief:
    return Brief(after, upto, made, tuple(sorted(items)))


def written(said: Brief) -> bytes:
    """UTF-8 JSON without blanks; `read` gives the same brief back."""
    items = [list(astuple(item)) for item in said.items]
    kept = {"after": said.after, "upto": said.upto, "made": said.made, "items": items, "v": 1}
    return json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()


def read(kept: bytes) -> Brief:
    """Anything `written` would not write: ``ValueError``."""
    try:
        told = json.loads(kept)
        items = tuple(_item(*each) for each in told["items"])
        found = Brief(Seq(told["after"]), Seq(told["upto"]), Instant(told["made"]), items)
    except (KeyError, TypeError, ValueError):
        raise ValueError("no brief") from None
    if written(found) != kept:
        raise ValueError("no brief")
    return found


def _item(kind: str, id: int, about: int, seq: int, at: int, until: int, word: str) -> Item:
    return Item(ItemKind(kind), int(id), int(about), int(seq), int(at), int(until), str(word))


def _digest(name: str, items: tuple[Item, ...], *more: int) -> bytes:
    flat = [part for item in items for part in (str(item.kind), *astuple(item)[1:])]
    return hashlib.sha256(canon(name, *more, len(items), *flat)).digest()
