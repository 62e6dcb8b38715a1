"""Cells as people work in them: the list, a cell's page and its sheet, areas, and somebody new in half a minute."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.cast import HELPERS
from world import told

from ojakgyo.apps.contact.models import ContactPlan, Noticer, Route, Window
from ojakgyo.apps.network.models import Area, CellLead, Line, Membership
from ojakgyo.apps.network.queries import number_of
from ojakgyo.apps.people.models import Person, RealName
from ojakgyo.apps.people.queries import person_written
from ojakgyo.apps.vault.models import Cell
from ojakgyo.domain.facts import CellFounded, CellLed, CellMoved, LineRecorded, NameKept, PersonAdded, PlanAgreed
from ojakgyo.domain.names import codename, nearness
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import LineId

NUMBER = "+8613800138000"
ALL = {
    "phone": "138 0013 8000",
    "country": "CN",
    "first": "2026-11-29T21:00",
    "every_days": "7",
    "minutes": "30",
    "grace_hours": "12",
    "route": "relay",
    "through": "해바라기",
    "delay_minutes": "45",
    "usable_from": "07:00",
    "usable_to": "22:00",
    "rehearsed": "2026-11-01",
    "noticer": "Noeul",
    "notice_hours": "6",
    "aside": "leave",
    "adults": "2",
    "children": "1",
    "name": "Invented Person",
}


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, night, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.night = night
        assert self.post("/enter/", {"code_name": officer, "password": f"of {officer}"}).status_code == 302
        self.post("/language/", {"language": "en"})

    def cell(self, code: str, rest: str = "") -> str:
        return f"/cells/{ids.text('c', self.night.ids.cells[code])}/{rest}"

    def person(self, name: str, rest: str = "") -> str:
        return f"/people/{ids.text('p', self.night.person(name))}/{rest}"

    def read(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    def drawn(self, **typed: str) -> str:
        """The name on the page for somebody new."""
        asked = self.post("/people/new/", {"draw": "again", **typed}) if typed else self.get("/people/new/")
        return re.search(r'name="code_name"[^>]*value="([^"]+)"', asked.content.decode())[1]

    def add(self, code: str = "N-2", **typed: str):
        return self.post(
            "/people/new/", {"code_name": "Oddogi", "cell": ids.text("c", self.night.ids.cells[code]), **typed}
        )


@pytest.fixture
def haneul(night):
    return Visitor(night, "Haneul")


# Somebody new --------------------------------------------------------------------------------------------------------


def test_everything_about_somebody_new_is_written_at_once(night, haneul):
    before = Person.objects.count()
    added = haneul.add(**{**ALL, "code_name": "안개"})
    assert added.status_code == 302
    person = person_written(night.desk("Haneul"), "Angae")
    assert added["Location"] == f"/people/{ids.text('p', person)}/?added"
    assert Person.objects.count() == before + 1
    assert Membership.objects.get(person_id=person).cell_id == night.ids.cells["N-2"]
    assert number_of(night.desk("Haneul"), LineId(Line.objects.get(holder_id=person).pk)) == NUMBER
    plan, window = ContactPlan.objects.get(person_id=person), Window.objects.get(person_id=person)
    assert (plan.every_days, plan.length_ms, plan.grace_ms) == (7, 30 * 60_000, 12 * 3_600_000)
    assert window.opens_ms == plan.first_ms
    route = Route.objects.get(person_id=person)
    assert (route.through_id, route.from_minute, route.to_minute) == (night.person("Haebaragi"), 22 * 60, 13 * 60)
    assert Noticer.objects.get(person_id=person).noticer_id == night.person("Noeul")
    assert RealName.objects.filter(person_id=person).exists()
    assert [
        type(fact) for fact in (told(PersonAdded)[-1], told(LineRecorded)[-1], told(PlanAgreed)[-1], told(NameKept)[-1])
    ]
    shown = haneul.read(added["Location"])
    assert "Added." in shown
    assert "Every 7 days" in shown
    assert "relay through Haebaragi, about 45 min" in shown
    assert "07:00–22:00 Seoul, 06:00–21:00 Beijing" in shown
    assert "Noeul would notice" in shown
    assert "2 adults, 1 child" in shown
    assert "Invented Person" not in shown
    assert NUMBER[3:] not in shown.replace(" ", "")


def test_four_fields_are_enough_and_what_is_missing_is_said(night, haneul):
    added = haneul.add(code_name="안개", phone="", first="", every_days="7")
    shown = haneul.read(added["Location"])
    assert "Nobody can warn Angae: no route and no window is agreed" in shown
    assert "Nobody would notice that Angae is gone" in shown


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("code_name", "Beodeul", "This code name is in use or has been."),
        ("code_name", "Haneul", "This code name is in use or has been."),
        ("code_name", "Robert", "This is no code name of our list."),
        ("phone", "not a number", "This is no phone number."),
        ("phone", HELPERS[0].number, "This number stands at the desk already."),
        ("first", "2026-11-20T21:00", "This window is over already."),
        ("first", "tomorrow", "This is no day and time."),
        ("through", "Nobody-7", "Nobody has this code name."),
        ("through", "", "This route leads through somebody."),
        ("noticer", "Robert", "Nobody has this code name."),
        ("every_days", "99", "The form is not complete."),
        ("note", "kept without a name", "Something is missing here."),
    ],
)
def test_one_thing_wrong_is_said_beside_its_field_and_nothing_is_kept(night, haneul, field, typed, said):
    before = Person.objects.count(), Line.objects.count(), Window.objects.count()
    sent = {**ALL, "code_name": "안개", "name": "" if field == "note" else ALL["name"], field: typed}
    refused = haneul.add(**sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert said in page
    assert 'value="45"' in page  # what was typed stands
    assert (Person.objects.count(), Line.objects.count(), Window.objects.count()) == before


def test_a_number_that_is_refused_late_takes_the_person_back_too(night, haneul):
    """The same phone in another cell is found in the transaction itself."""
    before = Person.objects.count()
    assert haneul.add("C-2", code_name="안개", phone=HELPERS[0].number, first="").status_code == 422
    assert Person.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("138 0013 8000", "CN", NUMBER),
        ("010-2345-6789", "KR", "+821023456789"),
        ("0191 234 5678", "KP", "+8501912345678"),
        ("0086 138 0013 8000", "CN", NUMBER),
        ("+86 138 0013 8000", "KR", NUMBER),
        ("\uff11\uff13\uff18 0013 8000", "CN", NUMBER),
    ],
)
def test_a_number_is_understood_as_it_is_dialled(night, haneul, typed, country, number):
    haneul.add(code_name="안개", phone=typed, country=country, first="")
    person = person_written(night.desk("Haneul"), "Angae")
    assert number_of(night.desk("Haneul"), LineId(Line.objects.get(holder_id=person).pk)) == number


def test_a_drawn_name_is_free_sounds_like_nobody_of_the_cell_and_is_drawn_again_on_wish(night, haneul):
    cell = ids.text("c", night.ids.cells["N-2"])
    taken = {helper.name for helper in HELPERS}
    mates = [codename.parse(helper.name) for helper in HELPERS if helper.cell == "N-2"]
    names = [haneul.drawn(cell=cell, phone="138", every_days="3") for _ in range(12)]
    assert len(set(names)) > 6
    assert not taken & set(names)
    for name in names:
        assert not any(nearness.alike(codename.parse(name).word, mate.word) for mate in mates)
    again = haneul.post("/people/new/", {"draw": "again", "cell": cell, "phone": "138"}).content.decode()
    assert 'value="138"' in again
    assert told(PersonAdded)[-1].person in night.ids.persons.values()


def test_a_name_that_somebody_took_meanwhile_is_drawn_anew(night, haneul):
    haneul.add(code_name="안개", first="")
    refused = haneul.add(code_name="안개", first="", phone="")
    assert refused.status_code == 422
    offered = re.search(r'name="code_name"[^>]*value="([^"]+)"', refused.content.decode())[1]
    assert offered not in ("안개", "Angae")


def test_nobody_is_added_to_a_cell_that_is_not_held(night):
    dasom = Visitor(night, "Dasom")
    before = Person.objects.count()
    assert dasom.add("N-2", code_name="안개", first="").status_code == 422
    assert Person.objects.count() == before
    assert "N-2" not in dasom.read("/people/new/")


# The person's page ---------------------------------------------------------------------------------------------------


def test_the_working_part_is_for_who_holds_the_cell(night, haneul):
    assert "What is agreed" in haneul.read(haneul.person("Yeoul"))
    foreign = Visitor(night, "Dasom").read(Visitor(night, "Dasom").person("Yeoul"))
    assert "What is agreed" not in foreign
    assert "Haebaragi" not in foreign


@pytest.mark.parametrize(
    ("what", "typed", "seen"),
    [
        ("plan/", {"first": "2026-11-30T20:00", "every_days": "5"}, "Every 5 days"),
        ("plan/", {"first": "2026-11-25T20:00", "every_days": ""}, "25 Nov 20:00"),
        ("route/", {"route": "agreed_line", "delay_minutes": "20"}, "agreed line, about 20 min"),
        ("noticer/", {"noticer": "Noeul"}, "Noeul would notice within 12 h"),
        ("plan/pattern/", {"rule": "30 21 * * 1,4", "zone": "Asia/Pyongyang"}, "By the pattern 30 21 * * 1,4"),
        (
            "plan/pattern/",
            {"rule": "30 21 * * 1,4", "zone": "Asia/Seoul"},
            "Next: 26 Nov 21:30 , 30 Nov 21:30 , 3 Dec 21:30",
        ),
        (
            "plan/pattern/",
            {"rule": "DTSTART:20261130T200000\nRRULE:FREQ=DAILY;INTERVAL=2;COUNT=2", "zone": "Asia/Seoul"},
            "By a rule of a calendar: FREQ=DAILY;INTERVAL=2;UNTIL=20261202T200000",
        ),
        (
            "plan/pattern/",
            {"rule": "DTSTART:20261130T200000\nRRULE:FREQ=DAILY", "zone": "Asia/Shanghai"},
            "30 Nov 21:00",
        ),
        ("group/", {"members": "Noeul, Durumi"}, "Speaks for a group"),
        ("aside/", {"aside": "lie_low", "children": "3"}, "When told: lies low 0 adults, 3 children"),
        ("line/", {"phone": "138 0013 8000"}, "Agreed, and written down."),
    ],
)
def test_each_agreement_is_made_on_the_persons_page(night, haneul, what, typed, seen):
    made = haneul.post(haneul.person("Sonagi", what), typed)
    assert made.status_code == 302
    assert seen in haneul.read(made["Location"])


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        (
            "plan/pattern/",
            {"rule": "0 20,21 * * *", "zone": "Asia/Seoul", "minutes": "90"},
            "still open when the next one",
        ),
        ("plan/pattern/", {"rule": "whenever", "zone": "Asia/Seoul"}, "This pattern or rule cannot be read."),
        ("plan/pattern/", {"rule": "0 0 30 2 *", "zone": "Asia/Seoul"}, "No window follows from this plan."),
        ("plan/pattern/", {"rule": "FREQ=DAILY;COUNT=3", "zone": "Asia/Seoul"}, "This rule names no hour."),
        ("group/", {"members": "Noeul, Sonagi"}, "Somebody of this group speaks for others"),
        ("group/", {"members": "Nobody-9"}, "code name"),
    ],
)
def test_a_plan_or_a_group_that_contradicts_itself_is_refused_where_it_was_typed(night, haneul, what, typed, said):
    refused = haneul.post(haneul.person("Sonagi", what), typed)
    assert refused.status_code in (409, 422)
    assert said in refused.content.decode()


def test_an_empty_form_is_refused_on_the_page_it_was_on(night, haneul):
    for what in ("plan/", "route/", "noticer/", "aside/", "line/"):
        refused = haneul.post(haneul.person("Sonagi", what), {})
        assert refused.status_code == 409, what
        assert "Something is missing here." in refused.content.decode(), what


def test_a_route_that_works_no_more_and_a_plan_are_ended(night, haneul):
    number = Route.objects.get(person_id=night.person("Yeoul")).pk
    assert haneul.post(haneul.person("Yeoul", f"route/{number}/drop/")).status_code == 302
    assert not Route.objects.filter(pk=number).exists()
    assert haneul.post(haneul.person("Yeoul", f"route/{number}/drop/")).status_code == 409
    assert haneul.post(haneul.person("Yeoul", "plan/end/")).status_code == 409


def test_without_the_key_nothing_is_agreed(night):
    dasom = Visitor(night, "Dasom")
    before = Window.objects.count(), Route.objects.count(), Line.objects.count()
    sent = {**ALL, "phone": NUMBER}
    for what in (
        "plan/",
        "plan/end/",
        "route/",
        "route/1/drop/",
        "noticer/",
        "aside/",
        "line/",
        "group/",
        "plan/pattern/",
    ):
        assert dasom.post(dasom.person("Yeoul", what), sent).status_code == 403, what
    assert (Window.objects.count(), Route.objects.count(), Line.objects.count()) == before


# Cells ---------------------------------------------------------------------------------------------------------------


def test_cells_that_are_held_come_with_what_is_missing_the_others_by_code_alone(night, haneul):
    assert re.search(r"N-2 N2 \d+ things missing 4 people", haneul.read("/cells/"))
    dasom = Visitor(night, "Dasom").read("/cells/")
    assert re.search(r"N-2 closed to you", dasom)


def test_a_cell_shows_its_people_their_windows_and_ways_and_no_number(night, haneul):
    shown = haneul.read(haneul.cell("N-2"))
    assert "Yeoul quiet 26 Nov 19:12–20:12 relay through Haebaragi, about 55 min nobody 1 phone, card" in shown
    assert "Nobody can warn Noeul: no route and no window is agreed" in shown
    assert "Nobody would notice before 27 Nov that Yeoul is gone" in shown
    assert "Nobody would notice before 25 Nov 17:12 that Beodeul is gone" in shown  # late already: his grace runs
    assert not [helper for helper in HELPERS if helper.number and helper.number[4:] in shown]


def test_a_window_further_than_three_days_off_is_not_shown(night, haneul):
    haneul.post(haneul.person("Noeul", "plan/"), {"first": "2026-12-01T20:00", "every_days": "7"})
    for address in (haneul.cell("N-2"), haneul.cell("N-2", "sheet/")):
        shown = haneul.read(address)
        assert "not within three days" in shown
        assert "20:00" not in shown


def test_who_else_is_touched_is_for_safety_alone(night, haneul):
    """Haebaragi of C-2 called Yeoul's phone; Narae, protection, holds C-2 but is not told whom it touches."""
    shown = haneul.read(haneul.cell("N-2"))
    assert re.search(r"Haebaragi C-2 \d+ Nov · call · Yeoul", shown)
    narae = Visitor(night, "Narae").read(haneul.cell("C-2"))
    assert "Haebaragi" in narae
    assert "Who else is touched" not in narae
    assert "Yeoul" not in narae.partition("Missing")[0].partition("People of the cell")[2].replace("through Yeoul", "")


