"""Somebody was captured: the danger begins there, the phones are locked, and nobody is told through them any more."""

import re

import pytest
from django.conf import settings
from django.test import Client
from lxml import html
from world import told

from ojakgyo.apps.calls.queries import _ways, may_call
from ojakgyo.apps.calls.values import Because, Word
from ojakgyo.apps.cards import actions as cards
from ojakgyo.apps.cards.actions.quarantine import end_quarantine
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.chronicle.models import Bookmark
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch.actions import close_warning
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.phones import phones
from ojakgyo.apps.watch.queries import met_lists, page
from ojakgyo.apps.watch.telling.queries import first
from ojakgyo.apps.watch.values import Call, Sign, SignalSort, TimelineKind
from ojakgyo.domain import facts
from ojakgyo.domain.belief import evidence
from ojakgyo.domain.facts import CloseReason, LineState, SignalKind
from ojakgyo.domain.values import ids


def captured(night, who="Beodeul", by="Narae"):
    cards.capture_card(night.desk(by), card=night.ids.cards[who])
    night.settle()


def states(night, who="Beodeul"):
    return set(Line.objects.filter(holder_id=night.person(who)).values_list("state", flat=True))


def seated(officer, language="en"):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": language, "next": "/now/"})
    return client


def said(answer):
    return re.sub(r"\s+", " ", html.fromstring(answer.content).xpath("//main")[0].text_content())


def test_a_capture_locks_every_phone_in_the_same_transaction_and_no_call_goes_there(night):
    cards.capture_card(night.desk("Narae"), card=night.ids.cards["Beodeul"])
    assert states(night) == {LineState.SEIZED}
    changed = told(facts.LineStateChanged)
    assert [(each.line, each.state) for each in changed] == [(night.ids.lines["Beodeul"], LineState.SEIZED)]
    answer = may_call(night.desk("Haneul"), night.person("Beodeul"))
    assert (answer.word, answer.because) == (Word.NO, Because.OTHER_HANDS)
    assert may_call(night.desk("Boram"), night.person("Beodeul")).because is Because.ASK_FIRST


def test_a_capture_is_the_strongest_sign_the_watch_has_and_those_behind_are_warned(night):
    assert night.warned() == []
    captured(night)
    (row,) = Signal.objects.filter(kind=SignalKind.CUSTODY)
    assert (row.person_id, row.heard_ms) == (night.person("Beodeul"), night.now)
    assert evidence.of_custody() == evidence.CAP_DECIBANS > evidence.of_reading(facts.ReadingResult.DURESS)
    assert latest.analysis(night.desk("Haneul")).beliefs[night.person("Beodeul")].probability > 0.9
    assert night.warned() == ["Yeoul", "Haebaragi"]
    plan = first(night.desk("Haneul"))
    assert {each.code_name.en for each in (*plan.calls, *plan.too_late)} >= {"Yeoul"}
    assert [each.seed.en for each in met_lists(night.desk("Haneul"))] == ["Beodeul"]


@pytest.mark.parametrize("how", [cards.lose_card, cards.burn_card])
def test_a_lost_or_burnt_card_does_none_of_it(night, how):
    before = Signal.objects.count()
    how(night.desk("Narae"), card=night.ids.cards["Beodeul"])
    night.settle()
    assert states(night) == {LineState.ACTIVE} and not told(facts.LineStateChanged)
    assert Signal.objects.count() == before and night.warned() == []


