"""Find: by code name, number, cell, area and officer in any script; names on purpose only, and the answer is a code name."""

import unicodedata

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from world import told

from ojakgyo.apps.home.commands import COMMANDS
from ojakgyo.apps.home.finding import Kind, find
from ojakgyo.apps.network.actions import add_person, record_line
from ojakgyo.apps.people import seeking
from ojakgyo.apps.people.actions import keep_name
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain.facts import NameSought
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.roles import PersonRole

REAL = {"Beodeul": "지어낸 김철수", "Yeoul": "지어낸 이철민", "Haebaragi": "Invented Wang", "Seori-5": "虚构 张伟"}
BY_NAME = {
    "김철수": "Beodeul",
    "철수": "Beodeul",
    "ㄱㅊㅅ": "Beodeul",
    "wang": "Haebaragi",
    "张伟": "Seori-5",
    "이 철": "Yeoul",
}
CELLS = {"Beodeul": "N-2", "Yeoul": "N-2", "Haebaragi": "C-2", "Seori-5": "N-3"}


def names_of(found, kind=Kind.PERSON):
    return [hit.code_name.en for hit in found.hits if hit.kind is kind]


@pytest.fixture
def named(night):
    for name, real in REAL.items():
        cell = night.ids.cells[CELLS[name]]
        keep_name(night.desk("Haneul"), person=night.person(name), cell=cell, name=RealName(real, ("둘째",)))
    return night


def seated(officer, language="en"):
    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": language, "next": "/now/"})
    return client


def asked(client, what, address="/find/"):
    return client.post(address, {"what": what})


# By code name --------------------------------------------------------------------------------------------------------


def test_a_helper_is_found_in_any_script_and_by_opening_letters(night):
    for typed in ["노을", "ㄴㅇ", "noe", "농", "ＮＯＥＵＬ", unicodedata.normalize("NFD", "노을")]:
        assert "Noeul" in names_of(find(night.desk("Haneul"), typed)), typed


def test_a_new_person_is_found_at_once(night):
    client = seated("Haneul")
    assert "Najaeul" not in asked(client, "까치-7").content.decode()
    add_person(night.desk("Haneul"), name=CodeName.of("까치", 7), role=PersonRole.HELPER, cell=night.ids.cells["N-2"])
    assert "Kkachi-7" in asked(client, "ㄲㅊ7").content.decode()


def test_the_warning_that_stands_about_somebody_comes_first(night):
    night.is_under_duress()
    found = find(night.desk("Narae"), "여울").hits
    assert [hit.kind for hit in found] == [Kind.WARNING, Kind.PERSON]
    assert found[0].goes == f"/watch/{ids.text('w', night.id_of('Yeoul'))}/" and found[0].deadline


def test_an_officer_is_found_beside_the_helpers(night):
    assert names_of(find(night.desk("Narae"), "다솜"), Kind.OFFICER) == ["Dasom"]


def test_more_than_a_dozen_are_not_all_listed(night):
    for number in range(1, 15):
        add_person(
            night.desk("Haneul"), name=CodeName.of("까치", number), role=PersonRole.HELPER, cell=night.ids.cells["N-2"]
        )
    found = find(night.desk("Haneul"), "까치")
    assert (len(names_of(found)), found.more) == (12, True)
    assert names_of(find(night.desk("Haneul"), "까치 14")) == ["Kkachi-14"]


# By cell, area and number --------------------------------------------------------------------------------------------


def test_a_cell_and_its_people_are_found_by_its_code(night):
    for typed in ["N-2", "n2", "N 2", "북2", "N-2조"]:
        found = find(night.desk("Haneul"), typed)
        assert [hit.cell for hit in found.hits if hit.kind is Kind.CELL] == ["N-2"]
        assert [hit.cell for hit in found.hits if hit.kind is Kind.AREA] == ["N-2"]
        assert set(names_of(found)) == {"Beodeul", "Yeoul", "Noeul", "Sonagi"}


def test_who_does_not_hold_the_cell_finds_neither_its_people_nor_whose_cell_it_is(night):
    found = find(night.desk("Dasom"), "N-2")
    assert names_of(found) == [] and [hit.kind for hit in found.hits] == [Kind.CELL, Kind.AREA]
    (beodeul,) = find(night.desk("Dasom"), "버들").hits
    assert (beodeul.cell, beodeul.area) == ("", "")


def test_a_phone_is_found_in_national_and_international_form(night):
    for typed in ["+8610012345678", "0086 100-1234-5678", "8610012345678", "＋８６ 100 1234 5678", "100 1234 5678"]:
        assert names_of(find(night.desk("Haneul"), typed), Kind.LINE) == ["Beodeul"]


def test_a_korean_phone_is_found_as_it_is_written_at_home(night):
    record_line(night.desk("Haneul"), holder=night.person("Noeul"), number="+821099999999")
    for typed in ("010-9999-9999", "01099999999", "+82 10 9999 9999"):
        assert names_of(find(night.desk("Haneul"), typed), Kind.LINE) == ["Noeul"], typed


def test_a_phone_of_a_foreign_cell_is_a_phone_of_nobody(night):
    assert find(night.desk("Dasom"), "+8610012345678").hits == ()


