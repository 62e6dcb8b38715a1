"""Who is who in the tests' small network, and what each officer may see. All people are invented.

Three stretches that do not touch, and one person alone, so that a test knows what cannot follow from what:

- Beodeul's phone was called by Yeoul, Yeoul's by Haebaragi: behind Beodeul stand Yeoul, then Haebaragi.
- Noeul and Sonagi slept in the same house.
- Galmae-3 stayed with Durumi.
- Seori-5 knows nobody the desk knows.
"""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.values.roles import OfficerRole

AREAS: Final = (("N2", True, 2), ("N3", True, 3), ("C1", False, 1), ("C2", False, 2))
CELLS: Final = {"N-2": "N2", "N-3": "N3", "C-1": "C1", "C-2": "C2"}


@dataclass(frozen=True, slots=True)
class Helper:
    """`number`: a phone with a card, in a range no country has assigned."""

    name: str
    korean: str
    place: int | None
    cell: str
    number: str | None = None


HELPERS: Final = (
    Helper("Beodeul", "버들", None, "N-2", "+8610012345678"),
    Helper("Yeoul", "여울", None, "N-2", "+8610023456789"),
    Helper("Noeul", "노을", None, "N-2"),
    Helper("Sonagi", "소나기", None, "N-2", "+8610045678901"),
    Helper("Seori-5", "서리", 5, "N-3", "+8610056789012"),
    Helper("Galmae-3", "갈매", 3, "C-1", "+8610067890123"),
    Helper("Haebaragi", "해바라기", None, "C-2", "+8610078901234"),
    Helper("Durumi", "두루미", None, "C-2"),
)


@dataclass(frozen=True, slots=True)
class Officer:
    name: str
    korean: str
    roles: tuple[OfficerRole, ...]
    cells: tuple[str, ...]


ALL: Final = tuple(CELLS)
OFFICERS: Final = (
    Officer("Haneul", "하늘", (OfficerRole.COORDINATOR, OfficerRole.SAFETY), ALL),
    Officer("Boram", "보람", (OfficerRole.TREASURER,), ALL),
    Officer("Narae", "나래", (OfficerRole.PROTECTION,), ("C-1", "C-2")),
    Officer("Dasom", "다솜", (OfficerRole.SAFETY,), ("N-3", "C-1", "C-2")),
)

SEES_REASONS_OF: Final = {
    "Haneul": frozenset(ALL),
    "Boram": frozenset[str](),
    "Narae": frozenset[str](),
    "Dasom": frozenset({"N-3", "C-1", "C-2"}),
}
"""Officer -> the cells of whose members a reason shows: role safety, holding the cell's key."""
