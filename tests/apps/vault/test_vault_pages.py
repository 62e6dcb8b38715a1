"""The gate, the way in, the lock, and which desk each request is given."""

import pytest
from django.conf import settings
from vault_stage import BORAM
from vault_stage import browser as at

from ojakgyo.apps.vault import cookies, tokens
from ojakgyo.apps.vault.actions.tokens import issue_entry
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import IDLE_S, seats
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing.names import Table
from ojakgyo.store import keyholder

pytestmark = pytest.mark.usefixtures("stand_in_pages")


@pytest.fixture
def slept(monkeypatch):
    seconds = []
    monkeypatch.setattr(pace, "_sleep", lambda more, called: seconds.append(more))
    return seconds


@pytest.fixture
def browser(house, slept):
    """Boram's, signed in."""
    client = at()
    response = client.post("/enter/", {"code_name": BORAM.ko, "password": "boram's"})
    assert (response.status_code, response["Location"]) == (302, "/")
    return client


@pytest.fixture
def sealed(monkeypatch, empty_desk):
    """`settings`, of a house that is sealed and takes words at its gate."""
    ring = keyholder.ring()
    keyholder.seal()
    monkeypatch.setattr(settings, "OJAK_UNSEAL", lambda words: None, raising=False)
    monkeypatch.setattr(settings, "OJAK_SEALED_SINCE", None, raising=False)
    yield settings
    keyholder.unseal(ring)


def idle(monkeypatch) -> None:
    later = seats._tick() + IDLE_S
    monkeypatch.setattr(seats, "_tick", lambda: later)


# Who is given which desk ---------------------------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_way_in(house):
    client = at()
    assert client.get("/now/")["Location"] == "/enter/"
    assert client.post("/now/")["Location"] == "/enter/"
    assert client.get("/_live/").status_code == 204
    for part in (client.get("/now/_part/board/"), client.post("/now/", headers={"HX-Request": "true"})):
        assert (part.status_code, part["HX-Redirect"]) == (401, "/enter/")


def test_an_officer_is_given_a_desk_with_keys(browser, house):
    told = {"actor": f"officer:{house.boram.officer}", "keys": True, "cells": 1}
    assert browser.get("/now/").json() == told
    assert browser.get("/now/_part/board/").json() == told
    assert browser.post("/now/").json() == told


def test_a_live_stream_opens_no_key(browser):
    told = browser.get("/_live/").json()
    assert (told["keys"], told["cells"]) == (False, 0)


@pytest.mark.parametrize("by_itself", ["/_live/", "/now/_part/board/", "/language/"])
def test_what_the_page_does_by_itself_keeps_no_key_up(browser, monkeypatch, by_itself):
    later = seats._tick() + IDLE_S - 1
    monkeypatch.setattr(seats, "_tick", lambda: later)
    browser.get(by_itself)
    monkeypatch.setattr(seats, "_tick", lambda: later + 1)
    assert browser.get("/now/").json()["keys"] is False


def test_a_page_looked_at_keeps_the_keys_up(browser, monkeypatch):
    later = seats._tick() + IDLE_S - 1
    monkeypatch.setattr(seats, "_tick", lambda: later)
    browser.get("/now/")
    monkeypatch.setattr(seats, "_tick", lambda: later + IDLE_S - 1)
    assert browser.get("/now/").json()["keys"] is True


def test_keys_put_down_leave_a_board_to_look_at_and_nothing_to_do(browser, house, monkeypatch):
    idle(monkeypatch)
    told = {"actor": f"officer:{house.boram.officer}", "keys": False, "cells": 0}
    assert browser.get("/now/").json() == told
    assert browser.post("/now/")["Location"] == "/enter/"


def test_the_password_picks_the_keys_up_again(browser, monkeypatch, facts):
    idle(monkeypatch)
    facts()
    browser.post("/enter/", {"code_name": BORAM.en, "password": "boram's"})
    assert browser.get("/now/").json()["keys"] is True
    assert facts() == ["vault.signed_in", "vault.session_ended"]


def test_a_session_id_without_its_token_is_a_stranger(browser, house):
    token = browser.cookies[f"ojak-{_vault()}"].value
    for forged in (tokens.parsed(Table.SESSION, token).id.hex(), "ab" * 32, "", "x"):
        client = at()
        client.cookies[f"ojak-{_vault()}"] = forged
        assert client.get("/now/").status_code == 302


def test_a_changed_officer_row_gives_no_key_and_takes_no_page_down(browser, house):
    Officer.objects.filter(id=house.boram.officer).update(exchange_public=house.dasom.public.exchange)
    assert browser.get("/now/").json()["keys"] is False


def test_the_cookie_carries_the_vaults_id_and_stays_out_of_reach(browser):
    (cookie,) = (each for name, each in browser.cookies.items() if name == f"ojak-{_vault()}")
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (True, "Strict", "", "/")


def test_over_tls_the_cookie_travels_over_tls_only(house, slept):
    client = at()
    client.post("/enter/", {"code_name": BORAM.ko, "password": "boram's"}, secure=True)
    assert client.cookies[f"ojak-{_vault()}"]["secure"] is True


# The way in and out --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "password", "status"), [("버들", "x", 403), ("nobody at all", "x", 403), ("버들", "", 422)]
)
def test_a_wrong_sign_in_says_one_sentence_whatever_was_wrong(house, slept, name, password, status):
    response = at().post("/enter/", {"code_name": name, "password": password}, headers={"Accept-Language": "en"})
    assert response.status_code == status
    assert 'aria-describedby="enter-wrong' in response.content.decode()
    assert f"ojak-{_vault()}" not in response.cookies