def test_a_phone_of_a_foreign_cell_asks_the_database_as_often_as_one_nobody_has(night):
    desk, asked = night.desk("Dasom"), []
    for typed in ("+8610012345678", "+8610012345679"):
        with CaptureQueriesContext(connection) as queries:
            assert find(desk, typed).hits == ()
        asked.append(len(queries))
    assert asked[0] == asked[1]


# Pages ---------------------------------------------------------------------------------------------------------------


def test_looking_is_a_post_and_leaves_nothing_in_the_address(night):
    client = seated("Haneul")
    shown = asked(client, "버들")
    assert shown.status_code == 200 and "Beodeul" in shown.content.decode()
    assert "버들" not in client.get("/find/?what=버들").content.decode()


def test_the_palette_answers_with_people_and_commands(night):
    answers = asked(seated("Haneul", "ko"), "ㅂㄷ", "/find/_part/found/").content.decode()
    assert 'role="option"' in answers and "버들" in answers
    assert "/vault/" in asked(seated("Haneul"), "vault", "/find/_part/found/").content.decode()


def test_with_the_keys_put_down_nothing_is_looked_for(night):
    client = seated("Haneul")
    (seat,) = seats.present()[:1]
    seats.put_down(seat.id)
    assert asked(client, "버들")["Location"] == "/enter/"
    assert "Pick up your keys" in client.get("/find/").content.decode()


def test_every_command_leads_somewhere():
    for each in COMMANDS:
        assert each.on_the_page or resolve(each.goes.partition("#")[0]), each.goes


def test_help_stands_without_script(night):
    html = seated("Haneul").get("/help/").content.decode()
    assert "<kbd>Esc Esc</kbd>" in html and "What find understands" in html


# Real names ----------------------------------------------------------------------------------------------------------


def test_a_real_name_leads_to_the_code_name_and_is_never_shown(named):
    client = seated("Haneul")
    for typed, shown in BY_NAME.items():
        html = asked(client, typed, "/find/names/").content.decode()
        assert shown in html, typed
        assert not [real for real in REAL.values() if real in html]
    found = [(fact.person, fact.found) for fact in told(NameSought)]
    assert found == [(named.person(shown), 1) for shown in BY_NAME.values()]


def test_names_are_not_looked_for_while_one_types(named):
    client = seated("Haneul")
    assert "Beodeul" not in asked(client, "김철수", "/find/_part/found/").content.decode()
    assert "Beodeul" not in asked(client, "김철수").content.decode()
    assert told(NameSought) == []


def test_a_name_in_a_foreign_cell_is_a_name_of_nobody(named):
    html = asked(seated("Dasom"), "김철수", "/find/names/").content.decode()
    assert "Nobody in your cells is called so." in html
    assert [(fact.person, fact.found) for fact in told(NameSought)] == [(None, 0)]


def test_too_little_of_a_name_is_refused_and_not_written_down(named):
    client = seated("Haneul")
    for typed in ["", "김", "wa", "ㄱ"]:
        answer = asked(client, typed, "/find/names/")
        assert answer.status_code == 409 and "too little of a name" in answer.content.decode(), typed
    assert told(NameSought) == []


def test_a_name_that_fits_too_many_shows_nobody(named, monkeypatch):
    monkeypatch.setattr(seeking, "SHOWN", 1)
    html = asked(seated("Haneul"), "지어낸", "/find/names/").content.decode()
    assert "2 names fit. Write more of it." in html and "Beodeul" not in html
    assert [(fact.person, fact.found) for fact in told(NameSought)] == [(None, 2)]


def test_looks_are_counted_and_end_for_the_day(named, monkeypatch):
    monkeypatch.setattr(seeking, "LOOKS_A_DAY", 2)
    client = seated("Haneul")
    assert "1 look left today" in asked(client, "김철수", "/find/names/").content.decode()
    asked(client, "김철수", "/find/names/")
    assert asked(client, "김철수", "/find/names/").status_code == 409
    assert len(told(NameSought)) == 2


def test_a_forgotten_or_changed_name_is_found_no_more(named):
    client, haneul = seated("Haneul"), named.desk("Haneul")
    asked(client, "김철수", "/find/names/")
    keep_name(haneul, person=named.person("Beodeul"), cell=named.ids.cells["N-2"], name=RealName("새이름"))
    assert "Beodeul" not in asked(client, "김철수", "/find/names/").content.decode()
    assert "Beodeul" in asked(client, "새이름", "/find/names/").content.decode()


def test_opened_names_lie_with_the_keys_and_go_with_them(named):
    asked(seated("Haneul"), "김철수", "/find/names/")
    (held,) = (each["people.names"] for each in seats._opened.values() if each)
    assert len(held.opened) == len(REAL)
    assert "김철수" not in repr(held)
    for seat in seats.present():
        seats.put_down(seat.id)
    assert seats._opened == {}


def test_opening_many_names_is_done_in_pieces_and_goes_on(named, monkeypatch):
    monkeypatch.setattr(seeking, "PIECE", 1)
    monkeypatch.setattr("ojakgyo.apps.home.views.find.PIECE_S", -1)
    client = seated("Haneul")
    for done in (1, 2, 3):
        assert f"{done} of 4 are open" in asked(client, "김철수", "/find/names/").content.decode()
    assert told(NameSought) == []
    assert "Beodeul" in asked(client, "김철수", "/find/names/").content.decode()
