"""The page of a person: structure for everybody, the name once, for a reason and with a fresh password."""

import re

import pytest
from django.test import Client
from test_people_names import NAMES, keep
from world import told

from ojakgyo.apps.people import queries
from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.apps.vault.models import Request
from ojakgyo.apps.vault.seats import CONFIRMED_S, seats
from ojakgyo.domain.facts import NameRevealed
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import TokenId


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, night, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.night = night
        entered = self.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
        assert entered.status_code == 302
        self.post("/language/", {"language": "en"})

    def address(self, about: str, rest: str = "") -> str:
        return f"/people/{ids.text('p', self.night.person(about))}/{rest}"

    def look(self, about: str) -> str:
        return self.get(self.address(about)).content.decode()

    def does(self, about: str, what: str, **typed: str):
        return self.post(self.address(about, what), typed)


@pytest.fixture
def haneul(night):
    return Visitor(night, "Haneul")


@pytest.fixture
def later(monkeypatch):
    """The password was typed too long ago."""

    def wait():
        tick = seats._tick
        monkeypatch.setattr(seats, "_tick", lambda: tick() + CONFIRMED_S + 1)

    return wait


def test_everybody_sees_the_structure_and_nobody_the_name(night):
    keep(night, "Beodeul")
    for officer in ("Haneul", "Dasom", "Narae"):
        page = Visitor(night, officer).look("Beodeul")
        assert "helper" in page
        assert NAMES["Beodeul"] not in page
        assert "12345678" not in page


def test_where_somebody_belongs_is_shown_to_who_holds_the_cell_alone(night):
    """As in Find and in the log. Narae holds C-1 and C-2."""
    assert "cell N-2, area N2" in Visitor(night, "Boram").look("Beodeul")
    narae = Visitor(night, "Narae")
    assert not re.search(r"\bN-?2\b", narae.look("Beodeul"))
    assert "cell C-2, area C2" in narae.look("Durumi")


def test_a_name_is_kept_and_shown_once_with_no_trace_in_address_or_title(night, haneul):
    kept = haneul.does("Beodeul", "name/", name="Invented Person", aliases="one\ntwo", note="a note")
    assert kept.status_code == 302
    assert "Invented" not in kept["Location"]
    shown = haneul.does("Beodeul", "reveal/", reason="call")
    html = shown.content.decode()
    assert "Invented Person" in html
    assert "one, two" in html
    assert "Invented" not in html.partition("</title>")[0]
    assert shown["Cache-Control"] == "no-store"
    assert "Invented" not in haneul.look("Beodeul")
    assert [fact.reason for fact in told(NameRevealed)] == ["call"]


def test_a_get_shows_no_name(night, haneul):
    keep(night, "Beodeul")
    assert haneul.get(haneul.address("Beodeul", "reveal/")).status_code == 405


def test_without_a_reason_nothing_is_shown(night, haneul):
    keep(night, "Beodeul")
    for reason in ("", "curiosity"):
        refused = haneul.does("Beodeul", "reveal/", reason=reason)
        assert refused.status_code == 409
        assert NAMES["Beodeul"] not in refused.content.decode()
    assert told(NameRevealed) == []


def test_after_five_minutes_the_password_is_asked_for_on_the_page(night, haneul, later):
    keep(night, "Beodeul")
    later()
    assert "Your password again" in haneul.look("Beodeul")
    refused = haneul.does("Beodeul", "reveal/", reason="danger")
    assert refused.status_code == 409
    assert "This needs your password again." in refused.content.decode()
    wrong = haneul.does("Beodeul", "reveal/", reason="danger", password_again="of Dasom")
    assert wrong.status_code == 409
    assert told(NameRevealed) == []
    shown = haneul.does("Beodeul", "reveal/", reason="danger", password_again="of Haneul")
    assert NAMES["Beodeul"] in shown.content.decode()


def test_after_five_minutes_a_first_name_is_kept_and_none_replaced_without_the_password(night, haneul, later):
    later()
    assert haneul.does("Beodeul", "name/", name="Invented Person").status_code == 302
    for typed in ({}, {"password_again": "of Dasom"}):
        assert haneul.does("Beodeul", "name/", name="Somebody Else", **typed).status_code == 409
    assert 'id="name-password"' in haneul.look("Beodeul")
    assert haneul.does("Beodeul", "name/", name="Another", password_again="of Haneul").status_code == 302
    shown = haneul.does("Beodeul", "reveal/", reason="call").content.decode()
    assert "Another" in shown
    assert "Somebody Else" not in shown


@pytest.mark.parametrize("what", ["reveal/", "name/"])
def test_who_holds_no_key_is_refused_whatever_the_role(night, what):
    """Dasom is safety, without the key to N-2."""
    keep(night, "Beodeul")
    refused = Visitor(night, "Dasom").does("Beodeul", what, reason="danger", name="Invented")
    assert refused.status_code == 403
    assert "You hold no key to this cell." in refused.content.decode()
    assert NAMES["Beodeul"] not in refused.content.decode()
    assert told(NameRevealed) == []


def test_when_the_day_is_spent_the_page_says_so(night, haneul, monkeypatch):
    keep(night, "Beodeul")
    monkeypatch.setattr(queries, "REVEALS_A_DAY", 1)
    haneul.does("Beodeul", "reveal/", reason="call")
    spent = haneul.does("Beodeul", "reveal/", reason="call")
    assert spent.status_code == 409
    assert "used up" in spent.content.decode()


def test_two_officers_forget_a_person(night, haneul):
    keep(night, "Beodeul")
    asked = haneul.does("Beodeul", "forget/ask/")
    (row,) = Request.objects.all()
    assert asked["Location"] == f"/vault/requests/{ids.text('t', row.pk)}/"
    assert "One more officer must sign." in haneul.look("Beodeul")
    alone = haneul.does("Beodeul", "forget/", request=ids.text("t", row.pk))
    assert alone.status_code == 409
    approve_request(night.desk("Boram"), request=TokenId(row.pk))
    done = haneul.does("Beodeul", "forget/", request=ids.text("t", row.pk))
    assert done.status_code == 200
    assert "Nothing of it lies in the database any more." in done.content.decode()
    assert "forgotten for good" in haneul.look("Beodeul")


def test_who_may_not_ask_is_not_shown_how(night):
    """Boram is treasurer."""
    boram = Visitor(night, "Boram")
    assert "Forget this person" not in boram.look("Beodeul")
    assert boram.does("Beodeul", "forget/ask/").status_code == 409


@pytest.mark.parametrize("written", ["p_0000000000001", "w_0000000000001", "Beodeul", "p_1"])
def test_nobody_of_this_id_is_not_found(haneul, written):
    assert haneul.get(f"/people/{written}/").status_code == 404
