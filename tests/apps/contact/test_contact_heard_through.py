"""Heard of through somebody else, alone or as a group with a head count: it ends the waiting, and nothing is believed of it."""

import pytest
from world import FALSE, NOW, OWN, told

from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.contact.actions import agree_window, take_back, type_message
from ojakgyo.apps.contact.agreements.groups import agree_group, short
from ojakgyo.apps.contact.models import Silence, Window, WindowState
from ojakgyo.apps.contact.signs import signs
from ojakgyo.apps.home.logged import last_line
from ojakgyo.apps.home.understood import doubtful, meant, understood
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.checkins.sureness import Sureness
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant
from ojakgyo.store import keyholder


def waits(night, *who):
    """They are to be heard now."""
    for each in who:
        agree_window(
            night.desk("Haneul"),
            person=night.person(each),
            opens=Instant(NOW - MINUTE_MS),
            closes=Instant(NOW + HOUR_MS),
            grace_ms=HOUR_MS,
        )


def kept(night, who):
    own = Window.objects.filter(person_id=night.person(who), opens_ms=NOW - MINUTE_MS)
    return own.values_list("state", flat=True).get() == WindowState.KEPT


def types(night, who, words="", **more):
    return type_message(night.desk("Haneul"), person=night.person(who), words=words, line=f"{who} {words}", **more)


def code(night, who, *, false=False):
    ((_, row),) = rows_ahead(keyholder.ring().state_key(), night.person(who), 1)
    return encode.text(row, own_number=FALSE if false else OWN, meaning=Meaning.WELL)


def test_heard_through_keeps_the_window_and_nothing_is_believed(night):
    waits(night, "Galmae-3")
    before = Signal.objects.count()
    types(night, "Galmae-3", "through Yeoul", through=night.person("Yeoul"))
    night.goes_on(minutes=1)
    (heard,) = [fact for fact in told(facts.HeardThrough) if fact.told == NOW]
    assert (heard.person, heard.through) == (night.person("Galmae-3"), night.person("Yeoul"))
    assert heard.window is not None and kept(night, "Galmae-3")
    assert Signal.objects.count() == before
    assert [fact for fact in told(facts.MessageRead) if fact.told == NOW] == []


def test_a_relayed_word_keeps_no_window_that_has_yet_to_open(night):
    opens = Instant(NOW + 20 * MINUTE_MS)
    person = night.person("Seori-5")
    agree_window(night.desk("Haneul"), person=person, opens=opens, closes=Instant(opens + HOUR_MS), grace_ms=HOUR_MS)
    own = Window.objects.filter(person_id=person, opens_ms=opens).values_list("state", flat=True)
    types(night, "Seori-5", "through Yeoul", through=night.person("Yeoul"))
    assert understood(night.desk("Haneul"), "Seori-5 through Yeoul").following == opens
    night.goes_on(minutes=1)
    assert own.get() == WindowState.AGREED
    assert last_line(night.desk("Haneul")).following == opens
    types(night, "Seori-5")
    night.goes_on(minutes=1)
    assert own.get() == WindowState.KEPT


def test_it_can_be_taken_back_for_ten_seconds_like_any_line(night):
    waits(night, "Galmae-3")
    message = types(night, "Galmae-3", "through Yeoul", through=night.person("Yeoul"))
    assert take_back(night.desk("Haneul"), message=message) == "Galmae-3 through Yeoul"
    night.goes_on(minutes=1)
    assert told(facts.HeardThrough) == [] and not kept(night, "Galmae-3")


def test_a_line_of_the_same_person_just_before_does_not_swallow_it(night):
    types(night, "Seori-5")
    waits(night, "Seori-5")
    types(night, "Seori-5", "through Yeoul", through=night.person("Yeoul"))
    types(night, "Seori-5", heads=2)
    night.goes_on(minutes=1)
    assert len(told(facts.HeardThrough)) == 1
    assert list(told(facts.MessageRepeated)) == []


def group(night, speaker="Beodeul", *members):
    agree_group(night.desk("Haneul"), speaker=night.person(speaker), members=[night.person(each) for each in members])


@pytest.mark.parametrize("false", [False, True])
def test_one_code_and_a_head_count_keep_the_windows_of_all_the_same_under_duress(night, false):
    group(night, "Beodeul", "Noeul", "Durumi")
    waits(night, "Noeul", "Durumi")
    types(night, "Beodeul", code(night, "Beodeul", false=false), heads=3)
    night.goes_on(minutes=1)
    (count,) = told(facts.GroupCounted)
    assert (count.heads, count.count) == (3, 3)
    assert kept(night, "Noeul") and kept(night, "Durumi")
    assert short(night.desk("Haneul")) == ()


