"""The practice phone: each reading can be practised, and what is said behind a meaning arrives."""

import re

import pytest
import typer.testing
from django.conf import settings
from house.small_world import told

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import CardState
from ojakgyo.apps.contact.models import Window, WindowSource, WindowState
from ojakgyo.apps.contact.reading_now import result_of, verify
from ojakgyo.apps.people.queries import person_written
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.cli import demo as command
from ojakgyo.cli.root import app
from ojakgyo.demo import phone
from ojakgyo.demo.cast import SEED, cast
from ojakgyo.demo.cast.parts import CardStage
from ojakgyo.demo.commands import handlers
from ojakgyo.demo.officers import desk_of
from ojakgyo.domain.errors import REGISTRY, Refused
from ojakgyo.domain.facts import ArrivalConfirmed, HandoverConfirmed, QuietAnnounced, ReceiptConfirmed
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS

READINGS = {
    "well": "ok",
    "danger": "ok",
    "pick_up": "ok",
    "duress": "duress",
    "slip": "slip",
    "garbled": "garbled",
    "malformed": "malformed",
}


@pytest.fixture
def stages(practice_world):
    """Somebody of each stage, by code name; of those in use somebody no story speaks of."""
    found = {life.stage: life.helper for life in cast(SEED, practice_world.start).lives if life.used}
    phone._said_by.clear()
    return found


def person(who):
    return person_written(house_desk(), who)


def read(who, word, number=None):
    """What the desk makes of the next text of somebody."""
    sms = phone.next_sms(who, word, number)
    return result_of(verify(desk_of("Haneul"), person=person(who), words=sms.text))


def coming(who):
    """What is waited for from somebody later on."""
    agreed = Window.objects.filter(person_id=person(who), state=WindowState.AGREED, opens_ms__gt=settings.CLOCK.now())
    return list(agreed.values_list("source", "opens_ms"))


@pytest.mark.parametrize("word", ["well", "duress"])
def test_who_has_written_calls_in_by_what_the_row_says_and_by_nothing_else(stages, word):
    """Nobody of the cast is waited for at an hour that their paper does not print."""
    who = stages[CardStage.IN_USE]
    read(who, word)
    ((source, opens),) = coming(who)
    assert source is WindowSource.ROW
    assert 4 * DAY_MS < opens - settings.CLOCK.now() < 10 * DAY_MS


@pytest.mark.parametrize(("days", "kept"), [(6, 6), (90, 30)])
def test_days_of_quiet_say_until_when(stages, practice_world, days, kept):
    asked = {"who": stages[CardStage.IN_USE], "word": "delayed", "number": days, "send": False}
    (said,) = handlers()["say"](asked)
    assert instants.parse(said["quiet_until"]) // 1_000 == (settings.CLOCK.now() + kept * DAY_MS) // 1_000
    (said,) = handlers()["say"]({**asked, "word": "well", "number": None})
    assert "quiet_until" not in said


def test_every_word_is_read_as_it_says(stages):
    who = stages[CardStage.IN_USE]
    assert {word: read(who, word) for word in READINGS} == READINGS


def test_a_text_older_than_the_last_one_is_a_replay(stages):
    who = stages[CardStage.IN_USE]
    assert read(who, "well") == "ok"
    with pytest.raises(Refused, match=r"demo\.nothing_said"):
        phone.next_sms(who, "replay")
    assert [read(who, word) for word in ("well", "garbled", "replay", "well")] == ["ok", "garbled", "replay", "ok"]


def test_whoever_found_a_lost_card_touches_a_tripwire_and_its_holder_writes_no_more(stages):
    who = stages[CardStage.LOST]
    with pytest.raises(Refused, match=r"cards\.no_card"):
        phone.next_sms(who, "well")
    assert read(who, "tripwire") == "tripwire"


def test_who_waits_for_a_first_code_writes_by_the_new_card_which_is_then_in_use(stages):
    who = stages[CardStage.WAITING]
    old, new = stock.present(person(who)), stock.to_come(person(who))
    assert new.handed_ms is not None and new.first_ms is None
    assert read(who, "well") == "ok"
    assert stock.present(person(who)).pk == new.pk
    assert stock.known(old.pk).in_use is CardState.RETIRED


def test_a_next_card_that_is_still_at_the_desk_is_not_written_by(stages):
    who = stages[CardStage.PRINTED]
    new = stock.to_come(person(who))
    assert new.printed_ms is not None and new.handed_ms is None
    assert read(who, "well") == "ok"
    assert stock.to_come(person(who)).pk == new.pk


def test_the_cards_stand_where_the_cast_says(stages, practice_world):
    for life in cast(SEED, practice_world.start).lives:
        card = stock.present(person(life.helper))
        if life.stage is CardStage.LOST:
            assert card is None and stock.cards_of(person(life.helper))[0].in_use is CardState.LOST
            continue
        assert card.row == life.used
        states = {each.in_use for each in stock.cards_of(person(life.helper))}
        assert (CardState.RETIRED in states) is (life.stage is CardStage.RENEWED)


@pytest.mark.parametrize(("word", "number"), [("received", 480), ("received", 0), ("received", 9_999)])
def test_an_amount_arrives(stages, word, number):
    assert read(stages[CardStage.IN_USE], word, number) == "ok"
    assert told(ReceiptConfirmed)[-1].amount == number


def test_pocket_numbers_and_days_of_quiet_arrive(stages, practice_world):
    who = stages[CardStage.IN_USE]
    assert read(who, "handed_over", 12) == "ok" and told(HandoverConfirmed)[-1].pocket == 12
    assert read(who, "arrived", 7) == "ok" and told(ArrivalConfirmed)[-1].pocket == 7
    assert read(who, "delayed", 6) == "ok"
    quiet = told(QuietAnnounced)[-1]
    assert (quiet.until - practice_world.start) // DAY_MS in (5, 6)


@pytest.mark.parametrize(("word", "number"), [("well", 1), ("received", 10_000), ("arrived", 100), ("lie", None)])
def test_what_a_card_cannot_say_is_refused(stages, word, number):
    with pytest.raises(Refused, match=r"demo\.unknown_word"):
        phone.next_sms(stages[CardStage.IN_USE], word, number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (("received", "--amount", "480"), 480),
        (("arrived", "--pocket", "12"), 12),
        (("delayed", "--days", "6"), 6),
        (("well",), None),
    ],
)
def test_the_command_hands_on_what_was_said(monkeypatch, words, number):
    asked = []
    monkeypatch.setattr(command, "_ask", lambda home, do, **said: asked.append(said) or [{"number": "", "text": ""}])
    assert typer.testing.CliRunner().invoke(app, ["demo", "say", "Beodeul", *words]).exit_code == 0
    assert asked == [{"who": "Beodeul", "word": words[0], "number": number, "send": True}]


@pytest.mark.parametrize(
    "words", [("well", "--amount", "1"), ("received", "--pocket", "1"), ("delayed", "--days", "100")]
)
def test_a_number_that_a_word_does_not_take_is_a_wrong_usage(words):
    assert typer.testing.CliRunner().invoke(app, ["demo", "say", "Beodeul", *words]).exit_code == 2


def test_what_is_refused_names_who_is_meant_and_the_words_there_are(stages):
    who = stages[CardStage.IN_USE]
    with pytest.raises(Refused, match=rf"demo\.no_ended_card person={who}$"):
        list(handlers()["say"]({"who": who, "word": "tripwire", "send": False}))
    advice = REGISTRY["demo.unknown_word"].advice
    assert set(re.findall(r"[a-z_]+", advice.partition(";")[0])) - {"ay", "or"} == set(phone.words())
