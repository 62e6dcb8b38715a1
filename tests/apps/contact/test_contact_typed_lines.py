"""A typed line is held for ten seconds: taken back until then, read once afterwards, and overtaken by no silence."""

import pytest
from django.conf import settings
from world import NOW, OWN, night, night_kept, told

from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.apps.contact import duties
from ojakgyo.apps.contact.actions import agree_window, take_back, type_message
from ojakgyo.apps.contact.following import next_contact
from ojakgyo.apps.contact.models import ContactPlan, Inbound, InboundState, Window, WindowState
from ojakgyo.apps.contact.words import words_of
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Channel, Meaning, ReadingResult
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Instant
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]
HOLD_MS = 10 * SECOND_MS


def digits(night, who="Beodeul", meaning=Meaning.WELL):
    """The next row of somebody's card."""
    ((_, row),) = rows_ahead(keyholder.ring().state_key(), night.person(who), 1)
    return encode.text(row, own_number=OWN, meaning=meaning)


def types(night, who="Beodeul", words=None, officer="Haneul", **more):
    said = digits(night, who) if words is None else words
    return type_message(night.desk(officer), person=night.person(who), words=said, line=f"{who} {said}", **more)


def read():
    """What was read since the night began."""
    return [fact for fact in told(facts.MessageRead) if fact.told >= NOW]


def windows(night, who="Beodeul"):
    return list(
        Window.objects.filter(person_id=night.person(who)).order_by("opens_ms").values_list("state", "opens_ms")
    )


def test_a_line_is_held_for_ten_seconds_and_then_read_once_as_of_when_it_was_typed(night):
    assert settings.OJAK_HOLD_MS == HOLD_MS
    message = types(night)
    night.settle()
    assert Inbound.objects.get().state == InboundState.HELD and told(facts.MessageReceived) == []
    night.at(NOW + HOLD_MS - 1)
    assert told(facts.MessageReceived) == []
    night.at(NOW + HOLD_MS + HOUR_MS)
    (received,), (heard,) = told(facts.MessageReceived), read()
    assert (received.message, received.channel, received.told) == (message, Channel.TYPED, NOW)
    assert (heard.message, heard.result, heard.told) == (message, ReadingResult.OK, NOW)
    assert Inbound.objects.get().received_ms == NOW


def test_a_line_is_taken_back_within_ten_seconds_and_nothing_of_it_stays(night):
    before = windows(night)
    message = types(night, following=Instant(NOW + 3 * DAY_MS))
    assert len(windows(night)) == len(before) + 1
    night.clock.at(NOW + HOLD_MS - 1)
    assert take_back(night.desk("Haneul"), message=message).startswith("Beodeul ")
    night.at(NOW + HOUR_MS)
    assert (Inbound.objects.count(), windows(night)) == (0, before)
    assert [fact.message for fact in told(facts.LineTakenBack)] == [message]
    assert told(facts.MessageReceived) == read() == told(facts.WindowMissed) == []
    assert not Due.objects.filter(key__contains="release_line", state=DueState.WAITING).exists()


def test_after_ten_seconds_it_is_too_late_whether_it_has_been_read_or_not(night):
    message = types(night)
    night.clock.at(NOW + HOLD_MS)
    for _ in range(2):
        with pytest.raises(Refused, match=r"contact\.line_read"):
            take_back(night.desk("Haneul"), message=message)
        night.settle()
    assert len(read()) == 1 and told(facts.LineTakenBack) == []


def test_nobody_takes_back_what_another_officer_typed(night):
    message = types(night)
    with pytest.raises(Refused, match=r"house\.not_found"):
        take_back(night.desk("Boram"), message=message)
    assert Inbound.objects.get().state == InboundState.HELD


def test_the_same_line_again_after_it_was_taken_back_is_read(night):
    take_back(night.desk("Haneul"), message=types(night))
    again = types(night)
    night.at(NOW + HOLD_MS)
    assert [fact.message for fact in read()] == [again]


def test_a_line_sent_twice_is_read_once_and_the_second_does_not_fall_with_the_first(night):
    first, second = types(night), types(night)
    take_back(night.desk("Haneul"), message=first)
    night.at(NOW + HOLD_MS)
    assert [fact.message for fact in read()] == [second]
    third = types(night, words=words_of(night.desk("Haneul"), second).words)
    night.at(NOW + 2 * HOLD_MS)
    assert [(fact.message, fact.first) for fact in told(facts.MessageRepeated)] == [(third, second)]


def missed_from():
    """When Beodeul's grace is over."""
    return Window.objects.filter(state=WindowState.AGREED).order_by("opens_ms")[0].closes_ms + DAY_MS


def test_a_window_whose_grace_ends_while_a_line_is_held_is_kept_by_it(night):
    night.at(missed_from() - 3 * SECOND_MS)
    types(night)
    night.at(missed_from() + MINUTE_MS)
    assert (told(facts.WindowMissed), len(told(facts.WindowKept))) == ([], 1)


def test_a_desk_that_was_closed_meanwhile_reads_the_line_before_it_judges_the_window(night):
    night.clock.at(missed_from() - HOUR_MS)
    types(night)
    night.clock.at(missed_from() + 5 * HOUR_MS)  # closed until now: both are due
    rounds.settle_all(house_desk)
    night.settle()
    assert (told(facts.WindowMissed), len(told(facts.WindowKept))) == ([], 1)


