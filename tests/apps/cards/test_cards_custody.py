"""After custody nothing goes on: every card ends, none is issued, until a safety officer asks and a colleague signs."""

import re

import pytest
from django.conf import settings
from django.test import Client
from lxml import html
from test_cards_life import handed, issued, row, step, text_of, texts
from world import night, night_kept, told

from ojakgyo.apps.cards import actions, queries
from ojakgyo.apps.cards.life import queries as life
from ojakgyo.apps.cards.life.values import NextStep
from ojakgyo.apps.cards.models import CardState, OwnNumber, Quarantine
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.requests import approve_request, make_request, withdraw_request
from ojakgyo.apps.vault.actions.roles import withdraw_role
from ojakgyo.domain import facts
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import ReadingResult, RequestKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import MINUTE_MS
from ojakgyo.domain.values.roles import OfficerRole

__all__ = ["night", "night_kept"]


@pytest.fixture
def taken(night, monkeypatch):
    """Beodeul was taken with the card, and the next one in hand."""
    monkeypatch.setattr(settings, "OJAK_YOUNG_HAND_MS", 0)  # everybody of the small world is an hour old
    handed(night)
    actions.capture_card(night.desk("Narae"), card=night.ids.cards["Beodeul"])
    return night


def asked(night, by="Haneul", about="Beodeul"):
    return actions.ask_to_end_quarantine(night.desk(by), person=night.person(about))


def ended(night, request, by="Haneul", about="Beodeul"):
    return actions.end_quarantine(night.desk(by), person=night.person(about), request=request)


def refusal(act):
    with pytest.raises((Refused, NotHeld)) as refused:
        act()
    return refused.value.code


def page_of(night, officer, request):
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
    client.post("/language/", {"language": "en", "next": "/now/"})
    answer = client.get(f"/vault/requests/{ids.text('t', request)}/")
    return re.sub(
        r"\s+", " ", html.fromstring(answer.content).xpath("//main")[0].text_content()
    ), answer.content.decode()


def test_whoever_was_taken_has_no_card_that_works_not_even_the_next_one(taken):
    states = [row(each.pk).in_use for each in _cards(taken)]
    assert states == [CardState.CAPTURED, CardState.CAPTURED]
    assert not OwnNumber.objects.filter(card__person_id=taken.person("Beodeul")).exists()
    assert len(told(facts.CardCaptured)) == 2
    assert [each.person for each in told(facts.QuarantineBegun)] == [taken.person("Beodeul")]
    assert texts(taken, text_of(taken.ids.cards["Beodeul"])) is ReadingResult.TRIPWIRE


def _cards(night):
    from ojakgyo.apps.cards import stock

    return list(stock.cards_of(night.person("Beodeul")))


def renewed(night):
    """Beodeul's card that has just retired, and a text of it that is on its way."""
    old, new = night.ids.cards["Beodeul"], handed(night)
    on_its_way = text_of(old)
    texts(night, text_of(new))
    assert row(old).in_use == CardState.RETIRED
    return old, on_its_way


def test_in_custody_the_card_before_is_read_no_more_either(night):
    _, on_its_way = renewed(night)
    actions.begin_quarantine(night.desk("Narae"), person=night.person("Beodeul"))
    assert [each.in_use for each in _cards(night)] == [CardState.CAPTURED] * 2
    assert not OwnNumber.objects.filter(card__person_id=night.person("Beodeul")).exists()
    assert texts(night, on_its_way) is ReadingResult.TRIPWIRE


@pytest.mark.parametrize("stop", [actions.lose_card, actions.capture_card])
def test_a_card_that_retired_a_moment_ago_may_be_lost_or_captured(night, stop):
    old, on_its_way = renewed(night)
    stop(night.desk("Narae"), card=old)
    assert row(old).in_use in (CardState.LOST, CardState.CAPTURED)
    assert texts(night, on_its_way) is ReadingResult.TRIPWIRE
    assert refusal(lambda: actions.lose_card(night.desk("Narae"), card=old)) == "cards.card_over"


def test_a_card_that_lay_at_the_desk_is_burnt_not_captured(night):
    waiting = issued(night)
    actions.begin_quarantine(night.desk("Boram"), person=night.person("Beodeul"))
    assert (row(waiting).in_use, row(night.ids.cards["Beodeul"]).in_use) == (CardState.BURNT, CardState.CAPTURED)


def test_in_quarantine_no_card_is_issued_and_the_page_says_why(taken):
    assert refusal(lambda: issued(taken)) == "cards.in_quarantine"
    page = life.issue_page(taken.desk("Haneul"), person=taken.person("Beodeul"))
    assert (page.quarantine, page.may_issue, page.lines, page.may_ask) == (taken.now, False, (), True)
    (line,) = (line for line in life.cards_page(taken.desk("Haneul")) if line.person == taken.person("Beodeul"))
    assert (line.step, line.since) == (NextStep.END_QUARANTINE, taken.now)
    assert not life.issue_page(taken.desk("Boram"), person=taken.person("Beodeul")).may_ask


