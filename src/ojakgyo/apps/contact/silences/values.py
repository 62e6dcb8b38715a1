"""What a page shows of a silence. It is the same whatever a text read as."""

from dataclasses import dataclass

from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import AreaId, OfficerId, PersonId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceLine:
    """One silence that nobody has ended. `since`: when its window closed; `following`: when the next stage begins.

    `officer` looks after it since `taken`; nobody: the next on the rota is asked at `asked_again`.
    """

    window: int
    person: PersonId
    code_name: CodeName
    stage: int
    since: Instant
    following: Instant | None
    officer: OfficerId | None
    by: CodeName | None
    taken: Instant | None
    asked_again: Instant
    held: bool
    """Whether this officer holds the key of the cell."""
    mine: bool = False
    """This officer looks after it."""
    folded: bool = False
    """It is one of an area that is silent as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why no silence grows now, and until when; `until` None: until it is ended."""

    radio_silence: bool = False
    area: AreaId | None = None
    until: Instant | None = None
