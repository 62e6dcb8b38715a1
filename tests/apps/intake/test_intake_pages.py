"""Paper in, on the pages: read, look, correct, take, take back."""

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from world import told

from ojakgyo.apps.contact.actions import type_message
from ojakgyo.apps.intake import actions, staging
from ojakgyo.apps.intake.models import Batch, BatchState, Brought
from ojakgyo.apps.intake.queries import newcomers
from ojakgyo.apps.network.actions import add_person
from ojakgyo.apps.network.keeping import taken_names
from ojakgyo.apps.network.models import Line, Link, Membership
from ojakgyo.apps.people.models import Person, PersonKey, RealName
from ojakgyo.apps.vault.models import Cell, Grant, OrganisationGrant
from ojakgyo.apps.vault.seats import CONFIRMED_S, seats
from ojakgyo.config.asgi import application
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LinkSource
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import BatchId
from ojakgyo.domain.values.instants import DAY_MS
from ojakgyo.domain.values.roles import PersonRole
from ojakgyo.web import uploads

HELPERS = """가명,조,이름,전화
까치,N-2,지어낸 사람,+8613912345671
모래,N-2,지어낸 이웃,+8613912345672
단비,N-2,,
"""
MEETINGS = """who,whom,how,when
버들,까치,met,2026-11-03
까치,모래,met,2026-10
"""


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, officer: str, language: str = "en") -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        assert self.post("/enter/", {"code_name": officer, "password": f"of {officer}"}).status_code == 302
        self.post("/language/", {"language": language})

    def sends(self, written: str | bytes, name: str = "list.csv", **more: str):
        data = written.encode() if isinstance(written, str) else written
        return self.post("/intake/", {"sheet": SimpleUploadedFile(name, data), **more})

    def reads(self, written: str | bytes, name: str = "list.csv", **more: str) -> str:
        """The address of what was read."""
        sent = self.sends(written, name, **more)
        assert sent.status_code == 302, sent.content.decode()
        return sent["Location"]

    def looks(self, address: str) -> str:
        return self.get(address).content.decode()

    def takes(self, written: str) -> str:
        address = self.reads(written)
        assert self.post(f"{address}apply/").status_code == 302
        return address


@pytest.fixture
def haneul(night):
    return Visitor("Haneul")


def person(korean: str) -> Person | None:
    return Person.objects.filter(word=CodeName.of(korean).word, number=0).first()


def batch_of(address: str) -> BatchId:
    return BatchId(ids.parse_kind("b", address.strip("/").split("/")[1]))


# Reading and looking --------------------------------------------------------------------------------------------------


def test_a_list_is_read_looked_at_and_taken(night, haneul):
    address = haneul.reads(HELPERS)
    page = haneul.looks(address)
    assert "All 3 rows can be taken" in page
    assert "지어낸" not in page
    assert "139" not in page
    assert person("까치") is None
    assert haneul.post(f"{address}apply/").status_code == 302
    assert "3 helpers, 2 phones, 0 links" in " ".join(haneul.looks(address).split())
    kkachi = person("까치")
    assert Membership.objects.get(person=kkachi).cell_id == night.ids.cells["N-2"]
    (real,) = RealName.objects.filter(person=kkachi)
    assert "지어낸".encode() not in real.ident
    assert {fact.person for fact in told(facts.PersonAdded)} >= {kkachi.pk}
    assert told(facts.BatchApplied)[-1].people == 3
    assert Batch.objects.get().content is None


def test_links_say_where_they_come_from_and_stay_as_vague_as_they_were(night, haneul):
    haneul.takes(HELPERS)
    address = haneul.takes(MEETINGS)
    sharp, vague = Link.objects.filter(batch=batch_of(address)).order_by("imprecise")
    assert {sharp.source, vague.source} == {LinkSource.IMPORTED}
    assert (sharp.knower, sharp.known) == (night.person("Beodeul"), person("까치").pk)
    assert vague.imprecise
    assert vague.last_ms - vague.first_ms > 20 * DAY_MS
    night.settle()


def test_a_row_that_cannot_be_taken_is_named_by_row_and_column(haneul):
    page = haneul.looks(haneul.reads(HELPERS + "서리-77,X-9,,\n"))
    assert "3 rows of 4 can be taken" in page
    assert "row 5, column B" in page


def test_the_list_of_findings_holds_places_and_nothing_out_of_the_file(haneul):
    address = haneul.reads(HELPERS + "서리-77,X-9,,\n")
    listed = haneul.get(f"{address}findings/")
    assert "intake." in listed.content.decode()
    assert "X-9" not in listed.content.decode()
    assert listed["Cache-Control"] == "no-store"


