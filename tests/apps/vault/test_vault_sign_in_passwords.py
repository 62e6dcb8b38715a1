"""Changing one's password: same keys, other words, any keyboard."""

import shutil
import unicodedata

import pytest
from django.conf import settings
from vault_stage import BORAM, NOBODY
from vault_stage import browser as at

from ojakgyo.apps.vault import cookies, header, tokens
from ojakgyo.apps.vault.actions import passwords, sessions
from ojakgyo.apps.vault.actions.officers import enrol_officer
from ojakgyo.apps.vault.actions.passwords import change_password
from ojakgyo.apps.vault.actions.sessions import open_bundle, sign_in, sign_in_by_entry
from ojakgyo.apps.vault.actions.tokens import issue_entry
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.values.roles import OfficerRole

NEW = "academic acid acne acquire acrobat adult"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(pace, "_sleep", lambda seconds, called: None)


def test_the_new_password_opens_the_same_keys_and_the_old_one_nothing(house, facts):
    facts()
    change_password(officer_desk(house.boram), here=None, old="boram's", new=NEW)
    assert facts() == ["vault.password_changed"]
    assert open_bundle(code_name=BORAM, password=NEW) == house.boram
    with pytest.raises(Refused):
        open_bundle(code_name=BORAM, password="boram's")
    assert officer_desk(house.boram).keyring.holds(house.cell)


def test_a_wrong_old_one_changes_nothing(house, facts):
    facts()
    with pytest.raises(Refused, match=r"vault\.password_wrong"):
        change_password(officer_desk(house.boram), here=None, old="wrong", new=NEW)
    assert facts() == []
    assert open_bundle(code_name=BORAM, password="boram's") == house.boram


@pytest.mark.parametrize("short", ["eleven char", " " * 20, "각각각각", "②" * 11, "가" * 11])
def test_fewer_than_twelve_characters_are_refused_before_any_work(house, stretched, short):
    with pytest.raises(Refused, match=r"vault\.password_short"):
        change_password(officer_desk(house.boram), here=None, old="boram's", new=short)
    assert stretched.costs == []


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_password_typed_on_any_keyboard_opens(house, form):
    """A Mac sends Hangul taken apart, an input method may send it half wide."""
    words = "버들 골짜기에 비가 온다 12"
    change_password(officer_desk(house.boram), here=None, old="boram's", new=unicodedata.normalize("NFC", words))
    assert open_bundle(code_name=BORAM, password=unicodedata.normalize(form, words)) == house.boram
    assert open_bundle(code_name=BORAM, password=words.replace("12", "１２")) == house.boram


def test_the_officers_other_sessions_end_and_one_time_ways_in_are_void(house, facts):
    there, here = (sign_in(code_name=BORAM, password="boram's") for _ in range(2))
    entry = issue_entry(officer_desk(house.boram)).written
    id = tokens.parsed(Table.SESSION, here).id
    facts()
    change_password(officer_desk(house.boram), here=id, old="boram's", new=NEW)
    assert facts() == ["vault.token_voided", "vault.password_changed"]
    assert [seat.id for seat in seats.present()] == [id]
    assert there != here
    with pytest.raises(Refused, match=r"vault\.token_spent"):
        sign_in_by_entry(token=entry)


def test_of_two_changes_at_the_same_moment_one_is_kept(house, monkeypatch):
    desk = officer_desk(house.boram)
    real = passwords.locked

    def meanwhile(keys, password):
        monkeypatch.setattr(passwords, "locked", real)
        change_password(desk, here=None, old="boram's", new="another password")
        return real(keys, password)

    monkeypatch.setattr(passwords, "locked", meanwhile)
    with pytest.raises(Refused, match=r"house\.busy"):
        change_password(desk, here=None, old="boram's", new=NEW)
    assert open_bundle(code_name=BORAM, password="another password") == house.boram


