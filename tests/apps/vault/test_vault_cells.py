"""Cells in the database: members open them, copies and forgeries do not."""

import os

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from vault_stage import BORAM, HANEUL
from vault_team import signed_in

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions.cells import (
    begin_epoch,
    found_cell,
    grant_key,
    grants_for,
    keep_cell,
    keep_epoch,
    keep_grant,
    turned,
    withdraw_key,
)
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.desks import command_desk, house_desk, keyless_desk, officer_desk
from ojakgyo.apps.vault.models import Cell, CellEpoch, Grant, Officer, Organisation, OrganisationGrant
from ojakgyo.apps.vault.models import OfficerRole as OfficerRoleRow
from ojakgyo.apps.vault.values import OfficerState, Side
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing import grants, organisation
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.roles import OfficerRole


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


# Granting, withdrawing, epochs ----------------------------------------------------------------------------------------


def key_of(officer, cell, epoch=None):
    return officer_desk(officer).keyring.cell_key(cell, epoch)


def test_a_granted_key_opens_what_was_sealed_before_and_what_is_sealed_now(house):
    first = key_of(house.haneul, house.cell)
    begin_epoch(officer_desk(house.haneul), cell=house.cell)
    grant_key(officer_desk(house.haneul), cell=house.cell, officer=house.dasom.officer)
    assert key_of(house.dasom, house.cell) == key_of(house.boram, house.cell) != first
    assert key_of(house.dasom, house.cell, 1) == first


def test_a_withdrawn_key_opens_nothing_and_the_others_go_on_with_a_new_one(house, facts):
    old, row = key_of(house.boram, house.cell), Grant.objects.get(officer=house.boram.officer)
    facts()
    withdraw_key(officer_desk(house.haneul), cell=house.cell, officer=house.boram.officer)
    assert facts() == ["vault.epoch_begun", "vault.grant_withdrawn", "vault.key_granted"]
    assert not officer_desk(house.boram).keyring.holds(house.cell)
    assert (key_of(house.haneul, house.cell).epoch, key_of(house.haneul, house.cell, 1)) == (2, old)
    assert not Grant.objects.filter(officer=house.boram.officer).exists()
    row.pk = None
    row.save()  # the old grant, put back from an old copy of the database
    assert not officer_desk(house.boram).keyring.holds(house.cell)
    Grant.objects.filter(officer=house.boram.officer).update(epoch=2)
    with pytest.raises(Damaged):
        key_of(house.boram, house.cell)


def test_with_the_whole_database_and_an_old_key_the_new_epoch_stays_closed(house):
    old = key_of(house.boram, house.cell)
    withdraw_key(officer_desk(house.haneul), cell=house.cell, officer=house.boram.officer)
    blob, vault = CellEpoch.objects.get(cell=house.cell).before, settings.OJAK_VAULT_ID
    for grant in (*Grant.objects.filter(cell=house.cell), *OrganisationGrant.objects.filter(cell=house.cell)):
        copied = grants.Grant(
            vault, house.cell, 2, house.boram.officer, grant.wrapped, grant.granted_by_id, grant.signature
        )
        with pytest.raises(Damaged):
            grants.take(copied, keys=house.boram, giver=house.haneul.public)
    with pytest.raises(NotHeld):
        grants.open_before(old.after(old.seed), vault, blob)


@pytest.mark.parametrize("act", [grant_key, withdraw_key])
def test_nobody_gives_or_takes_a_key_they_do_not_hold(house, act):
    with pytest.raises(NotHeld):
        act(
            officer_desk(house.dasom),
            cell=house.cell,
            officer=house.dasom.officer if act is grant_key else house.boram.officer,
        )
    assert Cell.objects.get(id=house.cell).epoch == 1


def test_a_treasurer_gives_no_key_although_the_cell_opens(house):
    for act in (
        lambda desk: grant_key(desk, cell=house.cell, officer=house.dasom.officer),
        lambda desk: withdraw_key(desk, cell=house.cell, officer=house.haneul.officer),
        lambda desk: begin_epoch(desk, cell=house.cell),
        lambda desk: found_cell(desk, side=Side.CHINA, number=1, area=77, members=[house.boram.officer]),
    ):
        with pytest.raises(Refused, match=r"vault\.role_wanted"):
            act(officer_desk(house.boram))


