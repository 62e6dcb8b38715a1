"""On Now: who is silent, whose it is to look after, and areas that are silent as a whole in one line."""

import pytest
from django.test import Client
from world import told

from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.models import Outage, Silence
from ojakgyo.apps.contact.silences.queries import area_of
from ojakgyo.domain import facts
from ojakgyo.domain.facts import SilenceEnd
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant


def seated(officer):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


@pytest.fixture
def silence(night):
    opens = Instant(night.now + MINUTE_MS)
    closes = Instant(opens + HOUR_MS)
    who = {"person": night.person("Seori-5"), "opens": opens, "closes": closes, "grace_ms": 5 * HOUR_MS}
    window = agree_window(night.desk("Haneul"), **who)
    night.at(closes + 5 * HOUR_MS)
    return window


def test_now_says_who_is_silent_and_what_to_do(night, silence):
    page = seated("Haneul").get("/now/").content.decode()
    assert "Seori-5" in page and "Most often a battery is empty." in page


def test_it_is_taken_in_its_line(night, silence):
    answer = seated("Haneul").post(f"/now/silence/{silence}/take/")
    assert answer.status_code == 302
    assert Silence.objects.get(pk=silence).officer == night.officer("Haneul")


def test_it_is_ended_with_a_reason_and_never_without_one(night, silence):
    client = seated("Haneul")
    assert client.post(f"/now/silence/{silence}/end/", {"why": "heard"}).status_code == 409
    assert client.post(f"/now/silence/{silence}/end/", {"why": "seen"}).status_code == 302
    assert [each.why for each in told(facts.SilenceEnded)] == [SilenceEnd.SEEN]
    refused = client.post(f"/now/silence/{silence}/end/", {"why": "seen"})
    assert (refused.status_code, "Somebody has ended this silence." in refused.content.decode()) == (409, True)


def test_who_holds_no_key_to_the_cell_is_offered_no_end(night, silence):
    page = seated("Narae").get("/now/").content.decode()
    assert "Seori-5" in page and "It has ended" not in page
    assert seated("Narae").post(f"/now/silence/{silence}/end/", {"why": "seen"}).status_code == 403


def test_an_area_is_one_line(night, silence):
    area = area_of(night.desk("Haneul"), night.person("Seori-5"))
    Outage.objects.create(area=area, since_ms=night.now, silent=6, of=6)
    page = seated("Haneul").get("/now/").content.decode()
    assert "6 of 6 silent: probably the area" in page and "Most often a battery" not in page
