"""Taking a file back: who may, what later work holds back, and what whoever stays keeps."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from test_intake_pages import HELPERS, Visitor, batch_of, person
from world import told

from ojakgyo.apps.contact.actions import agree_plan, agree_route, agree_window, type_message
from ojakgyo.apps.contact.agreements.acts import end_plan
from ojakgyo.apps.contact.models import ContactPlan, Noticer, Route, Window
from ojakgyo.apps.home.shifts.actions import hand_over
from ojakgyo.apps.home.shifts.gathering import gather
from ojakgyo.apps.intake import actions, staging, undoing
from ojakgyo.apps.intake.models import Batch, BatchState
from ojakgyo.apps.intake.reading import task, wire
from ojakgyo.apps.network.actions import lead_cell, record_link
from ojakgyo.apps.network.models import CellLead, Link
from ojakgyo.apps.vault.models import Grant
from ojakgyo.domain import facts
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.facts import Exposes, LinkKind, ReportKind, RouteKind
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS

PLAN = "who,first,hour,every\n노을,2026-12-05,09:00,7\n"
ONE_MEETING = "who,whom,how,when\n버들,노을,met,2026-11-20\n"
ONE_ROUTE = "who,how,through,delay\n노을,relay,버들,2h\n"


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Files are read in this process: what the child may do is tried elsewhere."""

    def read_file(written, name="", *, encoding=None):
        answer = task.done(written, encoding=encoding, name=Path(name).stem)
        return wire.taken(json.loads(json.dumps(answer)))

    monkeypatch.setattr(staging, "read_file", read_file)


@pytest.fixture
def haneul(night):
    return Visitor("Haneul")


def takes_book(visitor: Visitor, **sheets: list[list[object]]) -> str:
    """A workbook of several sheets, taken."""
    book, written = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(written)
    address = visitor.reads(written.getvalue(), "book.xlsx")
    assert visitor.post(f"{address}apply/").status_code == 302, visitor.looks(address)
    return address


def takes_helpers(visitor: Visitor) -> str:
    """Two helpers, one warned through the other; who would notice; a plan; and whom they met."""
    return takes_book(
        visitor,
        helpers=[["code name", "cell", "noticer"], ["까치", "N-2", "단비"], ["모래", "N-2", ""], ["단비", "N-2", ""]],
        routes=[["who", "how", "through", "delay"], ["까치", "relay", "모래", "2h"]],
        plans=[["who", "first", "hour", "every"], ["까치", "2026-11-25", "09:00", 7]],
        links=[
            ["who", "whom", "how", "when"],
            ["까치", "버들", "met", "2026-11-03"],
            ["까치", "모래", "met", "2026-11-04"],
        ],
    )


# Who may --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [ONE_MEETING, PLAN, ONE_ROUTE, "조,지역,책임자\nN-2,N2,노을\n"])
def test_whoever_does_not_hold_the_cells_of_both_ends_or_of_an_agreement_takes_nothing_back(night, haneul, written):
    """Dasom is safety and may manage, without the key to N-2."""
    address = haneul.takes(written)
    dasom = Visitor("Dasom")
    assert dasom.post(f"{address}undo/").status_code == 403
    assert Batch.objects.get().state == BatchState.APPLIED


def test_of_a_link_into_a_cell_that_is_not_held_nothing_is_taken_back(night, haneul):
    address = haneul.takes("who,whom,how,when\n갈매-3,버들,met,2026-11-20\n")
    with pytest.raises(NotHeld):
        undoing.undoing(night.desk("Dasom"), batch_of(address))


def test_a_key_withdrawn_after_it_was_worked_out_is_missed_when_it_is_taken_back(night, haneul):
    desk = night.desk("Haneul")
    found = undoing.undoing(desk, batch_of(haneul.takes(ONE_MEETING)))
    Grant.objects.filter(officer=night.officer("Haneul"), cell=night.ids.cells["N-2"]).delete()
    with pytest.raises(NotHeld):
        actions.keep_undone(desk, found=found)
    assert Link.objects.filter(batch=found.batch).exists()


