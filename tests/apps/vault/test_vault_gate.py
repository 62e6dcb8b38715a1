"""The gate takes one kind of words: the team's passphrase, or the own password of an opener, who then sits down."""

import pytest
from django.conf import settings
from vault_stage import browser as at

from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.vault.actions.roles import give_role
from ojakgyo.apps.vault.desks import command_desk, house_desk, officer_desk
from ojakgyo.apps.vault.pace import PLACES, Room, pace
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.runner import opening
from ojakgyo.store import keyholder

pytestmark = pytest.mark.usefixtures("stand_in_pages")


@pytest.fixture
def team(team):
    """Haneul and Boram may open the house."""
    for keys in (team.haneul, team.boram):
        give_role(command_desk(), officer=keys.officer, role=OfficerRole.OPENER)
    return team


@pytest.fixture
def gate(team, monkeypatch):
    """The house, sealed; `gate(keys)` is what its words lead to next."""
    ring = keyholder.ring()
    monkeypatch.setattr(pace, "_sleep", lambda seconds, called: None)
    monkeypatch.setattr(settings, "OJAK_SEALED_SINCE", None, raising=False)

    def leads_to(keys):
        def unseal(words):
            keyholder.unseal(ring)
            opening.admit(keys)
            return keys

        keyholder.seal()
        monkeypatch.setattr(settings, "OJAK_UNSEAL", unseal, raising=False)
        return at()

    yield leads_to
    keyholder.unseal(ring)


def test_an_openers_password_sits_the_opener_down_without_another_derivation(gate, team, stretched, facts):
    visitor = gate(team.haneul)
    stretched.costs.clear()
    answer = visitor.post("/", {"words": "haneul's"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    (seat,) = seats.present()
    assert (seat.officer, seats.confirmed(seat)) == (team.haneul.officer, True)
    assert visitor.get("/now/").json()["keys"] is True
    assert stretched.costs == []
    assert "vault.signed_in" in facts()


def test_the_passphrase_sits_nobody_down(gate, team):
    visitor = gate(None)
    assert visitor.post("/", {"words": "words of the team"})["Location"] == "/"
    assert seats.present() == ()
    assert visitor.get("/now/")["Location"] == "/enter/"


def test_who_has_a_second_factor_is_asked_for_it_at_the_way_in(gate, team, monkeypatch):
    monkeypatch.setattr(sessions.queries, "factor", lambda desk: object())
    visitor = gate(team.haneul)
    assert visitor.post("/", {"words": "haneul's"})["Location"] == "/"
    assert seats.present() == ()


def test_a_suspended_opener_is_told_no_more_than_a_stranger(gate, team):
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    answer = gate(team.boram).post("/", {"words": "boram's"})
    assert answer.status_code == 503
    assert b'id="words-wrong"' in answer.content
    assert seats.present() == ()


def test_an_opener_whose_rows_forbid_it_does_not_sit_down_even_so(team):
    """What `admit` let through is looked at again in the transaction that signs in."""
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        opening.admit(team.boram)
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        sessions.sit_down(team.boram)
    opening.admit(team.haneul)
    opening.admit(None)
    assert house_desk().keyring.ring


def test_a_crowd_at_the_gate_is_asked_to_come_back(gate, team, monkeypatch):
    """Each derivation takes a gibibyte, one after the other: nobody fills the house by standing in line."""
    visitor = gate(None)
    monkeypatch.setitem(PLACES, Room.GATE, 0)
    answer = visitor.post("/", {"words": "words of the team"})
    assert answer.status_code == 503 and not keyholder.is_unsealed()


def test_a_crowd_at_the_way_in_keeps_the_gate_open(gate, team, monkeypatch):
    visitor = gate(None)
    monkeypatch.setitem(PLACES, Room.WAY_IN, 0)
    monkeypatch.setitem(PLACES, Room.SEATED, 0)
    assert visitor.post("/", {"words": "words of the team"}).status_code == 302
