"""Cells in the database: members open them, copies and forgeries do not."""

import pytest

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions.cells import found_cell
from ojakgyo.apps.vault.desks import command_desk, house_desk, keyless_desk, officer_desk
from ojakgyo.apps.vault.models import Cell, Grant, Officer
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.grants import CellKey


def test_members_open_the_cell_to_the_same_key(house):
    keys = {officer_desk(officer).keyring.cell_key(house.cell) for officer in (house.haneul, house.boram)}
    assert len(keys) == 1


def test_who_is_no_member_holds_nothing(house):
    assert not officer_desk(house.dasom).keyring.holds(house.cell)
    assert not house_desk().keyring.holds(house.cell)
    assert not keyless_desk(house.boram.officer).keyring.holds(house.cell)


def test_a_grant_row_copied_to_another_officer_opens_nothing(house):
    row = Grant.objects.get(officer=house.boram.officer)
    row.pk, row.officer_id = None, house.dasom.officer
    row.save()
    with pytest.raises(Damaged):
        officer_desk(house.dasom).keyring.cell_key(house.cell)


def test_a_grant_forged_by_somebody_with_the_whole_database_opens_nothing(house):
    """Dasom wraps a seed of her own for Boram and signs it in Haneul's name."""
    key = CellKey(house.cell, 1, bytes(32))
    vault = queries.bundle(queries.officer(house_desk(), id=house.boram.officer).code_name).lock.vault
    forged = grants.give(key, vault, to=house.boram.officer, public=house.boram.public, by=house.dasom)
    Grant.objects.filter(officer=house.boram.officer).update(wrapped=forged.wrapped, signature=forged.signature)
    with pytest.raises(Damaged):
        officer_desk(house.boram).keyring.cell_key(house.cell)
    assert not officer_desk(house.boram).keyring.holds(house.cell)


def test_a_grant_moved_to_another_cell_opens_nothing(house):
    other = found_cell(officer_desk(house.haneul), side=Side.NORTH, number=3, area=77, members=[house.haneul.officer])
    Grant.objects.filter(officer=house.boram.officer).update(cell_id=other)
    with pytest.raises(Damaged):
        officer_desk(house.boram).keyring.cell_key(other)


def test_a_grant_of_a_past_epoch_is_no_longer_held(house):
    Cell.objects.filter(id=house.cell).update(epoch=2)
    with pytest.raises(NotHeld):
        officer_desk(house.boram).keyring.cell_key(house.cell)


def test_a_member_whose_public_key_was_swapped_gets_no_seed(house):
    Officer.objects.filter(id=house.boram.officer).update(exchange_public=house.dasom.public.exchange)
    with pytest.raises(Damaged):
        found_cell(officer_desk(house.haneul), side=Side.CHINA, number=1, area=77, members=[house.boram.officer])
    assert not Cell.objects.filter(side=Side.CHINA).exists()


def test_a_cell_with_an_unknown_member_is_refused(house):
    with pytest.raises(Refused):
        found_cell(officer_desk(house.haneul), side=Side.CHINA, number=1, area=77, members=[1])


def test_a_command_without_an_officers_keys_founds_no_cell(house):
    with pytest.raises(NotHeld):
        found_cell(command_desk(), side=Side.CHINA, number=1, area=77, members=[house.boram.officer])


def test_a_cell_shows_its_code_and_gives_the_house_an_inbox_it_cannot_open(house):
    line = queries.cells(house_desk())[0]
    assert (line.id, line.code, line.area, line.epoch) == (house.cell, "N-2", 77, 1)
    inbox = Cell.objects.get(id=house.cell).inbox_public
    assert inbox == officer_desk(house.boram).keyring.cell_key(house.cell).inbox_public()


def test_founding_a_cell_says_so_once_and_each_grant(house, facts):
    facts()
    members = [house.haneul.officer, house.dasom.officer]
    found_cell(officer_desk(house.haneul), side=Side.CHINA, number=1, area=77, members=members)
    assert facts() == ["vault.cell_founded", "vault.key_granted", "vault.key_granted"]
