"""A silence that nobody has in hand wakes whoever is on call, then the next."""

import pytest
from world import told

from ojakgyo.apps.alerts.models import ALONG, Address, OnCall, Wake, WakeState
from ojakgyo.apps.alerts.outlets import Sink
from ojakgyo.apps.alerts.queries import waiting_calls
from ojakgyo.apps.alerts.rota import ladder, on_call_at
from ojakgyo.apps.alerts.sending import send_waiting
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.silences.acts import take_silence
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WakeKind, WayKind
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

RUN = 11


@pytest.fixture
def silence(night):
    """A silence of somebody who knows nobody, begun just now."""
    opens = Instant(night.now + MINUTE_MS)
    closes = Instant(opens + HOUR_MS)
    who = {"person": night.person("Seori-5"), "opens": opens, "closes": closes, "grace_ms": 5 * HOUR_MS}
    window = agree_window(night.desk("Haneul"), **who)
    night.at(closes + 5 * HOUR_MS)
    return window


def woken(night):
    names = {keys.officer: name for name, keys in night.ids.officers.items()}
    return [names[fact.officer] for fact in told(facts.SilenceCallDue)]


def test_a_silence_that_has_just_begun_wakes_nobody(night, silence):
    assert woken(night) == []


def test_nobody_takes_it_and_the_next_is_woken_and_then_the_next(night, silence):
    night.goes_on(minutes=91)
    first, second, third = woken(night)
    assert {first, second} == {"Haneul", "Dasom"} and third == first
    assert {row.kind for row in Wake.objects.filter(window=silence)} == {WakeKind.SILENCE}


def test_who_is_on_call_comes_first_whatever_the_role(night, silence):
    boram = night.officer("Boram")
    OnCall.objects.create(officer=boram, opens_ms=night.now - HOUR_MS, closes_ms=night.now + HOUR_MS)
    night.goes_on(minutes=31)
    assert woken(night) == ["Boram"]


def test_who_comes_on_relieves_who_is_there(night):
    for hours, name in ((2, "Haneul"), (1, "Dasom")):
        row = {"opens_ms": night.now - hours * HOUR_MS, "closes_ms": night.now + HOUR_MS}
        OnCall.objects.create(officer=night.officer(name), **row)
    assert on_call_at(night.now) == (night.officer("Dasom"), night.officer("Haneul"))
    assert on_call_at(Instant(night.now + HOUR_MS)) == ()


def test_a_call_is_not_sent_any_more_once_somebody_has_it_in_hand(night, silence):
    night.goes_on(minutes=31)
    assert [call.id for call in waiting_calls(house_desk(), run=1)]
    take_silence(night.desk("Haneul"), window=silence)
    assert not waiting_calls(house_desk(), run=1)


def test_calls_for_silences_that_come_together_are_one_message(night, silence):
    other = another(night)
    first, second = call(night, silence, 1), call(night, other, 1)
    assert (send(), went_along(first), went_along(second)) == (1, False, True)
    assert len(told(facts.WakeSent)) == 2, "both are noted"
    test = Wake.objects.create(
        kind=WakeKind.TEST, officer=night.officer("Haneul"), way=WayKind.MAIL, round=0, due_ms=night.now
    )
    call(night, other, 2, officer="Dasom")
    assert (send(), went_along(test)) == (2, False), "a test, and another officer"
    night.goes_on(minutes=9)
    third = call(night, other, 3)
    assert (send(), went_along(third)) == (0, True)
    night.goes_on(minutes=1)
    assert (call(night, other, 4), send())[1] == 1, "ten minutes after the message, not after the last that went along"


def test_a_message_that_was_answered_does_not_speak_for_the_next_silence(night, silence):
    other = another(night)
    call(night, silence, 1)
    assert send() == 1
    take_silence(night.desk("Haneul"), window=silence)
    next_one = call(night, other, 1)
    assert (send(), went_along(next_one)) == (1, False)


def another(night):
    opens = Instant(night.now - 3 * HOUR_MS)
    who = {"person": night.person("Galmae-3"), "opens": opens, "closes": Instant(opens + HOUR_MS), "grace_ms": HOUR_MS}
    window = agree_window(night.desk("Haneul"), **who)
    night.goes_on(minutes=1)
    return window


def call(night, window, number, officer="Haneul"):
    row = {"window": window, "officer": night.officer(officer), "way": WayKind.MAIL, "round": number}
    return Wake.objects.create(kind=WakeKind.SILENCE, due_ms=night.now, **row)


def went_along(call):
    row = Wake.objects.get(pk=call.pk)
    assert row.state == WakeState.SENT
    return row.run_id == ALONG


def send():
    return send_waiting(house_desk(), Sink(), run=RUN)


def test_whoever_cannot_be_woken_is_not_asked(night):
    asked = ladder(night.now)
    assert night.officer("Haneul") in asked
    assert night.officer("Narae") not in asked


def test_a_silence_that_grows_begins_anew_with_whoever_is_on_call(night, silence):
    dasom = night.officer("Dasom")
    OnCall.objects.create(officer=dasom, opens_ms=night.now - HOUR_MS, closes_ms=night.now + 24 * HOUR_MS)
    night.goes_on(minutes=31)
    assert woken(night) == ["Dasom"]
    night.goes_on(hours=4.4)
    before = len(woken(night))
    night.goes_on(minutes=10)
    assert woken(night)[before:] == ["Dasom"], "stage 1 has begun"


def test_where_nobody_can_be_woken_the_chronicle_says_so(night, silence):
    Address.objects.all().delete()
    night.goes_on(minutes=31)
    assert woken(night) == []
    assert [(fact.person, fact.window) for fact in told(facts.NobodyForSilence)] == [(night.person("Seori-5"), silence)]


def test_what_somebody_had_who_may_sit_down_no_more_is_the_next_ones_at_once(night, silence):
    take_silence(night.desk("Dasom"), window=silence)
    suspend_officer(night.desk("Haneul"), officer=night.officer("Dasom"))
    night.goes_on(minutes=1)
    assert woken(night) == ["Haneul"]


def test_what_somebody_has_is_not_taken_from_them(night, silence):
    take_silence(night.desk("Dasom"), window=silence)
    for name in ("Haneul", "Dasom"):
        with pytest.raises(Refused, match="silence_taken"):
            take_silence(night.desk(name), window=silence)
    assert [fact.officer for fact in told(facts.SilenceTaken)] == [night.officer("Dasom")]
