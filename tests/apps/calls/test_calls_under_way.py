"""A call goes on until it ends: what is read meanwhile closes no page, and nothing but a number that was shown begins one."""

import pytest
from test_calls_may_i import Visitor
from test_calls_oracle import agree, never_read
from world import FALSE, OWN, told

from ojakgyo.apps.calls.actions import show_number
from ojakgyo.apps.calls.queries import may_call
from ojakgyo.apps.calls.values import Answer, Because, Word
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.cards.voice import acts
from ojakgyo.apps.contact.actions import type_message
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import DeskWord, Meaning, NumberShown
from ojakgyo.domain.values.instants import MINUTE_MS, Instant
from ojakgyo.store import keyholder

SONAGI = "Sonagi"
ASK = Answer(Word.LATER, Because.ASK_FIRST)


def logs(night, officer, own=OWN, who=SONAGI):
    ((_, row),) = rows_ahead(keyholder.ring().state_key(), night.person(who), 1)
    words = encode.text(row, own_number=own, meaning=Meaning.WELL)
    type_message(night.desk(officer), person=night.person(who), words=words)
    night.goes_on(minutes=1)


@pytest.fixture
def open_window(night):
    agree(night, SONAGI)
    never_read(night, SONAGI)
    return night


def calls(night, officer="Boram", who=SONAGI):
    show_number(night.desk(officer), person=night.person(who))
    return Instant(night.now + 15 * MINUTE_MS)


def answer(night, officer="Boram", who=SONAGI):
    return may_call(night.desk(officer), night.person(who))


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
@pytest.mark.parametrize("officer", ["Boram", "Haneul"])
def test_a_line_logged_in_mid_call_closes_the_page_for_nobody(open_window, officer, own):
    """Boram may see no reason, Haneul is safety: both go on alike until the outcome is kept."""
    night, until = open_window, calls(open_window, officer)
    visitor = Visitor(night, officer)
    logs(night, officer, own)
    assert answer(night, officer) == Answer(Word.YES, Because.UNDER_WAY, until)
    page = visitor.answer(SONAGI)
    assert "Your call is under way" in page
    for kept in ("data-talk", 'data-key="Digit1"', 'data-key="KeyW"', 'data-key="KeyV"', "Script for 60 seconds"):
        assert kept in page
    assert visitor.post(visitor.address(SONAGI, "number/")).status_code == 200
    visitor.post(visitor.address(SONAGI, "outcome/"), {"outcome": "reached", "seconds": "40"})
    assert answer(night, officer).because is not Because.UNDER_WAY
    assert "data-talk" not in visitor.answer(SONAGI) or officer == "Haneul"


def test_it_ends_with_the_outcome_or_after_fifteen_minutes_however_often_the_number_is_shown(open_window):
    night, until = open_window, calls(open_window)
    logs(night, "Boram")
    for _ in range(3):
        night.goes_on(minutes=4)
        show_number(night.desk("Boram"), person=night.person(SONAGI))
    assert answer(night) == Answer(Word.YES, Because.UNDER_WAY, until)
    night.goes_on(minutes=2)
    assert answer(night) == ASK
    with pytest.raises(Refused):
        show_number(night.desk("Boram"), person=night.person(SONAGI))


def test_it_is_the_call_of_who_saw_the_number_and_of_nobody_else(open_window):
    calls(open_window, "Haneul")
    logs(open_window, "Haneul")
    assert answer(open_window, "Boram") == ASK
    assert answer(open_window, "Haneul").because is Because.UNDER_WAY
    assert answer(open_window, "Haneul", "Beodeul").because is not Because.UNDER_WAY


def test_an_outcome_that_is_taken_back_leaves_the_call_under_way(open_window):
    night, until = open_window, calls(open_window)
    logs(night, "Boram")
    boram = Visitor(night, "Boram")
    kept = boram.post(boram.address(SONAGI, "outcome/"), {"outcome": "no_answer", "seconds": ""})
    assert answer(night) == ASK
    number = kept["Location"].partition("noted=")[2]
    assert boram.post(boram.address(SONAGI, f"undo/{number}/")).status_code == 302
    assert answer(night) == Answer(Word.YES, Because.UNDER_WAY, until)


def test_what_may_be_seen_without_a_yes_makes_none(open_window):
    """Answers and rows by voice are there for who is called; a number is not to be had by them."""
    night = open_window
    logs(night, "Boram")
    boram, person = night.desk("Boram"), night.person(SONAGI)
    acts.show_answers(boram, person=person)
    acts.ask_challenge(boram, person=person)
    acts.speak_first(boram, person=person, word=DeskWord.NOTED)
    assert answer(night) == ASK
    with pytest.raises(Refused):
        show_number(night.desk("Boram"), person=person)
    assert not told(NumberShown)
