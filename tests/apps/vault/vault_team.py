"""A team for the vault's own pages: three officers, two cells, a home folder of its own, a browser for each."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.test import Client
from vault_stage import BORAM, DASOM, HANEUL

from ojakgyo.domain.desk import Desk
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId


@dataclass
class Team:
    """Haneul: coordinator and safety; Dasom: safety; Boram: treasurer. N-2: Haneul and Boram. N-3: Dasom alone."""

    haneul: OfficerKeys
    boram: OfficerKeys
    dasom: OfficerKeys
    n2: CellId
    n3: CellId
    home: Path

    def name(self, who: OfficerKeys) -> CodeName:
        return {self.haneul.officer: HANEUL, self.boram.officer: BORAM, self.dasom.officer: DASOM}[who.officer]

    def url(self, who: OfficerKeys, act: str = "") -> str:
        return f"/vault/officers/{ids.text('o', who.officer)}/{act}"

    def cell_url(self, cell: CellId, act: str = "") -> str:
        return f"/vault/cells/{ids.text('c', cell)}/{act}"


def at(desk: Desk, later_ms: int) -> Desk:
    """The same desk, so much later."""
    return replace(desk, now=desk.now + later_ms)


def signed_in(name: str, password: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    response = client.post("/enter/", {"code_name": name, "password": password})
    assert response.status_code == 302, response.content
    return client
