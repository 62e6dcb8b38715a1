"""Too many wrong texts: a card says nothing but duress until it is asked by voice, and a stranger is tried on no card."""

import pytest
from house.small_world import told
from reading_house import FALSE, NUMBERS, OWN, STRANGER, code, hears, present, result

from ojakgyo.apps.cards.models import BadText, Card, Challenge, Match
from ojakgyo.apps.cards.reading import read_text, texts
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.values.instants import HOUR_MS

GARBLED = tuple(f"{twin}{twin}4821" for twin in range(1, 7))
"""No cell has twice the same digit."""


def throttle(world):
    for text in GARBLED[:3]:
        result(world, text)


def answer_of(card: Card, digit: int, row: int = 0, own=None) -> str:
    """The answer to a challenge on a card that is throttled."""
    from house.small_world import OWN

    from ojakgyo.apps.cards import stock
    from ojakgyo.store import keyholder

    _, drawn = stock.rows_of(keyholder.ring().state_key(), card)[row]
    return drawn.looked_up((*(own or OWN).digits, digit))


def ask(world, row: int, digit: int) -> None:
    until = world.clocks.now + HOUR_MS
    asked = {"row": row, "digit": digit, "until_ms": until}
    Challenge.objects.update_or_create(card=present(world), defaults=asked)


def test_the_third_bad_text_in_a_day_throttles_the_card_and_a_right_one_is_not_relied_on(world):
    assert [result(world, text) for text in GARBLED[:2]] == [ReadingResult.GARBLED] * 2
    assert not told(facts.CardThrottled)
    assert result(world, GARBLED[2]) is ReadingResult.GARBLED
    (throttled,) = told(facts.CardThrottled)
    assert throttled.card == present(world).pk
    assert result(world, code(present(world))) is ReadingResult.THROTTLED
    assert present(world).row == 1, "its row is used up all the same"


def test_ten_in_a_month_throttle_too_and_nine_do_not(world):
    for at in range(9):
        world.clocks.go_on(25 * 3600)
        assert result(world, f"{at}{at}4821") is ReadingResult.GARBLED
    assert present(world).throttled_ms is None
    world.clocks.go_on(25 * 3600)
    result(world, "994821")
    assert present(world).throttled_ms is not None


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_neither_well_nor_duress_closes_a_card_however_often(world, own):
    """Everybody who holds the cell sees that a card is closed: after well and after duress it is the same."""
    for _ in range(4):
        hears(world, code(present(world), own=own))
    assert present(world).throttled_ms is None
    assert not BadText.objects.exists()


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_an_answer_that_comes_after_its_ten_minutes_counts_for_nothing_however_often(world, own):
    for _ in range(4):
        ask(world, present(world).row, 9)
        world.clocks.go_on(2 * 3600)
        read = hears(world, answer_of(present(world), 9, own=own))
        assert read.result is (ReadingResult.SLIP if own is OWN else ReadingResult.DURESS)
    assert present(world).throttled_ms is None
    assert not BadText.objects.exists()


def test_duress_stays_duress_and_keeps_a_window_no_more_than_a_right_text_does(world):
    throttle(world)
    Window.objects.update(state=WindowState.AGREED, heard_ms=None)
    for own in (None, FALSE):
        text = code(present(world)) if own is None else code(present(world), own=own)
        read = hears(world, text)
        assert read.result is (ReadingResult.THROTTLED if own is None else ReadingResult.DURESS)
        assert read.window is None
    assert Window.objects.filter(state=WindowState.AGREED).exists()


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_a_throttled_card_announces_no_quiet_after_well_and_none_after_duress(world, own):
    """The windows that are waited for are seen by many."""
    throttle(world)
    hears(world, code(present(world), own=own, meaning=Meaning.DELAYED, suffix=(0, 5)))
    assert not told(facts.QuietAnnounced)


def test_a_throttled_card_counts_no_further_bad_texts(world):
    throttle(world)
    kept = BadText.objects.filter(card=present(world)).count()
    for text in GARBLED[3:]:
        result(world, text)
    assert BadText.objects.filter(card=present(world)).count() == kept == 3
    assert len(told(facts.CardThrottled)) == 1


def test_bad_texts_count_by_when_they_came_not_by_when_the_house_read_them(world):
    """A house that was shut for ten days reads ten days' texts in one minute."""
    for days, text in ((9, GARBLED[0]), (6, GARBLED[1]), (3, GARBLED[2])):
        heard = world.clocks.now - days * 24 * HOUR_MS
        with writing("test"):
            read_text(world.desk(), person=world.persons["Beodeul"], words=text, heard=heard)
    assert present(world).throttled_ms is None


