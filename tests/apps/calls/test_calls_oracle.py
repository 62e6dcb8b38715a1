"""Whoever types "well" or a number under duress and may see no reason finds the same two pages after it, byte for byte."""

import re
import shutil

import pytest
import world
from test_calls_may_i import Visitor, burn
from world import FALSE, NOW, OWN

from ojakgyo.apps.calls.actions import show_number
from ojakgyo.apps.calls.queries import calls_today, may_call
from ojakgyo.apps.calls.values import Answer, Because, Word
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.cards.voice.acts import ask_challenge
from ojakgyo.apps.cards.voice.queries import to_ask_again
from ojakgyo.apps.contact.actions import agree_window, type_message
from ojakgyo.apps.contact.answering.by_voice import answer_challenge
from ojakgyo.apps.network.actions import record_line
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Meaning, ReportKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
from ojakgyo.store import keyholder

CHANCE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
ASK = Answer(Word.LATER, Because.ASK_FIRST)


def agree(night, who):
    """A window that is open, and one in three hours."""
    for opens in (Instant(night.now - 60_000), Instant(night.now + 3 * HOUR_MS)):
        closes = Instant(opens + 2 * HOUR_MS)
        agree_window(night.desk("Haneul"), person=night.person(who), opens=opens, closes=closes, grace_ms=DAY_MS)


def types(night, officer, who, own):
    ((_, row),) = rows_ahead(keyholder.ring().state_key(), night.person(who), 1)
    text = encode.text(row, own_number=own, meaning=Meaning.WELL)
    type_message(night.desk(officer), person=night.person(who), words=text)


def never_read(night, who):
    """As somebody from whom nothing was read yet, whose card is new: only such a phone is a yes for Boram."""
    Signal.objects.filter(person_id=night.person(who)).delete()
    latest.forget()


@pytest.fixture
def begun(night, night_kept, database):
    """A night from its beginning, with a window of Sonagi open."""

    def begin():
        world._close()
        shutil.copyfile(night_kept[0], database)
        night.clock.at(NOW)
        latest.forget()
        agree(night, "Sonagi")
        return Visitor(night, "Boram")

    return begin


@pytest.fixture
def told(night, begun):
    """Everything that Boram is shown while a story is played, each in a night of its own."""

    def play(owns):
        boram = begun()

        def looks():
            pages = ("/calls/", boram.address("Sonagi"))
            return [CHANCE.sub(b"", boram.get(each).content.partition(b"<main")[2]) for each in pages]

        seen = [looks()]
        for own in owns:
            types(night, "Boram", "Sonagi", own)
            night.goes_on(minutes=1)
            seen.append(looks())
        night.clock.at(NOW + 4 * HOUR_MS)  # nothing is settled on the way: only time passes, the next window opens
        return [*seen, looks()]

    return play


def test_whoever_typed_it_sees_the_same_bytes_for_well_and_duress_however_often_and_long_they_look(told):
    first = told((OWN, OWN))
    assert first == told((OWN, FALSE))
    assert b"Ask a safety officer first." in first[-1][1]
    assert b"Sonagi" in first[0][0] and b"Sonagi" in first[1][0]  # the coming window: nobody leaves the list


def test_a_whole_call_shows_the_same_bytes_for_well_and_duress_until_it_ends_and_after(night, begun, monkeypatch):
    """Boram, on a card that texts of nonsense had closed: a row asked for by voice, a line typed, the price asked again."""
    monkeypatch.setattr("secrets.token_bytes", lambda count: bytes(count))  # the row and the digit drawn are the same

    def play(own):
        boram, sonagi, seen = begun(), night.person("Sonagi"), []
        never_read(night, "Sonagi")
        pages = ("/calls/", boram.address("Sonagi"), "/cards/", f"/cards/{ids.text('k', night.ids.cards['Sonagi'])}/")

        def looks(*also):
            seen.extend(also)
            seen.extend(CHANCE.sub(b"", boram.get(each).content.partition(b"<main")[2]) for each in pages)

        def says(words):
            type_message(night.desk("Boram"), person=sonagi, words=words)
            night.goes_on(minutes=1)

        show_number(night.desk("Boram"), person=sonagi)
        for nonsense in ("114821", "224821", "334821"):
            says(nonsense)
        looks()
        asked = ask_challenge(night.desk("Boram"), person=sonagi)
        row = dict(rows_ahead(keyholder.ring().state_key(), sonagi, 3))[asked.line - 1]
        answer_challenge(night.desk("Boram"), person=sonagi, words=row.looked_up((*own.digits, asked.digit)))
        night.settle()
        looks()
        for again in ("444821", "554821"):
            types(night, "Boram", "Sonagi", own)
            says(again)
            looks(to_ask_again(sonagi) is not None)
            boram.post(boram.address("Sonagi", "again/"))
        boram.post(boram.address("Sonagi", "outcome/"), {"outcome": "reached", "seconds": "50"})
        night.clock.at(NOW + 30 * MINUTE_MS)
        looks()
        return seen

    well = play(OWN)
    assert well == play(FALSE)
    assert b"under way" in well[1] and b"under way" in well[5]
    assert b"Ask a safety officer first." in well[-3] and b"If they call you" in well[-3]
    assert [each for each in well if each in (True, False)] == [True, True]


def test_a_phone_in_other_hands_is_a_yes_for_nobody_and_only_safety_hears_no(night):
    agree(night, "Sonagi")
    night.hears("Sonagi", "duress")
    sonagi = night.person("Sonagi")
    assert may_call(night.desk("Haneul"), sonagi) == Answer(Word.NO, Because.OTHER_HANDS)
    assert calls_today(night.desk("Haneul")) == ()
    assert may_call(night.desk("Boram"), sonagi) == ASK
    with pytest.raises(Refused):
        show_number(night.desk("Boram"), person=sonagi)


def test_a_phone_nobody_was_ever_read_from_may_be_called_until_a_report_or_a_burnt_line_says_ask(night):
    """Noeul has no card: nothing was ever read from her."""
    agree(night, "Noeul")
    record_line(night.desk("Haneul"), holder=night.person("Noeul"), number="+8610099999999")
    agree(night, "Sonagi")
    boram = night.desk("Boram")
    assert may_call(boram, night.person("Noeul")).word is Word.YES
    assert [(line.code_name.en, line.ask_first) for line in calls_today(boram)] == [("Noeul", False), ("Sonagi", True)]
    night.is_told("Noeul", ReportKind.TAKEN_AWAY)
    burn(night.desk("Haneul"), night.person("Sonagi"))
    for who in ("Noeul", "Sonagi"):
        assert may_call(boram, night.person(who)) == ASK
        assert may_call(night.desk("Haneul"), night.person(who)) == Answer(Word.NO, Because.OTHER_HANDS)
    assert {line.code_name.en for line in calls_today(boram) if line.ask_first} == {"Noeul", "Sonagi"}
