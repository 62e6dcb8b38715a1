"""Closing where a sign of duress stands: two officers, one of them safety, each on their own device."""

import re

import pytest
from django.conf import settings
from django.test import Client
from lxml import html
from world import duress, told

from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.requests import approve_request, make_request, withdraw_request
from ojakgyo.apps.vault.actions.roles import withdraw_role
from ojakgyo.apps.vault.models import Approval, Request
from ojakgyo.apps.vault.values import closing_argument
from ojakgyo.apps.watch import actions, closing
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.apps.watch.queries import board, closing_signed, page
from ojakgyo.domain import facts
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import CloseReason, Credibility, Meaning, Reliability, ReportKind, RequestKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import MINUTE_MS
from ojakgyo.domain.values.roles import OfficerRole


@pytest.fixture
def alarmed(night, monkeypatch):
    monkeypatch.setattr(settings, "OJAK_YOUNG_HAND_MS", 0)  # everybody of the small world is an hour old
    night.is_under_duress()
    return night


def asked(night, about="Yeoul", by="Haneul", reason=CloseReason.OTHER_CAUSE):
    return closing.ask_to_close(night.desk(by), warning=night.id_of(about), reason=reason)


def refusal(act):
    with pytest.raises((Refused, NotHeld)) as refused:
        act()
    return refused.value.code


def close(night, request, by="Haneul", about="Yeoul"):
    return closing.close_by_two(night.desk(by), warning=night.id_of(about), request=request)


def seated(night, officer):
    """A browser with an officer in front of it, signed in without the seconds that a password takes."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


def read(client, address):
    return re.sub(r"\s+", " ", html.fromstring(client.get(address).content).xpath("//main")[0].text_content())


def test_two_officers_close_it_for_the_reason_that_both_have_signed(alarmed):
    request = asked(alarmed)
    assert refusal(lambda: close(alarmed, request)) == "vault.second_hand"
    approve_request(alarmed.desk("Boram"), request=request)

    close(alarmed, request, by="Boram")

    row = alarmed.warning("Yeoul")
    assert (row.state, row.reason) == (WarningState.CLOSED, CloseReason.OTHER_CAUSE)
    assert [fact.reason for fact in told(facts.WarningClosed)] == [CloseReason.OTHER_CAUSE]
    (made,) = told(facts.RequestMade)
    assert (made.about_warning, made.about_person, made.about_officer) == (row.pk, None, None)
    assert refusal(lambda: close(alarmed, request)) == "watch.closed"
    alarmed.settle()
    assert "Yeoul" not in alarmed.warned() and "Haebaragi" in alarmed.warned()


def test_only_a_safety_officer_who_sees_the_reason_asks(alarmed):
    """Dasom is safety without the key to N-2; Boram holds every key and is not safety."""
    assert refusal(lambda: asked(alarmed, by="Dasom")) == "vault.not_held"
    assert refusal(lambda: asked(alarmed, by="Boram")) == "vault.not_held"
    for officer in ("Boram", "Narae"):
        ask = lambda officer=officer: make_request(  # noqa: E731
            alarmed.desk(officer), kind=RequestKind.CLOSE_WARNING, about=alarmed.id_of("Yeoul"), argument=1
        )
        assert refusal(ask) == "vault.role_wanted"
    assert not Request.objects.exists()


def test_one_of_the_two_must_still_be_safety_when_it_is_closed(alarmed):
    request = asked(alarmed)
    approve_request(alarmed.desk("Boram"), request=request)
    withdraw_role(alarmed.desk("Dasom"), officer=alarmed.officer("Haneul"), role=OfficerRole.SAFETY)
    assert refusal(lambda: close(alarmed, request)) == "watch.safety_only"
    assert alarmed.warning("Yeoul").state is WarningState.OPEN


def test_who_has_not_signed_does_not_close_it(alarmed):
    request = asked(alarmed)
    approve_request(alarmed.desk("Boram"), request=request)
    assert refusal(lambda: close(alarmed, request, by="Narae")) == "vault.second_hand"


def test_a_request_about_one_warning_closes_no_other(alarmed):
    request = asked(alarmed)
    approve_request(alarmed.desk("Boram"), request=request)
    assert refusal(lambda: close(alarmed, request, about="Haebaragi")) == "vault.request_changed"


def test_a_request_that_was_taken_back_or_is_over_closes_nothing(alarmed):
    first = asked(alarmed)
    approve_request(alarmed.desk("Boram"), request=first)
    withdraw_request(alarmed.desk("Haneul"), request=first)
    assert refusal(lambda: close(alarmed, first)) == "vault.request_lapsed"
    second = asked(alarmed)
    approve_request(alarmed.desk("Boram"), request=second)
    alarmed.clock.at(alarmed.now + 30 * MINUTE_MS)
    assert refusal(lambda: close(alarmed, second)) == "vault.request_lapsed"


def test_one_officer_still_closes_nothing_alone(alarmed):
    asked(alarmed)
    alone = lambda: actions.close_warning(  # noqa: E731
        alarmed.desk("Haneul"), warning=alarmed.id_of("Yeoul"), reason=CloseReason.NO_LINK
    )
    assert refusal(alone) == "watch.needs_two"


def test_each_reason_stands_in_a_request_as_a_number_that_never_changes_under_the_sign_that_was_seen():
    said = {reason: closing_argument(reason, 0) for reason in CloseReason}
    assert said == {"confirmed": 1, "wrong_signal": 2, "no_link": 3, "duplicate": 4, "other_cause": 5}
    for seen in (0, 1, 4711, 2**40):
        assert [closing_signed(closing_argument(reason, seen)) for reason in CloseReason] == [
            (reason, seen) for reason in CloseReason
        ]
    assert refusal(lambda: closing_signed(0)) == refusal(lambda: closing_signed(6)) == "vault.request_changed"


# What was heard between two hands -------------------------------------------------------------------------------------


def newest(night, about="Yeoul"):
    """The number that stands in the form on Haneul's page."""
    return page(night.desk("Haneul"), warning=night.id_of(about)).forms.newest


