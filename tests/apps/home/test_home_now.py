"""Now: what the one at the desk must know this minute, from every room below."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from lxml import html
from world import NOW, duress, told, well

from ojakgyo.apps.chronicle.models import Stuck, StuckState
from ojakgyo.apps.contact.ears import Hearing
from ojakgyo.apps.contact.values import CheckinState
from ojakgyo.apps.home.queries import DESK_ZONE, board, tonight_ends
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.values import Danger
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Answer, ReportKind
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS


def shown(night, officer="Haneul"):
    return board(night.desk(officer), ears=Hearing().ears())


def seated(officer):
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies.load({})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


def test_an_evening_without_danger_shows_who_is_late(night):
    found = shown(night)
    assert (found.warnings, found.met, found.stuck, found.needed) == ((), (), (), None)
    (late,) = found.late
    assert (late.code_name.en, late.state) == ("Beodeul", CheckinState.LATE)
    assert found.in_danger == 0 and found.first_deadline is None


def test_the_numbers_follow_from_the_rows(night):
    night.hears("Beodeul", duress)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    found = shown(night)
    assert found.in_danger == found.counts["now"] + found.counts["today"]
    assert sum(found.counts.values()) == len(found.warnings) == sum(len(lines) for _, lines in found.groups)
    assert found.first_deadline == min(line.deadline for line in found.warnings if line.must_be_warned)
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=Answer.CONFIRMED)
    assert "Yeoul" not in [line.code_name.en for line in (*shown(night).to_warn_now, *shown(night).to_warn_today)]


def test_a_red_that_this_officer_may_not_read_asks_for_one_who_may(night):
    night.hears("Beodeul", duress)
    red = night.warning("Yeoul").deadline_ms - 6 * HOUR_MS
    night.at(red + MINUTE_MS)
    assert shown(night).needed is None
    needed = shown(night, "Boram").needed
    assert (needed.since, needed.opens_to_all) == (red, red + 10 * MINUTE_MS)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    assert shown(night, "Boram").needed is None


def test_a_stuck_fact_is_shown_until_an_officer_settles_it(night):
    Stuck.objects.create(
        reader="watch.weigh_signal", seq=3, code="house.failed", tries=5, state=StuckState.STUCK, again_ms=night.now
    )
    (line,) = shown(night).stuck
    assert (line.reader, line.seq, line.code) == ("watch.weigh_signal", 3, "house.failed")
    client = seated("Haneul")
    assert "watch.weigh_signal" in client.get("/now/").content.decode()
    client.post(f"/now/stuck/{line.number}/settle/")
    assert shown(night).stuck == ()


def test_typed_or_heard_well_and_duress_look_alike_on_the_log_page(night):
    client = seated("Haneul")
    answers = []
    for digits in ("000000", "111111"):
        answer = client.post("/log/", {"line": f"Beodeul {digits}"}, follow=True)
        answers.append((answer.status_code, "Noted." in answer.content.decode()))
    assert answers == [(200, True), (200, True)]
    assert "Noted." not in client.get("/log/").content.decode()


def listed(client):
    """What the log page lists, line by line."""
    lines = html.fromstring(client.get("/log/").content.decode()).xpath("//*[@aria-labelledby='recent']//li")
    return [" ".join(line.text_content().split()) for line in lines]


def test_what_was_typed_is_listed_with_who_typed_it(night):
    haneul = seated("Haneul")
    haneul.post("/log/", {"line": "Beodeul 000000"})
    haneul.post("/log/", {"line": "Beodeul 000000"})
    night.clock.at(night.now + MINUTE_MS)
    boram = seated("Boram")
    boram.post("/log/", {"line": "Sonagi 111111"})
    night.settle()
    first = "19:12BeodeulHaneul, typed"
    expected = ["19:13SonagiBoram, typed Show the words", first, f"{first} Show the words"]
    assert listed(haneul) == listed(boram) == expected


def test_a_text_that_came_in_by_itself_is_not_listed_as_typed(night):
    night.hears("Beodeul", well)
    assert listed(seated("Haneul")) == []


def test_a_report_is_answered_as_a_report_and_listed_for_who_made_it_and_who_may_see_reasons(night):
    boram = seated("Boram")
    report = {"about": "Beodeul", "report": "taken_away", "reliability": "usual", "credibility": "unconfirmed"}
    answer = boram.post("/log/report/", report, follow=True).content.decode()
    assert "Noted." in answer and "The report is kept." in answer and "digits. What they mean" not in answer
    assert listed(boram) == listed(seated("Haneul")) == ["19:12BeodeulBoram, a report"]
    for officer in ("Dasom", "Narae"):
        assert listed(seated(officer)) == [], f"{officer} may not see what is known of Beodeul"
    assert "taken away" not in "".join(listed(boram)), "it never says what was seen"


def test_a_time_of_another_day_bears_its_date(night):
    night.hears("Beodeul", duress)
    night.clock.at(night.warning("Yeoul").deadline_ms - 5 * HOUR_MS)
    client = seated("Haneul")
    shown_now = " ".join(html.fromstring(client.get("/now/").content.decode()).text_content().split())
    due = instants.aware(night.warning("Yeoul").deadline_ms).astimezone(DESK_ZONE)
    today = instants.aware(night.now).astimezone(DESK_ZONE)
    assert due.date() != today.date()
    assert f"by {due.day} {due:%b} {due:%H:%M}" in shown_now


def said(board):
    """The lead of Now for this board, in English."""
    with translation.override("en"):
        whole = render_to_string("home/now.html#lead", {"board": board, "now": NOW})
    return " ".join(html.fromstring(whole).text_content().split())


def of(night, *, now=0, today=0, info=0, owned=0):
    """A board of so many rows of each danger; so many of the first have an owner."""
    night.hears("Beodeul", duress)
    line, name = night.line("Yeoul"), night.line("Yeoul").code_name
    kinds = [*[Danger.NOW] * now, *[Danger.TODAY] * today, *[Danger.INFO] * info]
    lines = [replace(line, danger=each, owner=name if at < owned else None) for at, each in enumerate(kinds)]
    return replace(shown(night), warnings=tuple(lines))


@pytest.mark.parametrize(
    ("now", "owned", "sentence"),
    [
        (1, 0, "Nobody has taken it yet."),
        (2, 0, "Nobody has taken any of them yet."),
        (3, 1, "Two of them have no owner yet."),
        (3, 2, "One of them has no owner yet."),
        (2, 2, "Each has an owner."),
    ],
)
def test_now_says_how_many_have_no_owner_so_that_it_is_right(night, now, owned, sentence):
    assert sentence in said(of(night, now=now, owned=owned))


def test_the_number_in_danger_is_the_sum_of_what_stands_below_it(night):
    found = said(of(night, now=2, today=4, info=8))
    assert "6in danger2 now, 4 todayand 8 for information" in found
    assert "information" not in said(of(night, now=2, today=4))


def test_now_of_an_empty_house_says_how_it_begins(database):
    found = board(house_desk(), ears=Hearing().ears())
    assert found.empty
    assert said(found).startswith("This desk knows nobody yet The watch begins with the first helper")


def test_a_house_that_knows_somebody_is_not_called_empty(night):
    assert not shown(night).empty


def test_what_is_stuck_can_be_tried_again_by_safety_only(night):
    fact = night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    row = Stuck.objects.create(
        reader="watch.weigh_signal", seq=fact, code="house.failed", tries=5, state=StuckState.STUCK, again_ms=night.now
    )
    assert seated("Boram").post(f"/now/stuck/{row.pk}/again/").status_code == 409
    assert Stuck.objects.get().state == StuckState.STUCK
    client = seated("Haneul")
    assert f"/now/stuck/{row.pk}/again/" in client.get("/now/").content.decode()
    assert client.get(f"/now/stuck/{row.pk}/again/").status_code == 405
    client.post(f"/now/stuck/{row.pk}/again/")
    assert shown(night).stuck == ()
    night.settle()
    assert not Stuck.objects.exists()
    assert len(told(facts.StuckTriedAgain)) == 1


def test_a_line_without_a_known_name_is_not_taken_and_is_said_back(night):
    client = seated("Haneul")
    for line in ("", "483907", "Nobodyhere 483907"):
        answer = client.post("/log/", {"line": line})
        assert answer.status_code == 422


def test_a_report_typed_on_the_log_page_becomes_a_warning(night):
    client = seated("Haneul")
    report = {"about": "Galmae-3", "report": "taken_away", "reliability": "usual", "credibility": "unconfirmed"}
    assert client.post("/log/report/", report).headers["Location"] == "/log/?noted=report"
    night.settle()
    assert night.warned() == ["Durumi"]
    assert client.post("/log/report/", {**report, "about": ""}).status_code == 422


def test_the_page_of_a_duress_night_says_its_reason_only_to_who_may_see_it(night):
    night.hears("Beodeul", duress)
    seen, hidden = (seated(officer).get("/now/").content.decode() for officer in ("Haneul", "Dasom"))
    assert 'data-subject="p_' in seen and 'data-subject="p_' in hidden
    assert "Everyone Beodeul met in 30 days" in seen
    assert '<p class="why">' in seen and '<p class="why">' not in hidden
    assert "met in 30 days" not in hidden and "N-2" not in hidden


def test_nobody_in_front_of_the_desk_is_shown_the_way_in(night):
    client = Client(headers={"host": "127.0.0.1"})
    assert client.get("/").headers["Location"] == "/now/" or client.get("/").headers["Location"] == "/enter/"
    assert client.get("/now/").headers["Location"] == "/enter/"


def test_tonight_ends_at_eight_in_the_morning_at_the_desk(night):
    morning = instants.parse("2026-11-24T23:00:00Z")
    assert tonight_ends(NOW) == morning
    assert tonight_ends(morning) == morning + 24 * HOUR_MS
    assert tonight_ends(morning - 1) == morning


def test_a_sign_of_life_ends_the_waiting(night):
    night.hears("Beodeul", well)
    assert shown(night).late == ()
