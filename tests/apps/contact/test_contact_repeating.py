"""The last text once more: from where it came from and with nothing since it says nothing; else it is a replay."""

from dataclasses import replace

import pytest
from house.small_world import NUMBERS, told

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import BadText, CardState, Sharer, UsedText
from ojakgyo.apps.cards.voice import acts
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.contact.actions import type_message
from ojakgyo.apps.contact.models import Inbound, InboundState, Window
from ojakgyo.apps.contact.reading_now import result_of, verify, verify_once
from ojakgyo.apps.network.queries import line_at
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.facts import DeskWord, ReadingResult
from ojakgyo.domain.values.actors import Actor, ActorKind
from ojakgyo.domain.values.instants import HOUR_MS

HOURS_48 = 48 * 3600


def results() -> list[ReadingResult]:
    return [read.result for read in told(facts.MessageRead)]


def hears(world, text, *, after=601, number=NUMBERS["Beodeul"]) -> None:
    world.clocks.go_on(after)
    world.hears(text, number)


def card(world):
    return stock.present(world.persons["Beodeul"])


def spelled_anew(text: str) -> str:
    return f"{text[:2]}원, {text[2:4]}근 {text[4:]}"


def newest() -> Inbound:
    return Inbound.objects.order_by("-seq").first()


def stands(world) -> tuple:
    """Everything that a sign of life would move."""
    return (
        results(),
        list(Signal.objects.values_list()),
        list(Window.objects.order_by("pk").values_list("state", "heard_ms")),
        BadText.objects.count(),
        UsedText.objects.count(),
        card(world).row,
    )


@pytest.mark.parametrize("duress", [False, True], ids=["well", "duress"])
@pytest.mark.parametrize("after", [601, 24 * 3600, HOURS_48 - 2])
def test_the_newest_text_of_a_card_once_more_is_a_repetition_and_moves_nothing(world, duress, after):
    text = world.text("Beodeul", duress=duress)
    hears(world, text)
    first = newest()
    opens = world.clocks.now + after * 1000 - HOUR_MS
    Window.objects.create(
        person_id=world.persons["Beodeul"], opens_ms=opens, closes_ms=opens + 2 * HOUR_MS, grace_ms=HOUR_MS
    )
    before = stands(world)
    hears(world, spelled_anew(text), after=after)
    assert stands(world) == before
    again = newest()
    assert (again.state, again.first, again.words, again.dropped) == (InboundState.REPEATED, first.message, None, None)
    assert [(each.message, each.first) for each in told(facts.MessageRepeated)] == [(again.message, first.message)]


def test_after_48_hours_it_is_a_replay(world):
    text = world.text("Beodeul")
    hears(world, text)
    hears(world, text, after=HOURS_48)
    assert results() == [ReadingResult.OK, ReadingResult.REPLAY]


def test_a_repetition_does_not_lengthen_the_48_hours(world):
    text = world.text("Beodeul")
    hears(world, text)
    hears(world, text, after=HOURS_48 - 3600)
    hears(world, text, after=3600)
    assert results() == [ReadingResult.OK, ReadingResult.REPLAY]


@pytest.mark.parametrize("duress", [False, True], ids=["well", "duress"])
def test_an_older_text_is_a_replay(world, duress):
    texts = [world.text("Beodeul", duress=duress), world.text("Beodeul", row=1)]
    for text in (*texts, texts[0]):
        hears(world, text)
    assert results()[2] is ReadingResult.REPLAY
    hears(world, texts[1])
    assert len(results()) == 3, "the newest one is still a repetition"


def test_a_late_row_is_the_newest_text_where_it_came_last(world):
    """The network brings the first text after the second, and then once more."""
    first, second = world.text("Beodeul"), world.text("Beodeul", row=1)
    for text in (second, first, first):
        hears(world, text)
    assert results() == [ReadingResult.OK] * 2
    hears(world, second)
    assert results()[2] is ReadingResult.REPLAY


def test_after_the_desk_has_spoken_by_a_later_row_it_is_a_replay(world, monkeypatch):
    """Its holder has heard since that it came."""
    monkeypatch.setattr(acts, "demand_cell", lambda *_: None)
    text = world.text("Beodeul")
    hears(world, text)
    acts.speak_first(world.desk(), person=world.persons["Beodeul"], word=DeskWord.NOTED)
    hears(world, text)
    assert results() == [ReadingResult.OK, ReadingResult.REPLAY]


