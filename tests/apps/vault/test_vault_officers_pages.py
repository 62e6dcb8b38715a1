"""Officers, cells, requests and the overview as somebody at the desk meets them."""

import re

import pytest
from vault_stage import BORAM, DASOM, HANEUL
from vault_team import signed_in

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions import removal, requests
from ojakgyo.apps.vault.desks import house_desk, officer_desk
from ojakgyo.apps.vault.models import Officer, OfficerRole
from ojakgyo.apps.vault.seats import CONFIRMED_S, IDLE_S, seats
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.errors import REGISTRY
from ojakgyo.domain.names.codename import CodeName

FREE = CodeName(21)


@pytest.fixture
def haneul(team):
    return signed_in(HANEUL.ko, "haneul's")


@pytest.fixture
def dasom(team):
    return signed_in(DASOM.ko, "dasom's")


@pytest.mark.parametrize("address", ["", "officers/", "officers/new/", "cells/", "requests/"])
@pytest.mark.parametrize("who", [(HANEUL, "haneul's"), (BORAM, "boram's")])
def test_every_officer_may_look_at_the_pages_of_the_vault(team, address, who):
    client = signed_in(who[0].ko, who[1])
    assert client.get(f"/vault/{address}").status_code == 200


def test_with_keys_put_down_the_pages_are_there_to_look_at_and_nothing_is_done(team, haneul, monkeypatch):
    later = seats._tick() + IDLE_S
    monkeypatch.setattr(seats, "_tick", lambda: later)
    for address in ("/vault/", "/vault/officers/", team.url(team.boram), "/vault/cells/", team.cell_url(team.n2)):
        assert haneul.get(address).status_code == 200
    assert haneul.post(team.url(team.boram, "suspend/"))["Location"] == "/enter/"
    assert Officer.objects.get(id=team.boram.officer).state is OfficerState.ACTIVE


def test_an_officer_is_enrolled_from_the_page_and_the_words_shown_once_are_the_password(haneul):
    answer = haneul.post("/vault/officers/new/", {"code_name": FREE.ko, "roles": ["safety"]})
    assert answer.status_code == 200
    words = re.search(r'class="words"[^>]*>([^<]+)<', answer.content.decode())[1]
    assert len(words.split()) == 6
    signed_in(FREE.en, words)
    assert words not in haneul.get("/vault/officers/").content.decode()
    made = queries.officer_called(FREE.ko)
    assert [role.value for role in queries.officer(house_desk(), id=made).roles] == ["safety"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"code_name": BORAM.ko}, "vault.code_name_taken"),
        ({"code_name": "Nobody"}, "vault.code_name_unknown"),
        ({"code_name": FREE.ko, "password": "short"}, "vault.password_short"),
    ],
)
def test_a_name_that_was_borne_and_a_short_password_are_refused(haneul, typed, code):
    haneul.post("/language/", {"language": "en", "next": "/"})
    before = Officer.objects.count()
    answer = haneul.post("/vault/officers/new/", typed)
    assert answer.status_code == 422
    assert REGISTRY[code].sentence in answer.content.decode()
    assert Officer.objects.count() == before


def test_a_treasurer_enrols_nobody(team):
    boram = signed_in(BORAM.ko, "boram's")
    assert boram.post("/vault/officers/new/", {"code_name": FREE.ko}).status_code == 422
    assert not Officer.objects.filter(word=FREE.word, number=0).exists()


def test_every_officer_and_cell_has_its_page(team, haneul):
    for who in (team.haneul, team.boram, team.dasom):
        assert haneul.get(team.url(who)).status_code == 200
    for cell in (team.n2, team.n3):
        assert haneul.get(team.cell_url(cell)).status_code == 200
    assert haneul.get("/vault/officers/o_0000000000000/").status_code == 409
    assert haneul.get("/vault/officers/nobody/").status_code == 404
    assert haneul.get("/vault/cells/c_0000000000001/").status_code == 404