def test_a_reading_under_duress_looks_like_any_other_to_who_may_not_see_it(night, haneul):
    night.is_under_duress()
    boram = Visitor(night, "Boram").read(haneul.cell("N-2"))
    assert re.search(r"Beodeul ○?\s*heard", boram)
    assert not re.search(r"Beodeul ○?\s*heard", haneul.read(haneul.cell("N-2")))


def test_lead_and_deputy_belong_to_the_cell(night, haneul):
    lead, deputy = (ids.text("p", night.person(name)) for name in ("Yeoul", "Noeul"))
    assert haneul.post(haneul.cell("N-2", "lead/"), {"lead": lead, "deputy": deputy}).status_code == 302
    assert "Yeoul leads. Noeul stands in." in haneul.read(haneul.cell("N-2"))
    assert [(fact.lead, fact.deputy) for fact in told(CellLed)] == [(night.person("Yeoul"), night.person("Noeul"))]
    outside = ids.text("p", night.person("Haebaragi"))
    for wrong in ({"lead": outside}, {"lead": lead, "deputy": lead}):
        assert haneul.post(haneul.cell("N-2", "lead/"), wrong).status_code == 409
    assert CellLead.objects.get().lead_id == night.person("Yeoul")


def test_a_foreign_cell_is_neither_shown_nor_changed(night):
    dasom = Visitor(night, "Dasom")
    for rest in ("", "sheet/"):
        assert dasom.get(dasom.cell("N-2", rest)).status_code == 403
    sent = {"lead": "", "area": ids.text("a", Area.objects.all()[0].pk)}
    for rest in ("lead/", "area/"):
        assert dasom.post(dasom.cell("N-2", rest), sent).status_code == 403
    assert not CellLead.objects.exists()


