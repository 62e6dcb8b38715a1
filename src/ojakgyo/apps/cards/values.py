"""What pages get of cards; never a row or a number of one."""

from dataclasses import dataclass

from ojakgyo.apps.cards.models import ReplaceReason
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant

__all__ = ["InUse", "ReplaceReason", "ToReplace"]


@dataclass(frozen=True, slots=True)
class ToReplace:
    """Somebody who waits for a new card: since when, and why."""

    person: PersonId
    code_name: CodeName
    since: Instant
    why: ReplaceReason


@dataclass(frozen=True, slots=True)
class InUse:
    """Whether a person has a card in use, issued when, and whether a new one is owed."""

    issued: Instant | None
    replace_since: Instant | None
