"""Suspended, brought back, given new keys: what stays open, what falls, and what nobody is locked out of."""

import pytest
from vault_stage import BORAM, DASOM, HANEUL
from vault_team import at

from ojakgyo.apps.vault import header, kdf, queries, tokens
from ojakgyo.apps.vault.actions.cells import grant_key
from ojakgyo.apps.vault.actions.officers import enrol_officer, make_own_slot, resume_officer, suspend_officer
from ojakgyo.apps.vault.actions.renewal import renew_keys
from ojakgyo.apps.vault.actions.roles import give_role
from ojakgyo.apps.vault.actions.sessions import open_bundle, sign_in
from ojakgyo.apps.vault.actions.tokens import issue_entry, issue_token
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.vault.queries.team import officer_page
from ojakgyo.apps.vault.queries.team import team as all_of
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import OfficerState, Scope
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.domain.values.roles import OfficerRole

NEW = "six words for an invented officer"


def refused(act) -> str:
    with pytest.raises(Refused) as seen:
        act()
    return seen.value.code


# Suspended ------------------------------------------------------------------------------------------------------------


def test_a_suspension_ends_every_session_and_is_told_as_a_wrong_password_is(team, stretched, facts):
    sign_in(code_name=BORAM, password="boram's")
    issue_entry(officer_desk(team.boram))
    facts()
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    assert facts() == ["vault.token_voided", "vault.officer_suspended"]
    assert seats.present() == ()
    stretched.costs.clear()
    right = refused(lambda: sign_in(code_name=BORAM, password="boram's"))
    assert [each["memory_kib"] for each in stretched.costs] == [kdf.sign_in_cost().memory_kib]
    assert right == refused(lambda: sign_in(code_name=BORAM, password="another")) == "vault.wrong_sign_in"
    assert len(stretched.costs) == 2


def test_a_colleague_brings_a_suspended_officer_back_and_everything_opens_as_before(team):
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    assert (
        refused(lambda: suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)) == "vault.officer_gone"
    )
    resume_officer(officer_desk(team.dasom), officer=team.boram.officer)
    assert open_bundle(code_name=BORAM, password="boram's") == team.boram
    assert officer_desk(team.boram).keyring.holds(team.n2)


def test_a_token_of_a_suspended_officer_reads_nothing_until_they_are_back(team):
    token = issue_token(officer_desk(team.boram), scopes=[Scope.WATCH_READ], expires=2**60)
    digest = tokens.parsed(Table.API, token.written).id
    read = lambda: queries.api_token(digest, scope=Scope.WATCH_READ, desk=officer_desk(team.haneul))  # noqa: E731
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    assert refused(read) == "vault.token_refused"
    resume_officer(officer_desk(team.haneul), officer=team.boram.officer)
    assert read() == token.id


def test_nobody_suspends_or_brings_back_themselves_and_no_treasurer_anybody(team):
    for act in (suspend_officer, resume_officer):
        mine = lambda act=act: act(officer_desk(team.haneul), officer=team.haneul.officer)  # noqa: E731
        theirs = lambda act=act: act(officer_desk(team.boram), officer=team.dasom.officer)  # noqa: E731
        assert refused(mine) == "vault.not_yourself"
        assert refused(theirs) == "vault.role_wanted"


def test_a_suspension_is_to_be_looked_at_within_a_day(team):
    desk = officer_desk(team.haneul)
    suspend_officer(desk, officer=team.boram.officer)
    line = next(each for each in all_of(desk) if each.officer.id == team.boram.officer)
    assert (line.officer.state, line.review_by) == (OfficerState.SUSPENDED, desk.now + 24 * HOUR_MS)


# New keys -------------------------------------------------------------------------------------------------------------


