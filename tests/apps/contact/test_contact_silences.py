"""A window that was missed is looked after by somebody by name, stage after stage, and never ends without a word."""

import pytest
from world import duress

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact.actions import agree_window, type_message
from ojakgyo.apps.contact.agreements.forms import TimesForm
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.models import RadioSilence, Silence, Window, WindowState
from ojakgyo.apps.contact.outages.acts import explain_miss
from ojakgyo.apps.contact.silences.acts import end_silence, take_silence
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import areas, stages
from ojakgyo.domain.checkins.windows import Window as WindowValue
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Meaning, MissCause, SignalKind, SilenceEnd
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

SINCE_THE_BEGINNING = 0


def told(*kinds):
    return [each.fact for each in inbox.every(kinds, after=SINCE_THE_BEGINNING)]


def agreed(night, grace_hours=1):
    """A window of an hour of somebody who knows nobody the desk knows."""
    opens = Instant(night.now + MINUTE_MS)
    closes, grace_ms = Instant(opens + HOUR_MS), grace_hours * HOUR_MS
    desk, person = night.desk("Haneul"), night.person("Seori-5")
    return Window.objects.get(pk=agree_window(desk, person=person, opens=opens, closes=closes, grace_ms=grace_ms))


def missed(night, grace_hours=1):
    """One whose grace is over, and nothing was heard."""
    window = agreed(night, grace_hours)
    night.at(window.closes_ms + window.grace_ms)
    return window


def test_stages_stand_at_the_grace_and_after_one_two_and_four_more():
    window = WindowValue(Instant(0), Instant(HOUR_MS), 6 * HOUR_MS)
    assert [stages.begins(window, stage) / HOUR_MS for stage in range(4)] == [7, 13, 19, 31]


def test_a_missed_window_is_somebodys_to_look_after(night):
    window = missed(night)
    (line,) = [each for each in silences(night.desk("Haneul")) if each.window == window.pk]
    assert (line.stage, line.officer, line.since) == (0, None, window.closes_ms)
    assert line.asked_again == night.now + stages.ANSWER_MS


def test_nobody_takes_it_and_it_comes_back_each_time_later(night):
    window = missed(night, grace_hours=5)
    night.goes_on(minutes=5 * 30 + 60 + 1)
    forgotten = [each for each in told(facts.SilenceForgotten) if each.window == window.pk]
    assert len(forgotten) == 6


def test_however_often_it_came_back_it_comes_back_within_half_a_day():
    assert [stages.asked_again_ms(times) / HOUR_MS for times in (0, 1, 4, 5, 6, 9, 99)] == [0.5, 0.5, 0.5, 1, 2, 12, 12]


def test_the_next_stage_comes_back_to_whoever_took_the_last(night):
    window = missed(night)
    take_silence(night.desk("Haneul"), window=window.pk)
    night.goes_on(minutes=59)
    assert Silence.objects.get(pk=window.pk).officer == night.officer("Haneul")
    night.goes_on(minutes=2)
    assert Silence.objects.get(pk=window.pk).officer is None


def test_it_grows_at_its_stages_and_each_is_taken_anew(night):
    window = missed(night)
    take_silence(night.desk("Haneul"), window=window.pk)
    night.at(window.closes_ms + 2 * window.grace_ms)
    row = Silence.objects.get(pk=window.pk)
    assert (row.stage, row.officer) == (1, None)
    night.at(window.closes_ms + 9 * window.grace_ms)
    grown = [each.stage for each in told(facts.SilenceGrown) if each.window == window.pk]
    assert grown == [1, 2, 3]


@pytest.mark.parametrize("what", [Meaning.WELL, duress], ids=["well", "duress"])
def test_whoever_is_heard_is_silent_no_more_whatever_they_said(night, what):
    window = missed(night)
    night.hears("Seori-5", what)
    row = Silence.objects.get(pk=window.pk)
    assert (row.why, row.ended_ms) == (SilenceEnd.HEARD, night.now)


def test_a_silence_does_not_end_by_itself(night):
    window = missed(night)
    night.goes_on(hours=3)
    assert Silence.objects.get(pk=window.pk).ended_ms is None


def test_an_officer_says_how_it_ended(night):
    window = missed(night)
    end_silence(night.desk("Haneul"), window=window.pk, why=SilenceEnd.SEEN)
    night.goes_on(hours=2)
    assert Silence.objects.get(pk=window.pk).why is SilenceEnd.SEEN
    assert not [each for each in told(facts.SilenceForgotten) if each.window == window.pk]
    with pytest.raises(Refused, match=r"contact\.silence_over"):
        take_silence(night.desk("Haneul"), window=window.pk)


def test_that_somebody_was_heard_is_not_said_by_hand(night):
    window = missed(night)
    with pytest.raises(Refused, match=r"contact\.silence_goes_on"):
        end_silence(night.desk("Haneul"), window=window.pk, why=SilenceEnd.HEARD)


def test_who_holds_no_key_to_the_cell_may_take_it_and_not_end_it(night):
    window = missed(night)
    stranger = night.keyless("Haneul")
    take_silence(stranger, window=window.pk)
    with pytest.raises(NotHeld):
        end_silence(stranger, window=window.pk, why=SilenceEnd.SEEN)


