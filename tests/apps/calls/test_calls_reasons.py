"""What holds a call back besides the window: silence, radio silence, the area; and what opens it all the same."""

import pytest
from test_calls_may_i import NUMBER, Visitor, in_window, word
from world import duress, told, well

from ojakgyo.apps.calls.actions import record_call, take_back_call
from ojakgyo.apps.calls.overriding import override_call
from ojakgyo.apps.calls.queries import calls_today
from ojakgyo.apps.calls.values import Answer, Because, Word
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.models import Outage, Silence
from ojakgyo.apps.contact.radio.acts import begin_radio_silence, end_radio_silence
from ojakgyo.apps.contact.silences.acts import end_silence
from ojakgyo.apps.contact.silences.queries import area_of
from ojakgyo.apps.home.shifts.gathering import gather
from ojakgyo.apps.home.shifts.queries import shift_page
from ojakgyo.apps.network.actions import record_line
from ojakgyo.apps.network.models import Charge, Line, LineKind
from ojakgyo.domain.briefs import ItemKind
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import CallOutcome, CallOverridden, CallReason, LineState, NumberShown, SilenceEnd
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

__all__ = ["in_window"]


def still(night, hours=3):
    return begin_radio_silence(night.desk("Haneul"), until=Instant(night.now + hours * HOUR_MS))


def falls_silent(night, who="Beodeul"):
    """A short window goes by, grace and all; the next one is open."""
    person, opens = night.person(who), Instant(night.now + MINUTE_MS)
    closes = Instant(opens + 10 * MINUTE_MS)
    agree_window(night.desk("Haneul"), person=person, opens=opens, closes=closes, grace_ms=10 * MINUTE_MS)
    night.goes_on(minutes=30)


def calls(night, who, outcome=CallOutcome.REACHED):
    return record_call(night.desk("Haneul"), person=night.person(who), outcome=outcome)


def test_a_radio_silence_holds_every_call_back_until_it_ends(in_window):
    until = still(in_window)
    assert word(in_window, "Beodeul") == Answer(Word.LATER, Because.RADIO_SILENCE, until)
    assert {line.held.because for line in calls_today(in_window.desk("Haneul"))} == {Because.RADIO_SILENCE}
    assert "Radio silence: nobody is called until" in Visitor(in_window, "Haneul").answer("Beodeul")
    end_radio_silence(in_window.desk("Haneul"))
    assert word(in_window, "Beodeul").word is Word.YES


def test_a_line_that_fell_silent_is_not_called_back_and_leaves_the_list(in_window):
    falls_silent(in_window)
    assert word(in_window, "Beodeul") == Answer(Word.NO, Because.FELL_SILENT)
    assert [line.code_name.en for line in calls_today(in_window.desk("Haneul"))] == ["Yeoul"]
    (row,) = Silence.objects.filter(person_id=in_window.person("Beodeul"))
    end_silence(in_window.desk("Haneul"), window=row.pk, why=SilenceEnd.SEEN)
    assert word(in_window, "Beodeul").word is Word.YES


def test_made_a_warning_the_line_is_still_not_called_back(in_window):
    falls_silent(in_window)
    (row,) = Silence.objects.filter(person_id=in_window.person("Beodeul"))
    end_silence(in_window.desk("Haneul"), window=row.pk, why=SilenceEnd.WARNING)
    assert word(in_window, "Beodeul").because is Because.FELL_SILENT


@pytest.mark.parametrize("what", [well, duress])
def test_who_is_heard_is_silent_no_more_and_who_may_see_no_reason_is_told_the_same_whatever_was_said(in_window, what):
    boram = Visitor(in_window, "Boram")
    before = boram.answer("Beodeul").partition("<h1>")[2]
    falls_silent(in_window)
    assert word(in_window, "Beodeul").because is Because.FELL_SILENT
    in_window.hears("Beodeul", what)
    assert word(in_window, "Beodeul", to="Boram") == Answer(Word.LATER, Because.ASK_FIRST)
    assert word(in_window, "Beodeul").because is not Because.FELL_SILENT
    still(in_window)
    assert boram.answer("Beodeul").partition("<h1>")[2] == before
    assert "/override/" not in before


def test_a_silent_area_is_not_called(in_window):
    area = area_of(in_window.desk("Haneul"), in_window.person("Beodeul"))
    Outage.objects.create(area=area, since_ms=in_window.now, silent=6, of=6)
    assert word(in_window, "Beodeul") == Answer(Word.LATER, Because.AREA_OUT)


