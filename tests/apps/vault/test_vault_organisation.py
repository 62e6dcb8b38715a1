"""What the shares bring back inside the vault: an officer's keys, and every cell, each under a hand that holds."""

import os

import pytest
from django.conf import settings

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions.cells import begin_epoch, found_cell, grant_key
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.vault.actions.organisation import keep_organisation, recover_officer
from ojakgyo.apps.vault.actions.sessions import open_bundle
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.desks import command_desk, officer_desk
from ojakgyo.apps.vault.models import Grant, Officer, OrganisationGrant
from ojakgyo.apps.vault.queries.cells import organisation_grants
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing import grants, organisation
from ojakgyo.domain.sealing.officers import check_vouched

SECRET = b"the secret of an invented team.."
NEW = "words that were drawn by lot"


@pytest.fixture
def org(team):
    """The organisation is a member of both cells."""
    keys = organisation.keys(SECRET)
    keep_organisation(command_desk(), public=keys.public, generation=1)
    for member in (team.haneul, team.dasom):
        do_chores(officer_desk(member))
    return keys


def recovered(team, org, who):
    """The officer's keys afterwards, and how many cells there were."""
    back = recover_officer(command_desk(), officer=who.officer, organisation=org, password=NEW)
    assert back.left == 0
    return open_bundle(code_name=team.name(who), password=NEW), back.cells


def test_the_officer_holds_every_cell_the_organisation_holds(team, org):
    keys, cells = recovered(team, org, team.boram)
    assert cells == 2
    assert keys.public != team.boram.public
    ring = officer_desk(keys).keyring
    assert ring.holds(team.n2) and ring.holds(team.n3)
    assert ring.cell_key(team.n3).seed == officer_desk(team.dasom).keyring.cell_key(team.n3).seed


def test_the_lost_keys_open_nothing_any_more(team, org):
    recovered(team, org, team.boram)
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        open_bundle(code_name=team.name(team.boram), password="boram's")
    with pytest.raises((Damaged, NotHeld)):
        officer_desk(team.boram).keyring.cell_key(team.n2)


def test_what_the_lost_keys_had_signed_holds_under_the_new_ones(team, org):
    """Haneul founded N-2, gave Boram its key and enrolled both others."""
    keys, _ = recovered(team, org, team.haneul)
    assert officer_desk(team.boram).keyring.holds(team.n2)
    for row in Officer.objects.exclude(id=keys.officer):
        voucher = queries.public_of(row.enrolled_by)
        check_vouched(voucher, settings.OJAK_VAULT_ID, row.id, queries.public_of(row), row.vouched)
    for grant, giver in organisation_grants():
        assert grants.take(grant, keys=org, giver=giver).seed
    grant_key(officer_desk(keys), cell=team.n3, officer=team.boram.officer)
    assert officer_desk(team.boram).keyring.holds(team.n3)


def test_every_epoch_before_opens_too(team, org):
    first = officer_desk(team.haneul).keyring.cell_key(team.n2).seed
    begin_epoch(officer_desk(team.haneul), cell=team.n2)
    keys, _ = recovered(team, org, team.dasom)
    ring = officer_desk(keys).keyring
    assert ring.cell_key(team.n2).epoch == 2
    assert ring.cell_key(team.n2, 1).seed == first


def test_a_cell_the_organisation_does_not_hold_is_not_given(team, org):
    OrganisationGrant.objects.filter(cell=team.n3).delete()
    keys, cells = recovered(team, org, team.boram)
    assert cells == 1 and not officer_desk(keys).keyring.holds(team.n3)


def test_a_grant_that_does_not_hold_is_left_out_and_counted_and_the_other_cells_open(team, org):
    OrganisationGrant.objects.filter(cell=team.n3).update(signature=os.urandom(64))
    back = recover_officer(command_desk(), officer=team.boram.officer, organisation=org, password=NEW)
    assert (back.cells, back.left) == (1, 1)
    ring = officer_desk(open_bundle(code_name=team.name(team.boram), password=NEW)).keyring
    assert ring.holds(team.n2) and not ring.holds(team.n3)


def test_a_signature_that_did_not_hold_keeps_nobody_outside_and_is_not_put_under_the_new_hand(team, org):
    """Haneul had vouched for Dasom, and given Boram and the organisation the key to N-2: none of it holds."""
    Officer.objects.filter(id=team.dasom.officer).update(vouched=bytes(64))
    for table in (Grant.objects.filter(officer=team.boram.officer), OrganisationGrant.objects.filter(cell=team.n2)):
        table.update(signature=bytes(64))
    back = recover_officer(command_desk(), officer=team.haneul.officer, organisation=org, password=NEW)
    assert (back.cells, back.left) == (1, 4)
    assert bytes(Officer.objects.get(id=team.dasom.officer).vouched) == bytes(64)
    assert not officer_desk(team.boram).keyring.holds(team.n2)


def test_another_secret_opens_no_cell_and_changes_nothing(team, org, facts):
    strange = organisation.keys(bytes(32))
    facts()
    with pytest.raises(Damaged):
        recover_officer(command_desk(), officer=team.boram.officer, organisation=strange, password=NEW)
    assert facts() == []
    assert open_bundle(code_name=team.name(team.boram), password="boram's")


def test_who_was_suspended_or_is_not_there_is_not_brought_back(team, org):
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    with pytest.raises(Refused, match=r"vault\.officer_suspended"):
        recover_officer(command_desk(), officer=team.boram.officer, organisation=org, password=NEW)
    with pytest.raises(Refused, match=r"vault\.officer_gone"):
        recover_officer(command_desk(), officer=7, organisation=org, password=NEW)


def test_the_facts_say_what_was_done_and_by_whom(team, org, facts):
    facts()
    recovered(team, org, team.boram)
    assert facts() == ["vault.officer_keys_renewed", "vault.key_granted", "vault.key_granted"]


def test_a_cell_founded_later_is_the_organisations_too(team, org):
    cell = found_cell(officer_desk(team.haneul), side=Side.CHINA, number=1, area=77, members=[team.haneul.officer])
    keys, cells = recovered(team, org, team.dasom)
    assert cells == 3 and officer_desk(keys).keyring.holds(cell)
