"""Files as they come: read with everything they hide, by a process that can do nothing else."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime, time

import pytest
from workbooks import forged, workbook

from ojakgyo.apps.intake.exporting.files import harmless
from ojakgyo.apps.intake.reading import child, inside, task, wire
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.columns import COLUMNS
from ojakgyo.domain.intake.sheets import Merged

HEADS = ["누가", "누구와", "언제"]
KO = "가명,조,이름\n까치-3,N-2,가상 일\n노을,N-2,가상 이\n"
ZH = "代号,小组,姓名\n까치-3,N-2,张三\n노을,N-2,李四\n"


def read(written: bytes, *, encoding: str | None = None, name: str = ""):
    """As the child does, in this process."""
    return task.read(written, encoding=encoding, name=name)


def refusal(written: bytes, **more) -> tuple[str, dict]:
    with pytest.raises(Refused) as raised:
        read(written, **more)
    return raised.value.code.removeprefix("intake."), raised.value.ids


# Workbooks -------------------------------------------------------------------------------------------------------------


def test_a_sheet_comes_as_texts_with_the_numbers_of_its_rows():
    rows = [["우리 만남 2026"], [], HEADS, ["버들", "여울", date(2026, 11, 3)], [], ["까치-3", 3.0, datetime(2026, 11, 3, 21)],
            [True, 1012345678, time(21)], [None, " \u200b", None]]  # fmt: skip
    (found,) = read(workbook(rows)).tables
    assert (found.head_row, found.heads) == (3, tuple(HEADS))
    assert [(row.number, row.cells) for row in found.rows] == [
        (4, ("버들", "여울", "2026-11-03")),
        (6, ("까치-3", "3", "2026-11-03 21:00")),
        (7, ("True", "1012345678", "21:00")),
    ]
    assert found.dated == {3}


def test_what_a_sheet_hides_is_counted():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[4].height = 1e-9
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A2:A4")
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("seen")["A1"] = "x"

    book = workbook([HEADS, ["버들", "여울", "1"], [None, "b", "2"], [None, "c", "3"]], hide)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").replace(b'ht="1e-09"', b'ht="0"')
    found, _ = read(forged(book, {"xl/worksheets/sheet1.xml": part})).tables
    assert found.hidden_rows == 2
    assert (found.hidden, found.hidden_columns, found.merged) == (True, {2}, (Merged(2, 1, 4, 1),))


def test_what_a_workbook_says_of_its_own_size_is_not_believed():
    book = workbook([HEADS, ["버들", "여울", "2026-11-03"]])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:C2"', b'ref="B2:B2"')
    (found,) = read(forged(book, {"xl/worksheets/sheet1.xml": part})).tables
    assert (found.heads, found.rows[0].cells) == (tuple(HEADS), ("버들", "여울", "2026-11-03"))


def test_a_formula_comes_empty_whatever_it_came_to():
    cached = workbook([HEADS, ["버들", "=1+1", "#N/A"]])
    with zipfile.ZipFile(io.BytesIO(cached)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    (found,) = read(forged(cached, {"xl/worksheets/sheet1.xml": part})).tables
    assert found.rows[0].cells == ("버들", "", "")
    assert found.formulas == {(2, 2), (2, 3)}


def test_text_that_looks_like_a_formula_or_a_script_is_text():
    def write(sheet):
        sheet["A2"].value, sheet["A2"].data_type = "=1+1", "s"
        sheet["B2"] = "<script>alert(1)</script>"

    (found,) = read(workbook([HEADS], write)).tables
    assert found.rows[0].cells == ("=1+1", "<script>alert(1)</script>", "")
    assert found.formulas == frozenset()


def test_a_zip_bomb_is_refused_before_a_byte_of_it_is_unpacked(monkeypatch):
    bomb = forged(workbook([HEADS]), {"xl/media/x.bin": b"\0" * (60 << 20)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    assert refusal(bomb) == ("file_swells", {})


def test_an_archive_that_lies_about_a_size_is_refused():
    honest = forged(workbook([HEADS]), {"xl/worksheets/sheet1.xml": b"<x>" + b" " * 1_000_000 + b"</x>"})
    lying = honest.replace((1_000_007).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    assert lying != honest
    assert refusal(lying)[0] == "file_unreadable"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
)
def test_a_part_with_entities_of_its_own_is_refused(part):
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert refusal(forged(workbook([HEADS]), {part: laughs}))[0] == "file_unreadable"
    assert refusal(forged(workbook([HEADS]), {part: laughs.decode().encode("utf-16")}))[0] == "file_unreadable"


@pytest.mark.parametrize("part", [b"", b"<x", b"\0\1", b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>"])
def test_a_broken_part_is_unreadable_and_no_more(part):
    assert refusal(forged(workbook([HEADS]), {"xl/worksheets/sheet1.xml": part}))[0] in (
        "file_unreadable",
        "file_empty",
    )


def test_other_kinds_of_files_are_told_apart():
    assert refusal(b"") == ("file_empty", {})
    assert refusal(b" \r\n") == ("file_empty", {})
    assert refusal(workbook([])) == ("file_empty", {})
    assert refusal(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100) == ("file_locked", {})
    assert refusal(b"PK\3\4 and no more") == ("file_unreadable", {})
    assert refusal(forged(workbook([HEADS]), {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})) == (
        "file_kind",
        {},
    )


def test_the_row_too_many_is_named():
    lines = "who,whom,when\n" + "버들,여울,2026-11-03\n" * 20_001
    assert refusal(lines.encode()) == ("too_many_rows", {"sheet": 1, "row": 20_002})
    assert len(read(lines[: -len("버들,여울,2026-11-03\n")].encode()).tables[0].rows) == 20_000


def test_rows_of_all_sheets_are_counted_together(monkeypatch):
    monkeypatch.setattr("ojakgyo.apps.intake.reading.tabling.ROWS_LIMIT", 3)

    def second(sheet):
        other = sheet.parent.create_sheet("other")
        for row in (HEADS, ["a", "b", "c"], ["d", "e", "f"]):
            other.append(row)

    assert refusal(workbook([HEADS, ["a", "b", "c"], ["d", "e", "f"]], second)) == (
        "too_many_rows",
        {"sheet": 2, "row": 3},
    )


def test_a_row_too_wide_and_a_cell_too_long_are_named():
    assert refusal(workbook([HEADS, ["x"] * 61])) == ("too_many_columns", {"sheet": 1, "row": 2, "column": 61})
    (found,) = read(workbook([HEADS, ["a", "b" * 2_001, "c"]])).tables
    assert (found.rows[0].cells, found.too_long) == (("a", "", "c"), {(2, 2)})


def test_letters_that_nobody_sees_do_not_come_in():
    (found,) = read("이름,조\n가\u202e상\u200b 일,N-2\n".encode()).tables
    assert found.rows[0].cells == ("가상 일", "N-2")


@pytest.mark.parametrize("text", ["=1+1", "+가", "-가", "@x", "＝1", " =1"])
def test_an_apostrophe_our_own_export_put_in_front_is_taken_off_again(text):
    (found,) = read(f'이름,조,비고\n"{harmless(text)}",N-2,\'가상\n'.encode()).tables
    assert found.rows[0].cells == (text.strip(), "N-2", "'가상")
    assert read(workbook([HEADS, [f"'{text}", "b", "c"]])).tables[0].rows[0].cells[0] == text.strip()


def test_blanks_in_a_row_are_one():
    (found,) = read(f'이름,조,비고\n가상{" " * 900}일,N-2,"한{chr(0x3000) * 900}\n \n\n둘"\n'.encode()).tables
    assert found.rows[0].cells == ("가상 일", "N-2", "한\n둘")


@pytest.mark.parametrize("ours", ["workbook.text_of", "workbook._note", "tabling.head_place"])
@pytest.mark.parametrize("kind", [ValueError, LookupError, TypeError, AttributeError, OSError])
def test_a_mistake_of_ours_is_not_said_to_be_the_file_s(monkeypatch, caplog, ours, kind):
    def wrong(*_):
        raise kind("가상 일")

    monkeypatch.setattr(f"ojakgyo.apps.intake.reading.{ours}", wrong)
    answer = task.done(workbook([HEADS, ["버들", "여울", "x"]]), encoding=None, name="")
    with pytest.raises(Refused, match=r"house\.failed"):
        wire.taken(answer)
    assert re.fullmatch(rf"reading failed: {kind.__name__} reading/\w+\.py:\d+", caplog.messages[-1])


def test_what_a_child_says_failed_is_logged_only_if_it_is_a_type_and_a_place(caplog):
    with pytest.raises(Refused, match=r"house\.failed"):
        wire.taken({"failed": "가상 일\nforged line"})
    assert caplog.messages == ["reading failed: unknown"]


# Text files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16")])
def test_an_encoding_that_proves_itself_is_taken_and_shown(encoding, said):
    found = read(KO.encode(encoding))
    assert (found.encoding, found.unsure) == (said, False)
    assert found.previews[0].lines[1] == ("까치-3", "N-2", "가상 일")
    assert found.tables[0].rows[0].cells == ("까치-3", "N-2", "가상 일")


@pytest.mark.parametrize(
    ("text", "encoding"), [(KO, "cp949"), (ZH.replace("까치", "喜鹊").replace("노을", "晚霞"), "gb18030")]
)
def test_an_encoding_that_cannot_be_known_is_shown_in_each_and_decided_by_somebody(text, encoding):
    found = read(text.encode(encoding))
    assert found.unsure
    assert found.previews[0].encoding == encoding  # the likeliest first
    assert found.previews[0].lines[0] == tuple(text.splitlines()[0].split(","))
    chosen = read(text.encode(encoding), encoding=encoding)
    assert chosen.encoding == encoding
    assert len(chosen.tables[0].rows) == 2


def test_a_wrong_choice_of_letters_is_said():
    assert refusal(KO.encode("cp949"), encoding="utf-8") == ("encoding_wrong", {})
    assert refusal(KO.encode(), encoding="latin-1") == ("encoding_wrong", {})
    assert refusal(b"\xff\xff\x80,\x81\n") == ("encoding_unknown", {})


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_that_parts_the_cells_is_found(sign):
    (found,) = read(KO.replace(",", sign).encode()).tables
    assert found.heads == ("가명", "조", "이름")


def test_a_quote_that_is_never_closed_is_refused_where_it_opens():
    assert refusal('이름,조\n가,N-2\n"나,N-2\n다,N-2\n'.encode()) == ("quote_open", {"sheet": 1, "row": 3})


def test_formula_text_of_a_csv_stays_text():
    (found,) = read("이름,조,비고\n=1+1,N-2,@x\n".encode()).tables
    assert found.rows[0].cells == ("=1+1", "N-2", "@x")


# The child -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_template_is_made_and_understood_by_a_child(language):
    made = child.template(language)
    tables = child.read_file(made).tables
    layouts = [heads.layout_of(each) for each in tables]
    assert layouts[0].kind is None, "the sheet that explains is passed over"
    assert {each.kind for each in layouts[1:]} == set(COLUMNS)
    for each in layouts[1:]:
        assert tuple(each.columns.values()) == COLUMNS[each.kind]
    assert not any(each.rows for each in tables[1:])


def test_a_refusal_comes_back_as_itself():
    with pytest.raises(Refused, match=r"intake\.quote_open sheet=1 row=2"):
        child.read_file(b'a,b\n"c,d\n')


def test_a_file_too_big_starts_no_child(monkeypatch):
    monkeypatch.setattr(child, "_asked", lambda *_: pytest.fail("started"))
    with pytest.raises(Refused, match=r"intake\.file_too_big"):
        child.read_file(b"x" * (child.BYTES_LIMIT + 1))


def test_with_its_doors_shut_a_process_opens_and_writes_nothing_more():
    tried = (
        "import os, socket, resource\n"
        "from ojakgyo.apps.intake.reading.inside import shut_doors\n"
        "shut_doors()\n"
        "for act in (lambda: open('/etc/passwd'), lambda: open('/tmp/x', 'w'), socket.socket, os.pipe,\n"
        "            lambda: bytearray(1 << 30)):\n"
        "    try:\n        act()\n    except (OSError, MemoryError):\n        print('shut')\n"
    )
    ran = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=True)
    assert ran.stdout == "shut\n" * 5


def test_the_child_is_given_no_surroundings_and_no_file(monkeypatch):
    given = {}

    def popen(command, **more):
        given.update(more, command=command)
        raise FileNotFoundError

    monkeypatch.setattr(child.subprocess, "Popen", popen)
    monkeypatch.setenv("OJAK_HOME", "/somewhere")
    with pytest.raises(FileNotFoundError):
        child.read_file(b"a,b\n", "김 명단.csv")
    assert given["env"].keys() == {"OPENPYXL_LXML"}
    assert not any("김" in word for word in given["command"])
    assert "-I" in given["command"]
    assert not given.get("pass_fds")


def test_an_answer_that_no_honest_child_would_give_is_not_believed():
    honest = wire.told(read(KO.encode()))
    assert wire.taken(honest).tables == read(KO.encode()).tables
    table = honest["tables"][0]
    for bad in (
        {},
        {**honest, "tables": [{**table, "rows": [[2, False, ["short"]]]}]},
        {**honest, "tables": [{**table, "rows": [[2, False, [["a"], "b", "c"]]]}]},
        {**honest, "tables": [{**table, "number": "x"}]},
        {"refused": "vault.sealed", "ids": {}},
        {"refused": "intake.file_heavy", "ids": 3},
        {"refused": "intake.file_heavy", "ids": {"row": "x"}},
        {"refused": []},
        {"refused": "no.such"},
    ):
        with pytest.raises(Refused, match=r"intake\.file_unreadable"):
            wire.taken(bad)
    assert inside.SECONDS_LIMIT < child.SECONDS_LIMIT
