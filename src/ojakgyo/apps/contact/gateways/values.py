"""What a page shows of the channels: which there are, and how each stands."""

from dataclasses import dataclass

from ojakgyo.apps.contact.ears import Refusal
from ojakgyo.apps.contact.values import EarState
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class EarLine:
    """One channel. `gateway` None: the spool. `since`: when it was last heard; None: never."""

    gateway: int | None
    channel: Channel
    state: EarState
    since: Instant | None
    kept: Instant | None = None
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarsPage:
    """`deaf`: the desk judges nobody's silence now."""

    lines: tuple[EarLine, ...]
    deaf: bool
    may_manage: bool