def test_the_last_who_holds_a_cell_keeps_it(house):
    withdraw_key(officer_desk(house.haneul), cell=house.cell, officer=house.boram.officer)
    with pytest.raises(Refused, match=r"vault\.last_member"):
        withdraw_key(officer_desk(house.haneul), cell=house.cell, officer=house.haneul.officer)


def test_a_key_is_granted_once_and_to_nobody_whose_public_key_was_swapped(house):
    with pytest.raises(Refused, match=r"vault\.held_already"):
        grant_key(officer_desk(house.haneul), cell=house.cell, officer=house.boram.officer)
    Officer.objects.filter(id=house.dasom.officer).update(exchange_public=house.boram.public.exchange)
    with pytest.raises(Damaged):
        grant_key(officer_desk(house.haneul), cell=house.cell, officer=house.dasom.officer)


def test_a_new_epoch_goes_to_nobody_whose_public_key_was_swapped(house):
    Officer.objects.filter(id=house.boram.officer).update(exchange_public=house.dasom.public.exchange)
    with pytest.raises(Damaged):
        begin_epoch(officer_desk(house.haneul), cell=house.cell)
    assert Cell.objects.get(id=house.cell).epoch == 1


def test_two_epochs_begun_at_once_are_one(house):
    desk = officer_desk(house.haneul)
    first, second = turned(desk, cell=house.cell), turned(desk, cell=house.cell)
    keep_epoch(desk, turn=first, owed=False)
    with pytest.raises(Refused, match=r"house\.busy"):
        keep_epoch(desk, turn=second, owed=False)
    assert key_of(house.boram, house.cell) == first.key


def test_a_member_who_came_in_between_is_not_left_outside(house):
    desk = officer_desk(house.haneul)
    turn = turned(desk, cell=house.cell)
    grant_key(desk, cell=house.cell, officer=house.dasom.officer)
    with pytest.raises(Refused, match=r"house\.busy"):
        keep_epoch(desk, turn=turn, owed=False)
    assert officer_desk(house.dasom).keyring.holds(house.cell)


def worked_out(house):
    """A grant of N-2 for Dasom that is ready to be written, and for which public keys."""
    key = key_of(house.haneul, house.cell)
    (grant,) = grants_for(key, frozenset({house.dasom.officer}), by=house.haneul, organisation=False)
    return {"grant": grant, "to": {house.dasom.officer: house.dasom.public}}


def test_a_grant_of_an_epoch_that_has_passed_meanwhile_is_not_written(house):
    ready = worked_out(house)
    begin_epoch(officer_desk(house.haneul), cell=house.cell)
    with pytest.raises(Refused, match=r"house\.busy"):
        keep_grant(officer_desk(house.haneul), **ready)
    assert not Grant.objects.filter(officer=house.dasom.officer, cell=house.cell).exists()


@pytest.mark.parametrize("change", [{"state": OfficerState.REMOVED}, {"exchange_public": bytes(32)}])
def test_who_was_removed_or_has_other_keys_meanwhile_is_given_nothing(house, change):
    ready, desk = worked_out(house), officer_desk(house.haneul)
    key = CellKey(CellId(5), 1, os.urandom(32))
    given = grants_for(key, frozenset(ready["to"]), by=house.haneul)
    Officer.objects.filter(id=house.dasom.officer).update(**change)
    new = {"side": Side.CHINA, "number": 1, "area": 77}
    for keep in (
        lambda: keep_grant(desk, **ready),
        lambda: keep_cell(desk, key=key, given=given, to=ready["to"], **new),
    ):
        with pytest.raises(Refused, match=r"vault\.officer_gone"):
            keep()
    assert not Grant.objects.filter(officer=house.dasom.officer).exists()


@pytest.mark.parametrize("lost", ["the role", "the seat"])
def test_who_may_not_manage_any_more_meanwhile_gives_nothing(house, lost):
    ready, desk = worked_out(house), officer_desk(house.haneul)
    turn = turned(desk, cell=house.cell)
    if lost == "the role":
        OfficerRoleRow.objects.filter(officer=house.haneul.officer).delete()
    else:
        Officer.objects.filter(id=house.haneul.officer).update(state=OfficerState.SUSPENDED)
    for keep in (lambda: keep_grant(desk, **ready), lambda: keep_epoch(desk, turn=turn, owed=False)):
        with pytest.raises(Refused, match=r"vault\.role_wanted"):
            keep()
    with pytest.raises(Refused, match=r"vault\.role_wanted"):
        keep_epoch(desk, turn=turn, owed=True)  # nothing is owed
    assert Cell.objects.get(id=house.cell).epoch == 1


