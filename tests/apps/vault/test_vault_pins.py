"""The session PIN: after an idle while cookie and PIN bring the keys back, three tries, this process only."""

import threading

import pytest
from django.db import connection
from vault_stage import BORAM
from vault_stage import browser as at

from ojakgyo.apps.vault import cookies, queries, tokens
from ojakgyo.apps.vault.actions.pins import pick_up, set_pin
from ojakgyo.apps.vault.actions.sessions import keys_of, sign_in, sign_out
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import CONFIRMED_S, END_S, IDLE_S, seats
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing import pins, primitives
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import open_half
from ojakgyo.domain.sealing.stretching import FLOOR

PIN = "284617"
COOKIE = cookies._name()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(pace, "_sleep", lambda seconds, called: None)


def idle(monkeypatch, seconds: float = IDLE_S) -> None:
    later = seats._tick() + seconds + 1
    monkeypatch.setattr(seats, "_tick", lambda: later)


def seat_of(token: str):
    return seats.find(tokens.parsed(Table.SESSION, token).id)


@pytest.fixture
def token(house, monkeypatch):
    """Boram's session with a PIN, left alone for 15 minutes."""
    token = sign_in(code_name=BORAM, password="boram's", pin=PIN)
    idle(monkeypatch)
    return token


def test_cookie_and_pin_bring_the_keys_back_under_another_token(token, house):
    assert keys_of(seat_of(token), token=token) is None
    fresh = pick_up(token=token, pin=PIN)
    assert keys_of(seat_of(fresh), token=fresh) == house.boram
    assert fresh != token
    assert seat_of(token) is None


def test_they_come_back_again_and_again_and_its_end_stays_where_it_was(token, house, monkeypatch):
    began = seat_of(token).began_s
    for _ in range(5):
        token = pick_up(token=token, pin=PIN)
        idle(monkeypatch)
    assert (seat_of(token).half, seat_of(token).began_s) == (None, began)
    idle(monkeypatch, END_S)
    with pytest.raises(Refused):
        pick_up(token=token, pin=PIN)


def test_after_the_idle_time_nothing_in_the_server_opens_with_the_cookie_alone(token, house):
    seat, half, public = seat_of(token), tokens.parsed(Table.SESSION, token), queries.public(house.boram.officer)
    assert seat.half is None
    kept = seat.waiting
    with pytest.raises((NotHeld, Damaged)):
        open_half(half, kept.blob, officer=house.boram.officer, public=public)
    for guess in (b"", bytes(32), primitives.derive(half.token, b"")):
        with pytest.raises((NotHeld, Damaged)):
            pins.pick_up(kept, half, guess, officer=house.boram.officer, public=public)
    assert half.token not in seat.id + kept.blob + kept.salt


def test_the_pin_without_the_cookie_brings_nothing(token, house):
    with pytest.raises(Refused):
        pick_up(token="ab" * 32, pin=PIN)
    other = sign_in(code_name=BORAM, password="boram's")
    with pytest.raises(Refused):
        pick_up(token=other, pin=PIN)
    assert pick_up(token=token, pin=PIN)


def test_three_wrong_ones_destroy_what_waits(token):
    for wrong in ("000001", "000002", "000003"):
        with pytest.raises(Refused, match=r"vault\.pin_wrong"):
            pick_up(token=token, pin=wrong)
    assert seat_of(token).waiting is None
    with pytest.raises(Refused, match=r"vault\.pin_wrong"):
        pick_up(token=token, pin=PIN)


def test_the_third_try_may_still_be_right_and_then_there_are_three_again(token):
    for wrong in ("000001", "000002"):
        with pytest.raises(Refused):
            pick_up(token=token, pin=wrong)
    fresh = pick_up(token=token, pin=PIN)
    assert seat_of(fresh).tries == pins.TRIES


def test_what_is_no_pin_costs_no_try(token, stretched):
    stretched.costs.clear()
    for _ in range(5):
        with pytest.raises(Refused, match=r"vault\.pin_form"):
            pick_up(token=token, pin="28461")
    assert (seat_of(token).tries, stretched.costs) == (pins.TRIES, [])


