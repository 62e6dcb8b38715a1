"""Closing where a sign of duress stands: two officers, one of them safety, each on their own device."""

import re

import pytest
from django.conf import settings
from django.test import Client
from lxml import html
from world import told

from ojakgyo.apps.vault.actions.requests import approve_request, make_request, withdraw_request
from ojakgyo.apps.vault.actions.roles import withdraw_role
from ojakgyo.apps.vault.models import Request
from ojakgyo.apps.watch import actions, closing
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.apps.watch.queries import closing_argument, closing_reason
from ojakgyo.domain import facts
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import CloseReason, RequestKind
from ojakgyo.domain.values import ids
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


def seated(officer):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
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


def test_each_reason_stands_in_a_request_as_a_number_that_never_changes():
    said = {reason: closing_argument(reason) for reason in CloseReason}
    assert said == {"confirmed": 1, "wrong_signal": 2, "no_link": 3, "duplicate": 4, "other_cause": 5}
    assert all(closing_reason(number) is reason for reason, number in said.items())
    assert refusal(lambda: closing_reason(0)) == refusal(lambda: closing_reason(6)) == "vault.request_changed"


def test_the_second_signs_on_the_own_device_and_with_that_hand_it_is_closed(alarmed):
    address = f"/watch/{ids.text('w', alarmed.id_of('Yeoul'))}/"
    haneul, boram = seated("Haneul"), seated("Boram")
    assert haneul.post(f"{address}ask/", {"reason": "wrong_signal"}).status_code == 302
    mine, theirs = read(haneul, address), read(boram, address)
    assert "You have signed." in mine and "Haneul has signed" in mine
    assert "For this reason: the signal was wrong." in mine
    assert "Haneul has signed" in theirs and "Sign, and close it" in theirs
    assert "the signal was wrong" not in theirs and "Signals about" not in theirs

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
    haneul = seated("Haneul")
    assert "Close it now" in read(haneul, address) and "Close it now" not in read(seated("Narae"), address)
    assert seated("Narae").post(f"{address}close-by-two/").status_code == 409
    assert haneul.post(f"{address}close-by-two/").status_code == 302
    assert alarmed.warning("Yeoul").state is WarningState.CLOSED


def test_every_refusal_is_said_on_the_page(alarmed):
    address = f"/watch/{ids.text('w', alarmed.id_of('Yeoul'))}/"
    haneul = seated("Haneul")
    for act, sent, status, words in (
        ("ask", {"reason": ""}, 422, "The form is not complete."),
        ("sign", {}, 409, "This request is over."),
        ("close-by-two", {}, 409, "This request is over."),
    ):
        answer = haneul.post(f"{address}{act}/", sent)
        assert answer.status_code == status and words in answer.content.decode()
    asked(alarmed)
    assert "somebody else" in haneul.post(f"{address}sign/").content.decode(), "nobody signs twice"
