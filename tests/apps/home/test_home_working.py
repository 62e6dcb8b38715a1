"""Working the board: acts in the row, refusals said there, and parts of the board as addresses."""

import re

import pytest
from django.test import Client
from lxml import html
from world import duress

from ojakgyo.apps.contact.ears import Hearing
from ojakgyo.apps.home.queries import board
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.apps.watch.queries import RED_MS, SHOWN_MS
from ojakgyo.domain.facts import Answer, CloseReason, ReportKind, RouteKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import MINUTE_MS

LIVE = {"HX-Request": "true"}


def seated(officer, language="en"):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": language, "next": "/now/"})
    return client


def written(night, about):
    return ids.text("w", night.id_of(about))


def tree(response):
    return html.fromstring(response.content)


def row(page, night, about):
    (found,) = page.xpath(f"//li[@id='{written(night, about)}']")
    return found


def said(element):
    return re.sub(r"\s+", " ", element.text_content())


def newest(night):
    """What a form on the board says was seen."""
    return night.line("Durumi").acts.newest


def warned(page):
    return [each.text_content() for each in page.xpath("//li[starts-with(@class, 'warning')]//p[@class='who']/a")]


@pytest.fixture
def alarmed(night):
    """Yeoul and Haebaragi stand behind Beodeul's duress; Durumi behind a report, which one officer may close."""
    night.is_under_duress()
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    return night


def test_a_warning_is_taken_told_and_closed_in_its_row_and_one_stays_on_the_board(alarmed):
    haneul, about = seated("Haneul"), written(alarmed, "Durumi")

    for act, sent in (
        ("take", {}),
        ("told", {"route": "neighbour", "answer": "sent"}),
        ("close", {"reason": "no_link", "seen": newest(alarmed)}),
    ):
        answer = haneul.post(f"/now/{about}/{act}/", {"show": "mine", **sent})
        assert (answer.status_code, answer["Location"]) == (302, f"/now/?show=mine#{about}")

    row_kept = alarmed.warning("Durumi")
    assert (row_kept.owner, row_kept.route) == (alarmed.officer("Haneul"), RouteKind.NEIGHBOUR)
    assert (row_kept.state, row_kept.reason) == (WarningState.CLOSED, CloseReason.NO_LINK)


def test_a_row_offers_four_numbered_ways_and_five_reasons_without_any_script(alarmed):
    page = tree(seated("Haneul").get("/now/"))
    durumi, yeoul = row(page, alarmed, "Durumi"), row(page, alarmed, "Yeoul")
    ways = durumi.xpath(".//details//input[@name='route']")
    assert [each.get("data-key") for each in ways] == ["Digit1", "Digit2", "Digit3", "Digit4"]
    assert [each.get("value") for each in ways] == ["", "relay", "neighbour", "agreed_line"]
    assert [each.get("value") for each in durumi.xpath(".//details//button[@name='answer']")] == [
        "sent", "confirmed", "unreachable",
    ]  # fmt: skip
    assert len(durumi.xpath(".//details//input[@name='reason']")) == len(CloseReason) == 5
    assert {each.get("method") for each in durumi.xpath(".//form")} == {"post"}
    assert "relay: Haebaragi" in said(yeoul) and "not agreed" in said(yeoul)
    assert not yeoul.xpath(".//input[@name='reason']"), "where two must sign, the row leads to the page"
    assert yeoul.xpath(".//a[@data-key='KeyX'][contains(@href, '#close')]")


def test_who_may_not_see_the_reason_is_offered_nothing_but_to_call_for_help(alarmed):
    for officer in ("Boram", "Narae"):
        page = tree(seated(officer).get("/now/"))
        assert not page.xpath("//details[contains(@class, 'work')]") and not page.xpath("//button[@data-key='KeyO']")
    dasom = row(tree(seated("Dasom").get("/now/")), alarmed, "Yeoul")
    assert dasom.xpath(".//button[@data-key='KeyO']") and not dasom.xpath(".//details")


@pytest.mark.parametrize(
    ("officer", "about", "act", "sent", "words"),
    [
        ("Haneul", "Yeoul", "close", {"reason": "wrong_signal", "seen": 0}, "Two officers close it."),
        ("Boram", "Yeoul", "take", {}, "This needs a safety officer."),
        ("Boram", "Durumi", "told", {"route": "", "answer": "sent"}, "You hold no key to this cell."),
        ("Haneul", "Durumi", "told", {"answer": "sent"}, "The form is not complete."),
        ("Haneul", "Durumi", "close", {"reason": "because"}, "The form is not complete."),
    ],
)
def test_each_refusal_is_said_in_the_row_and_changes_nothing(alarmed, officer, about, act, sent, words):
    before = alarmed.warning(about)
    address = f"/now/{written(alarmed, about)}/{act}/"
    client = seated(officer)
    plain, live = client.post(address, sent), client.post(address, sent, headers=LIVE)
    assert (plain.status_code, live.status_code) == (409, 200), "a live page swaps in no answer that failed"
    for answer in (plain, live):
        assert words in said(row(tree(answer), alarmed, about))
    after = alarmed.warning(about)
    assert (after.state, after.owner, after.seq) == (before.state, before.owner, before.seq)


def test_a_refused_form_is_open_again_with_what_was_chosen(alarmed):
    answer = seated("Haneul").post(f"/now/{written(alarmed, 'Durumi')}/told/", {"route": "relay", "answer": "nothing"})
    (open_again,) = row(tree(answer), alarmed, "Durumi").xpath(".//details[@open]")
    assert [each.get("value") for each in open_again.xpath(".//input[@checked]")] == ["relay"]