def test_new_keys_open_by_the_new_words_alone_and_no_cell_until_it_is_granted_again(team, facts):
    facts()
    renew_keys(officer_desk(team.haneul), officer=team.boram.officer, password=NEW)
    assert facts() == ["vault.officer_keys_renewed"]
    keys = open_bundle(code_name=BORAM, password=NEW)
    assert keys != team.boram
    assert refused(lambda: open_bundle(code_name=BORAM, password="boram's")) == "vault.wrong_sign_in"
    assert not officer_desk(keys).keyring.holds(team.n2)
    page = officer_page(officer_desk(team.haneul), id=team.boram.officer)
    assert ([cell.id for cell in page.held], [cell.id for cell in page.lost]) == ([], [team.n2])
    grant_key(officer_desk(team.haneul), cell=team.n2, officer=team.boram.officer)
    assert officer_desk(keys).keyring.holds(team.n2)
    assert officer_page(officer_desk(team.haneul), id=team.boram.officer).lost == ()


def test_who_had_keys_and_officers_from_the_renewed_one_keeps_them(team):
    """Haneul founded N-2 and enrolled everybody; Dasom, who holds no key to it, makes Haneul new keys."""
    key = officer_desk(team.boram).keyring.cell_key(team.n2)
    renew_keys(officer_desk(team.dasom), officer=team.haneul.officer, password=NEW)
    assert officer_desk(team.boram).keyring.cell_key(team.n2) == key
    keys = open_bundle(code_name=HANEUL, password=NEW)
    give_role(officer_desk(team.dasom), officer=team.boram.officer, role=OfficerRole.SAFETY)
    grant_key(officer_desk(team.boram), cell=team.n2, officer=team.haneul.officer)
    grant_key(officer_desk(team.boram), cell=team.n2, officer=team.dasom.officer)
    assert officer_desk(keys).keyring.cell_key(team.n2) == officer_desk(team.dasom).keyring.cell_key(team.n2) == key
    assert queries.officer(officer_desk(keys), id=team.dasom.officer).code_name == DASOM


def test_what_did_not_hold_before_a_renewal_does_not_hold_after_it(team):
    """Somebody swapped Boram's public key; whoever renews Haneul's keys does not vouch for it."""
    Officer.objects.filter(id=team.boram.officer).update(exchange_public=team.dasom.public.exchange)
    renew_keys(officer_desk(team.dasom), officer=team.haneul.officer, password=NEW)
    assert Officer.objects.get(id=team.boram.officer).enrolled_by_id == team.haneul.officer


def test_an_openers_old_way_in_goes_with_the_old_keys(team):
    give_role(officer_desk(team.haneul), officer=team.boram.officer, role=OfficerRole.OPENER)
    make_own_slot(officer_desk(team.boram), "boram's")
    renew_keys(officer_desk(team.haneul), officer=team.boram.officer, password=NEW)
    assert refused(lambda: header.unseal(team.home, "boram's")) == "vault.wrong_passphrase"
    keys = open_bundle(code_name=BORAM, password=NEW)
    assert make_own_slot(officer_desk(keys), NEW)
    assert header.unseal(team.home, NEW).keys == keys


def test_nobody_makes_new_keys_for_themselves_for_who_is_away_or_without_the_role(team):
    mine = lambda: renew_keys(officer_desk(team.haneul), officer=team.haneul.officer, password=NEW)  # noqa: E731
    theirs = lambda: renew_keys(officer_desk(team.boram), officer=team.dasom.officer, password=NEW)  # noqa: E731
    gone = lambda: renew_keys(officer_desk(team.haneul), officer=team.boram.officer, password=NEW)  # noqa: E731
    assert refused(mine) == "vault.not_yourself"
    assert refused(theirs) == "vault.role_wanted"
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    assert refused(gone) == "vault.officer_gone"


def test_a_code_name_is_borne_once_also_after_its_officer_is_gone(team):
    again = lambda: enrol_officer(officer_desk(team.haneul), code_name=BORAM, password=NEW, roles=[])  # noqa: E731
    assert refused(again) == "vault.code_name_taken"
    Officer.objects.filter(id=team.boram.officer).update(state=OfficerState.REMOVED)
    assert refused(again) == "vault.code_name_taken"


def test_time_of_a_desk_only_moves_the_state(team):
    later = at(officer_desk(team.haneul), HOUR_MS)
    made, _ = enrol_officer(later, code_name=CodeName(12), password=NEW, roles=[])
    assert Officer.objects.get(id=made).state_ms == later.now
