"""The page of exports: which cells are one's own, and what was asked for and is not over."""

from dataclasses import dataclass

from ojakgyo.apps.network.queries import people_of
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.queries.requests import requests
from ojakgyo.apps.vault.values import RequestLine
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.values.ids import CellId


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A cell that opens with the keys at this desk, and how many belong to it."""

    id: CellId
    code: str
    people: int


@dataclass(frozen=True, slots=True)
class ExportPage:
    """`may_ask`: whether the roles allow it. `asked`: own requests that can still be signed or used."""

    may_ask: bool
    cells: tuple[OwnCell, ...]
    asked: tuple[RequestLine, ...]


def export_page(desk: Desk) -> ExportPage:
    mine = vault.cells_open_at(desk)
    people = people_of(mine)
    own = (line for line in vault.cells(desk) if line.id in mine)
    asked = (each for each in requests(desk) if each.kind is RequestKind.EXPORT_CELLS and each.mine and not each.over)
    return ExportPage(
        may_ask=rights.may_ask(RequestKind.EXPORT_CELLS, vault.roles(desk)),
        cells=tuple(OwnCell(line.id, line.code, len(people.get(line.id, ()))) for line in own),
        asked=tuple(asked),
    )
