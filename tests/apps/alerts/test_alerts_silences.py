"""A silence that nobody has in hand wakes whoever is on call, then the next."""

import pytest
from world import told

from ojakgyo.apps.alerts.models import OnCall, Wake
from ojakgyo.apps.alerts.queries import waiting_calls
from ojakgyo.apps.alerts.rota import in_turn, on_call_at
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.silences.acts import take_silence
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain import facts
from ojakgyo.domain.facts import WakeKind
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant


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
    first, second = woken(night)
    assert {first, second} == {"Haneul", "Dasom"}
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


def test_whoever_cannot_be_woken_is_not_asked(night):
    asked = in_turn(night.now)
    assert night.officer("Haneul") in asked
    assert night.officer("Narae") not in asked