def test_a_radio_silence_holds_it_back_until_it_ends(night):
    window = agreed(night)
    until = window.closes_ms + window.grace_ms + HOUR_MS
    RadioSilence.objects.create(begun_ms=night.now, until_ms=until)
    night.at(window.closes_ms + window.grace_ms)
    assert not Silence.objects.filter(pk=window.pk).exists()
    night.at(until + window.grace_ms + 5 * MINUTE_MS)
    assert Silence.objects.filter(pk=window.pk).exists()


def test_an_area_that_is_silent_as_a_whole_holds_it_back(night, monkeypatch):
    monkeypatch.setattr(areas, "is_out", lambda people: True)
    window = missed(night)
    night.goes_on(hours=2)
    assert not Silence.objects.filter(pk=window.pk).exists()
    monkeypatch.undo()
    night.goes_on(minutes=66)
    assert Silence.objects.filter(pk=window.pk).exists()


def test_a_deaf_desk_lets_no_silence_grow(night, monkeypatch):
    window = missed(night)
    monkeypatch.setattr(hearing, "is_deaf", lambda: True)
    night.goes_on(hours=3)
    assert Silence.objects.get(pk=window.pk).stage == 0
    monkeypatch.setattr(hearing, "is_deaf", lambda: False)
    night.goes_on(minutes=6)
    assert Silence.objects.get(pk=window.pk).stage == 1


def test_who_took_it_and_did_nothing_for_four_hours_is_asked_again(night):
    window = missed(night, grace_hours=5)
    take_silence(night.desk("Haneul"), window=window.pk)
    night.goes_on(hours=3.9)
    assert Silence.objects.get(pk=window.pk).officer == night.officer("Haneul")
    night.goes_on(minutes=10)
    assert Silence.objects.get(pk=window.pk).officer is None


@pytest.mark.parametrize("how", [Meaning.WELL, duress, "voice"])
def test_who_was_heard_by_a_desk_that_judged_nobody_has_missed_nothing(night, monkeypatch, how):
    window = agreed(night)
    monkeypatch.setattr(hearing, "is_deaf", lambda: True)
    night.goes_on(hours=4)
    heard = night.now
    if how == "voice":
        type_message(night.desk("Haneul"), person=night.person("Seori-5"), words="fine", line="fine")
        night.goes_on(minutes=1)
    else:
        night.hears("Seori-5", how)
    monkeypatch.setattr(hearing, "is_deaf", lambda: False)
    night.goes_on(hours=1)
    row = Window.objects.get(pk=window.pk)
    assert row.state == WindowState.KEPT and heard - row.heard_ms in (0, 1)
    assert not Signal.objects.filter(kind=SignalKind.MISSED_WINDOW, window=window.pk).exists()
    assert not Silence.objects.filter(pk=window.pk).exists()


def test_however_short_the_grace_a_stage_lasts_ten_minutes(night):
    window = missed(night, grace_hours=0)
    night.goes_on(minutes=9)
    assert Silence.objects.get(pk=window.pk).stage == 0
    night.goes_on(minutes=1)
    assert Silence.objects.get(pk=window.pk).stage == 1
    assert not TimesForm(night.desk("Haneul"), {"grace_hours": "0"}).is_valid()


def test_who_was_seen_well_is_not_silent_again_for_a_window_that_was_over_by_then(night):
    window = agreed(night)
    opens = Instant(window.opens_ms + MINUTE_MS)
    times = {"opens": opens, "closes": Instant(opens + HOUR_MS), "grace_ms": 2 * HOUR_MS}
    later = agree_window(night.desk("Haneul"), person=night.person("Seori-5"), **times)
    night.at(window.closes_ms + window.grace_ms)
    end_silence(night.desk("Haneul"), window=window.pk, why=SilenceEnd.SEEN)
    night.goes_on(hours=3)
    assert Window.objects.get(pk=later).state == WindowState.MISSED
    assert not Silence.objects.filter(pk=later).exists()


def explain(night, window, cause):
    explain_miss(night.desk("Haneul"), person=night.person("Seori-5"), window=window, cause=cause)


def test_a_silence_that_is_explained_is_over_unless_they_were_taken(night):
    window = missed(night, grace_hours=5)
    explain(night, window.pk, MissCause.TAKEN)
    assert Silence.objects.get(pk=window.pk).ended_ms is None
    explain(night, window.pk, MissCause.BATTERY)
    night.goes_on(hours=8)
    row = Silence.objects.get(pk=window.pk)
    assert (row.why, row.stage) == (SilenceEnd.EXPLAINED, 0)
    assert not [each for each in told(facts.SilenceForgotten) if each.window == window.pk]


def test_each_window_that_was_missed_in_it_is_to_be_explained(night):
    window = missed(night, grace_hours=5)
    later = agreed(night)
    night.at(later.closes_ms + later.grace_ms)
    explain(night, window.pk, MissCause.BATTERY)
    assert Silence.objects.get(pk=window.pk).ended_ms is None
    explain(night, later.pk, MissCause.NO_NETWORK)
    assert Silence.objects.get(pk=window.pk).why is SilenceEnd.EXPLAINED


def test_what_is_explained_while_it_is_held_back_never_begins(night, monkeypatch):
    monkeypatch.setattr(areas, "is_out", lambda people: True)
    window = missed(night)
    explain(night, window.pk, MissCause.NO_NETWORK)
    monkeypatch.undo()
    night.goes_on(minutes=66)
    assert not Silence.objects.filter(pk=window.pk).exists()
