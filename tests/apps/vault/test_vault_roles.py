"""Roles are given and withdrawn by who may; the last safety officer and the last opener keep theirs."""

import pytest

from ojakgyo.apps.vault import header, queries, rights
from ojakgyo.apps.vault.actions.officers import enrol_officer, make_own_slot, suspend_officer
from ojakgyo.apps.vault.actions.roles import give_role, withdraw_role
from ojakgyo.apps.vault.desks import command_desk, house_desk, keyless_desk, officer_desk
from ojakgyo.apps.vault.models import Officer
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.roles import OfficerRole


def refused(act) -> str:
    with pytest.raises(Refused) as seen:
        act()
    return seen.value.code


def roles_of(who) -> set[OfficerRole]:
    return set(queries.officer(house_desk(), id=who.officer).roles)


def test_a_role_given_and_withdrawn_is_said(team, facts):
    desk = officer_desk(team.haneul)
    facts()
    give_role(desk, officer=team.boram.officer, role=OfficerRole.AUDITOR)
    assert roles_of(team.boram) == {OfficerRole.TREASURER, OfficerRole.AUDITOR}
    withdraw_role(desk, officer=team.boram.officer, role=OfficerRole.AUDITOR)
    assert roles_of(team.boram) == {OfficerRole.TREASURER}
    assert facts() == ["vault.role_given", "vault.role_withdrawn"]


def test_what_is_so_already_is_not_said_again(team):
    desk = officer_desk(team.haneul)
    for act, role in ((give_role, OfficerRole.TREASURER), (withdraw_role, OfficerRole.AUDITOR)):
        assert refused(lambda act=act, role=role: act(desk, officer=team.boram.officer, role=role)) == "vault.role_held"


def test_who_may_not_manage_gives_no_role_least_of_all_to_themselves(team):
    for who in (team.boram, team.haneul):
        desk = officer_desk(team.boram)
        act = lambda who=who, desk=desk: give_role(desk, officer=who.officer, role=OfficerRole.AUDITOR)  # noqa: E731
        assert refused(act) == "vault.role_wanted"


def test_nobody_gives_a_role_to_themselves_and_everybody_may_give_one_up(team):
    desk = officer_desk(team.haneul)
    act = lambda: give_role(desk, officer=team.haneul.officer, role=OfficerRole.AUDITOR)  # noqa: E731
    assert refused(act) == "vault.not_yourself"
    withdraw_role(desk, officer=team.haneul.officer, role=OfficerRole.SAFETY)
    assert roles_of(team.haneul) == {OfficerRole.COORDINATOR}


def test_the_last_safety_officer_keeps_the_role(team):
    desk = officer_desk(team.haneul)
    withdraw_role(desk, officer=team.dasom.officer, role=OfficerRole.SAFETY)
    act = lambda: withdraw_role(desk, officer=team.haneul.officer, role=OfficerRole.SAFETY)  # noqa: E731
    assert refused(act) == "vault.last_safety"


def test_a_suspended_safety_officer_does_not_stand_in_for_the_last_one(team):
    desk = officer_desk(team.haneul)
    suspend_officer(desk, officer=team.dasom.officer)
    act = lambda: withdraw_role(desk, officer=team.haneul.officer, role=OfficerRole.SAFETY)  # noqa: E731
    assert refused(act) == "vault.last_safety"
    assert queries.safety_officers() == [team.haneul.officer]


def test_an_openers_way_in_is_made_with_the_password_and_goes_with_the_role(team, facts):
    desk = officer_desk(team.haneul)
    for who in (team.boram, team.dasom):
        give_role(desk, officer=who.officer, role=OfficerRole.OPENER)
    facts()
    assert make_own_slot(officer_desk(team.haneul), "haneul's") is None
    slot = make_own_slot(officer_desk(team.boram), "boram's")
    assert make_own_slot(officer_desk(team.boram), "boram's") is None
    assert facts() == ["vault.slot_made"]
    assert header.unseal(team.home, "boram's").keys == team.boram
    assert header.ways_in(team.home).openers == {slot}
    withdraw_role(desk, officer=team.boram.officer, role=OfficerRole.OPENER)
    assert facts() == ["vault.slot_removed", "vault.role_withdrawn"]
    assert (header.ways_in(team.home).openers, Officer.objects.get(id=team.boram.officer).slot) == (set(), None)
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        header.unseal(team.home, "boram's")
    act = lambda: withdraw_role(desk, officer=team.dasom.officer, role=OfficerRole.OPENER)  # noqa: E731
    assert refused(act) == "vault.last_opener"


def test_a_way_in_that_vault_json_lost_is_made_again(team):
    give_role(officer_desk(team.haneul), officer=team.boram.officer, role=OfficerRole.OPENER)
    first = make_own_slot(officer_desk(team.boram), "boram's")
    header.drop_slot(team.home, house_desk().keyring.ring, first)
    again = make_own_slot(officer_desk(team.boram), "boram's")
    assert again not in (None, first)
    assert header.ways_in(team.home).openers == {again}


def test_a_sixth_opener_is_refused(team):
    desk = officer_desk(team.haneul)
    for number in range(5):
        enrol_officer(desk, code_name=CodeName(9, number), password="invented", roles=[OfficerRole.OPENER])
    act = lambda: give_role(desk, officer=team.boram.officer, role=OfficerRole.OPENER)  # noqa: E731
    assert refused(act) == "vault.too_many_openers"
    six = lambda: enrol_officer(desk, code_name=CodeName(10), password="invented", roles=[OfficerRole.OPENER])  # noqa: E731
    assert refused(six) == "vault.too_many_openers"


@pytest.mark.parametrize("role", list(OfficerRole))
def test_the_rules_of_who_may_what_stand_in_one_table(role):
    managing = role in {OfficerRole.COORDINATOR, OfficerRole.SAFETY}
    assert rights.may_manage([role]) is managing
    assert rights.may_audit([role]) is (managing or role is OfficerRole.AUDITOR)
    assert rights.may_say_lost([role]) is (role is OfficerRole.OPENER)
    assert rights.may_ask(RequestKind.REMOVE_OFFICER, [role]) is managing
    assert rights.may_ask(RequestKind.EXPORT_AUDIT, [role]) is (managing or role is OfficerRole.AUDITOR)
    assert rights.may_ask(RequestKind.FORGET_PERSON, [role]) is (managing or role is OfficerRole.PROTECTION)


def test_a_command_founds_the_house_and_the_house_itself_manages_nobody(team):
    rights.demand_manager(command_desk().actor, ())
    for desk in (house_desk(), keyless_desk(team.boram.officer)):
        with pytest.raises(Refused, match=r"vault\.role_wanted"):
            rights.demand_manager(desk.actor, queries.roles(desk))
