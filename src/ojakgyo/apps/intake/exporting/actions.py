"""Asking for an export, and making it: once, by whoever asked, of exactly what a second officer has signed."""

from collections.abc import Mapping

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.intake.exporting import child, gathering
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.actions.requests import make_request, signers, use_request
from ojakgyo.apps.vault.queries.requests import open_request
from ojakgyo.apps.vault.values import export_argument, export_format
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CellsExported, ExportFormat, RequestKind
from ojakgyo.domain.sealing import requests
from ojakgyo.domain.values.ids import CellId, TokenId


def ask_export(desk: Desk, *, cells: frozenset[CellId], file_format: ExportFormat) -> TokenId:
    """Ask for these cells in this format, and sign first. The key of one of them is not here: ``NotHeld``."""
    if not cells:
        raise Refused("intake.export_nothing")
    for cell in cells:
        desk.keyring.cell_key(cell)
    return make_request(
        desk, kind=RequestKind.EXPORT_CELLS, argument=export_argument(file_format), cells=tuple(sorted(cells))
    )


def export_cells(desk: Desk, *, request: TokenId, language: str) -> tuple[ExportFormat, bytes]:
    """The file that two have signed for. It is made before the request is spent, and lies nowhere but in the answer."""
    rights.demand(rights.may_ask(RequestKind.EXPORT_CELLS, vault.roles(desk)))
    asked, hands = open_request(request)
    file_format = export_format(asked.argument)
    if asked.kind is not RequestKind.EXPORT_CELLS or file_format is None or not asked.cells:
        raise Refused("vault.request_changed")
    if asked.made_by != desk.officer:
        raise Refused("intake.export_asker")
    requests.check(asked, hands, signers(), now=desk.now)  # again when it is spent; no file is made for nothing
    found = gathering.gather(desk, cells=asked.cells, language=language)
    made = child.write_file(file_format, found.tables)
    keep_export(desk, request=request, people=found.people, file_format=file_format)
    return file_format, made


@action
def keep_export(desk: Desk, *, request: TokenId, people: Mapping[CellId, int], file_format: ExportFormat) -> TokenId:
    """Spend the request and write down what leaves: which cells, how many people of each, and in which format."""
    asked, _ = open_request(request)
    if asked.cells != tuple(sorted(people)) or asked.made_by != desk.officer:
        raise Refused("vault.request_changed")
    if use_request(desk, request=request, kind=RequestKind.EXPORT_CELLS) != export_argument(file_format):
        raise Refused("vault.request_changed")
    for cell, count in sorted(people.items()):
        record(desk, CellsExported(request=request, cell=cell, people=count, format=file_format))
    return request
