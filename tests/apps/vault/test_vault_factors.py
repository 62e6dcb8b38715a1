"""One-time codes at sign-in: set up by one right code, asked beside the password, and none taken twice."""

import re

import pytest
from django.conf import settings
from vault_stage import BORAM
from vault_stage import browser as at

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions import factors
from ojakgyo.apps.vault.actions.sessions import open_bundle, record_sign_in, sign_in
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.models import SecondFactor
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import CONFIRMED_S, seats
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import totp
from ojakgyo.domain.values.instants import HOUR_MS, Instant

SEED = bytes(range(20))


class Phone:
    """Boram's, on a clock of our own."""

    def __init__(self, clock) -> None:
        self.clock = clock

    def shows(self, steps: int = 0) -> str:
        return totp.code(SEED, totp.step_at(self.clock.at) + steps)

    def waits(self, steps: int = 1) -> None:
        self.clock.at = Instant(self.clock.at + steps * totp.STEP_MS)


class Clock:
    at = Instant(1_790_000_000_000)
    ahead_ms = 0

    def now(self) -> Instant:
        return self.at


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(pace, "_sleep", lambda seconds, called: None)


@pytest.fixture
def phone(house, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(settings, "CLOCK", clock)
    return Phone(clock)


@pytest.fixture
def set_up(phone, house):
    """Boram's second factor, shown by the code of the step before this one."""
    factors.set_factor(officer_desk(house.boram), seed=SEED, code=phone.shows())
    phone.waits()
    return phone


def refusal(**typed: str) -> str:
    with pytest.raises(Refused) as refused:
        sign_in(code_name=BORAM, **typed)
    return refused.value.code


def test_a_code_is_asked_beside_the_password_from_then_on(set_up):
    assert refusal(password="boram's") == "vault.wrong_sign_in"
    assert sign_in(code_name=BORAM, password="boram's", code=set_up.shows())


def test_a_wrong_code_and_a_wrong_password_are_one_answer_and_one_amount_of_work(set_up, stretched):
    answers = set()
    for typed in ({"password": "boram's", "code": "000000"}, {"password": "wrong", "code": set_up.shows()}):
        stretched.costs.clear()
        answers.add((refusal(**typed), len(stretched.costs)))
    assert answers == {("vault.wrong_sign_in", 1)}
    assert not seats.present()


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_off_either_way(set_up, steps, taken):
    set_up.waits(5)
    if taken:
        assert sign_in(code_name=BORAM, password="boram's", code=set_up.shows(steps))
    else:
        assert refusal(password="boram's", code=set_up.shows(steps)) == "vault.wrong_sign_in"


@pytest.mark.parametrize("password", ["boram's", "wrong"])
def test_the_answer_to_a_used_code_does_not_tell_whether_the_password_was_right(set_up, stretched, password):
    used = set_up.shows()
    sign_in(code_name=BORAM, password="boram's", code=used)
    page = at().post("/enter/", {"code_name": BORAM.ko, "password": password, "code": used})
    other = at().post("/enter/", {"code_name": BORAM.ko, "password": password, "code": "000000"})
    assert page.status_code == other.status_code == 403
    assert refusal(password=password, code=used) == "vault.wrong_sign_in"


def test_no_code_is_taken_twice_and_none_older_than_one_that_was(set_up):
    set_up.waits(5)
    used = set_up.shows()
    sign_in(code_name=BORAM, password="boram's", code=used)
    assert refusal(password="boram's", code=used) == "vault.wrong_sign_in"
    assert refusal(password="boram's", code=set_up.shows(-1)) == "vault.wrong_sign_in"
    set_up.waits()
    assert refusal(password="boram's", code=used) == "vault.wrong_sign_in"
    assert sign_in(code_name=BORAM, password="boram's", code=set_up.shows())


def test_of_two_who_bring_one_code_at_the_same_moment_one_gets_in(set_up, house, facts):
    desk, step = officer_desk(house.boram), totp.step_at(set_up.clock.at)
    facts()
    record_sign_in(desk, step=step)
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        record_sign_in(desk, step=step)
    assert facts() == ["vault.signed_in"]


def test_a_factor_set_up_while_a_password_is_being_stretched_is_not_passed_by(set_up, house):
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        record_sign_in(officer_desk(house.boram), step=None)


def test_the_code_that_showed_it_is_used_up(phone, house):
    code = phone.shows()
    factors.set_factor(officer_desk(house.boram), seed=SEED, code=code)
    assert refusal(password="boram's", code=code) == "vault.wrong_sign_in"


def test_a_wrong_code_sets_nothing_up(phone, house, facts):
    facts()
    with pytest.raises(Refused, match=r"vault\.code_wrong"):
        factors.set_factor(officer_desk(house.boram), seed=SEED, code="000000")
    assert not SecondFactor.objects.exists()
    assert facts() == []


def test_the_seed_is_sealed_for_its_officer(set_up, house):
    row = SecondFactor.objects.get()
    assert SEED not in row.seed
    assert SEED.hex().encode() not in row.seed
    SecondFactor.objects.update(officer=house.dasom.officer)
    with pytest.raises(Damaged):
        queries.factor(officer_desk(house.dasom))


def test_another_phone_takes_the_place_of_the_first(set_up, house, facts):
    facts()
    other = bytes(20)
    step = totp.step_at(set_up.clock.at)
    factors.set_factor(officer_desk(house.boram), seed=other, code=totp.code(other, step))
    assert facts() == ["vault.second_factor_set"]
    set_up.waits()
    assert refusal(password="boram's", code=set_up.shows()) == "vault.wrong_sign_in"
    assert sign_in(code_name=BORAM, password="boram's", code=totp.code(other, step + 1))


def test_taken_away_the_password_alone_signs_in_again(set_up, house, facts):
    facts()
    factors.remove_factor(officer_desk(house.boram))
    assert facts() == ["vault.second_factor_removed"]
    assert sign_in(code_name=BORAM, password="boram's")
    with pytest.raises(Refused, match=r"house\.not_found"):
        factors.remove_factor(officer_desk(house.boram))


def test_where_the_practice_world_runs_ahead_the_phone_does_not(set_up):
    set_up.waits(5)
    code = set_up.shows()
    set_up.clock.ahead_ms = HOUR_MS
    set_up.clock.at = Instant(set_up.clock.at + HOUR_MS)
    assert sign_in(code_name=BORAM, password="boram's", code=code)


# The page ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(phone):
    client = at()
    client.post("/enter/", {"code_name": BORAM.ko, "password": "boram's"})
    return client


def shown(html: str) -> bytes:
    return totp.read(re.search(r'name="seed" value="([^"]+)"', html).group(1))


def test_the_page_shows_a_seed_once_as_text_and_as_a_picture_and_tells_nobodys_name(browser):
    first, second = (browser.get("/vault/you/factor/").content.decode() for _ in range(2))
    assert shown(first) != shown(second)
    assert totp.written(shown(first)) in re.search(r'class="digits secret">([^<]+)', first).group(1)
    assert '<svg class="qr"' in first
    assert not SecondFactor.objects.exists()


def test_a_right_code_sets_it_up_a_wrong_one_shows_the_same_seed_again(browser, phone):
    seed = shown(browser.get("/vault/you/factor/").content.decode())
    typed = {"seed": totp.written(seed), "code": "000000"}
    wrong = browser.post("/vault/you/factor/", typed)
    assert (wrong.status_code, shown(wrong.content.decode())) == (422, seed)
    typed["code"] = totp.code(seed, totp.step_at(phone.clock.at))
    assert browser.post("/vault/you/factor/", typed)["Location"] == "/vault/you/#codes"
    assert queries.factor(officer_desk_of(BORAM)).seed == seed


def test_a_seed_that_is_none_is_not_taken(browser):
    response = browser.post("/vault/you/factor/", {"seed": "x", "code": "000000"})
    assert response.status_code == 422
    assert not SecondFactor.objects.exists()


def test_without_a_fresh_password_nothing_is_set_up_or_taken_away(browser, set_up, monkeypatch):
    late = seats._tick() + CONFIRMED_S + 1
    monkeypatch.setattr(seats, "_tick", lambda: late)
    other = totp.written(bytes(20))
    code = totp.code(bytes(20), totp.step_at(set_up.clock.at))
    for address, typed in (("", {"seed": other, "code": code}), ("remove/", {})):
        refused = browser.post(f"/vault/you/factor/{address}", {**typed, "password_again": "wrong"})
        assert refused.status_code == 422
        assert browser.post(f"/vault/you/factor/{address}", typed).status_code == 422
    assert queries.factor(officer_desk_of(BORAM)).seed == SEED
    assert browser.post("/vault/you/factor/remove/", {"password_again": "boram's"}).status_code == 302
    assert not SecondFactor.objects.exists()


def officer_desk_of(name):
    return officer_desk(open_bundle(code_name=name, password="boram's"))
