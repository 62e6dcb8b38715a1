"""What a file would bring: people, lines, cells, links, agreements, and every finding with its place."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ojakgyo.domain.facts.vocabulary import Exposes, LineState, LinkKind, RouteKind, StandAside
from ojakgyo.domain.intake.sheets import Spot
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import Instant


class Severity(StrEnum):
    ERROR = "error"
    """The row is not taken until it is corrected."""
    LEFT_OUT = "left_out"
    """The row is not taken, and need not be."""
    NOTICE = "notice"
    """The row is taken; somebody should look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a place. `code`: of the error registry. `other`: the place it collides with."""

    spot: Spot
    code: str
    severity: Severity
    other: Spot | None = None


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A cell's or an area's code: side N or C, and a number. Cells are written N-2, areas N2; both are understood."""

    side: str
    number: int

    @property
    def cell(self) -> str:
        return f"{self.side}-{self.number}"

    @property
    def area(self) -> str:
        return f"{self.side}{self.number}"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody a row speaks of: known to the desk (`person`), or new in this file (`new`: place in `Draft.people`)."""

    person: PersonId | None = None
    new: int | None = None


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell the desk does not know yet."""

    at: Spot
    code: Code
    area: Code


@dataclass(frozen=True, slots=True)
class DraftLead:
    """Who leads a cell, new or known."""

    at: Spot
    cell: Code
    lead: Who | None
    deputy: Who | None


@dataclass(frozen=True, slots=True)
class DraftPerson:
    """A new helper. `code_name` None: one is drawn. `name`, `aliases`, `note` are sealed."""

    at: Spot
    code_name: CodeName | None
    cell: Code
    name: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftAside:
    at: Spot
    person: Who
    aside: StandAside
    adults: int = 0
    children: int = 0


@dataclass(frozen=True, slots=True)
class DraftNoticer:
    at: Spot
    person: Who
    noticer: Who
    delay_ms: int


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`number` in E.164."""

    at: Spot
    holder: Who
    number: str
    state: LineState = LineState.ACTIVE


@dataclass(frozen=True, slots=True)
class DraftLink:
    """`imprecise`: one occasion, somewhere between `first` and `last`. `north`: in an area of the North, or, where no area
    is named, between people of cells there: kept for a shorter time."""

    at: Spot
    kind: LinkKind
    knower: Who
    known: Who
    mutual: bool
    first: Instant
    last: Instant
    imprecise: bool
    area: Code | None = None
    times: int = 1
    north: bool = False


@dataclass(frozen=True, slots=True)
class DraftPlan:
    at: Spot
    person: Who
    first: Instant
    every_days: int
    length_ms: int
    grace_ms: int


@dataclass(frozen=True, slots=True)
class DraftRoute:
    """Hours are minutes of the UTC day; from > to spans midnight."""

    at: Spot
    person: Who
    kind: RouteKind
    through: Who | None
    delay_ms: int
    exposes: Exposes
    from_minute: int = 0
    to_minute: int = 1440
    rehearsed: Instant | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that would be written. A row with an ERROR is in none of these. Findings are in the order of the file."""

    cells: tuple[DraftCell, ...] = ()
    areas: tuple[Code, ...] = ()
    """Areas that are named and not known yet."""
    leads: tuple[DraftLead, ...] = ()
    people: tuple[DraftPerson, ...] = ()
    asides: tuple[DraftAside, ...] = ()
    noticers: tuple[DraftNoticer, ...] = ()
    lines: tuple[DraftLine, ...] = ()
    links: tuple[DraftLink, ...] = ()
    plans: tuple[DraftPlan, ...] = ()
    routes: tuple[DraftRoute, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    """Rows that were looked at."""
    hidden_rows: int = 0


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """`cell` may be one whose key the importer does not hold. `forgotten`: the code name stays, nothing is added."""

    person: PersonId
    cell: CellId
    forgotten: bool = False


def _nobody(numbers: Collection[str]) -> Mapping[str, PersonId]:
    return {}


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows already, handed in so that checking stays pure.

    `now`: when the file is checked; dates are understood from there. `people`: every code name ever given. `cells`: every
    cell by its code; `held`: those whose key the importer holds. `areas`: every area. `holders`: asked once with all the
    numbers of the file (E.164), answers for those that a line of the desk has. `names`: who is called what, inside the held
    cells (`checking.called` of each name); may be left empty. `kept_days`, `kept_days_north`: how old a link may be.
    """

    now: Instant
    people: Mapping[CodeName, KnownPerson] = field(default_factory=dict)
    cells: Mapping[Code, CellId] = field(default_factory=dict)
    held: frozenset[CellId] = frozenset()
    areas: frozenset[Code] = frozenset()
    holders: Callable[[Collection[str]], Mapping[str, PersonId]] = _nobody
    names: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)
    kept_days: int = 365
    kept_days_north: int = 90