def test_the_sheet_tells_windows_in_both_local_times_and_no_number(night, haneul):
    shown = haneul.read(haneul.cell("N-2", "sheet/"))
    assert "26 Nov 19:12–20:12 26 Nov 18:12–19:12 relay through Haebaragi, about 55 min; at any hour" in shown
    assert not [helper for helper in HELPERS if helper.number and helper.number[4:] in shown]


# Areas ---------------------------------------------------------------------------------------------------------------


def test_an_area_is_recorded_once_and_a_cell_founded_in_it(night, haneul):
    assert haneul.post("/areas/new/", {"side": "N", "number": "7"}).status_code == 302
    assert haneul.post("/areas/new/", {"side": "N", "number": "7"}).status_code == 409
    area = Area.objects.get(north=True, number=7).pk
    made = haneul.post("/areas/cell/", {"side": "N", "number": "9", "area": ids.text("a", area)})
    assert made.status_code == 302
    assert told(CellFounded)[-1].area == area
    assert "Cell N-9" in haneul.read(made["Location"])
    assert "N7 N-9" in haneul.read("/areas/")


def test_a_cells_area_is_changed_by_who_manages_it(night, haneul):
    haneul.post("/areas/new/", {"side": "N", "number": "7"})
    area = Area.objects.get(north=True, number=7).pk
    assert haneul.post(haneul.cell("N-2", "area/"), {"area": ids.text("a", area)}).status_code == 302
    assert Cell.objects.get(pk=night.ids.cells["N-2"]).area == area
    assert told(CellMoved)[-1].area == area
    narae = Visitor(night, "Narae")
    assert narae.post(narae.cell("C-2", "area/"), {"area": ids.text("a", area)}).status_code == 409
    assert narae.post("/areas/new/", {"side": "C", "number": "9"}).status_code == 409
    assert "Record an area" not in narae.read("/areas/")


# How many questions --------------------------------------------------------------------------------------------------


def test_a_cell_of_thirty_needs_as_many_queries_as_one_of_ten(night, haneul):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert haneul.get(haneul.cell("N-2")).status_code == 200
        return len(queries)

    def grows(count: int) -> None:
        for _ in range(count):
            typed = {"first": "2026-11-25T20:00", "route": "relay", "through": "Haebaragi", "noticer": "Noeul"}
            assert haneul.add(code_name=haneul.drawn(), **typed).status_code == 302

    grows(3)
    asked()  # what the watch works out is kept until the next fact
    few = asked()
    grows(8)
    asked()
    assert asked() == few
