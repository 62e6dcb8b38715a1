"""One's own cells on the way out: by two persons, once, with what may leave and nothing else, harmless to a spreadsheet."""

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from factories.cast import CELLS, HELPERS
from openpyxl import load_workbook
from world import NOW, told

from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer, Route
from ojakgyo.apps.intake.exporting import child, files, gathering, wording
from ojakgyo.apps.intake.exporting.actions import ask_export, export_cells
from ojakgyo.apps.intake.exporting.wording import Speech, Table
from ojakgyo.apps.intake.knowing import known
from ojakgyo.apps.intake.reading.child import read_file
from ojakgyo.apps.network.models import Link
from ojakgyo.apps.people.actions import keep_name
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.apps.vault.models import Request, RequestCell
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import RequestState
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import CellsExported, ExportFormat, Exposes, LinkKind, PlanKind, StandAside
from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.checking import check
from ojakgyo.domain.intake.columns import COLUMNS, REQUIRED, Column, SheetKind
from ojakgyo.domain.intake.drafts import Draft, Known, Severity, Who
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.ids import TokenId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

DANGEROUS = ["=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "=cmd|' /C calc'!A0", "-", "+"]
REAL = {helper.name: f"Invented-{place}" for place, helper in enumerate(HELPERS)}


@pytest.fixture
def named(night, monkeypatch):
    """Everybody has a real name; Beodeul's and the note on it begin like formulas."""
    monkeypatch.setattr(settings, "OJAK_YOUNG_HAND_MS", 0)  # whose hand is young is another test's
    for helper in HELPERS:
        name = RealName("=" + REAL[helper.name], ("one", "two"), "@note") if helper.name == "Beodeul" else None
        keep_name(
            night.desk("Haneul"),
            person=night.person(helper.name),
            cell=night.ids.cells[helper.cell],
            name=name or RealName(REAL[helper.name], (), ""),
        )
    return night


def asked(
    night, *codes: str, by: str = "Haneul", file_format: ExportFormat = ExportFormat.XLSX, second: str | None = "Boram"
):
    cells = frozenset(night.ids.cells[code] for code in codes)
    request = ask_export(night.desk(by), cells=cells, file_format=file_format)
    if second:
        approve_request(night.desk(second), request=request)
    return request


def code_of(work) -> str:
    with pytest.raises((Refused, NotHeld)) as refused:
        work()
    return refused.value.code


def sheets(made: bytes) -> dict[str, list[list[str]]]:
    book = load_workbook(io.BytesIO(made))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


# Two persons, once ---------------------------------------------------------------------------------------------------


def test_what_two_have_signed_leaves_once_and_is_written_down(named):
    request = asked(named, "N-2", "C-1")
    file_format, made = export_cells(named.desk("Haneul"), request=request, language="en")
    assert file_format is ExportFormat.XLSX
    cells = named.ids.cells
    assert told(CellsExported) == [
        CellsExported(request=request, cell=cell, people=people, format=ExportFormat.XLSX)
        for cell, people in sorted(((cells["N-2"], 4), (cells["C-1"], 1)))
    ]
    assert code_of(lambda: export_cells(named.desk("Haneul"), request=request, language="en")) == "vault.request_lapsed"
    found = sheets(made)
    assert [row[0] for row in found["helpers"][1:]] == ["Galmae-3", "Beodeul", "Noeul", "Sonagi", "Yeoul"]
    beodeul = dict(zip(found["helpers"][0], found["helpers"][2], strict=True))
    assert beodeul | {"name": "'=Invented-0", "other names": "one, two", "cell": "N-2", "roles": "helper"} == beodeul
    assert {row[1] for row in found["lines"][1:]} == {
        h.number for h in HELPERS if h.number and h.cell in ("N-2", "C-1")
    }
    assert found["cells"][1:] == [["C-1", "C1", None, None], ["N-2", "N2", None, None]]


def test_one_hand_another_asker_and_a_stranger_make_nothing(named, monkeypatch):
    monkeypatch.setattr(child, "write_file", lambda *_: pytest.fail("a file was made"))
    half = asked(named, "N-2", second=None)
    assert code_of(lambda: export_cells(named.desk("Haneul"), request=half, language="en")) == "vault.second_hand"
    assert code_of(lambda: approve_request(named.desk("Haneul"), request=half)) == "vault.second_hand"
    whole = asked(named, "C-1")
    assert code_of(lambda: export_cells(named.desk("Narae"), request=whole, language="en")) == "intake.export_asker"
    assert code_of(lambda: export_cells(named.desk("Boram"), request=whole, language="en")) == "vault.role_wanted"
    named.goes_on(minutes=31)
    assert code_of(lambda: export_cells(named.desk("Haneul"), request=whole, language="en")) != ""
    assert told(CellsExported) == []


def test_who_holds_no_key_to_a_cell_cannot_ask_for_it(named):
    assert code_of(lambda: asked(named, "C-1", "N-2", by="Narae")) == "vault.not_held"
    assert code_of(lambda: asked(named, "C-1", by="Boram")) == "vault.role_wanted"
    assert code_of(lambda: asked(named)) == "intake.export_nothing"
    assert not Request.objects.exists()


def test_cells_that_were_put_in_afterwards_are_not_what_was_signed(named):
    request = asked(named, "C-1")
    RequestCell.objects.create(request_id=request, cell=named.ids.cells["N-2"])
    assert (
        code_of(lambda: export_cells(named.desk("Haneul"), request=request, language="en")) == "vault.request_changed"
    )
    RequestCell.objects.filter(request=request).delete()
    assert (
        code_of(lambda: export_cells(named.desk("Haneul"), request=request, language="en")) == "vault.request_changed"
    )
    Request.objects.filter(pk=request).update(argument=3)
    assert (
        code_of(lambda: export_cells(named.desk("Haneul"), request=request, language="en")) == "vault.request_changed"
    )
    assert told(CellsExported) == []


def test_a_child_that_fails_spends_nothing(named, monkeypatch):
    request = asked(named, "C-1")
    monkeypatch.setattr(child, "_STARTS", "raise SystemExit(1)")
    assert code_of(lambda: export_cells(named.desk("Haneul"), request=request, language="en")) == "intake.export_failed"
    assert Request.objects.get(pk=request).state is RequestState.OPEN


# What leaves ---------------------------------------------------------------------------------------------------------


def texts(gathered) -> str:
    return "\n".join(str(value) for table in gathered.tables for row in table.rows for value in row)


@pytest.mark.parametrize("code", CELLS)
def test_nothing_of_another_cell_leaves(named, code):
    found = texts(gathering.gather(named.desk("Haneul"), cells={named.ids.cells[code]}, language="en"))
    for helper in HELPERS:
        inside = helper.cell == code
        assert (REAL[helper.name] in found) is inside, helper.name
        if helper.number:
            assert (helper.number in found) is inside, helper.name


def test_links_go_out_where_both_ends_do_and_a_relay_by_code_name(named):
    both = gathering.gather(named.desk("Haneul"), cells=set(named.ids.cells.values()), language="en").tables
    links = {(row[0], row[1], row[2]) for row in both[3].rows}
    assert links == {
        ("Yeoul", "Beodeul", "call"),
        ("Haebaragi", "Yeoul", "call"),
        ("Galmae-3", "Durumi", "same house"),
        ("Noeul", "Sonagi", "same house"),
    }
    alone = gathering.gather(named.desk("Haneul"), cells={named.ids.cells["N-2"]}, language="en").tables
    assert {row[:2] for row in alone[3].rows} == {("Yeoul", "Beodeul"), ("Noeul", "Sonagi")}
    assert [row[:4] for row in alone[5].rows] == [("Yeoul", "relay", "Haebaragi", "55 min")]


def test_a_cell_that_does_not_open_is_not_gathered(named):
    with pytest.raises(NotHeld):
        gathering.gather(named.desk("Dasom"), cells={named.ids.cells["N-2"]}, language="en")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", SheetKind)
def test_every_head_is_understood_by_the_import_in_both_languages(kind, language):
    table = Speech(language).table(kind, [])
    assert heads.kind_of(table.heads, table.title) is kind
    understood = set(heads.guess(table.heads, kind).values())
    left = {Column.COUNTRY} | ({Column.PHONE} if kind is SheetKind.HELPERS else set())
    assert understood == set(COLUMNS[kind]) - left
    assert understood >= REQUIRED[kind]


# Harmless to a spreadsheet -------------------------------------------------------------------------------------------


def made_of(*values: str | int) -> tuple[Table, ...]:
    return (Table(SheetKind.HELPERS, "helpers", ("name",), ("name",), tuple((value,) for value in values)),)


def test_formulas_are_made_harmless_in_every_format(tmp_path):
    tables = [{"kind": "helpers", "title": "helpers", "keys": ["name"], "heads": ["name"],
               "rows": [[each] for each in (*DANGEROUS, "버들", 7)]}]  # fmt: skip
    book = load_workbook(io.BytesIO(files.workbook(tables)))
    cells = [row[0] for row in book["helpers"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * (len(DANGEROUS) + 1) + ["n"]
    assert all(cell.value.startswith("'") for cell in cells[: len(DANGEROUS)])
    assert all(cell.quotePrefix for cell in cells[:-1])
    with zipfile.ZipFile(io.BytesIO(files.bundle(tables))) as archive:
        read = archive.read("helpers.csv")
    assert read.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(read.decode("utf-8-sig"), newline="")))[1:]
    assert all(row[0].startswith("'") for row in rows[: len(DANGEROUS)])
    assert [row[0] for row in rows[len(DANGEROUS) :]] == ["버들", "7"]
    raw = json.loads(files.objects(tables))["helpers"]
    assert [each["name"] for each in raw] == [*DANGEROUS, "버들", 7]


def test_a_phone_is_a_text_and_goes_out_as_it_is_in_a_workbook_and_behind_an_apostrophe_in_csv():
    tables = [{"kind": "lines", "title": "lines", "keys": ["phone"], "heads": ["phone"], "rows": [["+8610012345678"]]}]
    cell = load_workbook(io.BytesIO(files.workbook(tables)))["lines"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("+8610012345678", "s", True)
    with zipfile.ZipFile(io.BytesIO(files.bundle(tables))) as archive:
        assert b"'+8610012345678" in archive.read("lines.csv")


def test_signs_that_no_workbook_holds_do_not_break_it():
    tables = [{"kind": "x", "title": "x", "keys": ["x"], "heads": ["x"], "rows": [["a\x00b\x0bc\ud800"]]}]
    assert load_workbook(io.BytesIO(files.workbook(tables)))["x"]["A2"].value == "a b c "


def test_no_temporary_file_is_written(monkeypatch):
    """The library's own way writes each sheet to one; names would lie on the disk."""
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda *_, **__: pytest.fail("a temporary file"))
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", lambda *_: pytest.fail("a temporary file"))
    lying = lambda: {each.name for each in Path(tempfile.gettempdir()).glob("openpyxl*")}  # noqa: E731
    before = lying()
    assert files.workbook([{"kind": "x", "title": "x", "keys": ["x"], "heads": ["x"], "rows": [["x"]]}])
    assert lying() == before


def test_the_child_writes_every_format_with_its_doors_shut():
    made = {each: child.write_file(each, made_of("버들", "=1", 7)) for each in ExportFormat}
    assert sheets(made[ExportFormat.XLSX]) == {"helpers": [["name"], ["버들"], ["'=1"], [7]]}
    with zipfile.ZipFile(io.BytesIO(made[ExportFormat.CSV])) as archive:
        assert archive.namelist() == ["helpers.csv"]
    assert json.loads(made[ExportFormat.JSON])["helpers"] == [{"name": "버들"}, {"name": "=1"}, {"name": 7}]


def test_the_child_can_open_and_write_no_file_and_is_handed_no_surroundings(monkeypatch):
    tries = "import json, os, sys\nfrom ojakgyo.apps.intake.reading.inside import shut_doors\n"
    tries += "json.load(sys.stdin)\nshut_doors()\n"
    tries += "try: open('/etc/hostname'); print('opened')\nexcept OSError: print('shut', sorted(os.environ))"
    monkeypatch.setattr(child, "_STARTS", f"import sys; sys.path.insert(0, sys.argv[1]); exec({tries!r})")
    monkeypatch.setenv("OJAK_HOME", "/nowhere")
    said = child.write_file(ExportFormat.JSON, made_of("x")).decode()
    assert said.startswith("shut")
    assert "OJAK_HOME" not in said


# There and back ------------------------------------------------------------------------------------------------------


def test_times_are_said_so_that_they_come_in_again():
    at = Instant(NOW)
    assert wording.when(at, at, "C", imprecise=False) == ("2026-11-24 18:12", "")
    assert wording.when(at, Instant(at + 3 * DAY_MS), "N", imprecise=False) == ("2026-11-24", "2026-11-27")
    month = Instant(1_793_458_800_000)  # 1 November 2026, midnight in the North
    assert wording.when(month, Instant(month + 30 * DAY_MS - 1), "N", imprecise=True) == ("2026-11", "")
    assert wording.when(month, Instant(month + DAY_MS - 1), "N", imprecise=False) == ("2026-11-01", "")
    assert wording.lasting(90 * MINUTE_MS) == "1 h 30 min"
    assert wording.lasting(2 * HOUR_MS) == "2 h"
    assert wording.hours(0, 1440, "N") == ("", "")
    assert wording.hours(60, 1380, "C") == ("09:00", "07:00")


def agreed_with_yeoul(night) -> None:
    """A plan, a noticer and a stand-aside plan beside the relay; and one meeting somewhere in October."""
    yeoul, sonagi = night.person("Yeoul"), night.person("Sonagi")
    first = Instant(NOW - 10 * DAY_MS)
    ContactPlan.objects.create(person_id=yeoul, first_ms=first, every_days=7, length_ms=90 * MINUTE_MS, grace_ms=DAY_MS)
    by_the_clock = {"kind": PlanKind.PATTERN, "rule": "30 21 * * 1,4", "zone": "Asia/Seoul", "every_days": 0}
    ContactPlan.objects.create(person_id=sonagi, first_ms=first, length_ms=HOUR_MS, grace_ms=DAY_MS, **by_the_clock)
    Noticer.objects.create(person_id=yeoul, noticer_id=sonagi, delay_ms=6 * HOUR_MS)
    AsidePlan.objects.create(person_id=yeoul, aside=StandAside.LIE_LOW, adults=2, children=1)
    Route.objects.filter(person_id=yeoul).update(from_minute=60, to_minute=1380, rehearsed_ms=NOW - 20 * DAY_MS)
    october = Instant(instants.parse("2026-09-30T15:00:00Z"))
    Link.objects.create(
        kind=LinkKind.MET, knower=yeoul, known=sonagi, mutual=True, imprecise=True,
        first_ms=october, last_ms=october + 31 * DAY_MS - 1,
    )  # fmt: skip


def drafted(made: bytes, known: Known) -> Draft:
    read = read_file(made, "table.xlsx")
    return check(read.tables, [heads.layout_of(table) for table in read.tables], known)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_went_out_comes_in_again_at_a_desk_that_knows_nobody(named, language):
    agreed_with_yeoul(named)
    everything = set(named.ids.cells.values())
    made = child.write_file(
        ExportFormat.XLSX, gathering.gather(named.desk("Haneul"), cells=everything, language=language).tables
    )
    draft = drafted(made, Known(now=named.now))
    assert [finding for finding in draft.findings if finding.severity is Severity.ERROR] == []
    names = {person.code_name.en: person for person in draft.people}
    assert {name: person.cell.cell for name, person in names.items()} == {each.name: each.cell for each in HELPERS}
    assert {name: person.name.lstrip("'=") for name, person in names.items()} == REAL
    assert names["Beodeul"].aliases == ("one", "two")
    who = {Who(new=place): person.code_name.en for place, person in enumerate(draft.people)}
    assert {(who[line.holder], line.number) for line in draft.lines} == {
        (h.name, h.number) for h in HELPERS if h.number
    }
    kinds = {LinkKind.CALLED: 2, LinkKind.HOUSED: 2, LinkKind.MET: 1}
    assert {kind: sum(link.kind is kind for link in draft.links) for kind in kinds} == kinds
    (met,) = (link for link in draft.links if link.kind is LinkKind.MET)
    kept = Link.objects.get(kind=LinkKind.MET)
    assert (met.first, met.last, met.imprecise) == (kept.first_ms, kept.last_ms, True)
    (plan,) = draft.plans
    assert (who[plan.person], plan.first, plan.every_days) == ("Yeoul", NOW + 4 * DAY_MS, 7)
    assert (plan.length_ms, plan.grace_ms) == (90 * MINUTE_MS, DAY_MS)
    (route,) = draft.routes
    assert (who[route.through], route.delay_ms, route.from_minute, route.to_minute) == (
        "Haebaragi",
        55 * MINUTE_MS,
        60,
        1380,
    )
    assert route.exposes is Exposes.THE_RELAY
    (noticer,), (aside,) = draft.noticers, draft.asides
    assert (who[noticer.noticer], noticer.delay_ms) == ("Sonagi", 6 * HOUR_MS)
    assert (aside.aside, aside.adults, aside.children) == (StandAside.LIE_LOW, 2, 1)
    assert {cell.code.cell: cell.area.area for cell in draft.cells} == CELLS


def test_what_went_out_is_known_where_it_came_from(named):
    made = child.write_file(
        ExportFormat.XLSX,
        gathering.gather(named.desk("Haneul"), cells={named.ids.cells["N-2"]}, language="en").tables,
    )
    draft = drafted(made, known(named.desk("Haneul")))
    assert [finding for finding in draft.findings if finding.severity is Severity.ERROR] == []
    assert draft.people == draft.lines == draft.cells == ()


# The page ------------------------------------------------------------------------------------------------------------


class Visitor(Client):
    """A browser with an officer in front of it; the password was typed just now, or not."""

    def __init__(self, night, officer: str, *, fresh: bool = True) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
        if not fresh:
            (seat, *_) = seats.present()
            seats._taken[seat.id] = replace(seat, password_s=None)
        self.post("/language/", {"language": "en"})


def test_the_page_asks_and_makes_the_file_with_a_neutral_name(named):
    haneul, cell = Visitor(named, "Haneul"), ids.text("c", named.ids.cells["C-2"])
    assert "N-2" in haneul.get("/export/").content.decode()
    to = haneul.post("/export/ask/", {"cells": [cell], "format": "json"})["Location"]
    page = Visitor(named, "Boram").get(to).content.decode()
    assert "These cells leave this machine as a file (JSON): C-2." in page
    request = ids.parse_kind("t", to.split("/")[-2])
    approve_request(named.desk("Boram"), request=TokenId(request))
    answer = haneul.post("/export/make/", {"request": ids.text("t", request)})
    assert answer["Content-Disposition"] == 'attachment; filename="table.json"'
    assert answer["Cache-Control"] == "no-store"
    told_now = json.loads(answer.content)
    assert {each["name"] for each in told_now["helpers"]} == {REAL["Haebaragi"], REAL["Durumi"]}
    assert haneul.post("/export/make/", {"request": ids.text("t", request)}).status_code == 409


def test_without_a_fresh_password_nothing_is_asked_or_made(named):
    cell = ids.text("c", named.ids.cells["C-2"])
    stale = Visitor(named, "Haneul", fresh=False)
    assert (
        "This needs your password again."
        in stale.post("/export/ask/", {"cells": [cell], "format": "csv"}).content.decode()
    )
    request = asked(named, "C-2")
    assert stale.post("/export/make/", {"request": ids.text("t", request)}).status_code == 409
    assert told(CellsExported) == []


@pytest.mark.parametrize(
    "typed", [{}, {"cells": ["c_1"], "format": "xlsx"}, {"format": "xlsx"}, {"cells": ["p_1"], "format": "doc"}]
)
def test_a_form_that_is_not_whole_is_refused(named, typed):
    assert Visitor(named, "Haneul").post("/export/ask/", typed).status_code == 409
    assert not Request.objects.exists()