def test_what_was_typed_as_a_password_never_comes_back(house, slept):
    response = at().post("/enter/", {"code_name": BORAM.ko, "password": "a wrong password"})
    assert "a wrong password" not in response.content.decode()


def test_looking_at_the_one_time_address_spends_nothing(house):
    client, entry = at(), issue_entry(officer_desk(house.haneul)).written
    for _ in range(3):
        assert client.get(f"/enter/{entry}/").status_code == 200
    assert client.post(f"/enter/{entry}/")["Location"] == "/"
    assert client.get("/now/").json()["keys"] is True
    spent = at().post(f"/enter/{entry}/")
    assert (spent.status_code, spent.cookies.get(f"ojak-{_vault()}")) == (403, None)


def test_locking_ends_the_session_and_an_old_cookie_is_refused(browser):
    old = browser.cookies[f"ojak-{_vault()}"].value
    response = browser.post("/lock/")
    assert response["Location"] == "/enter/"
    assert browser.cookies[f"ojak-{_vault()}"].value == ""
    browser.cookies[f"ojak-{_vault()}"] = old
    assert browser.get("/now/")["Location"] == "/enter/"


@pytest.mark.parametrize("address", ["/lock/", "/language/", "/theme/"])
def test_looking_writes_nothing(browser, address):
    assert browser.get(address).status_code == 405
    assert browser.get("/now/").json()["keys"] is True


@pytest.mark.parametrize("address", ["/enter/", "/lock/", "/language/", "/theme/", "/enter/abc/"])
def test_a_form_from_elsewhere_is_refused(house, address):
    assert at(enforce_csrf_checks=True).post(address, {}).status_code == 403


# Language and theme --------------------------------------------------------------------------------------------------


def test_the_language_is_kept_before_and_after_sign_in(house):
    client = at()
    assert '<html lang="ko"' in client.get("/enter/").content.decode()
    assert client.post("/language/", {"language": "en", "next": "/enter/"})["Location"] == "/enter/"
    assert '<html lang="en"' in client.get("/enter/").content.decode()


def test_the_theme_is_kept(house):
    client = at()
    client.post("/theme/", {"theme": "dark", "next": "/enter/"})
    assert 'data-theme="dark"' in client.get("/enter/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:1", ""])
def test_a_choice_leads_to_no_other_site(house, elsewhere):
    assert at().post("/theme/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_a_language_we_do_not_speak_is_refused(house):
    assert at().post("/language/", {"language": "xx"}).status_code == 409


def test_a_forged_choice_in_a_cookie_is_passed_over(house):
    client = at()
    client.cookies[f"ojak-language-{_vault()}"] = "xx"
    client.cookies[f"ojak-theme-{_vault()}"] = '"><script>'
    html = client.get("/enter/").content.decode()
    assert '<html lang="ko">' in html
    assert "<script>" not in html


# The gate ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/now/", "/enter/", "/nowhere/", "/_live/", "/now/_part/board/", "/lock/"])
def test_a_sealed_house_answers_everything_with_the_gate(sealed, address):
    response = at().get(address)
    assert response.status_code == 503
    assert 'name="words"' in response.content.decode()


def test_a_sealed_house_still_says_that_it_lives(sealed):
    assert at().get("/health/live").content == b"up"


def test_the_gate_hands_the_words_on_and_leads_to_the_desk(sealed, slept):
    heard = []
    sealed.OJAK_UNSEAL = heard.append
    response = at().post("/", {"words": "acid acne"})
    assert (response.status_code, response["Location"], heard) == (302, "/", ["acid acne"])


@pytest.mark.parametrize("error", [Refused("vault.wrong_passphrase"), Damaged("vault.damaged")])
def test_words_that_do_not_open_are_said_at_the_field_and_never_come_back(sealed, slept, error):
    def refuse(words):
        raise error

    sealed.OJAK_UNSEAL = refuse
    client = at()
    for _ in range(3):
        response = client.post("/", {"words": "acid acne"})
    html = response.content.decode()
    assert response.status_code == 503
    assert 'id="words-wrong"' in html
    assert "acid acne" not in html
    assert slept == [0.5, 1.0]


def test_the_words_are_taken_at_the_gate_only(sealed, slept):
    heard = []
    sealed.OJAK_UNSEAL = heard.append
    client = at()
    client.post("/now/", {"words": "acid acne"})
    client.get("/", {"words": "acid acne"})
    assert heard == []


def test_a_house_that_cannot_take_words_here_shows_no_field(sealed):
    sealed.OJAK_UNSEAL = None
    response = at().post("/", {"words": "acid acne"})
    assert response.status_code == 503
    assert 'name="words"' not in response.content.decode()


def test_the_gate_says_since_when(sealed):
    sealed.OJAK_SEALED_SINCE = 1_790_000_000_000
    assert 'datetime="2026-09-21T14:13:20Z"' in at().get("/").content.decode()


def test_words_from_another_site_are_refused(sealed):
    assert at(enforce_csrf_checks=True).post("/", {"words": "acid"}).status_code == 403


def test_language_can_be_chosen_at_the_gate(sealed):
    client = at()
    client.post("/language/", {"language": "en", "next": "/"})
    assert "The vault is closed" in client.get("/").content.decode()


def _vault() -> str:
    return cookies._name().removeprefix("ojak-")