def test_a_file_that_cannot_be_read_changes_nothing_and_says_why(haneul):
    refused = haneul.sends(b"PK\x03\x04 no workbook", "list.xlsx")
    assert refused.status_code == 409
    assert "could not be read" in refused.content.decode() or "intake" in refused.content.decode()
    assert haneul.post("/intake/", {}).status_code == 409
    assert not Batch.objects.exists()


def test_letters_that_are_not_sure_are_chosen_with_a_preview(haneul):
    address = haneul.reads(HELPERS.encode("cp949"))
    page = haneul.looks(address)
    if "In which of these can you read it?" in page:
        assert "CP949" in page
        assert haneul.post(f"{address}letters/", {"encoding": "utf-32"}).status_code == 409
        assert haneul.post(f"{address}letters/", {"encoding": "cp949"}).status_code == 302
        page = haneul.looks(address)
    assert "letters read as CP949" in page
    assert "All 3 rows can be taken" in page


def columns_of(**changed: str) -> dict[str, str]:
    """What the form of columns says, with something chosen otherwise."""
    said = {"s1-about": "helpers", "s1-c1": "code_name", "s1-c2": "cell", "s1-c3": "name", "s1-c4": "phone"}
    return said | changed


def test_a_column_is_chosen_otherwise_and_remembered_for_files_with_such_heads(night, haneul):
    address = haneul.reads(HELPERS)
    assert haneul.post(f"{address}columns/", columns_of(**{"s1-c3": "note", "s1-c4": ""})).status_code == 302
    again = haneul.reads(HELPERS)
    content = staging.opened(night.desk("Haneul"), batch_of(again))
    assert {at: str(of) for at, of in content.layouts[0].columns.items()} == {1: "code_name", 2: "cell", 3: "note"}
    assert content.tried.counts["lines"] == 0
    assert haneul.post(f"{address}columns/", {"s1-about": "nonsense"}).status_code == 409


# Sealed ---------------------------------------------------------------------------------------------------------------


def test_what_waits_opens_for_who_read_it_and_for_nobody_else(night, haneul):
    address = haneul.reads(HELPERS)
    row = Batch.objects.get()
    assert "지어낸".encode() not in row.content
    boram = Visitor("Boram")
    assert boram.get(address).status_code == 404
    for does in ("apply/", "drop/", "columns/", "letters/"):
        assert boram.post(address + does, {"encoding": "utf-8"}).status_code in (404, 409)
    Batch.objects.update(officer_id=night.officer("Boram"))  # somebody with the database in hand
    with pytest.raises(Refused):
        staging.opened(night.desk("Boram"), BatchId(row.pk))
    assert Person.objects.count() == 8


def test_what_waits_dies_after_seven_days(night, haneul):
    address = haneul.reads(HELPERS)
    night.at(night.now + 7 * DAY_MS)
    row = Batch.objects.get()
    assert (row.state, row.content) == (BatchState.DROPPED, None)
    assert [fact.batch for fact in told(facts.BatchDropped)] == [batch_of(address)]


def test_what_is_left_is_forgotten_at_once(haneul):
    address = haneul.reads(HELPERS)
    assert haneul.post(f"{address}drop/").status_code == 302
    assert Batch.objects.get().content is None
    assert haneul.post(f"{address}apply/").status_code in (404, 409)


def test_a_cell_that_is_not_held_is_not_written_into(night):
    """Dasom holds no key to N-2."""
    dasom = Visitor("Dasom")
    address = dasom.reads(HELPERS)
    assert "Nothing of this file can be taken yet" in dasom.looks(address)
    assert dasom.post(f"{address}apply/").status_code == 409
    assert person("까치") is None


def test_a_key_withdrawn_after_the_dry_run_is_missed_when_it_is_written(night):
    boram = Visitor("Boram")
    address = boram.reads(HELPERS)
    Grant.objects.filter(officer=night.officer("Boram"), cell=night.ids.cells["N-2"]).delete()
    assert boram.post(f"{address}apply/").status_code in (403, 409)
    assert person("까치") is None
    assert Batch.objects.get().state == BatchState.STAGED


