"""The page of a warning says what is true now, and offers what can be done."""

import re

import pytest
from django.test import Client
from lxml import html
from world import duress

from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.models import Warning
from ojakgyo.apps.watch.queries import RED_MS, SHOWN_MS, page
from ojakgyo.domain.facts import Answer, Meaning, ReportKind, RouteKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import MINUTE_MS


def seated(officer):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


def address(night, about):
    return f"/watch/{ids.text('w', night.id_of(about))}/"


def read(night, about, by="Haneul"):
    return html.fromstring(seated(by).get(address(night, about)).content)


def said(tree):
    main = tree.xpath("//main")[0]
    return re.sub(r"\s+", " ", main.text_content())


def deadline(tree):
    return tree.xpath("//p[@class='deadline large']")[0].text_content()


def forms(tree, act):
    return tree.xpath(f"//form[contains(@action, '/{act}/')]")


def timeline(tree):
    return [re.sub(r"\s+", " ", each.text_content()).strip() for each in tree.xpath("//ol[@class='timeline']/li")]


def test_the_page_offers_what_the_refusal_advises(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Durumi"))
    client = seated("Dasom")
    refused = client.post(f"{address(night, 'Durumi')}take/")
    assert refused.status_code == 409 and "take it over on its page" in refused.content.decode()
    (form,) = forms(html.fromstring(refused.content), "take-over")

    assert client.post(form.get("action")).status_code == 302

    assert night.warning("Durumi").owner == night.officer("Dasom")
    assert any("Dasom took it over from Haneul" in line for line in timeline(read(night, "Durumi")))
    assert not forms(read(night, "Durumi", "Boram"), "take-over")


def test_who_has_been_warned_is_shown_as_warned_and_recording_is_second(night):
    night.is_under_duress()
    assert " left" in deadline(read(night, "Yeoul")) and "Knows nothing yet." in said(read(night, "Yeoul"))
    actions.tell_subject(
        night.desk("Haneul"), warning=night.id_of("Yeoul"), route=RouteKind.RELAY, answer=Answer.CONFIRMED
    )

    tree = read(night, "Yeoul")

    assert "Warned and confirmed at 20:12, recorded by Haneul (relay)." in said(tree)
    assert deadline(tree).startswith("warned") and "Knows nothing yet." not in said(tree)
    (form,) = forms(tree, "told")
    assert "Record another word" in said(tree) and "Ways to warn" not in said(tree)
    assert not form.xpath(".//button[contains(@class, 'main')]")


@pytest.mark.parametrize(
    ("answer", "words"),
    [(Answer.SENT, "A word was sent at 20:12, not confirmed"), (Answer.UNREACHABLE, "Could not be reached at 20:12")],
)
def test_what_came_of_telling_is_said_while_it_is_still_to_be_done(night, answer, words):
    night.is_under_duress()
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=answer)
    tree = read(night, "Yeoul")
    assert words in said(tree) and " left" in deadline(tree) and "Knows nothing yet." not in said(tree)
    assert forms(tree, "told")[0].xpath(".//button[contains(@class, 'main')]")


def test_where_one_officer_cannot_close_it_says_why_and_shows_no_dead_form(night):
    night.is_under_duress()
    tree = read(night, "Yeoul")
    assert "You cannot close this alone. A sign of duress stands" in said(tree)
    assert not forms(tree, "close") and not tree.xpath("//main//*[@disabled]")
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    assert forms(read(night, "Durumi"), "close")


def test_after_ten_minutes_no_text_says_that_only_safety_officers_see_it(night):
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - RED_MS + SHOWN_MS - MINUTE_MS)
    assert "seen by safety officers only" in said(read(night, "Yeoul"))
    night.goes_on(minutes=1)
    for officer in ("Haneul", "Boram"):
        words = said(read(night, "Yeoul", officer))
        assert "shown to everyone on duty" in words and "safety officers only" not in words