def test_a_removed_officer_who_holds_a_row_is_given_no_new_epoch(house):
    """A row that ought not to be there, put back from an old copy of the database."""
    Officer.objects.filter(id=house.boram.officer).update(state=OfficerState.REMOVED)
    assert queries.holders(house.cell) == {house.haneul.officer}
    assert queries.member_counts() == {house.cell: 1}
    assert queries.vouched(frozenset({house.boram.officer})) == ()
    begin_epoch(officer_desk(house.haneul), cell=house.cell)
    assert set(Grant.objects.values_list("officer_id", flat=True)) == {house.haneul.officer}


def test_a_new_epoch_is_quick(house):
    """The chores seal again what lies under the old key; the epoch itself is a handful of rows."""
    with CaptureQueriesContext(connection) as seen:
        begin_epoch(officer_desk(house.haneul), cell=house.cell)
    assert len(seen) < 60


# The organisation -----------------------------------------------------------------------------------------------------


@pytest.fixture
def on_paper(house):
    keys = organisation.keys(os.urandom(32))
    Organisation.objects.create(exchange_public=keys.public.exchange, signing_public=keys.public.signing)
    return keys


def opened_by(keys, cell) -> dict[int, bytes]:
    """Epoch -> seed, of what the secret behind the shares opens in a cell."""
    taken = [grants.take(grant, keys=keys, giver=giver) for grant, giver in queries.organisation_grants()]
    return {key.epoch: key.seed for key in taken if key.cell == cell}


def test_the_organisation_is_a_member_of_every_new_cell_and_of_each_epoch(house, on_paper):
    cell = found_cell(officer_desk(house.haneul), side=Side.NORTH, number=4, area=77, members=[house.haneul.officer])
    begin_epoch(officer_desk(house.haneul), cell=cell)
    assert opened_by(on_paper, cell) == {epoch: key_of(house.haneul, cell, epoch).seed for epoch in (1, 2)}
    assert queries.cell_page(officer_desk(house.haneul), id=cell).organisation


def test_a_cell_founded_before_the_shares_were_drawn_is_given_to_the_organisation_as_a_member_sits_down(
    house, on_paper
):
    begin_epoch(officer_desk(house.haneul), cell=house.cell)
    assert set(opened_by(on_paper, house.cell)) == {2}
    do_chores(officer_desk(house.boram))
    assert opened_by(on_paper, house.cell) == {epoch: key_of(house.boram, house.cell, epoch).seed for epoch in (1, 2)}


def test_the_page_of_a_cell_says_who_holds_it_by_whose_hand_and_since_when(house):
    begin_epoch(officer_desk(house.haneul), cell=house.cell)
    page = queries.cell_page(officer_desk(house.dasom), id=house.cell)
    assert {(each.officer.id, each.given_by) for each in page.members} == {
        (house.haneul.officer, HANEUL),
        (house.boram.officer, HANEUL),
    }
    assert all(each.since is not None and each.since <= page.began for each in page.members)
    assert (page.mine, page.organisation, page.line.epoch) == (False, False, 2)


# Foreign cells: no address, role or body opens one --------------------------------------------------------------------


@pytest.mark.parametrize("role", list(OfficerRole))
def test_no_role_opens_a_foreign_cell_through_any_address_of_the_vault(team, role):
    """Boram holds N-2 and no key to N-3, whatever the role."""
    roles = {role, OfficerRole.TREASURER}
    OfficerRoleRow.objects.filter(officer=team.boram.officer).delete()
    OfficerRoleRow.objects.bulk_create(OfficerRoleRow(officer_id=team.boram.officer, role=each) for each in roles)
    client, me = signed_in(BORAM.ko, "boram's"), team.url(team.boram).split("/")[3]
    before = list(Grant.objects.filter(cell=team.n3).values_list("officer_id", "wrapped"))
    answers = [client.get(team.cell_url(team.n3)).status_code]
    for act in ("grant/", "withdraw/", "epoch/"):
        for body in ({"officer": me}, {"officer": team.url(team.dasom).split("/")[3]}, {}):
            answers.append(client.post(team.cell_url(team.n3, act), body).status_code)
    assert set(answers[1:]) == {409}
    assert list(Grant.objects.filter(cell=team.n3).values_list("officer_id", "wrapped")) == before
    assert not officer_desk(team.boram).keyring.holds(team.n3)
    assert Cell.objects.get(id=team.n3).epoch == 1