def test_what_is_refused_about_a_warning_that_is_not_shown_is_said_above(alarmed):
    actions.close_warning(alarmed.desk("Haneul"), warning=alarmed.id_of("Durumi"), reason=CloseReason.NO_LINK)
    answer = seated("Haneul").post(f"/now/{written(alarmed, 'Durumi')}/take/")
    assert answer.status_code == 409 and "This warning is closed already." in said(tree(answer).xpath("//main")[0])
    assert seated("Haneul").post("/now/w_0000000000007/take/").status_code == 409


def test_the_parts_of_the_board_are_addresses_and_the_live_part_asks_for_the_same(alarmed):
    actions.take_warning(alarmed.desk("Haneul"), warning=alarmed.id_of("Yeoul"))
    haneul, all_of_them = seated("Haneul"), {"Yeoul", "Haebaragi", "Durumi"}
    cells = {code: ids.text("c", cell) for code, cell in alarmed.ids.cells.items()}
    reds = [name for name in all_of_them if alarmed.warning(name).deadline_ms - alarmed.now <= RED_MS]
    title = {1: "One person must be warned now", 2: "Two people must be warned now"}[len(reds)]
    for show, expected in (
        ("", all_of_them),
        ("mine", {"Yeoul"}),
        ("unowned", {"Haebaragi", "Durumi"}),
        ("late", set()),
        (cells["C-2"], {"Haebaragi", "Durumi"}),
        (cells["N-3"], set()),
        ("nothing-of-the-kind", all_of_them),
    ):
        page = tree(haneul.get("/now/", {"show": show}))
        assert set(warned(page)) == expected, show
        (part,) = page.xpath("//div[@id='board']/@hx-get")
        assert set(warned(tree(haneul.get(part, headers=LIVE)))) == expected, "kept over a live refresh"
        assert page.xpath("//h1")[0].text_content() == title, "the title is of the whole"
    assert set(warned(tree(seated("Narae").get("/now/?show=unowned")))) == {"Haebaragi", "Durumi"}


def test_a_cell_is_shown_with_its_check_ins_to_who_holds_it_and_to_nobody_else(alarmed):
    shown = board(alarmed.desk("Narae"), ears=Hearing().ears(), show=ids.text("c", alarmed.ids.cells["C-2"]))
    assert {line.code_name.en for line in shown.checkins_listed} <= {"Haebaragi", "Durumi"}
    assert [choice.code for choice in shown.choices if choice.code] == ["C-2"], "of those Narae holds, who is on it"
    foreign = seated("Narae").get("/now/", {"show": ids.text("c", alarmed.ids.cells["N-2"])})
    assert "You hold no key to this cell." in said(tree(foreign).xpath("//main")[0])
    assert len(warned(tree(foreign))) == 3, "the whole board stands in its place"


def test_late_shows_who_is_late_and_what_is_too_late(alarmed):
    late = board(alarmed.desk("Haneul"), ears=Hearing().ears(), show="late")
    assert late.checkins_listed == late.late and late.listed == ()
    alarmed.at(alarmed.warning("Yeoul").deadline_ms)
    after = board(alarmed.desk("Haneul"), ears=Hearing().ears(), show="late")
    passed = {name for name in ("Yeoul", "Haebaragi", "Durumi") if alarmed.warning(name).deadline_ms <= alarmed.now}
    assert {line.code_name.en for line in after.listed} == passed >= {"Yeoul"}
    assert {choice.show: choice.count for choice in after.choices}["late"] == len(passed) + len(after.late)


def test_the_desk_sounds_for_as_long_as_a_red_asks_whoever_sits_there(night):
    night.hears("Beodeul", duress)
    at_the_desk = {officer: seated(officer) for officer in ("Haneul", "Boram")}
    sounds = lambda officer: tree(at_the_desk[officer].get("/now/")).xpath("//main//@data-asks")  # noqa: E731
    assert sounds("Haneul") == sounds("Boram") == []
    night.at(night.warning("Yeoul").deadline_ms - RED_MS)
    assert sounds("Haneul") == sounds("Boram") == [str(night.now)]
    actions.take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    assert sounds("Haneul") == sounds("Boram") == []


def test_after_ten_minutes_the_row_is_whole_for_every_seat_with_keys_and_for_no_other(night):
    """Who is on this shift: a seat that is open now. One whose keys were put down shows the keyless board."""
    night.hears("Beodeul", duress)
    boram, narae = seated("Boram"), seated("Narae")
    night.at(night.warning("Yeoul").deadline_ms - RED_MS + SHOWN_MS)
    (seat,) = [each for each in seats.present() if each.officer == night.officer("Narae")][:1]
    seats.put_down(seat.id)
    reason = "li[@id='{}']//p[@class='why']".format(written(night, "Yeoul"))
    assert tree(boram.get("/now/")).xpath(f"//{reason}")
    assert not tree(narae.get("/now/")).xpath(f"//{reason}")
    assert Client(headers={"host": "127.0.0.1"}).get("/now/")["Location"] == "/enter/"
    seats.leave(next(each.id for each in seats.present() if each.officer == night.officer("Boram")))
    assert boram.get("/now/")["Location"] == "/enter/"


def test_a_red_that_asks_again_says_so_and_is_taken_again_by_its_owner(night):
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - RED_MS + MINUTE_MS)
    actions.tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=None, answer=Answer.SENT)
    night.at(night.warning("Yeoul").deadline_ms)
    haneul = seated("Haneul")
    owner = row(tree(haneul.get("/now/")), night, "Yeoul").xpath(".//div[@class='owner']")[0]
    assert "asks again" in said(owner) and owner.xpath(".//button[@data-key='KeyO']")
    haneul.post(f"/now/{written(night, 'Yeoul')}/take/")
    assert "asks again" not in said(row(tree(haneul.get("/now/")), night, "Yeoul"))
