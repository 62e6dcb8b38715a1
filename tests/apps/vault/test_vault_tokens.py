"""One-time ways in, and tokens for programs."""

import pytest

from ojakgyo.apps.vault import tokens
from ojakgyo.apps.vault.actions.house import note_founded, note_sealed, note_unsealed
from ojakgyo.apps.vault.actions.sessions import keys_of, sign_in_by_entry, spend_entry
from ojakgyo.apps.vault.actions.tokens import issue_entry, issue_token
from ojakgyo.apps.vault.desks import command_desk, house_desk, officer_desk, token_desk
from ojakgyo.apps.vault.models import ApiToken, EntryToken
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.instants import HOUR_MS


def test_a_one_time_token_opens_the_officers_keys_once(house, facts):
    entry = issue_entry(officer_desk(house.haneul)).written
    facts()
    token = sign_in_by_entry(token=entry)
    assert keys_of(seats.find(tokens.parsed(Table.SESSION, token).id), token=token) == house.haneul
    assert facts() == ["vault.signed_in"]
    with pytest.raises(Refused, match=r"vault\.token_spent"):
        sign_in_by_entry(token=entry)
    assert facts() == []


def test_of_two_who_looked_at_the_same_moment_one_gets_in(house, facts):
    issued = issue_entry(officer_desk(house.haneul))
    facts()
    spend_entry(officer_desk(house.haneul), token=issued.id)
    with pytest.raises(Refused, match=r"vault\.token_spent"):
        spend_entry(officer_desk(house.haneul), token=issued.id)
    assert facts() == ["vault.signed_in"]


def test_a_spent_token_leaves_no_sealed_keys_behind(house):
    sign_in_by_entry(token=issue_entry(officer_desk(house.haneul)).written)
    assert EntryToken.objects.get().half is None


def test_a_new_one_time_token_makes_the_one_before_it_void(house):
    first = issue_entry(officer_desk(house.haneul)).written
    second = issue_entry(officer_desk(house.haneul)).written
    with pytest.raises(Refused, match=r"vault\.token_spent"):
        sign_in_by_entry(token=first)
    assert sign_in_by_entry(token=second)


@pytest.mark.parametrize("token", ["", "x", "ab" * 32, "ab" * 31, "é" * 32])
def test_a_token_nobody_issued_is_refused(house, token):
    issue_entry(officer_desk(house.haneul))
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        sign_in_by_entry(token=token)


def test_a_one_time_token_moved_to_another_officer_opens_nothing(house):
    entry = issue_entry(officer_desk(house.haneul)).written
    EntryToken.objects.update(officer=house.dasom.officer)
    with pytest.raises(Damaged):
        sign_in_by_entry(token=entry)


def test_a_desk_without_keys_gives_no_way_in(house):
    with pytest.raises(NotHeld):
        issue_entry(command_desk())


def test_a_program_reads_by_its_token_what_its_scopes_say_and_opens_no_cell(house):
    expires = house_desk().now + HOUR_MS
    issued = issue_token(command_desk(), scopes=[Scope.WATCH_READ], expires=expires)
    desk = token_desk(issued.written, scope=Scope.WATCH_READ)
    assert (desk.actor.kind, desk.actor.id) == (ActorKind.TOKEN, issued.id)
    assert not desk.keyring.holds(house.cell)
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        token_desk(issued.written, scope=Scope.WATCH_REASONS)


def test_a_token_whose_time_is_over_is_refused(house):
    issued = issue_token(officer_desk(house.haneul), scopes=list(Scope), expires=house_desk().now)
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        token_desk(issued.written, scope=Scope.WATCH_READ)


@pytest.mark.parametrize("token", ["", "nonsense", "ab" * 32])
def test_no_token_and_a_foreign_one_are_refused_alike(house, token):
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        token_desk(token, scope=Scope.WATCH_READ)


def test_the_database_keeps_the_digest_of_a_token_only(house):
    issued = issue_token(command_desk(), scopes=[Scope.WATCH_READ], expires=house_desk().now + HOUR_MS)
    assert bytes.fromhex(issued.written) != ApiToken.objects.get().digest
    assert issued.written not in repr(issued)


def test_a_token_without_scopes_is_a_wrong_call(house):
    with pytest.raises(ValueError, match="scopes"):
        issue_token(command_desk(), scopes=[], expires=0)


def test_the_house_says_when_it_was_made_opened_and_closed(house, facts):
    facts()
    note_founded(command_desk(), demo=True)
    note_unsealed(house_desk(), run=5)
    note_sealed(house_desk(), run=5)
    assert facts() == ["vault.founded", "vault.unsealed", "vault.sealed"]
