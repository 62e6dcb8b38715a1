"""What pages get of paper: who waits for a card, and how the columns of one lie. Never a row of one."""

from dataclasses import dataclass

from ojakgyo.domain.cards.layouts import Head
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CardId, CellId, PersonId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class ToPrint:
    """A card that is in nobody's hands yet. `printed`: when it was last made, if it was."""

    card: CardId
    person: PersonId
    code_name: CodeName
    issued: Instant
    printed: Instant | None


@dataclass(frozen=True, slots=True)
class CellToPrint:
    """A cell that opens at this desk. `north`: where a table of digits is itself an exhibit."""

    id: CellId
    code: str
    north: bool
    cards: tuple[ToPrint, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a card lies on its paper, so that it can be taught: the columns from the left, and what stands above them.

    `answers`: the heads of the three answers, as they lie across; `contact`: that of the next contact, which may be
    empty; `between`: what stands there between days and hour.
    """

    heads: tuple[Head, ...]
    caption: str
    answers: tuple[Head, ...]
    contact: Head
    between: str
