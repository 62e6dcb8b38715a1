"""A text that uses up a row agrees the next contact that this row prints, the same for every result."""

import pytest
from django.conf import settings
from world import FALSE, NOW, OWN, night, night_kept, told

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Challenge
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.cards.voice import acts as voice
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.apps.contact.actions import agree_plan, agree_window, take_back, type_message
from ojakgyo.apps.contact.answering.by_voice import answer_challenge
from ojakgyo.apps.contact.models import Quiet, Window, WindowSource, WindowState
from ojakgyo.apps.contact.reading_now import verify
from ojakgyo.demo import spool_file
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.checkins.printed import CHINA, NORTH, Printed
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]
HAND, PLAN, ROW, QUIET = WindowSource
TURNED = OwnNumber(OWN.digits[::-1])


def rows(night, who="Beodeul", count=3):
    return [row for _, row in rows_ahead(keyholder.ring().state_key(), night.person(who), count)]


def opens(row, heard, zone=NORTH):
    return Printed(row.gap, row.hour).at(heard, zone) - HOUR_MS


def coming(night, who="Beodeul"):
    """Source and opening of every window that is waited for and has not opened."""
    agreed = Window.objects.filter(person_id=night.person(who), state=WindowState.AGREED, opens_ms__gt=night.now)
    return list(agreed.order_by("opens_ms").values_list("source", "opens_ms"))


def says(night, text, who="Beodeul"):
    verify(night.desk("Haneul"), person=night.person(who), words=text)
    night.settle()


def plan(night, days=2, who="Beodeul"):
    agree_plan(
        night.desk("Haneul"),
        person=night.person(who),
        first=Instant(NOW + days * DAY_MS),
        every_days=days,
        length_ms=HOUR_MS,
        grace_ms=5 * HOUR_MS,
    )


def by_hand(night, days, who="Beodeul"):
    at = Instant(NOW + days * DAY_MS)
    agree_window(night.desk("Haneul"), person=night.person(who), opens=at, closes=Instant(at + HOUR_MS), grace_ms=0)
    return at


@pytest.mark.parametrize(("who", "zone", "grace"), [("Beodeul", NORTH, DAY_MS), ("Galmae-3", CHINA, 6 * HOUR_MS)])
def test_the_window_is_agreed_by_the_clock_where_the_helper_is(night, who, zone, grace):
    (row,) = rows(night, who, 1)
    night.hears(who)
    assert coming(night, who) == [(ROW, opens(row, NOW, zone))]
    window = Window.objects.get(person_id=night.person(who), source=ROW)
    assert (window.closes_ms - window.opens_ms, window.grace_ms) == (3 * HOUR_MS, grace)
    waits = Due.objects.get(key=f"contact.window:{window.pk}", state=DueState.WAITING)
    assert waits.due_ms == window.closes_ms + window.grace_ms
    assert told(facts.WindowAgreed)[-1].opens == window.opens_ms


@pytest.mark.parametrize("own", [OWN, FALSE, TURNED], ids=["well", "duress", "slip"])
@pytest.mark.parametrize("throttled", [False, True])
def test_every_result_that_has_a_row_agrees_the_same_to_the_millisecond(night, own, throttled):
    plan(night)
    (row,) = rows(night, count=1)
    if throttled:
        with writing("test"):
            stock.touch(stock.present(night.person("Beodeul")).pk, throttled_ms=night.now)
    says(night, encode.text(row, own_number=own, meaning=Meaning.WELL))
    assert coming(night) == [(ROW, opens(row, NOW))]


@pytest.mark.parametrize("words", ["abc", "123", "222222", "again"])
def test_what_uses_up_no_row_agrees_nothing(night, words):
    text = encode.text(rows(night)[0], own_number=OWN, meaning=Meaning.WELL)
    says(night, text)
    before = coming(night)
    says(night, text if words == "again" else words)
    assert coming(night) == before


def test_it_takes_the_place_of_the_plans_next_window_and_leaves_what_was_agreed_by_hand(night):
    plan(night)
    hand = by_hand(night, 3)
    row = rows(night)[0]
    assert [source for source, _ in coming(night)] == [PLAN, HAND]
    night.hears("Beodeul")
    assert coming(night) == [(HAND, hand), (ROW, opens(row, NOW))]
    assert Window.objects.get(source=ROW).grace_ms == 5 * HOUR_MS  # as in the plan


def test_the_window_that_the_text_keeps_is_kept_first_and_the_plan_adds_none(night):
    plan(night)
    (row,) = rows(night, count=1)
    night.hears("Beodeul")
    assert len(told(facts.WindowKept)) == 1
    assert coming(night) == [(ROW, opens(row, NOW))]


def test_the_plan_goes_on_where_the_rows_window_was_missed(night):
    plan(night)
    row = rows(night)[0]
    night.hears("Beodeul")
    night.at(opens(row, NOW) + 3 * HOUR_MS + 5 * HOUR_MS + MINUTE_MS)
    assert [fact.person for fact in told(facts.WindowMissed)].count(night.person("Beodeul")) == 1
    ((source, at),) = coming(night)
    assert source == PLAN and at > opens(row, NOW)