def test_the_answer_to_a_challenge_in_a_text_opens_the_card_again(world):
    throttle(world)
    ask(world, row=1, digit=4)
    read = hears(world, answer_of(present(world), 4, row=1))
    assert read.result is ReadingResult.OK and read.meaning is None
    assert [each.result for each in told(facts.ChallengeAnswered)] == [ReadingResult.OK]
    assert len(told(facts.ThrottleLifted)) == 1
    assert present(world).throttled_ms is None and not BadText.objects.filter(card=present(world)).exists()
    assert not Challenge.objects.exists()
    assert result(world, code(present(world))) is ReadingResult.OK


def test_the_answer_with_another_number_is_duress_and_opens_the_card_like_a_right_one(world):
    """Everybody who holds the cell sees whether a card is open."""
    throttle(world)
    ask(world, row=0, digit=4)
    assert result(world, answer_of(present(world), 4, own=FALSE)) is ReadingResult.DURESS
    assert present(world).throttled_ms is None and len(told(facts.ThrottleLifted)) == 1


@pytest.mark.parametrize("own", [None, FALSE], ids=["well", "duress"])
def test_an_answer_to_another_row_than_the_one_asked_for_opens_nothing(world, own):
    throttle(world)
    ask(world, row=1, digit=4)
    hears(world, answer_of(present(world), 4, own=own))
    assert present(world).throttled_ms is not None and not told(facts.ThrottleLifted)


def test_an_answer_counts_once_as_a_sign(world):
    from ojakgyo.apps.watch.models import Signal

    ask(world, row=0, digit=4)
    hears(world, answer_of(present(world), 4))
    (sign,) = Signal.objects.all()
    assert (sign.kind, sign.result) == ("challenge", ReadingResult.OK)
    assert sign.window == Window.objects.get(state=WindowState.KEPT).pk


def test_after_twenty_tries_a_strangers_texts_are_tried_on_no_card(world, monkeypatch):
    for at in range(20):
        assert result(world, f"{400_000 + 7 * at}", number=STRANGER) in (ReadingResult.MALFORMED, None)
    found = []
    monkeypatch.setattr(texts.matching.kept, "index", lambda desk: found.append(1))
    assert result(world, code(present(world)), number=STRANGER) is ReadingResult.THROTTLED
    assert not found, "nothing was decoded"
    (read,) = [each for each in told(facts.MessageRead) if each.result is ReadingResult.THROTTLED]
    assert (read.person, read.card, read.window) == (None, None, None)
    monkeypatch.undo()
    world.clocks.go_on(24 * 3600)
    assert hears(world, code(present(world)), number=STRANGER) is None, "tomorrow it is tried again"


def test_hundreds_of_tries_by_one_number_leave_twenty_rows_and_no_right_text(world):
    """The sender's tag is what counts; each try is a reading of its own, and none answers anything."""
    sender, results = b"s" * 16, set()
    with writing("test"):
        for at in range(300):
            words = f"{(at * 982_451_653) % 1_000_000:06}"
            read = read_text(world.desk(), words=words, sender=sender, message=7_000 + at)
            results.add(None if read is None or read.pending else read.reading.result)
    assert results <= {None, ReadingResult.THROTTLED}
    assert BadText.objects.count() == 20
    assert Match.objects.count() <= 60
    assert present(world).row == present(world, "Yeoul").row == 0


def test_hundreds_of_tries_from_a_holders_number_keep_the_rows_bounded_too(world):
    person = world.persons["Beodeul"]
    from ojakgyo.apps.network.queries import line_at

    line = line_at(world.desk(), NUMBERS["Beodeul"])
    with writing("test"):
        for at in range(200):
            words = f"{(at * 982_451_653) % 1_000_000:06}"
            read_text(world.desk(), words=words, line=line, sender=b"b" * 16, message=7_000 + at)
    assert BadText.objects.count() <= 3 + 20
    assert Card.objects.get(person_id=person, in_use="active").throttled_ms is not None
    assert Match.objects.count() <= 60


def test_bad_texts_are_forgotten_after_thirty_days(world):
    result(world, GARBLED[0])
    result(world, GARBLED[0], number=STRANGER)
    assert BadText.objects.count() == 3
    world.clocks.go_on(31 * 24 * 3600)
    rounds.settle_all(world.desk)
    assert not BadText.objects.exists()