def test_it_is_for_who_brought_it_in_and_for_who_manages(night, haneul):
    """Boram holds every key and manages nothing; Haneul coordinates."""
    boram = Visitor("Boram")
    address = haneul.takes(HELPERS)
    assert "Take it back</button>" not in boram.looks(address)
    assert boram.post(f"{address}undo/").status_code == 409
    assert person("까치") is not None
    own = boram.takes(ONE_MEETING)
    assert boram.post(f"{own}undo/").status_code == 302
    again = boram.takes(ONE_MEETING)
    assert haneul.post(f"{again}undo/").status_code == 302


# What later work holds back -------------------------------------------------------------------------------------------


def test_links_along_which_a_danger_is_reckoned_stay_with_a_reason(night, haneul):
    address = haneul.takes(ONE_MEETING)
    night.settle()
    night.is_under_duress()
    assert "Noeul" in night.warned()
    assert haneul.post(f"{address}undo/").status_code == 302
    night.settle()
    assert Link.objects.filter(batch=batch_of(address)).count() == 1
    assert "Noeul" in night.warned()
    page = haneul.looks(address)
    assert "Taken back; 1 stayed" in page
    assert "there is a warning" in page
    undone = told(facts.BatchUndone)[-1]
    assert (undone.removed, undone.kept) == (0, 1)


def test_a_plan_that_was_made_anew_by_hand_stays(night, haneul):
    address, who = haneul.takes(PLAN), night.person("Noeul")
    first = instants.parse("2026-12-02T10:00:00Z")
    agree_plan(night.desk("Haneul"), person=who, first=first, every_days=3, length_ms=HOUR_MS, grace_ms=HOUR_MS)
    assert haneul.post(f"{address}undo/").status_code == 302
    assert ContactPlan.objects.get(person=who).every_days == 3
    assert Window.objects.filter(person=who, opens_ms=first).exists()
    assert "a contact plan" in haneul.looks(address)
    assert "something was agreed since" in haneul.looks(address)


def test_a_plan_goes_with_its_own_windows_and_leaves_one_agreed_by_hand_at_its_hour(night, haneul):
    address, who = haneul.takes(PLAN), night.person("Noeul")
    opens = instants.parse("2026-12-12T00:00:00Z")
    agree_window(night.desk("Haneul"), person=who, opens=opens, closes=opens + HOUR_MS, grace_ms=HOUR_MS)
    assert haneul.post(f"{address}undo/").status_code == 302
    assert not ContactPlan.objects.filter(person=who).exists()
    assert [row.opens_ms for row in Window.objects.filter(person=who)] == [opens]
    assert told(facts.BatchUndone)[-1].removed == 1


def test_the_window_the_house_agreed_after_the_first_goes_with_its_plan(night, haneul):
    address = haneul.takes("who,first,hour,every,grace\n노을,2026-11-24,20:00,7,1h\n")
    night.goes_on(hours=4)
    coming = Window.objects.filter(person=night.person("Noeul"), opens_ms__gt=night.now)
    assert coming.exists()
    assert haneul.post(f"{address}undo/").status_code == 302
    assert not coming.exists()
    night.settle()


def test_a_plan_that_was_ended_may_come_again_with_another_file(night, haneul):
    haneul.takes(PLAN)
    end_plan(night.desk("Haneul"), person=night.person("Noeul"))
    again = haneul.takes(PLAN)
    assert haneul.post(f"{again}undo/").status_code == 302
    assert not ContactPlan.objects.filter(person=night.person("Noeul")).exists()


def test_a_lead_that_was_changed_by_hand_stays(night, haneul):
    address, cell = haneul.takes("조,지역,책임자\nN-2,N2,노을\n"), night.ids.cells["N-2"]
    lead_cell(night.desk("Haneul"), cell=cell, lead=night.person("Yeoul"), deputy=None)
    assert haneul.post(f"{address}undo/").status_code == 302
    assert CellLead.objects.get(cell=cell).lead_id == night.person("Yeoul")