def test_what_is_heard_between_two_hands_is_closed_by_neither(alarmed):
    request = asked(alarmed)
    alarmed.goes_on(minutes=10)
    alarmed.hears("Beodeul", duress)
    approve_request(alarmed.desk("Boram"), request=request)
    assert refusal(lambda: close(alarmed, request, by="Boram")) == "vault.request_changed"
    assert "Yeoul" in alarmed.warned() and told(facts.WarningClosed) == []
    assert refusal(
        lambda: closing.nothing_newer(alarmed.desk("Dasom"), warning=alarmed.id_of("Yeoul"), request=request)
    )
    again = asked(alarmed)
    approve_request(alarmed.desk("Boram"), request=again)
    close(alarmed, again, by="Boram")
    alarmed.settle()
    assert "Yeoul" not in alarmed.warned()


def test_a_calm_or_a_strange_voice_between_two_hands_ends_nothing_but_what_was_signed(alarmed):
    """Another helper checks in; that concerns nobody here, and the number that was signed is the one that is judged."""
    request, seen = asked(alarmed), newest(alarmed)
    alarmed.hears("Seori-5", Meaning.WELL)
    approve_request(alarmed.desk("Boram"), request=request)
    close(alarmed, request, by="Boram")
    assert alarmed.warning("Yeoul").closed_seq == seen < newest(alarmed, "Haebaragi")


def test_one_officer_closes_what_the_page_showed_and_nothing_newer(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    seen = newest(night, "Durumi")
    sure = {"reliability": Reliability.GOOD, "credibility": Credibility.CONFIRMED}
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY, **sure)
    haneul, id = seated(night, "Haneul"), ids.text("w", night.id_of("Durumi"))
    for address in (f"/watch/{id}/close/", f"/now/{id}/close/"):
        answer = haneul.post(address, {"reason": "no_link", "seen": seen})
        assert answer.status_code == 409 and "Something was heard since." in answer.content.decode()
        unsaid = haneul.post(address, {"reason": "no_link"})
        assert unsaid.status_code in (409, 422), "a form that does not say what was seen closes nothing"
    assert night.warning("Durumi").state is WarningState.OPEN
    shown = haneul.get("/now/").content.decode()
    (seen_now,) = set(re.findall(r'name="seen" value="(\d+)"', shown))
    assert int(seen_now) > seen and f'name="seen" value="{seen_now}"' in haneul.get(f"/watch/{id}/").content.decode()
    assert haneul.post(f"/now/{id}/close/", {"reason": "no_link", "seen": seen_now}).status_code == 302
    assert night.warning("Durumi").closed_seq == int(seen_now)