def test_two_officers_end_it_and_then_a_new_card_is_issued(taken):
    request = asked(taken)
    assert life.issue_page(taken.desk("Haneul"), person=taken.person("Beodeul")).request.id == request
    assert told(facts.RequestMade)[-1].about_person == taken.person("Beodeul")
    approve_request(taken.desk("Boram"), request=request)
    ended(taken, request, by="Boram")
    assert not queries.in_quarantine(taken.person("Beodeul"))
    assert [each.person for each in told(facts.QuarantineEnded)] == [taken.person("Beodeul")]
    card = issued(taken)
    assert step(taken, card) == NextStep.PRINT
    assert {row(each.pk).in_use for each in _cards(taken) if each.pk != card} == {CardState.CAPTURED}
    assert refusal(lambda: ended(taken, request)) == "cards.not_in_quarantine"


def test_one_officer_alone_ends_nothing(taken):
    request = asked(taken)
    assert refusal(lambda: ended(taken, request)) == "vault.second_hand"
    assert refusal(lambda: approve_request(taken.desk("Haneul"), request=request)) == "vault.second_hand"
    assert queries.in_quarantine(taken.person("Beodeul"))


@pytest.mark.parametrize("officer", ["Boram", "Narae"])
def test_only_a_safety_officer_asks(taken, officer):
    assert refusal(lambda: asked(taken, by=officer)) == "vault.role_wanted"


def test_it_is_one_of_the_two_who_does_it(taken):
    request = asked(taken)
    approve_request(taken.desk("Boram"), request=request)
    assert refusal(lambda: ended(taken, request, by="Narae")) == "vault.second_hand"
    assert refusal(
        lambda: actions.end_quarantine(taken.keyless("Narae"), person=taken.person("Beodeul"), request=request)
    )


def test_if_nobody_of_the_two_is_safety_any_more_nothing_ends(taken):
    request = asked(taken)
    approve_request(taken.desk("Boram"), request=request)
    withdraw_role(taken.desk("Haneul"), officer=taken.officer("Haneul"), role=OfficerRole.SAFETY)
    assert refusal(lambda: ended(taken, request)) == "vault.role_wanted"


def test_a_request_about_somebody_else_or_something_else_ends_nothing(taken):
    actions.begin_quarantine(taken.desk("Haneul"), person=taken.person("Yeoul"))
    request = asked(taken, about="Yeoul")
    approve_request(taken.desk("Boram"), request=request)
    assert refusal(lambda: ended(taken, request)) == "vault.request_changed"
    other = make_request(taken.desk("Haneul"), kind=RequestKind.FORGET_PERSON, about=taken.person("Beodeul"))
    approve_request(taken.desk("Boram"), request=other)
    assert refusal(lambda: ended(taken, other)) == "vault.request_changed"


def test_a_request_taken_back_or_too_old_ends_nothing(taken):
    request = asked(taken)
    approve_request(taken.desk("Boram"), request=request)
    withdraw_request(taken.desk("Haneul"), request=request)
    assert refusal(lambda: ended(taken, request)) == "vault.request_lapsed"
    request = asked(taken)
    approve_request(taken.desk("Boram"), request=request)
    taken.goes_on(minutes=31)
    assert refusal(lambda: ended(taken, request)) == "vault.request_lapsed"
    assert taken.now > 31 * MINUTE_MS


def test_where_nobody_was_taken_there_is_nothing_to_end(night):
    assert refusal(lambda: asked(night)) == "cards.not_in_quarantine"


def test_a_second_custody_begins_no_second_quarantine_and_a_later_one_does(taken):
    assert (
        refusal(lambda: actions.begin_quarantine(taken.desk("Haneul"), person=taken.person("Beodeul")))
        == "cards.in_quarantine"
    )
    request = asked(taken)
    approve_request(taken.desk("Boram"), request=request)
    ended(taken, request)
    actions.begin_quarantine(taken.desk("Haneul"), person=taken.person("Beodeul"))
    assert Quarantine.objects.filter(person_id=taken.person("Beodeul")).count() == 2


def test_a_card_lost_before_that_turns_up_with_its_holder_is_captured_too(night):
    card = actions.lose_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"])
    actions.capture_card(night.desk("Haneul"), card=card)
    assert row(card).in_use == CardState.CAPTURED
    assert queries.in_quarantine(night.person("Beodeul"))


def test_the_page_of_the_request_says_whom_it_lets_have_a_card_and_where_to_go_on(taken):
    request = asked(taken)
    said, _ = page_of(taken, "Boram", request)
    assert "Let Beodeul have a card again" in said and "Sign as the second" in said
    assert "one of them safety" in said
    approve_request(taken.desk("Boram"), request=request)
    said, written = page_of(taken, "Boram", request)
    assert f'href="/cards/new/{ids.text("p", taken.person("Beodeul"))}/"' in written
