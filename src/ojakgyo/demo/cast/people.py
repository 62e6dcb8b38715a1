"""Who lives in the practice world: officers, cells, helpers, their lines and cards.

Numbers that can belong to nobody: `+86 100` and eight digits would be a Beijing number (10) that begins with 0, the
digit that dials out of town; `+850 100` and seven digits lies in no range that country has assigned. Both have a
possible length and are valid nowhere.
"""

from typing import Final

from ojakgyo.demo.cast.dice import Dice
from ojakgyo.demo.cast.parts import Area, Cell, Helper, Line, Officer
from ojakgyo.demo.cast.real_names import real_name
from ojakgyo.domain.checkins.windows import Region
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.names.codename import CodeName, draw
from ojakgyo.domain.values.roles import OfficerRole

AREAS: Final = (
    *(Area(key, Region.BORDER) for key in ("N1", "N2", "N3")),
    *(Area(key, Region.INSIDE) for key in ("N4", "N5", "N6")),
    *(Area(f"C{number}", Region.CHINA) for number in range(1, 9)),
)
CELLS: Final = (
    Cell("N-1", "", "N1"),
    Cell("N-2", "솔숲", "N2"),
    Cell("N-3", "돌담", "N3"),
    Cell("N-4", "", "N4"),
    Cell("C-1", "", "C1"),
    Cell("C-2", "억새", "C2"),
    Cell("C-3", "", "C3"),
    Cell("C-4", "", "C4"),
    Cell("C-5", "", "C5"),
)
SIZES: Final = {"N-1": 6, "N-2": 7, "N-3": 8, "N-4": 6, "C-1": 8, "C-2": 8, "C-3": 7, "C-4": 7, "C-5": 7}
ALSO_LIVES_IN: Final = {"N-4": ("N5", "N6"), "C-3": ("C6",), "C-4": ("C7",), "C-5": ("C8",)}
"""Areas of a cell besides its own."""

NAMED: Final = {
    "N-2": (("버들", None), ("여울", None), ("노을", None), ("소나기", None)),
    "N-3": (("서리", 5), ("까치", 3)),
    "C-1": (("갈매", 3),),
    "C-2": (("해바라기", None), ("두루미", None)),
    "C-3": (("모래", 6),),
    "C-4": (("민들레", None),),
    "C-5": (("물레", 9),),
}
"""Helpers the stories speak of. All of them have a line and a card."""

_ALL: Final = frozenset(cell.key for cell in CELLS)
_CHINA: Final = frozenset(key for key in _ALL if key.startswith("C"))
OFFICERS: Final = (
    Officer(CodeName.of("하늘"), (OfficerRole.COORDINATOR, OfficerRole.SAFETY, OfficerRole.OPENER), _ALL),
    Officer(CodeName.of("보람"), (OfficerRole.TREASURER, OfficerRole.OPENER), _ALL),
    Officer(CodeName.of("나래"), (OfficerRole.PROTECTION, OfficerRole.AUDITOR), _CHINA),
    Officer(CodeName.of("다솜"), (OfficerRole.SAFETY,), _ALL - {"N-2"}),
)

LINES_NORTH: Final = 10
LINES_CHINA: Final = 25
HOME_NUMBERS: Final = 3
"""Northern helpers with a number of their own country; the others near the border use a Chinese one."""
BURNT: Final = 3
CARDS: Final = 31


def helpers(dice: Dice) -> tuple[Helper, ...]:
    """Sixty-four, cell by cell, those the stories speak of first."""
    words = {officer.name.word for officer in OFFICERS}
    words |= {CodeName.of(word).word for named in NAMED.values() for word, _ in named}
    taken = {CodeName(word) for word in words}
    found: list[Helper] = []
    for cell in CELLS:
        names = [CodeName.of(word, number) for word, number in NAMED.get(cell.key, ())]
        while len(names) < SIZES[cell.key]:
            names.append(draw(dice.bytes, taken))
            taken.add(names[-1])
        areas = (cell.area, *ALSO_LIVES_IN.get(cell.key, ()))
        found += [
            Helper(name, cell.key, areas[place % len(areas)], real_name(len(found) + place))
            for place, name in enumerate(names)
        ]
    return tuple(found)


def is_named(helper: Helper) -> bool:
    """Whether a story speaks of this helper."""
    return any(CodeName.of(word, number) == helper.name for word, number in NAMED.get(helper.cell, ()))


def lines(people: tuple[Helper, ...], dice: Dice) -> tuple[Line, ...]:
    """Thirty-eight: one live line for each of thirty-five helpers, and three that are burnt."""
    north = _holders([helper for helper in people if helper.cell.startswith("N")], LINES_NORTH, dice)
    china = _holders([helper for helper in people if helper.cell.startswith("C")], LINES_CHINA, dice)
    at_home = {helper.key for helper in north[-HOME_NUMBERS:]}
    live = [_line(helper, dice, at_home=helper.key in at_home) for helper in north + china]
    unnamed = [helper for helper in north + china if not is_named(helper) and helper.key not in at_home]
    burnt = [_line(helper, dice, state=LineState.BURNT) for helper in dice.sample(unnamed, BURNT)]
    return (*live, *burnt)


def cards(people: tuple[Helper, ...], phones: tuple[Line, ...], dice: Dice) -> tuple[str, ...]:
    """Thirty-one helpers with a live line carry a card; everybody a story speaks of is among them."""
    with_line = {line.holder for line in phones if line.state == LineState.ACTIVE}
    named = [helper.key for helper in people if is_named(helper)]
    others = [helper.key for helper in people if helper.key in with_line and not is_named(helper)]
    return (*named, *dice.sample(others, CARDS - len(named)))


def _holders(people: list[Helper], count: int, dice: Dice) -> list[Helper]:
    named = [helper for helper in people if is_named(helper)]
    others = [helper for helper in people if not is_named(helper)]
    return named + dice.sample(others, count - len(named))


def _line(helper: Helper, dice: Dice, *, at_home: bool = False, state: LineState = LineState.ACTIVE) -> Line:
    number = f"+850100{dice.below(10**7):07}" if at_home else f"+86100{dice.below(10**8):08}"
    ending = "" if state == LineState.ACTIVE else "/old"
    return Line(f"phone/{helper.key}{ending}", number, helper.key, state)