def test_after_three_calls_into_an_area_within_the_hour_the_next_waits(in_window):
    first = calls(in_window, "Yeoul")
    in_window.goes_on(minutes=5)
    calls(in_window, "Yeoul", CallOutcome.NO_ANSWER)
    calls(in_window, "Yeoul", CallOutcome.DEAD_LINE)
    assert word(in_window, "Beodeul").word is Word.YES
    last = calls(in_window, "Yeoul")
    assert word(in_window, "Beodeul") == Answer(
        Word.LATER, Because.AREA_CALLED, Instant(in_window.now + 55 * MINUTE_MS)
    )
    assert first and word(in_window, "Galmae-3").because is Because.NO_WINDOW
    take_back_call(in_window.desk("Haneul"), call=last)
    assert word(in_window, "Beodeul").word is Word.YES


def test_a_phone_that_ran_out_or_is_kept_quiet_is_not_called(in_window):
    line = Line.objects.get(holder_id=in_window.person("Beodeul"))
    charge = Charge.objects.create(line=line, told_ms=in_window.now, expires_ms=in_window.now - 1)
    assert word(in_window, "Beodeul") == Answer(Word.NO, Because.RAN_OUT, Instant(in_window.now - 1))
    charge.delete()
    Line.objects.filter(pk=line.pk).update(state=LineState.QUIET)
    assert word(in_window, "Beodeul") == Answer(Word.NO, Because.KEPT_QUIET)
    Line.objects.create(holder=line.holder, kind=LineKind.MAIL, index=b"of a mail addres", number=b"")
    assert word(in_window, "Beodeul") == Answer(Word.NO, Because.KEPT_QUIET), "an address is no phone"


def test_an_override_shows_the_number_and_stands_in_the_brief(in_window):
    still(in_window)
    haneul = Visitor(in_window, "Haneul")
    assert NUMBER not in haneul.answer("Beodeul")
    shown = haneul.post(haneul.address("Beodeul", "override/"), {"why": "life_at_stake"})
    assert (shown.status_code, shown["Cache-Control"], NUMBER in shown.content.decode()) == (200, "no-store", True)
    (fact,) = told(CallOverridden)
    assert (fact.person, fact.reason) == (in_window.person("Beodeul"), CallReason.LIFE_AT_STAKE)
    assert len(told(NumberShown)) == 1
    kinds = {item.kind for item in gather(in_window.desk("Narae")).items}
    assert {ItemKind.CALL_OVERRIDDEN, ItemKind.RADIO_SILENCE} <= kinds
    (line,) = shift_page(in_window.desk("Narae")).brief.overridden
    assert (line.code_name.en, line.by.en, line.reason) == ("Beodeul", "Haneul", CallReason.LIFE_AT_STAKE)
    page = Visitor(in_window, "Narae").get("/shift/").content.decode()
    assert "Called although the desk said no" in page and "a life is at stake" in page


def test_no_reason_opens_a_phone_in_other_hands_or_one_that_safety_is_asked_about(in_window):
    in_window.hears("Beodeul", duress)
    person = in_window.person("Beodeul")
    for officer in ("Haneul", "Boram"):
        for reason in CallReason:
            with pytest.raises(Refused, match=r"calls\.no_override"):
                override_call(in_window.desk(officer), person=person, reason=reason)
    with pytest.raises(NotHeld):
        override_call(in_window.desk("Dasom"), person=person, reason=CallReason.LIFE_AT_STAKE)
    assert not told(CallOverridden)


def test_a_line_that_fell_silent_opens_to_their_own_wish_alone(in_window):
    falls_silent(in_window)
    person, desk = in_window.person("Beodeul"), in_window.desk("Haneul")
    for reason in (CallReason.LIFE_AT_STAKE, CallReason.OTHER_LINE):  # they have one phone
        with pytest.raises(Refused):
            override_call(desk, person=person, reason=reason)
    assert NUMBER in override_call(desk, person=person, reason=CallReason.THEY_ASKED).values()


def test_another_line_is_another_than_the_one_that_fell_silent(in_window):
    falls_silent(in_window)
    person, desk = in_window.person("Beodeul"), in_window.desk("Haneul")
    other = record_line(desk, holder=person, number="+8613812340000")
    assert set(override_call(desk, person=person, reason=CallReason.OTHER_LINE)) == {other}
