"""Roles are given and withdrawn by who may; the last safety officer and the last opener keep theirs."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from ojakgyo.apps.vault import header, queries, rights
from ojakgyo.apps.vault.actions.officers import enrol_officer, make_own_slot, suspend_officer
from ojakgyo.apps.vault.actions.roles import give_role, withdraw_role
from ojakgyo.apps.vault.desks import command_desk, house_desk, keyless_desk, officer_desk
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.runner import opening


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


def test_whoever_has_signed_in_has_the_roles_of_this_moment_and_is_read_in_one_query(team):
    desk, boram = officer_desk(team.haneul), team.boram.officer
    give_role(desk, officer=boram, role=OfficerRole.COORDINATOR)
    for gone in (None, OfficerRole.TREASURER, OfficerRole.COORDINATOR):
        if gone:
            withdraw_role(desk, officer=boram, role=gone)
        with CaptureQueriesContext(connection) as asked:
            known = queries.known(boram)
        assert len(asked) == 1
        assert known.officer == queries.officer(house_desk(), id=boram)
        assert known.public == queries.public(boram)
        assert known.cells == 2
    assert known.officer.roles == ()


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


@pytest.fixture
def opener(team):
    """Boram has the role; the way in is not made yet."""
    give_role(officer_desk(team.haneul), officer=team.boram.officer, role=OfficerRole.OPENER)
    return team


def slot_of(team) -> bytes | None:
    return Officer.objects.get(id=team.boram.officer).slot


def opens(team, password="boram's") -> bool:
    try:
        return header.unseal(team.home, password).keys == team.boram
    except Refused:
        return False


def test_two_sign_ins_of_a_new_opener_at_once_make_one_way_in(opener, monkeypatch):
    desk, quick = officer_desk(opener.boram), primitives.stretch

    def slow(words, salt, **cost):
        time.sleep(0.2)
        return quick(words, salt, **cost)

    def come(_):
        try:
            return make_own_slot(desk, "boram's")
        finally:
            connections.close_all()

    monkeypatch.setattr(primitives, "stretch", slow)
    with ThreadPoolExecutor(2) as both:
        made = [slot for slot in both.map(come, range(2)) if slot]
    assert made == [slot_of(opener)]
    assert header.ways_in(opener.home).openers == set(made)


@pytest.mark.parametrize("named", [True, False])
def test_a_way_in_that_no_row_names_goes_with_the_role(opener, named):
    """The machine stopped between the file and the row."""
    ring = house_desk().keyring.ring
    header.opener_slot(opener.home, ring, opener.boram, "of an earlier day")
    if named:
        kept = header.opener_slot(opener.home, ring, opener.boram, "boram's")
        Officer.objects.filter(id=opener.boram.officer).update(slot=kept)
    give_role(officer_desk(opener.haneul), officer=opener.dasom.officer, role=OfficerRole.OPENER)
    withdraw_role(officer_desk(opener.haneul), officer=opener.boram.officer, role=OfficerRole.OPENER)
    assert header.ways_in(opener.home).openers == set()
    assert not opens(opener) and not opens(opener, "of an earlier day")


def test_a_way_in_that_no_row_names_goes_as_the_next_is_made_and_a_colleagues_stays(opener):
    ring = house_desk().keyring.ring
    give_role(officer_desk(opener.haneul), officer=opener.dasom.officer, role=OfficerRole.OPENER)
    theirs = make_own_slot(officer_desk(opener.dasom), "dasom's")
    for number in range(4):
        header.opener_slot(opener.home, ring, opener.boram, f"orphan {number}")
    mine = make_own_slot(officer_desk(opener.boram), "boram's")
    assert header.ways_in(opener.home).openers == {mine, theirs}
    assert opens(opener) and not opens(opener, "orphan 0")


@pytest.mark.parametrize(
    "change", [{"state": OfficerState.SUSPENDED}, {"slot": bytes(8)}, {"signing_public": bytes(32)}]
)
def test_a_way_in_that_the_row_may_not_name_any_more_is_taken_out_again(opener, monkeypatch, change, facts):
    """Suspended, given other keys, or sitting down elsewhere, while the password was being stretched."""
    made = header.opener_slot

    def meanwhile(*args, **kwargs):
        slot = made(*args, **kwargs)
        Officer.objects.filter(id=opener.boram.officer).update(**change)
        return slot

    desk = officer_desk(opener.boram)
    facts()
    monkeypatch.setattr(header, "opener_slot", meanwhile)
    assert refused(lambda: make_own_slot(desk, "boram's")) == "house.busy"
    assert (header.ways_in(opener.home).openers, facts()) == (set(), [])
    assert slot_of(opener) == change.get("slot")


def test_an_openers_password_admits_nobody_without_the_role(opener):
    opening.admit(None)
    opening.admit(opener.boram)
    give_role(officer_desk(opener.haneul), officer=opener.dasom.officer, role=OfficerRole.OPENER)
    withdraw_role(officer_desk(opener.haneul), officer=opener.boram.officer, role=OfficerRole.OPENER)
    assert refused(lambda: opening.admit(opener.boram)) == "vault.wrong_passphrase"
    suspend_officer(officer_desk(opener.haneul), officer=opener.dasom.officer)
    assert refused(lambda: opening.admit(opener.dasom)) == "vault.wrong_passphrase"


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