def test_what_changed_at_the_desk_meanwhile_is_shown_before_it_is_written(night, haneul):
    first, second = haneul.reads(HELPERS), haneul.reads(HELPERS)
    assert haneul.post(f"{first}apply/").status_code == 302
    late = haneul.post(f"{second}apply/")
    assert late.status_code == 409
    assert "Something has changed at the desk" in late.content.decode()
    assert Person.objects.count() == 8 + 3


@pytest.mark.parametrize("meanwhile", ["withdrawn", "added"])
def test_what_happens_while_rows_are_made_ready_is_seen_when_they_are_written(night, haneul, monkeypatch, meanwhile):
    address, make = haneul.reads(HELPERS), actions.ready

    def slowly(desk, *args, **more):
        made = make(desk, *args, **more)
        if meanwhile == "withdrawn":
            Grant.objects.filter(officer=night.officer("Haneul"), cell=night.ids.cells["N-2"]).delete()
        else:
            add_person(desk, name=CodeName.of("들꽃"), role=PersonRole.HELPER, cell=night.ids.cells["C-1"])
        return made

    monkeypatch.setattr(actions, "ready", slowly)
    refused = haneul.post(f"{address}apply/")
    assert refused.status_code == (403 if meanwhile == "withdrawn" else 409)
    assert person("까치") is None
    assert Batch.objects.get().state == BatchState.STAGED


# New cells ------------------------------------------------------------------------------------------------------------

CELLS = "조,지역\nN-9,N2\n"


def test_a_new_cell_goes_to_who_imports_and_to_the_organisation(night, haneul):
    haneul.takes(CELLS)
    cell = Cell.objects.get(side="N", number=9)
    assert [grant.officer_id for grant in Grant.objects.filter(cell=cell)] == [night.officer("Haneul")]
    assert OrganisationGrant.objects.filter(cell=cell).count() == 1
    assert night.desk("Haneul").keyring.holds(cell.pk)


def test_who_may_not_found_cells_brings_none(night):
    boram = Visitor("Boram")
    address = boram.reads(CELLS)
    assert boram.post(f"{address}apply/").status_code == 409
    assert not Cell.objects.filter(number=9).exists()


# Taking back ----------------------------------------------------------------------------------------------------------


def test_taking_back_removes_all_and_the_same_file_can_be_read_again(night, haneul):
    before = (Person.objects.count(), Line.objects.count(), Link.objects.count())
    haneul.takes(CELLS)
    address = haneul.takes(HELPERS + "들꽃,N-9,이름뿐,\n")
    haneul_again = haneul.takes(MEETINGS)
    assert haneul.post(f"{haneul_again}undo/").status_code == 302
    assert haneul.post(f"{address}undo/").status_code == 302
    assert "nothing of it stayed" in haneul.looks(address)
    assert (Person.objects.count(), Line.objects.count(), Link.objects.count()) == before
    assert not PersonKey.objects.exists()
    assert len(told(facts.PersonRemoved)) == 4
    assert haneul.post(f"{address}undo/").status_code == 409
    night.settle()
    haneul.takes(HELPERS)


def test_who_has_checked_in_stays_with_a_reason_and_the_rest_goes(night, haneul):
    address = haneul.takes(HELPERS)
    kkachi = person("까치")
    type_message(night.desk("Boram"), person=kkachi.pk, words="483907")
    night.goes_on(minutes=5)
    assert "has been in touch" in haneul.looks(address)
    assert haneul.post(f"{address}undo/").status_code == 302
    page = haneul.looks(address)
    assert "Kkachi" in page
    assert "has been in touch" in page
    assert person("까치") is not None
    assert Line.objects.filter(holder=kkachi).count() == 1
    assert PersonKey.objects.filter(person=kkachi).count() == 1
    assert person("단비") is None
    assert "Danbi" not in page
    assert {row.why for row in Brought.objects.filter(batch=batch_of(address), sort="person")} == {"in_touch"}
    night.settle()


def test_whom_a_later_file_names_stays_until_that_one_is_taken_back(night, haneul):
    address = haneul.takes(HELPERS)
    later = haneul.takes(MEETINGS)
    assert "is linked to others since" in haneul.looks(address)
    assert haneul.post(f"{later}undo/").status_code == 302
    assert "is linked" not in haneul.looks(address)
    assert haneul.post(f"{address}undo/").status_code == 302
    assert person("까치") is None


def test_which_row_became_whom_is_said_to_who_holds_the_cell_and_to_nobody_else(night, haneul):
    address = haneul.takes("code name,cell,name\n까치,N-2,홍길동\n,N-2,김철수\n")
    (given, drawn) = newcomers(night.desk("Haneul"), batch_of(address))
    assert (given.row, given.code_name.ko) == (2, "까치")
    assert drawn.row == 3 and drawn.code_name.en in haneul.looks(address)
    assert "김철수" not in haneul.looks(address)
    assert newcomers(night.desk("Dasom"), batch_of(address)) == ()


