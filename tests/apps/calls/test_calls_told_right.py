"""What stands beside the answer: ways that ring the same phone, a call against the desk's word, a warning that is due."""

import re

import pytest
from test_calls_may_i import NUMBER, Visitor, in_window
from test_calls_oracle import never_read
from test_calls_reasons import falls_silent, still
from world import duress, well

from ojakgyo.apps.calls.queries import call_page
from ojakgyo.apps.calls.values import Because
from ojakgyo.apps.contact.actions import agree_route
from ojakgyo.apps.network.actions import record_line
from ojakgyo.domain.facts import Exposes, RouteKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import HOUR_MS

__all__ = ["in_window"]


def said(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def rows_apart(html: str) -> str:
    """Without how many rows are left: any text tears one off."""
    return re.sub(r"\d+ rows left", "", html)


def agrees(night, who, kind, through=None):
    agree_route(
        night.desk("Haneul"),
        person=night.person(who),
        kind=kind,
        through=night.person(through) if through else None,
        delay_ms=HOUR_MS,
        exposes=Exposes.THE_LINE,
    )


def overrides(visitor, who, why="life_at_stake"):
    shown = visitor.post(visitor.address(who, "override/"), {"why": why})
    assert shown.status_code == 200
    return shown.content.decode()


def test_an_agreed_line_is_no_way_to_a_phone_that_is_not_called(in_window):
    agrees(in_window, "Beodeul", RouteKind.AGREED_LINE)
    agrees(in_window, "Beodeul", RouteKind.RELAY, "Noeul")
    falls_silent(in_window)
    page = call_page(in_window.desk("Haneul"), person=in_window.person("Beodeul"))
    assert {(way.route, way.struck) for way in page.ways} >= {(RouteKind.AGREED_LINE, True), (RouteKind.RELAY, False)}
    assert all(way.struck is (way.route is RouteKind.AGREED_LINE) for way in page.ways)
    shown = Visitor(in_window, "Haneul").answer("Beodeul")
    assert "<s>agreed line</s>" in shown and "it rings the same phone" in shown


def test_outside_a_window_an_agreed_line_is_still_a_way(in_window):
    agrees(in_window, "Yeoul", RouteKind.AGREED_LINE)
    in_window.goes_on(hours=2)
    page = call_page(in_window.desk("Haneul"), person=in_window.person("Yeoul"))
    assert page.answer.because is Because.WINDOW_COMES
    assert [way.struck for way in page.ways if way.route is RouteKind.AGREED_LINE] == [False]


@pytest.mark.parametrize("what", [well, duress])
def test_a_call_against_the_desks_word_says_so_and_why_whatever_is_read_meanwhile(in_window, what):
    never_read(in_window, "Yeoul")
    still(in_window)
    boram = Visitor(in_window, "Boram")
    before = boram.answer("Yeoul")
    assert before.count("Call all the same") == 1 and "There was a call all the same" not in before
    shown = said(overrides(boram, "Yeoul"))
    assert "Called all the same." in shown and "You say: a life is at stake." in shown
    assert "The desk says: Radio silence: nobody is called until" in shown and "Yes." not in shown
    again = rows_apart(boram.answer("Yeoul"))
    assert "Called all the same." in said(again) and NUMBER not in again
    in_window.hears("Yeoul", what)
    assert rows_apart(boram.answer("Yeoul")) == again


def test_a_yes_that_no_override_began_is_a_yes(in_window):
    haneul = Visitor(in_window, "Haneul")
    haneul.post(haneul.address("Yeoul", "number/"))
    shown = said(haneul.answer("Yeoul"))
    assert "Yes." in shown and "Your call is under way" in shown and "all the same." not in shown


def test_two_phones_are_told_apart_by_the_number_they_bear_everywhere(in_window):
    record_line(in_window.desk("Haneul"), holder=in_window.person("Beodeul"), number="+8613800138009")
    haneul = Visitor(in_window, "Haneul")
    shown = said(haneul.post(haneul.address("Beodeul", "number/")).content.decode())
    assert re.search(rf"{re.escape(NUMBER)} Phone 1 .*8613800138009 Phone 2", shown)
    person = said(haneul.get(f"/people/{ids.text('p', in_window.person('Beodeul'))}/").content.decode())
    assert "Phone 1" in person and "Phone 2" in person


def test_where_a_warning_is_due_the_answer_names_its_deadline_and_leads_to_it(in_window):
    in_window.hears("Beodeul", duress)
    warning = in_window.warning("Yeoul")
    address = f"/watch/{ids.text('w', warning.pk)}/"
    haneul = Visitor(in_window, "Haneul")
    shown = haneul.answer("Yeoul")
    assert address in shown and "To be warned by" in shown and "no call may go out" not in shown
    in_window.goes_on(hours=1.5)
    assert "no call may go out before." in haneul.answer("Yeoul")
    there = haneul.get(address).content.decode()
    assert f'href="{haneul.address("Yeoul")}"' in there
    boram, dasom = (Visitor(in_window, name) for name in ("Boram", "Dasom"))
    assert all("To be warned by" not in each.answer("Yeoul") for each in (boram, dasom))
    assert boram.address("Yeoul") in boram.get(address).content.decode()


def test_may_i_call_and_lines_stand_in_the_rail_and_on_the_phone(in_window):
    page = Visitor(in_window, "Haneul").get("/calls/").content.decode()
    rail, thumbs = page.partition("<main")[0], page.partition('class="thumbs"')[2]
    for bar in (rail, thumbs):
        assert 'href="/calls/"' in bar and 'href="/lines/"' in bar
    assert re.search(r'href="/calls/"[^>]* aria-current="page"', rail)
    assert not re.search(r'href="/cells/"[^>]* aria-current', rail)


def test_heard_lately_gives_the_day_a_column_of_its_own(in_window):
    in_window.hears("Beodeul")
    page = Visitor(in_window, "Haneul").get(f"/people/{ids.text('p', in_window.person('Beodeul'))}/").content.decode()
    heard = page.partition('id="signs-head"')[2].partition("</section>")[0]
    assert re.search(r'<ol class="timeline"><li><time datetime="[^"]+">[^<]+</time><span>', heard)