@pytest.mark.parametrize(
    ("step", "said"), [("_opened", []), ("_put_right", ["vault.signed_in", "vault.session_ended"])]
)
def test_who_is_signing_in_with_the_old_password_meanwhile_does_not_sit_down(house, monkeypatch, facts, step, said):
    """Whether the change comes before the sign-in is written down, or before there is a seat for it to end."""
    real = getattr(sessions, step)

    def changed_meanwhile(*given):
        found = real(*given)
        monkeypatch.setattr(sessions, step, real)
        change_password(officer_desk(house.boram), here=None, old="boram's", new=NEW)
        return found

    monkeypatch.setattr(sessions, step, changed_meanwhile)
    facts()
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        sign_in(code_name=BORAM, password="boram's")
    assert seats.present() == ()
    assert [kind for kind in facts() if kind != "vault.password_changed"] == said


# The page ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(house):
    client = at()
    client.post("/enter/", {"code_name": BORAM.ko, "password": "boram's"})
    return client


def change(client, **typed):
    return client.post("/vault/you/password/", {"old": "boram's", "new": NEW, "again": NEW, **typed})


def test_the_page_changes_it_and_this_session_stays(browser):
    response = change(browser)
    assert response["Location"].startswith("/vault/you/")
    assert browser.get("/vault/you/").status_code == 200
    assert open_bundle(code_name=BORAM, password=NEW)


@pytest.mark.parametrize("typed", [{"again": "other"}, {"old": "x"}, {"new": "short", "again": "short"}, {"new": ""}])
def test_what_is_amiss_is_said_and_nothing_typed_comes_back(browser, typed):
    response = change(browser, **typed)
    assert response.status_code == 422
    html = response.content.decode()
    assert 'role="alert"' in html
    assert "boram&#x27;s" not in html
    assert NEW not in html
    assert open_bundle(code_name=BORAM, password="boram's")


def test_the_page_shows_roles_cells_sessions_and_sign_ins(browser):
    html = browser.get("/vault/you/").content.decode()
    assert "N-2" in html
    assert BORAM.ko in html
    assert html.count('<li><time datetime="') == 1
    assert browser.cookies[cookies._name()].value not in html


def test_with_the_keys_put_down_it_can_be_looked_at_and_nothing_changed(browser):
    (seat,) = seats.present()
    seats.put_down(seat.id)
    html = browser.get("/vault/you/").content.decode()
    assert "password_again" not in html
    assert 'name="old"' not in html
    assert browser.get("/vault/you/factor/")["Location"] == "/enter/"
    assert change(browser)["Location"] == "/enter/"
    assert open_bundle(code_name=BORAM, password="boram's")


# An opener's own way in ----------------------------------------------------------------------------------------------


@pytest.fixture
def opener(house, tmp_path, monkeypatch):
    """Narae opens the vault; its file lies in a home of this test."""
    shutil.copy(settings.HOME / header.NAME, tmp_path)
    monkeypatch.setattr(settings, "HOME", tmp_path)
    haneul = officer_desk(house.haneul)
    _, keys = enrol_officer(haneul, code_name=NOBODY, password="narae's", roles=[OfficerRole.OPENER])
    sign_in(code_name=NOBODY, password="narae's")
    return keys


def opens(password: str):
    return header.unseal(settings.HOME, password).keys


def test_an_openers_first_sign_in_makes_a_slot_and_a_change_renews_it(opener, facts):
    assert opens("narae's") == opener
    before = header.ways_in(settings.HOME).openers
    facts()
    change_password(officer_desk(opener), here=None, old="narae's", new=NEW)
    assert facts() == ["vault.slot_made", "vault.password_changed"]
    assert opens(NEW) == opener
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        header.unseal(settings.HOME, "narae's")
    (slot,) = header.ways_in(settings.HOME).openers
    assert slot not in before
    assert Officer.objects.get(id=opener.officer).slot == slot


def test_a_crash_between_file_and_row_leaves_nothing_said_and_no_old_password_at_the_gate(opener, facts, monkeypatch):
    facts()
    with monkeypatch.context() as crashing:
        crashing.setattr(passwords, "keep_password", lambda desk, changed: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            change_password(officer_desk(opener), here=None, old="narae's", new=NEW)
    assert facts() == []
    assert opens(NEW) == opener
    with pytest.raises(Refused):
        header.unseal(settings.HOME, "narae's")
    assert open_bundle(code_name=NOBODY, password="narae's") == opener
    change_password(officer_desk(opener), here=None, old="narae's", new="once more, and longer")
    assert open_bundle(code_name=NOBODY, password="once more, and longer") == opener