def test_a_code_name_that_was_taken_back_is_drawn_for_nobody_and_may_stand_in_a_corrected_file(night, haneul):
    address = haneul.takes(HELPERS)
    borne = CodeName(person("단비").word, person("단비").number)
    assert haneul.post(f"{address}undo/").status_code == 302
    assert borne in taken_names(night.desk("Haneul"))
    haneul.takes(HELPERS)
    assert person("단비") is not None


def test_a_missed_window_holds_nobody_back(night, haneul):
    """The house counted it by itself: nobody did anything."""
    address = haneul.takes(HELPERS)
    haneul.takes("who,first,hour,every\n까치,2026-11-25,09:00,7\n")
    night.goes_on(hours=24 * 6)
    assert told(facts.WindowMissed)
    night.settle()
    plans = Batch.objects.exclude(pk=batch_of(address)).get()
    haneul = Visitor("Haneul")
    assert haneul.post(f"/intake/{ids.text('b', plans.pk)}/undo/").status_code == 302
    assert haneul.post(f"{address}undo/").status_code == 302
    assert person("까치") is None
    night.settle()


def test_it_takes_a_fresh_password(night, haneul, monkeypatch):
    address = haneul.takes(HELPERS)
    tick = seats._tick
    monkeypatch.setattr(seats, "_tick", lambda: tick() + CONFIRMED_S + 1)
    assert haneul.post(f"{address}undo/").status_code == 409
    assert person("까치") is not None
    assert haneul.post(f"{address}undo/", {"password_again": "of Haneul"}).status_code == 302


# All or nothing -------------------------------------------------------------------------------------------------------


class Crash(BaseException):
    """The process is gone in the middle of a statement."""


@pytest.mark.parametrize("statement", [1, 6, 12, 60])
def test_nothing_is_half_written_wherever_it_breaks_off(night, haneul, statement):
    address = haneul.reads(HELPERS)
    before = counted()
    done = 0

    def breaks(execute, sql, params, many, context):
        nonlocal done
        done += sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if done == statement:
            raise Crash
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(breaks):
            actions.apply_batch(night.desk("Haneul"), batch=batch_of(address))
    except Crash:
        assert counted() == before
        assert Batch.objects.get().state == BatchState.STAGED
    else:
        assert statement == 60, "the last of them writes it whole"


def counted() -> tuple[int, ...]:
    return tuple(rows.objects.count() for rows in (Person, Membership, Line, Brought, PersonKey, RealName))


# In memory ------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_too_large_is_said_to_be_and_touches_no_disk(night, haneul, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, never)
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", never)
    body, sent = _multipart(b"x" * (uploads.BODY_BYTES + 5_000_000)), []
    asked = _ask(body, cookie=haneul.cookies.output(header="", sep=";"), sent=sent)
    with ThreadPoolExecutor(1) as beside:  # Playwright leaves a loop running in the main thread
        beside.submit(asyncio.run, asked).result(60)
    status = next(each["status"] for each in sent if each["type"] == "http.response.start")
    said = b"".join(each.get("body", b"") for each in sent).decode()
    assert status in (403, 409), said
    refused = haneul.sends(b"x" * (uploads.FILE_BYTES + 1))
    assert refused.status_code == 409
    assert "8 MB" in refused.content.decode()
    assert not Batch.objects.exists()


def _multipart(data: bytes) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="sheet"; filename="l.csv"\r\nContent-Type: text/csv\r\n\r\n'
    return head + data + b"\r\n--x--\r\n"


async def _ask(body: bytes, *, cookie: str, sent: list) -> None:
    pieces = [body[start : start + 65_536] for start in range(0, len(body), 65_536)]
    messages = [{"type": "http.request", "body": each, "more_body": True} for each in pieces]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive():
        if not messages:
            await asyncio.sleep(60)
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    headers = [
        (b"host", b"127.0.0.1"),
        (b"cookie", cookie.encode()),
        (b"content-type", b"multipart/form-data; boundary=x"),
        (b"content-length", str(len(body)).encode()),
    ]
    scope = {"type": "http", "method": "POST", "path": "/intake/", "headers": headers, "query_string": b"",
             "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80)}  # fmt: skip
    await application(scope, receive, send)