def test_whoever_is_on_duty_is_offered_no_recording_that_would_be_refused(night):
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - RED_MS + SHOWN_MS)
    assert not page(night.desk("Boram"), warning=night.id_of("Yeoul")).forms.may_tell
    assert page(night.desk("Haneul"), warning=night.id_of("Yeoul")).forms.may_tell


def test_no_window_within_three_days_is_said_so_and_not_as_none_agreed(night):
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    words = said(read(night, "Durumi"))
    assert "no window within 72 hours" in words and "no window agreed" not in words


def test_a_time_of_another_day_has_its_day_on_the_page(night):
    """It is 20:12 on 24 November; Haebaragi's deadline is next evening's, Yeoul's past midnight."""
    night.is_under_duress()
    assert "by 25 Nov 00:" in said(read(night, "Yeoul"))
    night.goes_on(hours=4)
    words, lines = said(read(night, "Yeoul")), timeline(read(night, "Yeoul"))
    assert re.search(r"by 00:\d\d Seoul", words), "it is today now"
    assert any(line.startswith("24 Nov 20:12") for line in lines)


def test_nobody_is_told_through_somebody_whose_own_warning_is_red(night):
    night.is_under_duress()
    assert night.line("Yeoul").reason.reach.refused == ()
    night.at(night.warning("Haebaragi").deadline_ms - RED_MS)
    for reach in (night.line("Yeoul").reason.reach, page_reach(night, "Yeoul")):
        assert [name.en for name in reach.refused] == ["Haebaragi"]
        assert all(way.route is None for way in reach.ways)
    assert "not through Haebaragi: in danger too" in said(read(night, "Yeoul"))
    assert "No warning route is agreed" not in said(read(night, "Yeoul"))


def page_reach(night, about):
    return page(night.desk("Haneul"), warning=night.id_of(about)).line.reason.reach


def test_nobody_is_told_through_somebody_who_was_reported_taken_away(night):
    """One usual report, borne out by nobody: a chance of two in five."""
    night.is_under_duress()
    night.is_told("Haebaragi", ReportKind.TAKEN_AWAY)
    assert [name.en for name in night.line("Yeoul").reason.reach.refused] == ["Haebaragi"]


def test_a_report_that_the_subject_was_taken_away_stands_on_the_page(night):
    night.is_under_duress()
    assert page(night.desk("Haneul"), warning=night.id_of("Haebaragi")).own is None
    night.is_told("Haebaragi", ReportKind.TAKEN_AWAY)
    words = said(read(night, "Haebaragi"))
    assert "A report of 20:12 says that Haebaragi was taken away (usual, unconfirmed)." in words
    assert "Signals about Haebaragi" in words and "Signals about Beodeul" in words
    assert any("Report about Haebaragi: taken away" in line for line in timeline(read(night, "Haebaragi")))


def test_what_is_heard_of_the_subject_is_not_part_of_the_row_that_everyone_sees(night):
    night.hears("Beodeul", duress)
    night.is_told("Yeoul", ReportKind.TAKEN_AWAY)
    Warning.objects.filter(pk=night.id_of("Yeoul")).update(shown=True)
    seen = page(night.desk("Boram"), warning=night.id_of("Yeoul"))
    assert seen.evidence is not None and seen.own is None and seen.line.reason.taken_away is None
    assert all(line.person is None or line.person.en != "Yeoul" for line in seen.timeline)


def test_of_the_check_ins_of_source_and_subject_the_last_of_each_is_told(night):
    night.is_under_duress()
    for _ in range(2):
        night.goes_on(minutes=5)
        night.hears("Yeoul", Meaning.WELL)
    lines = [line for line in timeline(read(night, "Yeoul")) if "Last check-in" in line]
    assert len([line for line in lines if "Yeoul" in line]) == 1
    assert len([line for line in lines if "Beodeul" in line]) == 1