def test_what_a_form_claims_to_have_seen_is_never_more_than_was_heard(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    actions.close_warning(
        night.desk("Haneul"), warning=night.id_of("Durumi"), reason=CloseReason.NO_LINK, seen=Seq(2**50)
    )
    night.settle()
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    assert night.warned() == ["Durumi"]


def test_the_page_says_what_both_sign_and_when_their_hands_are_overtaken(alarmed):
    address = f"/watch/{ids.text('w', alarmed.id_of('Yeoul'))}/"
    seen = newest(alarmed)
    haneul, boram = seated(alarmed, "Haneul"), seated(alarmed, "Boram")
    assert haneul.post(f"{address}ask/", {"reason": "wrong_signal", "seen": seen}).status_code == 302
    where = f"/vault/requests/{ids.text('t', Request.objects.get().pk)}/"
    assert f"up to number {seen} of the chronicle" in read(haneul, address)
    assert f"up to number {seen} of the chronicle" in read(boram, where)
    alarmed.hears("Beodeul", duress)
    assert boram.post(f"{address}sign/").status_code == 409
    assert [each.officer_id for each in Approval.objects.all()] == [alarmed.officer("Haneul")], "no hand for nothing"
    alarmed.goes_on(minutes=1)
    mine = read(haneul, address)
    assert "These hands close nothing any more" in mine and "Ask a colleague to close it too" in mine
    assert haneul.post(f"{address}ask/", {"reason": "wrong_signal", "seen": newest(alarmed)}).status_code == 302
    assert boram.post(f"{address}sign/").status_code == 302
    assert alarmed.warning("Yeoul").state is WarningState.CLOSED


# Who may not see why --------------------------------------------------------------------------------------------------

DURESS_WORDS = re.compile(
    r"duress|takes? two|two (?:officers )?close|Sign, and close|has signed|alone|강압|두 사람", re.I
)


@pytest.mark.parametrize("officer", ["Narae", "Dasom", "Boram"])
def test_no_page_of_an_officer_who_may_not_see_why_says_that_duress_stands(alarmed, officer):
    """Narae is no safety officer and has no key to N-2, Dasom is safety without the key, Boram has keys and is none."""
    id = ids.text("w", alarmed.id_of("Yeoul"))
    client = seated(alarmed, officer)
    before = [DURESS_WORDS.findall(read(client, address)) for address in (f"/watch/{id}/", "/now/")]
    asked(alarmed)
    after = [DURESS_WORDS.findall(read(client, address)) for address in (f"/watch/{id}/", "/now/")]
    assert before == after == [[], []]
    assert page(alarmed.desk(officer), warning=alarmed.id_of("Yeoul")).closing is None
    request = read(client, f"/vault/requests/{ids.text('t', Request.objects.get().pk)}/")
    assert "The warning about Yeoul ends" in request and "This takes two officers." in request
    assert "duress" not in request.lower() and "wrong" not in request


def test_the_row_says_that_it_takes_two_to_nobody_but_who_may_ask(alarmed):
    """After ten minutes the whole row is shown to Boram too, who is no safety officer and cannot ask."""
    alarmed.goes_on(minutes=11)
    (boram,) = (line for line in board(alarmed.desk("Boram")) if line.code_name.en == "Yeoul")
    assert boram.shown and boram.reason is not None
    assert not boram.acts.needs_two and alarmed.line("Yeoul").acts.needs_two
    said = {officer: "takes two" in read(seated(alarmed, officer), "/now/") for officer in ("Boram", "Haneul")}
    assert said == {"Boram": False, "Haneul": True}


def test_the_second_signs_on_the_own_device_and_with_that_hand_it_is_closed(alarmed):
    address = f"/watch/{ids.text('w', alarmed.id_of('Yeoul'))}/"
    haneul, boram = seated(alarmed, "Haneul"), seated(alarmed, "Boram")
    assert haneul.post(f"{address}ask/", {"reason": "wrong_signal", "seen": newest(alarmed)}).status_code == 302
    mine = read(haneul, address)
    assert "You have signed." in mine and "Haneul has signed" in mine
    assert "For this reason: the signal was wrong." in mine

    where = f"/vault/requests/{ids.text('t', Request.objects.get().pk)}/"
    page = boram.get(where).content.decode()
    assert "Close the warning about Yeoul" in page and f'action="{address}sign/"' in page
    assert "the signal was wrong" not in page and "Beodeul" not in page
    assert boram.post(f"{address}sign/").status_code == 302

    assert alarmed.warning("Yeoul").reason is CloseReason.WRONG_SIGNAL
    assert "done" in read(boram, where)


def test_what_two_signed_elsewhere_is_closed_from_the_page_of_the_warning(alarmed):
    address = f"/watch/{ids.text('w', alarmed.id_of('Yeoul'))}/"
    approve_request(alarmed.desk("Boram"), request=asked(alarmed))
    haneul = seated(alarmed, "Haneul")
    assert "Close it now" in read(haneul, address) and "Close it now" not in read(seated(alarmed, "Narae"), address)
    assert seated(alarmed, "Narae").post(f"{address}close-by-two/").status_code == 409
    assert haneul.post(f"{address}close-by-two/").status_code == 302
    assert alarmed.warning("Yeoul").state is WarningState.CLOSED


def test_every_refusal_is_said_on_the_page(alarmed):
    address = f"/watch/{ids.text('w', alarmed.id_of('Yeoul'))}/"
    haneul = seated(alarmed, "Haneul")
    for act, sent, status, words in (
        ("ask", {"reason": ""}, 422, "The form is not complete."),
        ("sign", {}, 409, "This request is over."),
        ("close-by-two", {}, 409, "This request is over."),
    ):
        answer = haneul.post(f"{address}{act}/", sent)
        assert answer.status_code == status and words in answer.content.decode()
    asked(alarmed)
    assert "somebody else" in haneul.post(f"{address}sign/").content.decode(), "nobody signs twice"