def test_who_may_see_reasons_reads_that_a_card_was_reported_captured_by_whom_and_when(night):
    captured(night)
    shown = page(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    assert Sign.CAPTURED in shown.line.reason.why.signs
    assert SignalSort.CUSTODY in {each.sort for each in shown.evidence.weighty}
    lines = {each.kind: each for each in shown.timeline}
    for kind in (TimelineKind.CARD_CAPTURED, TimelineKind.QUARANTINE_BEGUN):
        assert (lines[kind].person.en, lines[kind].by.en, lines[kind].at) == ("Beodeul", "Narae", night.now)
    assert lines[TimelineKind.RAISED].because is TimelineKind.QUARANTINE_BEGUN
    words = said(seated("Haneul").get(f"/watch/{ids.text('w', night.id_of('Yeoul'))}/"))
    assert "A card of Beodeul was reported captured Narae" in words and "because of a capture" in words
    assert "Reported captured by an officer" in words


def test_who_may_not_see_reasons_reads_nothing_of_it(night):
    captured(night)
    for officer in ("Boram", "Dasom"):
        found = page(night.desk(officer), warning=night.id_of("Yeoul"))
        assert (found.line.reason, found.evidence, found.timeline) == (None, None, ())
        words = said(seated(officer).get(f"/watch/{ids.text('w', night.id_of('Yeoul'))}/"))
        assert "captured" not in words and "quarantine" not in words.lower()


def test_who_holds_no_key_sees_the_phone_as_before(night):
    address = f"/people/{ids.text('p', night.person('Beodeul'))}/"
    assert not night.desk("Dasom").keyring.holds(night.ids.cells["N-2"])
    cards.lose_card(night.desk("Narae"), card=night.ids.cards["Beodeul"])
    before = said(seated("Dasom").get(address))
    captured(night)
    assert said(seated("Dasom").get(address)) == before and "in other hands" not in before.split("Their card")[0]
    assert "in other hands" in said(seated("Haneul").get(address)).split("Their card")[0]


def test_nobody_is_told_through_who_was_captured_and_nobody_calls_them(night):
    """Haebaragi is Yeoul's relay; the danger comes from Beodeul."""
    night.is_under_duress()
    ways = night.line("Yeoul").reason.reach
    assert "Haebaragi" in {way.through.en for way in ways.ways if way.through}
    captured(night, "Haebaragi")
    ways = night.line("Yeoul").reason.reach
    assert "Haebaragi" not in {way.through.en for way in ways.ways if way.through}
    assert [each.en for each in ways.refused] == ["Haebaragi"]
    captured(night, "Yeoul")
    gone = night.line("Yeoul").reason
    assert (gone.reach.call, gone.reach.ways) == (Call.NO, ()) and gone.too_late_for.en == "Yeoul"
    assert gone.taken_away.sort is SignalSort.CUSTODY
    words = said(seated("Haneul").get(f"/watch/{ids.text('w', night.id_of('Yeoul'))}/"))
    assert "Yeoul was reported captured" in words and "Warn those behind" in words
    plan = first(night.desk("Haneul"))
    assert "Yeoul" not in {each.code_name.en for each in plan.calls}


def test_the_end_of_the_quarantine_ends_neither_the_danger_nor_the_lock_and_closing_has_its_own_act(night, monkeypatch):
    monkeypatch.setattr(settings, "OJAK_YOUNG_HAND_MS", 0)
    captured(night)
    beodeul = night.person("Beodeul")
    request = cards.ask_to_end_quarantine(night.desk("Haneul"), person=beodeul)
    approve_request(night.desk("Boram"), request=request)
    end_quarantine(night.desk("Boram"), person=beodeul, request=request)
    night.settle()
    assert states(night) == {LineState.SEIZED}
    assert latest.analysis(night.desk("Haneul")).beliefs[beodeul].probability > 0.9
    assert beodeul in phones(night.desk("Haneul"), [beodeul]).never
    assert night.warned() == ["Yeoul", "Haebaragi"]
    ended = [each.kind for each in page(night.desk("Haneul"), warning=night.id_of("Yeoul")).timeline]
    assert TimelineKind.QUARANTINE_ENDED in ended
    close_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"), reason=CloseReason.OTHER_CAUSE)
    night.settle()
    assert night.warned() == ["Haebaragi"]


def test_read_again_from_the_first_fact_it_weighs_once_and_rests_on_the_facts_alone(night):
    captured(night)
    before = Signal.objects.filter(kind=SignalKind.CUSTODY).values().get()
    Bookmark.objects.filter(reader="watch.weigh_signal").update(seq=0)
    night.goes_on(minutes=3)
    assert Signal.objects.filter(kind=SignalKind.CUSTODY).count() == 1
    Signal.objects.all().delete()
    Bookmark.objects.filter(reader="watch.weigh_signal").update(seq=0)
    while rounds.read_all(house_desk):
        pass
    assert Signal.objects.filter(kind=SignalKind.CUSTODY).values().get() == before


def test_the_page_of_a_call_offers_no_way_through_who_was_captured_to_who_holds_their_key(night):
    """Haebaragi of C-2 is Yeoul's relay."""

    def through(who):
        desk, yeoul = night.desk(who), night.person("Yeoul")
        return [each.code_name.en for each in _ways(desk, yeoul, may_call(desk, yeoul))]

    assert through("Haneul") == through("Narae") == ["Haebaragi"]
    cards.begin_quarantine(night.desk("Boram"), person=night.person("Haebaragi"))
    assert through("Haneul") == []
    held = night.desk("Narae").keyring.holds(night.ids.cells["C-2"])
    assert through("Narae") == ([] if held else ["Haebaragi"])
