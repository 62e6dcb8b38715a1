"""Who met, called, housed, paid and handed over to whom in the last ninety days: 220 links.

Those of the night are written by hand, and no other touches Beodeul, Beodeul's phone or that house, so what follows
from Beodeul's capture is the same for every seed. The rest are drawn: mostly inside a cell, else between the two
helpers of each cell who know somebody outside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ojakgyo.demo.cast.dice import Dice
from ojakgyo.demo.cast.parts import Helper, Line, Link, Node, NodeKind, Place, PlaceKind
from ojakgyo.demo.cast.people import CELLS, is_named
from ojakgyo.domain.facts import LineState, LinkKind
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

SAFE_HOUSE: Final = "house/N-2/upper"
"""Where Beodeul and Noeul both slept."""

PLACES: Final = (
    *(Place(f"house/{cell.key}", PlaceKind.HOUSE, cell.area) for cell in CELLS),
    Place(SAFE_HOUSE, PlaceKind.HOUSE, "N2"),
    Place("shop/C-1", PlaceKind.SHOP, "C1"),
    Place("shop/C-4", PlaceKind.SHOP, "C4"),
    Place("crossing/1", PlaceKind.CROSSING, "C2"),
    Place("crossing/2", PlaceKind.CROSSING, "C3"),
)

DRAWN: Final = {
    LinkKind.MET: 90,
    LinkKind.CALLED: 54,
    LinkKind.HOUSED: 28,
    LinkKind.PAID: 21,
    LinkKind.HANDED_OVER: 17,
}


def person(key: str) -> Node:
    return Node(NodeKind.PERSON, key)


def phone(key: str) -> Node:
    return Node(NodeKind.LINE, f"phone/{key}")


def place(key: str) -> Node:
    return Node(NodeKind.PLACE, key)


OF_THE_NIGHT: Final = (
    (LinkKind.CALLED, person("Yeoul"), phone("Beodeul"), 11),
    (LinkKind.CALLED, person("Yeoul"), phone("Beodeul"), 13),
    (LinkKind.HOUSED, person("Noeul"), place(SAFE_HOUSE), 3),
    (LinkKind.HOUSED, person("Beodeul"), place(SAFE_HOUSE), 4),
    (LinkKind.CALLED, person("Haebaragi"), phone("Yeoul"), 9),
    (LinkKind.MET, person("Galmae-3"), person("Sonagi"), 12),
    (LinkKind.PAID, person("Yeoul"), person("Durumi"), 15),
    (LinkKind.HANDED_OVER, person("Noeul"), person("Haebaragi"), 21),
    (LinkKind.CALLED, person("Sonagi"), phone("Beodeul"), 26),
    (LinkKind.MET, person("Beodeul"), person("Seori-5"), 84),
)
"""Kind, from, to, days before the story."""


def links(people: tuple[Helper, ...], lines: tuple[Line, ...], day: Instant, dice: Dice) -> tuple[Link, ...]:
    """All 220, oldest first. `day`: midnight in Seoul before the story."""
    near = Neighbourhood.of(people, lines)
    ways: dict[LinkKind, Callable[[Dice], tuple[Node, Node]]] = {
        LinkKind.MET: near.meeting,
        LinkKind.CALLED: near.call,
        LinkKind.HOUSED: near.stay,
        LinkKind.PAID: near.payment,
        LinkKind.HANDED_OVER: near.handover,
    }
    fixed = [Link(kind, source, target, _moment(day, days, dice)) for kind, source, target, days in OF_THE_NIGHT]
    drawn = [
        Link(kind, *ways[kind](dice), _moment(day, dice.between(2, 88), dice))
        for kind, count in DRAWN.items()
        for _ in range(count)
    ]
    return tuple(sorted(fixed + drawn, key=lambda link: link.happened))


def _moment(day: Instant, days: int, dice: Dice) -> Instant:
    """Some minute between 07:00 and 22:00, that many days before."""
    return Instant(day - days * DAY_MS + 7 * HOUR_MS + dice.below(15 * 60) * MINUTE_MS)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who may have to do with whom. `outward`: the two of each cell who know people of other cells."""

    cells: dict[str, tuple[Helper, ...]]
    outward: tuple[Helper, ...]
    phones: tuple[tuple[Line, Helper], ...]

    @classmethod
    def of(cls, people: tuple[Helper, ...], lines: tuple[Line, ...]) -> "Neighbourhood":
        drawable = {helper.key: helper for helper in people if helper.key != "Beodeul"}
        cells = {cell.key: tuple(h for h in drawable.values() if h.cell == cell.key) for cell in CELLS}
        outward = tuple(h for mates in cells.values() for h in [m for m in mates if not is_named(m)][:2])
        phones = tuple(
            (line, drawable[line.holder])
            for line in lines
            if line.state == LineState.ACTIVE and line.holder in drawable
        )
        return cls(cells, outward, phones)

    def meeting(self, dice: Dice) -> tuple[Node, Node]:
        return self.handover(dice) if dice.one_in(5) else self._mates(dice)

    def call(self, dice: Dice) -> tuple[Node, Node]:
        line, holder = dice.pick(self.phones)
        callers = self._strangers(holder) if dice.one_in(5) else self._others(holder)
        return person(dice.pick(callers).key), Node(NodeKind.LINE, line.key)

    def stay(self, dice: Dice) -> tuple[Node, Node]:
        guest = self._anybody(dice)
        return person(guest.key), place(f"house/{guest.cell}")

    def payment(self, dice: Dice) -> tuple[Node, Node]:
        payer = dice.pick(self.outward)
        return person(payer.key), person(dice.pick(self._others(payer)).key)

    def handover(self, dice: Dice) -> tuple[Node, Node]:
        giver = dice.pick(self.outward)
        return person(giver.key), person(dice.pick(self._strangers(giver)).key)

    def _mates(self, dice: Dice) -> tuple[Node, Node]:
        one = self._anybody(dice)
        return person(one.key), person(dice.pick(self._others(one)).key)

    def _anybody(self, dice: Dice) -> Helper:
        return dice.pick([helper for mates in self.cells.values() for helper in mates])

    def _others(self, one: Helper) -> list[Helper]:
        return [helper for helper in self.cells[one.cell] if helper != one]

    def _strangers(self, one: Helper) -> list[Helper]:
        return [helper for helper in self.outward if helper.cell != one.cell]