def test_fewer_heads_keep_nobodys_window_but_the_speakers_and_are_amber_until_all_are_there(night):
    group(night, "Seori-5", "Noeul", "Durumi")
    waits(night, "Seori-5", "Noeul", "Durumi")
    types(night, "Seori-5", heads=2)
    night.goes_on(minutes=1)
    assert (kept(night, "Seori-5"), kept(night, "Noeul"), kept(night, "Durumi")) == (True, False, False)
    (line,) = short(night.desk("Haneul"))
    assert (line.person, line.heads, line.count) == (night.person("Seori-5"), 2, 3)
    types(night, "Seori-5", heads=3)
    night.goes_on(minutes=1)
    assert kept(night, "Noeul") and short(night.desk("Haneul")) == ()


@pytest.mark.parametrize(("heads", "silent"), [(3, set()), (2, {"Noeul", "Durumi"})])
def test_a_full_count_ends_the_silence_of_each_and_a_smaller_one_only_the_speakers(night, heads, silent):
    group(night, "Seori-5", "Noeul", "Durumi")
    waits(night, "Seori-5", "Noeul", "Durumi")
    Window.objects.filter(opens_ms=NOW - MINUTE_MS).update(opens_ms=NOW - 2 * MINUTE_MS, closes_ms=NOW - MINUTE_MS)
    night.goes_on(hours=2.1)
    assert Silence.objects.filter(ended_ms=None).count() == 3
    types(night, "Seori-5", heads=heads)
    night.goes_on(minutes=1)
    left = Silence.objects.filter(ended_ms=None).values_list("person_id", flat=True)
    assert set(left) == {night.person(who) for who in silent}


def test_nobody_is_in_two_groups_and_no_speaker_is_spoken_for(night):
    group(night, "Beodeul", "Noeul")
    for speaker, member in (("Durumi", "Noeul"), ("Durumi", "Beodeul"), ("Noeul", "Durumi"), ("Durumi", "Durumi")):
        with pytest.raises(Refused, match=r"contact\.group_unclear"):
            group(night, speaker, member)
    group(night, "Beodeul")
    group(night, "Durumi", "Noeul")
    assert [fact.count for fact in told(facts.GroupAgreed)] == [2, 1, 2]


def seen(night, who):
    return [(each.at, each.sureness) for each in signs(night.person(who)) if each.at >= NOW]


@pytest.mark.parametrize("false", [False, True])
def test_the_personal_history_shows_the_kind_of_contact_the_same_under_duress(night, false):
    group(night, "Beodeul", "Noeul")
    types(night, "Beodeul", code(night, "Beodeul", false=false), heads=2)
    night.goes_on(minutes=1)
    assert (seen(night, "Beodeul"), seen(night, "Noeul")) == ([(NOW, Sureness.A)], [(NOW, Sureness.B)])


def test_somebodys_word_is_third_hand_unless_they_speak_for_them(night):
    types(night, "Noeul", "through Beodeul", through=night.person("Beodeul"))
    night.goes_on(minutes=1)
    assert seen(night, "Noeul") == [(NOW, Sureness.D)] and seen(night, "Beodeul") == []
    group(night, "Beodeul", "Noeul")
    assert seen(night, "Noeul") == [(NOW, Sureness.C)]


def test_the_log_understands_who_was_heard_of_through_whom(night):
    desk = night.desk("Haneul")
    said = meant(desk, "Galmae-3 through Yeoul")
    assert (said.person, said.through) == (night.person("Galmae-3"), night.person("Yeoul"))
    assert not doubtful(said)
    assert understood(desk, "Galmae-3 through Yeoul").through == code_names(desk, [night.person("Yeoul")])[said.through]
    assert understood(desk, "Galmae-3 through Nobody").wrong == "people.code_name_unclear"
    assert meant(desk, "Beodeul 483907 4명").heads == 4
    with pytest.raises(Refused, match=r"contact\.through_oneself"):
        meant(desk, "Galmae-3 through Galmae-3")


def test_a_silence_ends_with_somebodys_word(night):
    waits(night, "Seori-5")
    night.at(NOW + 2 * HOUR_MS)
    assert Silence.objects.filter(person_id=night.person("Seori-5"), ended_ms=None).exists()
    types(night, "Seori-5", "through Yeoul", through=night.person("Yeoul"))
    night.goes_on(minutes=1)
    assert not Silence.objects.filter(person_id=night.person("Seori-5"), ended_ms=None).exists()
