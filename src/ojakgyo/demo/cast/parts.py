"""What the practice world is made of, as values. Everybody and everything is invented.

Nothing here has an id. People are referred to by the Latin form of their code name (`Seori-5`), lines, places and
cells by keys of their own; whoever founds the world gives the ids.
"""

from dataclasses import dataclass
from enum import StrEnum

from ojakgyo.domain.checkins.windows import Region, Window
from ojakgyo.domain.facts import Exposes, LineState, LinkKind, RouteKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import OfficerRole


class NodeKind(StrEnum):
    """What a link may join."""

    PERSON = "person"
    LINE = "line"
    PLACE = "place"


class PlaceKind(StrEnum):
    HOUSE = "house"
    SHOP = "shop"
    CROSSING = "crossing"


@dataclass(frozen=True, slots=True)
class Area:
    key: str
    region: Region


@dataclass(frozen=True, slots=True)
class Cell:
    """`name`: a Korean word that is no code name, or empty."""

    key: str
    name: str
    area: str


@dataclass(frozen=True, slots=True)
class Officer:
    """`cells`: keys of the cells this officer can open."""

    name: CodeName
    roles: tuple[OfficerRole, ...]
    cells: frozenset[str]

    @property
    def key(self) -> str:
        return self.name.en


@dataclass(frozen=True, slots=True)
class Helper:
    """`real_name`: what they are called, which nobody is."""

    name: CodeName
    cell: str
    area: str
    real_name: str

    @property
    def key(self) -> str:
        return self.name.en


@dataclass(frozen=True, slots=True)
class Line:
    """A phone. `number` is E.164 and can belong to nobody (`people.py` says why)."""

    key: str
    number: str
    holder: str
    state: LineState


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What is on a phone, as its holder said lately: days that end or begin something, and fen that are left."""

    line: str
    expires: Instant
    topup: Instant | None
    balance: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is woken first, from when to when."""

    officer: str
    opens: Instant
    closes: Instant


class CardStage(StrEnum):
    """What has become of somebody's card."""

    IN_USE = "in_use"
    RUNNING_OUT = "running_out"
    PRINTED = "printed"
    """The next card is on paper, and still at the desk."""
    WAITING = "waiting"
    """The next card is handed over; its first code has not come."""
    RENEWED = "renewed"
    """The first code of the next card came, and the one before is read no more."""
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class CardLife:
    """`used`: rows of the card in use that are gone; of a lost one, before it was lost."""

    helper: str
    stage: CardStage
    used: int


@dataclass(frozen=True, slots=True)
class Place:
    key: str
    kind: PlaceKind
    area: str


@dataclass(frozen=True, slots=True)
class Node:
    kind: NodeKind
    key: str


@dataclass(frozen=True, slots=True)
class Link:
    """Written as it happened: `source` met, called, stayed at, paid or handed over to `target`."""

    kind: LinkKind
    source: Node
    target: Node
    happened: Instant

    @property
    def mutual(self) -> bool:
        """Whether each end endangers the other. A phone gives away its callers; a caller gives away no other caller."""
        return self.kind is not LinkKind.CALLED

    @property
    def knower(self) -> Node:
        return self.source if self.mutual else self.target

    @property
    def known(self) -> Node:
        return self.target if self.mutual else self.source


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """A window and, where it is over, the moment its sign of life came."""

    window: Window
    heard: Instant | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The contact plan of one helper: windows that were kept, oldest first, then the next one.

    `every_days`: from the next one on they come round so; None: each is agreed by itself.
    """

    helper: str
    windows: tuple[PlannedWindow, ...]
    every_days: int | None = None

    @property
    def past(self) -> tuple[PlannedWindow, ...]:
        return self.windows[:-1]

    @property
    def next(self) -> Window:
        return self.windows[-1].window


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRoute:
    """A way to tell a helper outside the window: through a person (`through`) or by a line (`line`).

    Usable from `from_hour` to before `to_hour`, Seoul time. `rehearsed` None: never tried.
    """

    helper: str
    kind: RouteKind
    through: str | None
    line: str | None
    delay_ms: int
    from_hour: int
    to_hour: int
    exposes: Exposes
    rehearsed: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticer:
    """Who would see within `sees_within_ms` that a helper is gone, and how the desk would hear of it."""

    helper: str
    seen_by: str
    sees_within_ms: int
    heard_by: RouteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The whole practice world at `story_start`, the minute before anything happens."""

    story_start: Instant
    officers: tuple[Officer, ...]
    areas: tuple[Area, ...]
    cells: tuple[Cell, ...]
    helpers: tuple[Helper, ...]
    lines: tuple[Line, ...]
    cards: tuple[str, ...]
    """Keys of the helpers who carry a card."""
    lives: tuple[CardLife, ...]
    """How far each of these cards has come, in the same order."""
    places: tuple[Place, ...]
    links: tuple[Link, ...]
    plans: tuple[Plan, ...]
    routes: tuple[WarningRoute, ...]
    noticers: tuple[Noticer, ...]
    charges: tuple[Charge, ...]
    rota: tuple[Turn, ...]

    def helper(self, key: str) -> Helper:
        return next(helper for helper in self.helpers if helper.key == key)

    def live_line(self, helper: str) -> Line | None:
        return next((line for line in self.lines if line.holder == helper and line.state == LineState.ACTIVE), None)

    def plan(self, helper: str) -> Plan | None:
        return next((plan for plan in self.plans if plan.helper == helper), None)

    def routes_to(self, helper: str) -> tuple[WarningRoute, ...]:
        """Quickest first."""
        return tuple(
            sorted((route for route in self.routes if route.helper == helper), key=lambda route: route.delay_ms)
        )