def test_a_hundred_tries_at_once_are_three(token, stretched):
    stretched.costs.clear()

    def knock(number: int) -> None:
        try:
            pick_up(token=token, pin=f"{100_007 + number}")
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=knock, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stretched.costs) == pins.TRIES
    assert stretched.costs[0] == {"memory_kib": FLOOR.memory_kib, "rounds": FLOOR.rounds, "lanes": FLOOR.lanes}


def test_a_pin_ends_with_its_session(token):
    sign_out(token=token)
    with pytest.raises(Refused):
        pick_up(token=token, pin=PIN)


def test_a_pin_may_be_chosen_later_and_changed(house, monkeypatch):
    token = sign_in(code_name=BORAM, password="boram's")
    for pin in (PIN, "739154"):
        set_pin(officer_desk(house.boram), token=token, pin=pin)
    idle(monkeypatch)
    with pytest.raises(Refused, match=r"vault\.pin_wrong"):
        pick_up(token=token, pin=PIN)
    assert pick_up(token=token, pin="739154")


def test_a_pin_that_is_none_lets_nobody_sit_down(house, facts, stretched):
    facts()
    with pytest.raises(Refused, match=r"vault\.pin_form"):
        sign_in(code_name=BORAM, password="boram's", pin="1234")
    assert (facts(), stretched.costs, seats.present()) == ([], [], ())


# The pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(house, monkeypatch, stand_in_pages):
    """Boram's, signed in with a PIN, then left alone."""
    client = at()
    client.post("/enter/", {"code_name": BORAM.ko, "password": "boram's", "pin": PIN})
    assert client.get("/now/").json()["keys"]
    idle(monkeypatch)
    return client


def test_who_picks_up_the_keys_is_asked_for_the_pin(browser):
    assert browser.get("/enter/")["Location"] == "/enter/pin/"
    assert 'name="pin"' in browser.get("/enter/pin/").content.decode()
    response = browser.post("/enter/pin/", {"pin": PIN})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert browser.get("/now/").json()["keys"] is True
    assert browser.get("/enter/").status_code == 200


def test_a_wrong_pin_is_said_and_the_third_leads_to_the_password(browser):
    for wrong in ("000001", "000002"):
        response = browser.post("/enter/pin/", {"pin": wrong})
        assert response.status_code == 403
        assert 'id="pin-wrong"' in response.content.decode()
        assert wrong not in response.content.decode()
    third = browser.post("/enter/pin/", {"pin": "000003"}).content.decode()
    assert 'name="password"' in third
    assert BORAM.ko in third
    assert browser.get("/enter/pin/")["Location"] == "/enter/"


def test_without_a_pin_or_a_session_the_page_of_the_pin_leads_to_the_way_in(house, stand_in_pages):
    assert at().get("/enter/pin/")["Location"] == "/enter/"
    assert at().post("/enter/pin/", {"pin": PIN})["Location"] == "/enter/"


def test_a_cookie_copied_while_the_keys_were_down_is_worth_nothing_once_they_are_up(browser):
    copied = browser.cookies[COOKIE].value
    browser.post("/enter/pin/", {"pin": PIN})
    thief = at()
    thief.cookies[COOKIE] = copied
    assert thief.get("/now/")["Location"] == "/enter/"


def test_on_the_own_page_a_pin_is_chosen_with_a_fresh_password(house, monkeypatch):
    client = at()
    client.post("/enter/", {"code_name": BORAM.ko, "password": "boram's"})
    assert client.post("/vault/you/pin/", {"pin": "123456"}).status_code == 422
    assert client.post("/vault/you/pin/", {"pin": PIN})["Location"] == "/vault/you/#pin"
    later = seats._tick() + CONFIRMED_S + 1
    monkeypatch.setattr(seats, "_tick", lambda: later)
    assert client.post("/vault/you/pin/", {"pin": "739154"}).status_code == 422
    idle(monkeypatch)
    assert client.post("/enter/pin/", {"pin": PIN}).status_code == 302
