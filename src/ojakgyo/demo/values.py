"""What the practice band shows, in frozen values."""

from dataclasses import dataclass
from enum import StrEnum

from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many expectations of a story were looked at, and how many of them held."""

    met: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An officer whom one may be; `key` is the Latin form of the code name."""

    key: str
    code_name: CodeName
    mine: bool


class Sort(StrEnum):
    """What the guide's line is: a plain sentence, an expectation that held or did not."""

    TOLD = "told"
    MET = "met"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided:
    """One sentence of the guide. `link`: the page to look at, None where one is there."""

    sentence: str
    sort: Sort = Sort.TOLD
    time: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The buttons of the practice world. `guided` None: the guide is off, or has nothing to say on this page."""

    playing: bool
    begun: bool
    over: bool
    score: Score
    guide: bool
    guided: Guided | None
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A wake-up call that would have left."""

    to: CodeName
    way: WayKind
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class SinkPage:
    """What would have left this world, newest first; `pinged`: the last word to the outside watcher."""

    calls: tuple[Left, ...]
    subject: str
    body: str
    pinged: Instant | None