def test_over_another_line_they_speak_through_it_is_a_replay(world):
    text, other = world.text("Beodeul"), NUMBERS["Yeoul"]
    Sharer.objects.create(line_id=line_at(world.desk(), other), person_id=world.persons["Beodeul"])
    hears(world, text)
    hears(world, text, number=other)
    assert results() == [ReadingResult.OK, ReadingResult.REPLAY]


def test_by_a_program_what_came_by_sms_is_a_replay(world):
    text = world.text("Beodeul")
    hears(world, text)
    world.clocks.go_on(601)
    assert result_of(verify_once(world.desk(), person=world.persons["Beodeul"], words=text)) is ReadingResult.REPLAY


def test_what_two_officers_typed_is_one_text(world):
    text = world.text("Beodeul")
    for words in (text, spelled_anew(text)):
        type_message(world.desk(), person=world.persons["Beodeul"], words=words)
        world.clocks.go_on(700)
        rounds.settle_all(world.desk)
    assert results() == [ReadingResult.OK]


@pytest.mark.parametrize("state", [CardState.LOST, CardState.BURNT, CardState.CAPTURED, CardState.RETIRED])
def test_of_a_card_that_was_ended_even_the_newest_text_is_a_replay(world, state):
    text = world.text("Beodeul")
    hears(world, text)
    with writing("test"):
        stock.end(world.desk(), card(world), state)
    hears(world, text)
    assert results() == [ReadingResult.OK, ReadingResult.REPLAY]


def test_repetitions_and_replays_cost_no_throttle(world):
    text = world.text("Beodeul")
    for _ in range(5):
        hears(world, text)
    assert not BadText.objects.exists() and card(world).throttled_ms is None


# By a program ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("duress", [False, True], ids=["well", "duress"])
def test_a_program_that_asks_again_is_told_the_same_and_nothing_is_written(world, duress):
    text = world.text("Beodeul", duress=duress)
    message = verify_once(world.desk(), person=world.persons["Beodeul"], words=text)
    before = Entry.objects.count(), Inbound.objects.count()
    for after in (1, 601, HOURS_48 - 700):
        world.clocks.go_on(after)
        assert verify_once(world.desk(), person=world.persons["Beodeul"], words=spelled_anew(text)) == message
    assert (Entry.objects.count(), Inbound.objects.count()) == before
    assert result_of(message) is (ReadingResult.DURESS if duress else ReadingResult.OK)
    world.clocks.go_on(200)
    assert result_of(verify_once(world.desk(), person=world.persons["Beodeul"], words=text)) is ReadingResult.REPLAY


def test_an_older_text_of_a_program_is_a_replay_however_soon(world):
    texts = [world.text("Beodeul"), world.text("Beodeul", row=1)]
    read = [verify_once(world.desk(), person=world.persons["Beodeul"], words=text) for text in (*texts, texts[0])]
    assert [result_of(each) for each in read] == [ReadingResult.OK, ReadingResult.OK, ReadingResult.REPLAY]


def test_another_program_with_the_same_text_is_another_sender(world):
    text = world.text("Beodeul")
    verify_once(world.desk(), person=world.persons["Beodeul"], words=text)
    other = replace(world.desk(), actor=Actor(ActorKind.TOKEN, 77))
    assert result_of(verify_once(other, person=world.persons["Beodeul"], words=text)) is ReadingResult.REPLAY


def test_a_text_that_fits_nothing_asked_again_closes_no_card(world):
    """Whoever had no answer asks again at once; after ten minutes it is another bad text."""
    texts = [verify_once(world.desk(), person=world.persons["Beodeul"], words="114821") for _ in range(5)]
    assert len(set(texts)) == 1 and BadText.objects.count() == 1
    world.clocks.go_on(601)
    assert verify_once(world.desk(), person=world.persons["Beodeul"], words="114821") not in texts


def test_two_that_ask_at_once_are_told_the_same_message(world):
    """Both looked before either wrote: the second finds it out in its own transaction."""
    text = world.text("Beodeul")
    read = [verify(world.desk(), person=world.persons["Beodeul"], words=text) for _ in range(2)]
    assert read[0] == read[1] and results() == [ReadingResult.OK]


def test_the_same_text_about_somebody_else_is_not_the_same(world):
    text = world.text("Beodeul")
    mine = verify_once(world.desk(), person=world.persons["Beodeul"], words=text)
    assert verify_once(world.desk(), person=world.persons["Yeoul"], words=text) != mine