def test_a_removal_goes_from_the_page_of_one_through_the_hand_of_another(team, haneul, dasom):
    asked = haneul.post(team.url(team.boram, "remove/"), {"chance": "40"})
    where = asked["Location"]
    assert where.startswith("/vault/requests/t_")
    assert dasom.get(where).status_code == 200
    assert haneul.post(f"{where}carry-out/").status_code == 409
    assert haneul.post(f"{where}sign/").status_code == 409
    assert dasom.post(f"{where}sign/").status_code == 302
    assert "carry-out" in haneul.get(where).content.decode()
    done = haneul.post(f"{where}carry-out/")
    assert (done.status_code, done["Location"]) == (302, team.url(team.boram))
    assert haneul.get(team.url(team.boram)).status_code == 200
    assert haneul.get(where).status_code == 200
    assert haneul.post(f"{where}carry-out/").status_code == 409


def test_a_page_of_weight_asks_for_the_password_once_five_minutes_have_passed(team, haneul, monkeypatch):
    later = seats._tick() + CONFIRMED_S
    monkeypatch.setattr(seats, "_tick", lambda: later)
    assert "password_again" in haneul.get(team.url(team.boram)).content.decode()
    give = {"give": "auditor"}
    assert haneul.post(team.url(team.boram, "role/"), give).status_code == 409
    assert haneul.post(team.url(team.boram, "role/"), {**give, "password_again": "dasom's"}).status_code == 409
    assert haneul.post(team.url(team.boram, "role/"), {**give, "password_again": "haneul's"}).status_code == 302
    assert haneul.post(team.url(team.boram, "suspend/")).status_code == 302


def test_a_cell_is_founded_granted_withdrawn_and_turned_from_its_pages(team, haneul):
    made = haneul.post("/vault/cells/", {"side": "C", "number": "5", "like": team.cell_url(team.n2).split("/")[3]})
    where = made["Location"]
    officer = {"officer": team.url(team.dasom).split("/")[3]}
    assert haneul.post(f"{where}grant/", officer).status_code == 302
    assert haneul.post(f"{where}grant/", officer).status_code == 409
    assert haneul.post(f"{where}withdraw/", officer).status_code == 302
    assert haneul.post(f"{where}epoch/").status_code == 302
    cell = next(line for line in queries.cells(house_desk()) if line.code == "C-5")
    assert (cell.epoch, queries.holders(cell.id)) == (3, {team.haneul.officer})
    again = {"side": "C", "number": "5", "like": team.cell_url(team.n2).split("/")[3]}
    assert haneul.post("/vault/cells/", again).status_code == 409
    assert haneul.post(team.cell_url(team.n3, "epoch/")).status_code == 409


def test_the_overview_names_what_is_not_in_order(team, haneul):
    haneul.post(team.url(team.boram, "suspend/"))
    shown = haneul.get("/vault/").content.decode()
    assert team.url(team.boram) in shown
    assert team.cell_url(team.n3) in shown
    request = removal.ask_for_removal(officer_desk(team.haneul), officer=team.boram.officer, chance_percent=1)
    assert "/vault/requests/" in haneul.get("/vault/").content.decode()
    requests.withdraw_request(officer_desk(team.haneul), request=request)


def test_the_page_of_the_last_safety_officer_says_that_nobody_is_woken_and_the_suspension_takes_one(team, haneul):
    haneul.post("/language/", {"language": "en", "next": "/"})
    said = "nobody is woken"
    assert said not in haneul.get(team.url(team.dasom)).content.decode()
    OfficerRole.objects.filter(officer=team.haneul.officer, role="safety").delete()
    assert said in haneul.get(team.url(team.dasom)).content.decode()
    assert haneul.post(team.url(team.dasom, "suspend/")).status_code == 302
    assert Officer.objects.get(id=team.dasom.officer).state is OfficerState.SUSPENDED
