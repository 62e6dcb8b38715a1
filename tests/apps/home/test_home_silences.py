"""On Now: who is silent, whose it is to look after, and areas that are silent as a whole in one line."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from world import told

from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.models import Outage, Silence
from ojakgyo.apps.contact.queries import checkins
from ojakgyo.apps.contact.radio.acts import begin_radio_silence
from ojakgyo.apps.contact.silences.acts import take_silence
from ojakgyo.apps.contact.silences.queries import area_of, silences, silent_before
from ojakgyo.apps.contact.values import CheckinState, Ears
from ojakgyo.apps.home.queries import board
from ojakgyo.apps.home.shifts.sheet import night_sheet
from ojakgyo.apps.home.silences import end_silence
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import ReportKind, SilenceEnd
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


@pytest.fixture
def of_beodeul(night):
    """Who knows others: a report of them makes warnings."""
    opens = Instant(night.now + MINUTE_MS)
    who = {"person": night.person("Beodeul"), "opens": opens, "closes": Instant(opens + HOUR_MS)}
    window = agree_window(night.desk("Haneul"), **who, grace_ms=HOUR_MS)
    night.goes_on(hours=2.1)
    return window


def test_it_is_no_warning_before_one_stands(night, of_beodeul):
    client = seated("Haneul")
    refused = client.post(f"/now/silence/{of_beodeul}/end/", {"why": "warning"})
    page = refused.content.decode()
    assert (refused.status_code, "stands from or about this person." in page) == (409, True)
    assert Silence.objects.get(pk=of_beodeul).ended_ms is None
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)
    assert client.post(f"/now/silence/{of_beodeul}/end/", {"why": "warning"}).headers["Location"] == "/now/?ended"
    assert [each.why for each in told(facts.SilenceEnded)] == [SilenceEnd.WARNING]
    assert "The silence has ended" in client.get("/now/?ended").content.decode()


def test_whoever_may_see_no_reason_hears_the_same_with_and_without_a_warning(night, of_beodeul):
    desk = night.desk("Boram")

    def refusal():
        with pytest.raises(Refused) as refused:
            end_silence(desk, window=of_beodeul, why=SilenceEnd.WARNING)
        return refused.value.code

    before = refusal()
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)
    assert (before, refusal()) == ("home.safety_says_warning",) * 2
    assert "It is a warning now" not in seated("Boram").get("/now/").content.decode()


def lead(night, **ears):
    found = board(night.desk("Haneul"), ears=Ears(channels=2, hearing=1, **ears))
    with translation.override("en"):
        page = render_to_string("home/now.html#lead", {"board": found, "now": night.now})
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_lead_says_that_nobody_looks_after_a_silence_and_that_it_has_grown(night, silence):
    assert "nothing is heard of 1 helper" in lead(night)
    assert "Nobody looks after 1 silence." in lead(night)
    night.goes_on(hours=5)
    assert "has grown: do what stands beside it" in lead(night)
    assert "empty battery" not in lead(night)


def test_the_lead_says_that_we_cannot_hear_and_that_we_keep_still(night, silence):
    assert "We cannot hear" in lead(night, deaf_since=night.now)
    begin_radio_silence(night.desk("Haneul"), until=Instant(night.now + HOUR_MS))
    assert "Radio silence until" in lead(night) and "calls you when" not in lead(night)


def test_a_deaf_desk_presses_nobody_for_what_it_could_not_judge(night):
    night.goes_on(hours=2)
    beodeul = night.person("Beodeul")

    def pressed(**ears):
        found = board(night.desk("Haneul"), ears=Ears(channels=1, hearing=1, **ears))
        return next(line.pressing for line in found.checkins if line.subject == beodeul)

    assert (pressed(), pressed(deaf_since=night.now)) == (True, False)


def test_eight_stand_open_and_the_others_are_folded_nobodys_first(night, silence):
    (line,) = (each for each in silences(night.desk("Haneul")) if each.window == silence)
    many = tuple(replace(line, window=number, stage=number % 2) for number in range(11))
    found = replace(board(night.desk("Haneul"), ears=Ears(channels=1, hearing=1)), silences=many)
    assert (len(found.first_silences), len(found.more_silences), found.silences_grown) == (8, 3, 5)
    take_silence(night.desk("Haneul"), window=silence)
    assert [each.window for each in silences(night.desk("Haneul"))][-1] == silence
    mine = board(night.desk("Haneul"), ears=Ears(channels=1, hearing=1), show="mine")
    assert [each.window for each in mine.silences_listed] == [silence]


def test_people_of_a_silent_area_are_grey_and_counted_apart(night, silence):
    before = board(night.desk("Haneul"), ears=Ears(channels=1, hearing=1))
    Outage.objects.create(
        area=area_of(night.desk("Haneul"), night.person("Seori-5")), since_ms=night.now, silent=6, of=6
    )
    found = board(night.desk("Haneul"), ears=Ears(channels=1, hearing=1))
    (line,) = (each for each in found.checkins if each.subject == night.person("Seori-5"))
    assert (line.area, line.pressing) == (True, False)
    assert (len(found.late), found.in_silent_areas) == (len(before.late) - 1, 1)
    page = seated("Haneul").get("/now/").content.decode()
    assert "the area is silent" in page and "noticed" in page


def test_how_long_somebody_is_missed_is_counted_from_the_windows_close(night, silence):
    (line,) = (each for each in checkins(night.desk("Haneul")) if each.subject == night.person("Seori-5"))
    assert (line.state, line.silent_since) == (CheckinState.MISSED, line.window.closes)


def test_the_hours_page_counts_and_links_who_has_been_silent_for_longer(night, silence):
    assert silent_before(night.desk("Haneul"), night.now) == 1
    page = seated("Haneul").get("/contact/hours/").content.decode()
    assert "Within twelve hours:" in page and "silent for longer" not in page
    night.goes_on(hours=13)
    page = seated("Haneul").get("/contact/hours/").content.decode()
    assert 'href="/now/#silences"' in page and "silent for longer: on Now" in page


def test_the_brief_and_the_night_sheet_say_who_is_silent(night, silence):
    take_silence(night.desk("Haneul"), window=silence)
    client = seated("Narae")
    brief, sheet = (client.get(at).content.decode() for at in ("/shift/", "/shift/sheet/"))
    assert 'id="shift-silent"' in brief and "Haneul has it." in brief and "nothing is heard of 1" in brief
    assert "Seori-5 (" in sheet and "Haneul)" in sheet
    Outage.objects.create(
        area=area_of(night.desk("Haneul"), night.person("Seori-5")), since_ms=night.now, silent=6, of=6
    )
    assert "the area is silent" in client.get("/shift/").content.decode()


def test_the_night_sheet_names_twelve_and_counts_the_others(night, silence, monkeypatch):
    (line,) = silences(night.desk("Haneul"))
    monkeypatch.setattr("ojakgyo.apps.home.shifts.sheet.silences", lambda desk: (line,) * 14)
    sheet = night_sheet(night.desk("Haneul"))
    assert (len(sheet.silent), sheet.more_silent) == (12, 2)