def test_who_stays_keeps_routes_links_plan_and_noticer_and_those_they_lean_on(night, haneul):
    address = takes_helpers(haneul)
    kkachi = person("까치")
    before = (Route.objects.count(), Link.objects.count(), ContactPlan.objects.count(), Noticer.objects.count())
    assert Route.objects.filter(person=kkachi).exists()
    assert Noticer.objects.filter(person=kkachi).exists()
    agree_route(
        night.desk("Haneul"),
        person=kkachi.pk,
        kind=RouteKind.AGREED_LINE,
        through=None,
        delay_ms=HOUR_MS,
        exposes=Exposes.THE_LINE,
    )
    assert "is used elsewhere" in haneul.looks(address)
    assert haneul.post(f"{address}undo/").status_code == 302
    after = (Route.objects.count() - 1, Link.objects.count(), ContactPlan.objects.count(), Noticer.objects.count())
    assert after == before
    assert person("모래") is not None
    assert person("단비") is not None
    undone = told(facts.BatchUndone)[-1]
    assert (undone.removed, undone.kept) == (0, 3)
    assert not told(facts.AgreementsRemoved)


def test_a_link_of_who_stays_goes_only_with_who_goes(night, haneul):
    address = takes_book(
        haneul,
        helpers=[["code name", "cell"], ["까치", "N-2"], ["모래", "N-2"]],
        links=[
            ["who", "whom", "how", "when"],
            ["까치", "버들", "met", "2026-11-03"],
            ["까치", "모래", "met", "2026-11-04"],
        ],
    )
    kkachi = PersonId(person("까치").pk)
    day = instants.Instant(night.now - HOUR_MS)
    yeoul = night.person("Yeoul")
    record_link(night.desk("Haneul"), kind=LinkKind.MET, knower=yeoul, known=kkachi, mutual=True, first=day, last=day)
    assert haneul.post(f"{address}undo/").status_code == 302
    assert person("모래") is None
    (link,) = Link.objects.filter(batch=batch_of(address))
    assert {link.knower, link.known} == {kkachi, night.person("Beodeul")}


# What is said of it ---------------------------------------------------------------------------------------------------


def test_a_report_is_why_for_safety_and_something_noted_for_everybody_else(night, haneul):
    boram = Visitor("Boram")
    address = boram.takes(HELPERS)
    night.ids.persons["Kkachi"] = PersonId(person("까치").pk)
    night.is_told("Kkachi", ReportKind.TAKEN_AWAY)
    assert "there is a report" in haneul.looks(address)
    assert "there is a report" not in boram.looks(address)
    assert "something was noted since" in boram.looks(address)
    assert boram.post(f"{address}undo/").status_code == 302
    assert "there is a report" not in boram.looks(address)
    assert "there is a report" in haneul.looks(address) or "there is a warning" in haneul.looks(address)


def test_what_stayed_is_said_to_who_holds_its_cell(night, haneul):
    address = haneul.takes(HELPERS)
    type_message(night.desk("Boram"), person=person("까치").pk, words="483907")
    night.goes_on(minutes=5)
    assert haneul.post(f"{address}undo/").status_code == 302
    for officer in ("Narae", "Dasom"):
        page = Visitor(officer).looks(address)
        assert "Kkachi" not in page
        assert "in touch" not in page
        assert "nothing of it stayed" not in page
    assert "Kkachi" in haneul.looks(address)


def test_what_stayed_of_somebody_who_was_removed_since_takes_no_page_down(night, haneul):
    helpers = haneul.takes(HELPERS)
    plan = haneul.takes("who,first,hour,every\n까치,2026-12-05,09:00,7\n")
    kkachi = person("까치")
    again = instants.parse("2026-12-02T10:00:00Z")
    agree_plan(night.desk("Haneul"), person=kkachi.pk, first=again, every_days=3, length_ms=HOUR_MS, grace_ms=HOUR_MS)
    assert haneul.post(f"{plan}undo/").status_code == 302
    haneul.post(f"{helpers}undo/")
    assert haneul.get(plan).status_code == 200


@pytest.mark.parametrize("handed", [False, True])
def test_a_shift_in_which_somebody_is_named_who_was_removed_since_is_shown(night, haneul, handed):
    address = haneul.takes(HELPERS)
    plans = haneul.takes("who,first,hour,every,length,grace\n까치,2026-11-24,20:00,7,1h,1h\n")
    night.goes_on(hours=4)
    assert told(facts.WindowMissed)
    haneul = Visitor("Haneul")
    if handed:
        desk = night.desk("Haneul")
        hand_over(desk, to=night.officer("Boram"), line="", seen=gather(desk).content.hex())
    assert haneul.post(f"{plans}undo/").status_code == 302
    assert haneul.post(f"{address}undo/").status_code == 302
    assert person("까치") is None
    page = haneul.get("/shift/")
    assert page.status_code == 200
    assert ("removed since" in page.content.decode()) is handed


