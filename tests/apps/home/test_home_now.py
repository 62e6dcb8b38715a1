"""Now: what the one at the desk must know this minute, from every room below."""

from django.test import Client
from world import NOW, duress, well

from ojakgyo.apps.chronicle.models import Stuck, StuckState
from ojakgyo.apps.contact.ears import Hearing
from ojakgyo.apps.contact.values import CheckinState
from ojakgyo.apps.home.queries import board, tonight_ends
from ojakgyo.apps.watch import actions
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
    for digits in ("000000", "not digits"):
        answer = client.post("/log/", {"line": f"Beodeul {digits}"}, follow=True)
        answers.append((answer.status_code, "Noted." in answer.content.decode()))
    assert answers == [(200, True), (200, True)]
    assert "Noted." not in client.get("/log/").content.decode()


def test_a_line_without_a_known_name_is_not_taken_and_is_said_back(night):
    client = seated("Haneul")
    for line in ("", "483907", "Nobodyhere 483907"):
        answer = client.post("/log/", {"line": line})
        assert answer.status_code == 422


def test_a_report_typed_on_the_log_page_becomes_a_warning(night):
    client = seated("Haneul")
    report = {"about": "Galmae-3", "report": "taken_away", "reliability": "usual", "credibility": "unconfirmed"}
    assert client.post("/log/report/", report).headers["Location"] == "/log/?noted"
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
