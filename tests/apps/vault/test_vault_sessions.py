"""Who sits where, ending it at once, the password typed again, and forms that come from elsewhere."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from vault_stage import BORAM, DASOM, HANEUL
from vault_stage import browser as at

from ojakgyo.apps.vault import cookies, queries, sealed_urls, tokens
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.vault.actions.pins import pick_up
from ojakgyo.apps.vault.actions.sessions import confirm, end_session, open_bundle, sign_in, sign_in_by_entry
from ojakgyo.apps.vault.actions.tokens import issue_entry, issue_token
from ojakgyo.apps.vault.desks import command_desk, house_desk, keyless_desk, officer_desk, token_desk
from ojakgyo.apps.vault.middleware import _sitting
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.vault.models.officers import OfficerState
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import CONFIRMED_S, IDLE_S, seats
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.web.bell import Bell

COOKIE = cookies._name()


@pytest.fixture(autouse=True)
def slept(monkeypatch):
    seconds: list[float] = []
    monkeypatch.setattr(pace, "_sleep", lambda more, called: seconds.append(more))
    return seconds


def later(monkeypatch, seconds: float) -> None:
    at = seats._tick() + seconds + 1
    monkeypatch.setattr(seats, "_tick", lambda: at)


def seat_of(token: str):
    return seats.find(tokens.parsed(Table.SESSION, token).id)


def seated(name, password):
    client = at()
    client.post("/enter/", {"code_name": name.ko, "password": password})
    assert client.cookies[COOKIE].value
    return client


# Who may sit down ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [OfficerState.SUSPENDED, OfficerState.REMOVED])
def test_who_may_not_sit_down_hears_what_a_wrong_password_hears_and_costs_as_much(house, stretched, state):
    Officer.objects.filter(id=house.boram.officer).update(state=state)
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        open_bundle(code_name=BORAM, password="boram's")
    barred = stretched.costs.copy()
    stretched.costs.clear()
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        open_bundle(code_name=DASOM, password="wrong")
    assert barred == stretched.costs
    assert len(barred) == 1


def test_suspended_while_the_password_is_being_stretched_nobody_sits_down(house, monkeypatch, facts):
    facts()

    opened = sessions._opened

    def suspended(*typed):
        keys, salt = opened(*typed)
        Officer.objects.filter(id=keys.officer).update(state=OfficerState.SUSPENDED)
        return keys, salt

    monkeypatch.setattr(sessions, "_opened", suspended)
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        sign_in(code_name=BORAM, password="boram's")
    assert (facts(), seats.present()) == ([], ())


@pytest.mark.usefixtures("stand_in_pages")
def test_suspended_at_the_desk_the_next_request_finds_the_way_in(house):
    boram = seated(BORAM, "boram's")
    assert boram.get("/now/").status_code == 200
    suspend_officer(officer_desk(house.haneul), officer=house.boram.officer)
    assert boram.get("/now/")["Location"] == "/enter/"
    assert seats.present() == ()


@pytest.mark.usefixtures("stand_in_pages")
def test_a_seat_left_behind_by_a_suspension_is_taken_away_when_it_is_seen(house):
    boram = seated(BORAM, "boram's")
    Officer.objects.filter(id=house.boram.officer).update(state=OfficerState.REMOVED)
    assert boram.get("/_live/").status_code == 204
    assert seats.present() == ()


def test_a_one_time_way_in_of_who_may_not_sit_down_opens_nothing(house):
    entry = issue_entry(officer_desk(house.boram)).written
    Officer.objects.filter(id=house.boram.officer).update(state=OfficerState.SUSPENDED)
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        sign_in_by_entry(token=entry)


def test_a_program_reads_nothing_by_the_token_of_who_may_not_sit_down(house):
    made = [officer_desk(house.boram), command_desk()]
    written = [
        issue_token(desk, scopes=[Scope.WATCH_READ], expires=house_desk().now + HOUR_MS).written for desk in made
    ]
    Officer.objects.filter(id=house.boram.officer).update(state=OfficerState.SUSPENDED)
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        token_desk(written[0], scope=Scope.WATCH_READ)
    assert token_desk(written[1], scope=Scope.WATCH_READ)


# The list, and ending ------------------------------------------------------------------------------------------------


def test_the_list_says_since_when_the_last_act_and_whether_the_keys_are_up(house, monkeypatch):
    first = sign_in(code_name=BORAM, password="boram's", pin="284617")
    later(monkeypatch, IDLE_S)
    second = sign_in(code_name=HANEUL, password="haneul's")
    desk = house_desk()
    newest, oldest = queries.sittings(desk, here=seat_of(second).id)
    assert [(each.code_name, each.keys, each.pin, each.here) for each in (newest, oldest)] == [
        (HANEUL, True, False, True),
        (BORAM, False, True, False),
    ]
    assert desk.now - oldest.began >= IDLE_S * 1_000 > desk.now - newest.began
    assert oldest.id == seat_of(first).name


def test_ones_own_session_is_ended_from_another_and_it_is_said(house, facts):
    there, here = (sign_in(code_name=BORAM, password="boram's") for _ in range(2))
    facts()
    for _ in range(2):
        end_session(officer_desk(house.boram), session=seat_of(there).name if seat_of(there) else 1)
    assert facts() == ["vault.session_ended"]
    assert (seat_of(there), seat_of(here) is None) == (None, False)


def test_a_coordinator_or_safety_officer_ends_anybodys_and_nobody_else_does(house):
    haneul, boram = sign_in(code_name=HANEUL, password="haneul's"), sign_in(code_name=BORAM, password="boram's")
    with pytest.raises(Refused, match=r"vault\.role_wanted"):
        end_session(keyless_desk(house.boram.officer), session=seat_of(haneul).name)
    end_session(keyless_desk(house.dasom.officer), session=seat_of(boram).name)
    assert seat_of(boram) is None


def test_a_stream_says_at_its_next_beat_that_keys_went_down_and_then_that_it_is_over(house, monkeypatch):
    token = sign_in(code_name=BORAM, password="boram's")
    seat = seat_of(token)

    async def heard() -> list[bytes]:
        said = []
        async for words in Bell().listen(0.01, lambda: _sitting(seat.id)):
            said.append(words)
            if len(said) == 2:
                seats.put_down(seat.id)
            if words.startswith(b"event: lock") and _sitting(seat.id) is False:
                seats.leave(seat.id)
        return said

    with ThreadPoolExecutor(1) as pool:  # Playwright leaves a running loop in the main thread of a worker
        said = pool.submit(asyncio.run, asyncio.wait_for(heard(), 5)).result()
    locks = [index for index, words in enumerate(said) if words.startswith(b"event: lock")]
    assert len(locks) == 2
    assert locks[1] == len(said) - 1


def test_the_page_of_all_sessions_is_for_who_may_end_them(house):
    assert seated(BORAM, "boram's").get("/vault/sessions/")["Location"] == "/vault/you/#sittings"
    haneul = seated(HANEUL, "haneul's")
    html = haneul.get("/vault/sessions/").content.decode()
    names = re.findall(r'name="session" value="(t_\w+)"', html)
    assert [ids.parse(name)[1] for name in names] == [seats.end_of(house.boram.officer)[0].name]
    assert haneul.post("/vault/sessions/end/", {"session": names[0]})["Location"] == "/vault/sessions/"
    for wrong in ("", "t_", "o_0000000000005"):
        assert haneul.post("/vault/sessions/end/", {"session": wrong}).status_code == 409


def test_ended_from_elsewhere_the_page_turns_to_the_way_in(house):
    boram, haneul = seated(BORAM, "boram's"), seated(HANEUL, "haneul's")
    (seat,) = (seat for seat in seats.present() if seat.officer == house.boram.officer)
    haneul.post("/vault/sessions/end/", {"session": ids.text("t", seat.name)})
    assert boram.get("/vault/you/")["Location"] == "/enter/"
    part = boram.get("/vault/_part/keys/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, "/enter/")


def test_the_corner_of_the_frame_says_whether_the_keys_are_up(house, monkeypatch):
    boram = seated(BORAM, "boram's")
    assert "data-lock" in boram.get("/vault/_part/keys/").content.decode()
    assert 'href="/enter/"' not in boram.get("/vault/_part/keys/").content.decode()
    later(monkeypatch, IDLE_S)
    assert 'href="/enter/"' in boram.get("/vault/_part/keys/").content.decode()


@pytest.mark.usefixtures("stand_in_pages")
def test_a_request_asks_twice_who_sits_there_and_what_opens_to_them(house):
    boram = seated(BORAM, "boram's")
    with CaptureQueriesContext(connection) as asked:
        assert boram.get("/now/").json()["cells"] == 1
    assert len(asked) == 2


# The password again --------------------------------------------------------------------------------------------------


def test_signing_in_with_the_password_confirms_for_five_minutes_and_a_one_time_way_in_does_not(house, monkeypatch):
    token = sign_in(code_name=BORAM, password="boram's")
    assert seats.confirmed(seat_of(token))
    entered = sign_in_by_entry(token=issue_entry(officer_desk(house.dasom)).written)
    assert not seats.confirmed(seat_of(entered))
    later(monkeypatch, CONFIRMED_S)
    assert not seats.confirmed(seat_of(token))


def test_typed_again_it_holds_for_five_minutes_more(house, monkeypatch, stretched, slept):
    token = sign_in(code_name=BORAM, password="boram's")
    later(monkeypatch, CONFIRMED_S)
    desk = officer_desk(house.boram)
    stretched.costs.clear()
    for _ in range(2):
        with pytest.raises(Refused, match=r"vault\.password_wrong"):
            confirm(desk, token=token, password="haneul's")
    assert not seats.confirmed(seat_of(token))
    confirm(desk, token=token, password="boram's")
    assert seats.confirmed(seat_of(token))
    assert (len(stretched.costs), slept) == (3, [0.5, 1.0])


def test_keys_put_down_confirm_nothing_and_a_pin_does_not_either(house, monkeypatch):
    token = sign_in(code_name=BORAM, password="boram's", pin="284617")
    seats.put_down(seat_of(token).id)
    assert not seats.confirmed(seat_of(token))
    later(monkeypatch, CONFIRMED_S)
    fresh = pick_up(token=token, pin="284617")
    assert not seats.confirmed(seat_of(fresh))


def test_anothers_session_is_not_confirmed_by_ones_own_password(house):
    token = sign_in(code_name=BORAM, password="boram's")
    with pytest.raises(Refused, match=r"vault\.no_session"):
        confirm(officer_desk(house.dasom), token=token, password="dasom's")


def test_the_page_asks_again_and_leads_back(house, monkeypatch):
    boram = seated(BORAM, "boram's")
    later(monkeypatch, CONFIRMED_S)
    assert "password_again" in boram.get("/vault/you/").content.decode()
    response = boram.post("/vault/confirm/", {"password_again": "boram's", "next": "/vault/sessions/"})
    assert response["Location"] == "/vault/sessions/"
    assert "password_again" not in boram.get("/vault/you/").content.decode()
    assert boram.post("/vault/confirm/", {"password_again": "x"}).status_code == 409
    away = boram.post("/vault/confirm/", {"password_again": "boram's", "next": "//example.org/"})
    assert away["Location"] == "/vault/you/"


# From elsewhere ------------------------------------------------------------------------------------------------------


def test_each_sign_in_has_a_cookie_and_a_form_token_of_its_own(house):
    client = at(enforce_csrf_checks=True)
    seen = set()
    for _ in range(3):
        html = client.get("/enter/").content.decode()
        masked = re.search(r'csrfmiddlewaretoken" value="(\w+)"', html).group(1)
        before = client.cookies[settings.CSRF_COOKIE_NAME].value
        typed = {"code_name": BORAM.ko, "password": "boram's", "csrfmiddlewaretoken": masked}
        assert client.post("/enter/", typed).status_code == 302
        assert client.cookies[settings.CSRF_COOKIE_NAME].value != before
        assert client.post("/lock/", {"csrfmiddlewaretoken": masked}).status_code == 403
        seen.add(client.cookies[COOKIE].value)
    assert len(seen) == 3
    assert len(seats.present()) == 1


def test_a_cookie_laid_into_a_browser_before_signing_in_is_not_the_one_it_has_after(house):
    client = at()
    client.cookies[COOKIE] = "ab" * 32
    client.post("/enter/", {"code_name": BORAM.ko, "password": "boram's"})
    assert client.cookies[COOKIE].value != "ab" * 32
    stranger = at()
    stranger.cookies[COOKIE] = "ab" * 32
    assert stranger.get("/vault/you/")["Location"] == "/enter/"


def addresses(resolver: URLResolver, before: str = "") -> list[str]:
    """One address for each pattern, ids invented."""
    found = []
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        found += addresses(each, route) if isinstance(each, URLResolver) else [route]
    return found


def invented(route: str) -> str:
    return "/" + re.sub(r"<[^>]+>", "w_0000000000005", re.sub(r"<int:[^>]+>", "5", route))


def walked() -> list[str]:
    """Programs have their tokens, and gateways their signatures."""
    routes = addresses(get_resolver("ojakgyo.config.urls"))
    return [invented(route) for route in routes if not route.startswith(("api/", "in/"))]


def test_the_walk_finds_the_house():
    assert {"/enter/", "/lock/", "/vault/you/password/", "/watch/w_0000000000005/take/"} <= set(walked())


def test_no_unsafe_request_without_a_form_token_gets_past_the_door(house):
    client = at(enforce_csrf_checks=True)
    client.cookies[COOKIE] = sign_in(code_name=HANEUL, password="haneul's")
    for address in walked():
        for method in ("post", "put", "patch", "delete"):
            response = getattr(client, method)(address)
            assert response.status_code == 403, f"{method} {address}"
            assert b"CSRF" in response.content, f"{method} {address}"
        assert len(seats.present()) == 1, address


def test_a_sealed_house_has_no_other_addresses():
    assert len(sealed_urls.urlpatterns) == 3
