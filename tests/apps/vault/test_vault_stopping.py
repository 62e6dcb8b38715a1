"""What one person stops at once: the house, and what a lost machine knew."""

import pytest
from django.conf import settings
from vault_stage import BORAM, HANEUL
from vault_team import signed_in

from ojakgyo.apps.vault.actions.machine import say_machine_lost
from ojakgyo.apps.vault.actions.roles import give_role
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.roles import OfficerRole


def test_only_an_opener_says_that_a_machine_is_lost(house, facts):
    facts()
    with pytest.raises(Refused, match=r"vault\.machine_wanted"):
        say_machine_lost(officer_desk(house.dasom))
    assert facts() == []
    give_role(officer_desk(house.haneul), officer=house.dasom.officer, role=OfficerRole.OPENER)
    say_machine_lost(officer_desk(house.dasom))
    assert facts() == ["vault.role_given", "vault.machine_lost"]


def test_one_officer_closes_the_house(house, monkeypatch):
    closed = []
    monkeypatch.setattr(settings, "OJAK_SEAL", lambda: closed.append(True), raising=False)
    assert signed_in(BORAM.en, "boram's").post("/vault/close/").status_code == 200
    assert closed == [True]


def test_looking_at_the_page_of_a_lost_machine_says_nothing(house, facts):
    client = signed_in(HANEUL.en, "haneul's")
    facts()
    assert client.get("/vault/lost/").status_code == 200
    assert client.post("/vault/lost/").status_code == 403
    assert facts() == []
