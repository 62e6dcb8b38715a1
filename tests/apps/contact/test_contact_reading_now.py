"""A text that a program hands in: kept, read and told of in one stroke, on the path every message takes."""

import pytest
from house.small_world import told

from ojakgyo.apps.cards import stock
from ojakgyo.apps.contact import decoding
from ojakgyo.apps.contact.models import Inbound, InboundState, Window, WindowState
from ojakgyo.apps.contact.reading_now import result_of, verify
from ojakgyo.apps.contact.spool import LONGEST
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Channel, ReadingResult
from ojakgyo.domain.values.ids import MessageId


def check(world, words, who="Beodeul") -> MessageId:
    return verify(world.desk(), person=world.persons[who], words=words)


def test_it_is_read_at_once_and_by_nobody_again(world):
    message = check(world, world.text("Beodeul"))
    assert result_of(message) is ReadingResult.OK
    assert Inbound.objects.get().channel is Channel.PROGRAM
    world.work()
    (read,) = told(facts.MessageRead)
    assert (read.message, read.person, read.line) == (message, world.persons["Beodeul"], None)
    assert read.window == Window.objects.get(state=WindowState.KEPT).pk
    assert Inbound.objects.get().words is None, "its words lie in the inbox of the cell"


def test_the_same_digits_again_are_the_same_message_and_an_older_text_is_a_replay_however_soon(world):
    first, second = world.text("Beodeul"), world.text("Beodeul", row=1)
    messages = [check(world, text) for text in (first, first, second, first)]
    assert messages[0] == messages[1] and len(set(messages)) == 3
    assert result_of(messages[3]) is ReadingResult.REPLAY


def test_duress_is_told_to_who_asks_for_the_result_alone(world):
    assert result_of(check(world, world.text("Beodeul", duress=True))) is ReadingResult.DURESS


def test_what_waits_has_no_result_yet(world):
    card = stock.present(world.persons["Beodeul"])
    type(card).objects.filter(pk=card.pk).update(resync_ms=1)
    message = check(world, world.text("Beodeul"))
    assert result_of(message) is None
    assert Inbound.objects.get().state == InboundState.PENDING
    world.work()
    assert not told(facts.MessageRead)


def test_without_a_card_and_without_digits_it_is_malformed(world):
    assert result_of(check(world, "482193", who="Noeul")) is ReadingResult.MALFORMED
    assert result_of(check(world, "안녕")) is ReadingResult.MALFORMED


def test_of_a_very_long_text_the_start_is_read(world):
    message = check(world, world.text("Beodeul") + " " * LONGEST + "77")
    assert result_of(message) is ReadingResult.OK
    assert Inbound.objects.get().code == "contact.too_long"


def test_nothing_is_left_where_the_reading_fails(world, monkeypatch):
    def fails(*_):
        raise RuntimeError("planted")

    monkeypatch.setattr(decoding, "read", fails)
    with pytest.raises(RuntimeError):
        check(world, world.text("Beodeul"))
    assert not Inbound.objects.exists() and not told(facts.MessageReceived)