def test_the_row_used_last_counts(night):
    _, second, _ = rows(night)
    night.hears("Beodeul")
    night.goes_on(hours=30)
    night.hears("Beodeul")
    assert coming(night) == [(ROW, opens(second, night.now))]


def test_a_late_row_never_moves_what_was_agreed_later(night):
    first, second, _ = rows(night)
    says(night, encode.text(second, own_number=OWN, meaning=Meaning.WELL))
    before = coming(night)
    night.goes_on(hours=20)
    says(night, encode.text(first, own_number=OWN, meaning=Meaning.WELL))
    assert told(facts.MessageRead)[-1].result is ReadingResult.OK
    assert coming(night) == before == [(ROW, opens(second, NOW))]


def test_a_late_row_agrees_where_the_desk_spoke_in_between(night):
    first, *_ = rows(night)
    voice.speak_first(night.desk("Haneul"), person=night.person("Beodeul"), word=facts.DeskWord.NOTED, row=1)
    says(night, encode.text(first, own_number=OWN, meaning=Meaning.WELL))
    assert coming(night) == [(ROW, opens(first, NOW))]


def types(night, row, own=OWN, following=None):
    text = encode.text(row, own_number=own, meaning=Meaning.WELL)
    person, line = night.person("Beodeul"), f"Beodeul {text}"
    return type_message(night.desk("Haneul"), person=person, words=text, line=line, following=following)


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_what_an_officer_types_with_the_line_stands_in_the_place_of_its_row(night, own):
    plan(night)
    at = Instant(NOW + 3 * DAY_MS)
    types(night, rows(night)[0], own, following=at)
    night.at(NOW + settings.OJAK_HOLD_MS)
    assert coming(night) == [(HAND, at)]


def test_typed_for_the_very_moment_of_the_plan_the_plans_window_stays(night):
    plan(night)
    types(night, rows(night)[0], following=Instant(NOW + 2 * DAY_MS))
    night.at(NOW + settings.OJAK_HOLD_MS)
    assert coming(night) == [(PLAN, NOW + 2 * DAY_MS)]


def test_a_line_taken_back_leaves_everything_as_it_was(night):
    plan(night)
    before = coming(night)
    take_back(night.desk("Haneul"), message=types(night, rows(night)[0]))
    night.goes_on(minutes=1)
    assert coming(night) == before


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_who_announces_quiet_is_waited_for_on_the_day_it_ends_whatever_the_row_prints(night, own):
    row = rows(night)[0]
    says(night, encode.text(row, own_number=own, meaning=Meaning.DELAYED, suffix=(0, 3)))
    assert coming(night) == [(QUIET, NOW + 3 * DAY_MS)]
    assert Quiet.objects.get().until_ms == NOW + 3 * DAY_MS


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_a_throttled_card_announces_no_quiet_whoever_speaks(night, own):
    row = rows(night)[0]
    with writing("test"):
        stock.touch(stock.present(night.person("Beodeul")).pk, throttled_ms=night.now)
    says(night, encode.text(row, own_number=own, meaning=Meaning.DELAYED, suffix=(0, 3)))
    assert coming(night) == [(ROW, opens(row, NOW))]


@pytest.mark.parametrize("days", [3, 20])
def test_a_text_within_the_quiet_agrees_nothing_before_its_end(night, days):
    first, second, _ = rows(night)
    says(night, encode.text(first, own_number=OWN, meaning=Meaning.DELAYED, suffix=(days // 10, days % 10)))
    night.goes_on(hours=1)
    says(night, encode.text(second, own_number=OWN, meaning=Meaning.WELL))
    later = opens(second, night.now) > NOW + days * DAY_MS
    assert later is (days == 3)
    assert coming(night) == [(ROW, opens(second, night.now)) if later else (QUIET, NOW + days * DAY_MS)]


def test_a_second_quiet_takes_the_place_of_the_first(night):
    first, second, _ = rows(night)
    says(night, encode.text(first, own_number=OWN, meaning=Meaning.DELAYED, suffix=(2, 0)))
    night.goes_on(hours=1)
    says(night, encode.text(second, own_number=OWN, meaning=Meaning.DELAYED, suffix=(0, 4)))
    assert coming(night) == [(QUIET, night.now + 4 * DAY_MS)]


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_a_row_read_by_voice_agrees_alike(night, own):
    voice.ask_challenge(night.desk("Haneul"), person=night.person("Beodeul"))
    asked = Challenge.objects.get()
    row = rows(night)[asked.row]
    said = row.looked_up((*own.digits, asked.digit))
    answer_challenge(night.desk("Haneul"), person=night.person("Beodeul"), words=said)
    assert coming(night) == [(ROW, opens(row, NOW))]


def test_of_two_texts_from_a_new_phone_the_second_agrees(night):
    first, second, _ = rows(night)
    texts = [encode.text(row, own_number=OWN, meaning=Meaning.WELL) for row in (first, second)]
    for text in texts:
        spool_file.write(night.folder, number="+8610088888888", text=text, heard=instants.aware(night.now))
        assert night.listen() == 1
        night.settle()
        night.goes_on(minutes=11)
    assert coming(night) == [(ROW, opens(second, NOW + 11 * MINUTE_MS))]
