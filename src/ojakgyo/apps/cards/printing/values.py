"""What the page of printing gets: who waits for a card on paper. Never a row of one."""

from dataclasses import dataclass

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
