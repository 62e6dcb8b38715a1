"""What pages get of paper: who waits for a card, and how the columns of one lie. Never a row of one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

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
    """A cell that opens at this desk. `north`: where a table of digits is itself an exhibit. `ticked`: what is offered."""

    id: CellId
    code: str
    north: bool
    cards: tuple[ToPrint, ...]
    ticked: frozenset[CardId] = frozenset()


def arranged(
    cells: Iterable[CellToPrint], *, wanted: Collection[CardId] = (), again: bool = False
) -> tuple[CellToPrint, ...]:
    """The cells of `wanted` cards first, these first in them and ticked alone; last those in which nothing is ticked.

    Without a wish what was never printed is ticked, but where paper is a danger. `again`: nothing but the wish is ticked.
    """
    found = [_arranged(cell, frozenset(wanted), again=again) for cell in cells]
    return tuple(sorted(found, key=lambda cell: (cell.ticked.isdisjoint(wanted), not cell.ticked)))


def _arranged(cell: CellToPrint, wanted: frozenset[CardId], *, again: bool) -> CellToPrint:
    own = wanted & {each.card for each in cell.cards}
    fresh = frozenset(each.card for each in cell.cards if not (cell.north or again or each.printed))
    return replace(cell, cards=tuple(sorted(cell.cards, key=lambda each: each.card not in own)), ticked=own or fresh)


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