# Taken twice, and at an hour that is taken ------------------------------------------------------------------------------


def test_a_plan_whose_first_hour_is_agreed_already_begins_with_the_next(night, haneul):
    who, opens = night.person("Noeul"), instants.parse("2026-12-05T00:00:00Z")
    agree_window(night.desk("Haneul"), person=who, opens=opens, closes=opens + HOUR_MS, grace_ms=HOUR_MS)
    haneul.takes(PLAN)
    assert sorted(row.opens_ms for row in Window.objects.filter(person=who)) == [opens, opens + 7 * 24 * HOUR_MS]


@pytest.mark.parametrize("meanwhile", ["window", "route", "link", "another link"])
def test_what_is_agreed_or_linked_while_rows_are_made_ready_is_seen_when_they_are_written(
    night, haneul, monkeypatch, meanwhile
):
    """A link that is another one, as calls leave them all day, holds nothing up."""
    make, desk = actions.ready, night.desk("Haneul")
    noeul, beodeul, yeoul = (night.person(name) for name in ("Noeul", "Beodeul", "Yeoul"))
    first, opens = instants.parse("2026-11-19T15:00:00Z"), instants.parse("2026-12-05T00:00:00Z")

    def slowly(*args, **more):
        made = make(*args, **more)
        if meanwhile == "window":
            agree_window(desk, person=noeul, opens=opens, closes=opens + HOUR_MS, grace_ms=HOUR_MS)
        elif meanwhile == "route":
            agree_route(
                desk, person=noeul, kind=RouteKind.RELAY, through=beodeul, delay_ms=1, exposes=Exposes.THE_RELAY
            )
        else:
            known = {"kind": LinkKind.MET, "knower": beodeul, "known": noeul if meanwhile == "link" else yeoul}
            record_link(desk, **known, mutual=True, first=first, last=first + 24 * HOUR_MS - 1)
        return made

    address = haneul.reads({"window": PLAN, "route": ONE_ROUTE}.get(meanwhile, ONE_MEETING))
    monkeypatch.setattr(actions, "ready", slowly)
    expected = 302 if meanwhile == "another link" else 409
    assert haneul.post(f"{address}apply/").status_code == expected


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        (ONE_MEETING, Link),
        ("who,whom,how,when\n버들,노을,met,2026-11\n", Link),
        ("who,whom,how,when,where\n버들,노을,met,2026-11-20,N2\n", Link),
        (ONE_ROUTE, Route),
    ],
)
def test_what_is_written_down_already_is_left_out_and_said(night, haneul, written, rows):
    haneul.takes(written)
    night.goes_on(hours=1)
    before, haneul = rows.objects.count(), Visitor("Haneul")
    address = haneul.reads(written)
    assert "already" in haneul.looks(address)
    assert haneul.post(f"{address}apply/").status_code == 409
    assert rows.objects.count() == before


def test_of_a_file_that_was_taken_in_part_the_rest_is_taken(night, haneul):
    haneul.takes(ONE_MEETING)
    before = Link.objects.count()
    address = haneul.takes(ONE_MEETING + "버들,소나기,met,2026-11-20\n")
    assert Link.objects.count() == before + 1
    assert Link.objects.get(batch=batch_of(address)).known == night.person("Sonagi")


def test_columns_that_are_taken_as_the_last_time_are_said_to_be(night, haneul):
    note = "as in the last file with these heads"
    address = haneul.reads("foo,bar\n까치,N-2\n")
    assert note not in haneul.looks(address)
    chosen = {"s1-about": "helpers", "s1-c1": "code_name", "s1-c2": "cell"}
    assert haneul.post(f"{address}columns/", {"s1-about": "helpers"}).status_code == 302
    assert haneul.post(f"{address}columns/", chosen).status_code == 302
    assert note not in haneul.looks(address), "they chose them themselves"
    boram = Visitor("Boram")
    again = boram.reads("foo,bar\n모래,N-2\n")
    assert note in boram.looks(again)
