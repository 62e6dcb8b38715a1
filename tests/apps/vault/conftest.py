"""A founded house with its officers, and a key derivation that is counted instead of waited for."""

import hashlib
import os
from dataclasses import dataclass, field

import practice_vault
import pytest
from django.test import override_settings
from vault_stage import BORAM, DASOM, HANEUL
from vault_team import Team

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.actions.cells import found_cell
from ojakgyo.apps.vault.actions.officers import enrol_officer
from ojakgyo.apps.vault.desks import command_desk, officer_desk
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.sealing import primitives, vault_file
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.store import keyholder


@dataclass
class Stretched:
    costs: list[dict[str, int]] = field(default_factory=list)


@pytest.fixture
def stretched(monkeypatch):
    """Argon2id itself is held to its vectors elsewhere."""
    seen = Stretched()

    def quick(words, salt, **cost):
        seen.costs.append(cost)
        return hashlib.sha256(salt + words).digest()

    monkeypatch.setattr(primitives, "stretch", quick)
    return seen


@pytest.fixture
def empty_desk():
    """Nobody seated, nobody waited for."""
    for each in (seats._taken, pace._wrong):
        each.clear()
    yield
    seats.clear()
    pace._wrong.clear()


@pytest.fixture
def stand_in_pages():
    with override_settings(ROOT_URLCONF="stand_in_pages"):
        yield


@dataclass
class House:
    haneul: OfficerKeys
    boram: OfficerKeys
    dasom: OfficerKeys
    cell: CellId


@pytest.fixture
def house(database, stretched, empty_desk):
    """Haneul enrols Boram and Dasom, and founds N-2 with Boram; Dasom holds no key to it."""
    _, haneul = enrol_officer(
        command_desk(), code_name=HANEUL, password="haneul's", roles=[OfficerRole.SAFETY, OfficerRole.COORDINATOR]
    )
    _, boram = enrol_officer(officer_desk(haneul), code_name=BORAM, password="boram's", roles=[OfficerRole.TREASURER])
    _, dasom = enrol_officer(officer_desk(haneul), code_name=DASOM, password="dasom's", roles=[OfficerRole.SAFETY])
    members = [haneul.officer, boram.officer]
    cell = found_cell(officer_desk(haneul), side=Side.NORTH, number=2, area=77, members=members)
    stretched.costs.clear()
    return House(haneul, boram, dasom, cell)


@pytest.fixture
def facts():
    """The kinds of the facts recorded since the last call."""
    seen = 0

    def newest() -> list[str]:
        nonlocal seen
        found = list(Entry.objects.filter(seq__gt=seen).order_by("seq").values_list("seq", "kind"))
        seen = found[-1][0] if found else seen
        return [kind for _, kind in found]

    return newest


@pytest.fixture
def home(database, stretched, tmp_path):
    """A vault.json of this test alone, that the ring of the practice vault opens."""
    folder = tmp_path / "home"
    folder.mkdir()
    file, ring = header.label(practice_vault.HOME), keyholder.ring()
    slot = vault_file.passphrase_slot(file, ring, "words of the team", os.urandom)
    header.replace(folder / header.NAME, vault_file.written(vault_file.renewed(file, ring, (slot,), os.urandom)))
    with override_settings(HOME=folder):
        yield folder


@pytest.fixture
def team(house, home):
    """The house, with a second cell that Dasom alone holds."""
    n3 = found_cell(officer_desk(house.dasom), side=Side.NORTH, number=3, area=77, members=[house.dasom.officer])
    return Team(house.haneul, house.boram, house.dasom, house.cell, n3, home)