def test_a_line_taken_back_leaves_the_window_to_be_missed(night):
    night.at(missed_from() - 3 * SECOND_MS)
    message = types(night)
    night.clock.at(missed_from() + SECOND_MS)
    night.settle()
    take_back(night.desk("Haneul"), message=message)
    night.at(missed_from() + MINUTE_MS)
    assert len(told(facts.WindowMissed)) == 1


def test_a_line_that_cannot_be_released_does_not_silence_the_watch(night, monkeypatch):
    over = missed_from()
    night.at(over - 3 * SECOND_MS)
    types(night)
    monkeypatch.setattr(duties.holding, "release", lambda *_: 1 / 0)
    for second in range(0, 120, 5):
        night.clock.at(over + second * SECOND_MS)
        rounds.settle_all(house_desk)
    assert len(told(facts.WindowMissed)) == 1
    assert Due.objects.get(key__contains="release_line").state == DueState.STUCK


# Without a card --------------------------------------------------------------------------------------------------------


def test_who_has_no_card_is_heard_by_voice_a_window_is_kept_and_nothing_is_believed(night):
    opens = Instant(NOW - HOUR_MS)
    window = agree_window(
        night.desk("Haneul"), person=night.person("Noeul"), opens=opens, closes=Instant(NOW + HOUR_MS), grace_ms=HOUR_MS
    )
    before = Signal.objects.count()
    types(night, "Noeul", words="", following=Instant(NOW + 30 * MINUTE_MS))
    night.at(NOW + HOLD_MS)
    (heard,) = told(facts.HeardWithoutCard)
    assert (heard.person, heard.window, heard.told) == (night.person("Noeul"), window, NOW)
    assert read() == [] and Signal.objects.count() == before
    assert windows(night, "Noeul") == [
        (WindowState.KEPT, opens),
        (WindowState.AGREED, NOW + 30 * MINUTE_MS),
    ], "the next window is not kept by the call that agreed it"


def test_the_window_agreed_in_passing_has_the_length_and_grace_that_are_usual(night):
    types(night, "Noeul", words="", following=Instant(NOW + DAY_MS))
    (row,) = Window.objects.filter(person_id=night.person("Noeul"))
    assert (row.closes_ms - row.opens_ms, row.grace_ms) == (HOUR_MS, DAY_MS)
    plan = {"first_ms": NOW, "every_days": 5, "length_ms": 2 * HOUR_MS, "grace_ms": HOUR_MS}
    ContactPlan.objects.create(person_id=night.person("Durumi"), **plan)
    types(night, "Durumi", words="", following=Instant(NOW + DAY_MS))
    (row,) = Window.objects.filter(person_id=night.person("Durumi"), opens_ms=NOW + DAY_MS)
    assert (row.closes_ms - row.opens_ms, row.grace_ms) == (2 * HOUR_MS, HOUR_MS)


def test_a_window_that_stands_already_is_not_agreed_twice_and_outlives_a_line_taken_back(night):
    following = Instant(NOW + DAY_MS)
    types(night, "Noeul", words="", following=following)
    take_back(night.desk("Haneul"), message=types(night, "Noeul", words="x", following=following))
    assert windows(night, "Noeul") == [(WindowState.AGREED, following)]


def test_who_does_not_hold_the_cell_logs_a_contact_and_agrees_no_window(night):
    with pytest.raises(NotHeld):
        types(night, officer="Dasom", following=Instant(NOW + DAY_MS))
    assert not Inbound.objects.exists() and told(facts.WindowAgreed)[-1].opens != NOW + DAY_MS
    assert types(night, officer="Dasom")


def next_of(night, who, officer="Haneul"):
    person = night.person(who)
    return next_contact(night.desk(officer), person, cells_of([person]).get(person))


def test_the_next_contact_is_the_same_whatever_becomes_of_the_window_this_one_keeps(night):
    desk, person = night.desk("Haneul"), night.person("Beodeul")
    opens = Instant(NOW + 30 * MINUTE_MS)  # early enough to be kept by a text of now
    agree_window(desk, person=person, opens=opens, closes=Instant(opens + HOUR_MS), grace_ms=HOUR_MS)
    agree_window(desk, person=person, opens=Instant(NOW + DAY_MS), closes=Instant(NOW + 2 * DAY_MS), grace_ms=HOUR_MS)
    before = next_of(night, "Beodeul")
    types(night)
    night.at(NOW + HOLD_MS)
    assert before == next_of(night, "Beodeul") == NOW + DAY_MS


def test_beyond_three_days_the_next_contact_is_for_who_holds_the_cell(night):
    plan = {"first_ms": NOW - 9 * DAY_MS, "every_days": 7, "length_ms": HOUR_MS, "grace_ms": HOUR_MS}
    ContactPlan.objects.create(person_id=night.person("Noeul"), **plan)
    assert next_of(night, "Noeul") == NOW + 5 * DAY_MS
    assert next_of(night, "Noeul", officer="Dasom") is None
    assert next_of(night, "Yeoul", officer="Dasom") == NOW + 2 * DAY_MS


def test_a_house_that_holds_nothing_reads_at_once(night, monkeypatch):
    monkeypatch.setattr(settings, "OJAK_HOLD_MS", 0)
    types(night)
    night.settle()
    assert len(read()) == 1 and told(facts.LineHeld) == []
