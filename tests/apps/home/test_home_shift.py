"""The change of a shift: one brief, two hands, one line for the two; what each may see of it; and who does not take it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from world import told

from ojakgyo.apps.contact.models import Window
from ojakgyo.apps.home.models import Shift, ShiftState
from ojakgyo.apps.home.shifts import queries
from ojakgyo.apps.home.shifts.actions import hand_over, take_shift
from ojakgyo.apps.home.shifts.gathering import gather
from ojakgyo.apps.home.shifts.sheet import ROOM, night_sheet
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.watch.actions import take_warning, tell_subject
from ojakgyo.domain import briefs
from ojakgyo.domain.briefs import ItemKind
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Answer, RouteKind, ShiftHandedOver, ShiftTaken
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import TokenId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS

LINE = "버들 sounded tired; ask twice."


class Visitor(Client):
    """A browser with an officer in front of it, signed in without the seconds that a password takes."""

    def __init__(self, night, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
        self.post("/language/", {"language": "en"})

    def look(self, address: str = "/shift/") -> str:
        return self.get(address).content.decode()


def handed(night, by: str = "Haneul", to: str = "Narae", line: str = LINE) -> Shift:
    desk = night.desk(by)
    made = hand_over(desk, to=night.officer(to), line=line, seen=gather(desk).content.hex())
    return Shift.objects.get(pk=made)


def seen_by(night, officer: str):
    return queries.shift_page(night.desk(officer))


def refusal(work) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


# Two hands and one line ----------------------------------------------------------------------------------------------


def test_one_goes_another_comes_and_both_have_signed_the_same(night):
    row = handed(night)
    assert told(ShiftHandedOver) == [ShiftHandedOver(officer=night.officer("Haneul"), upto=row.upto)]
    take_shift(night.desk("Narae"), shift=TokenId(row.pk))
    assert told(ShiftTaken) == [ShiftTaken(officer=night.officer("Narae"), before=night.officer("Haneul"))]
    last = seen_by(night, "Narae").last
    assert last.holds
    assert (last.by.en, last.taken_by.en) == ("Haneul", "Narae")
    assert refusal(lambda: take_shift(night.desk("Boram"), shift=TokenId(row.pk))) == "home.shift_over"


def test_the_line_opens_for_the_two_and_for_nobody_else(night):
    handed(night)
    lines = {name: seen_by(night, name).waits.line for name in ("Haneul", "Narae", "Boram", "Dasom")}
    assert lines == {"Haneul": LINE, "Narae": LINE, "Boram": None, "Dasom": None}
    assert queries.shift_page(night.keyless("Narae")).waits.line is None
    assert LINE.encode() not in b"".join(Shift.objects.values_list("brief", "words", "for_by", "for_to").get())
    assert "tired" not in repr(seen_by(night, "Narae"))


def test_the_line_dies_with_the_next_shift_and_the_hands_still_hold(night):
    take_shift(night.desk("Narae"), shift=TokenId(handed(night).pk))
    handed(night, "Narae", "Boram", "another")
    first = Shift.objects.get(state=ShiftState.TAKEN)
    assert (first.words, first.for_by, first.for_to) == (None, None, None)
    last = seen_by(night, "Narae").last
    assert last.holds and last.line is None and last.line_gone


def test_somebody_else_may_take_it_without_the_line(night):
    take_shift(night.desk("Dasom"), shift=TokenId(handed(night).pk))
    last = seen_by(night, "Dasom").last
    assert last.holds and last.line is None
    assert last.taken_by.en == "Dasom"
    assert seen_by(night, "Narae").last.line == LINE


def test_a_third_officer_does_not_replace_a_shift_that_waits_and_its_line_stays(night):
    row = handed(night)
    night.goes_on(minutes=11 * 60)
    assert refusal(lambda: handed(night, "Dasom", "Boram", "mine")) == "home.shift_waits"
    row.refresh_from_db()
    assert row.state is ShiftState.OPEN and seen_by(night, "Narae").waits.line == LINE
    assert {name: seen_by(night, name).waits.may_replace for name in ("Haneul", "Narae", "Boram", "Dasom")} == {
        "Haneul": True, "Narae": True, "Boram": False, "Dasom": False,
    }  # fmt: skip
    theirs = Visitor(night, "Dasom").look()
    assert "/shift/?anew" not in theirs and "It was meant for Narae. Take it if Narae does not come" in theirs
    assert "/shift/?anew" in Visitor(night, "Narae").look()
    night.goes_on(minutes=61)
    handed(night, "Dasom", "Boram", "mine")
    row.refresh_from_db()
    assert row.state is ShiftState.LAPSED


@pytest.mark.parametrize("by", ["Haneul", "Narae"])
def test_whom_a_shift_concerns_may_hand_it_over_anew(night, by):
    row = handed(night)
    handed(night, by, "Boram", "another")
    row.refresh_from_db()
    assert (row.state, row.words) == (ShiftState.LAPSED, None)


def test_nobody_hands_over_to_themselves_or_takes_their_own(night):
    row = handed(night)
    assert refusal(lambda: take_shift(night.desk("Haneul"), shift=TokenId(row.pk))) == "vault.not_yourself"
    assert refusal(lambda: handed(night, "Haneul", "Haneul")) == "vault.not_yourself"
    with pytest.raises(NotHeld):
        take_shift(night.keyless("Narae"), shift=TokenId(row.pk))


def test_a_line_is_never_sealed_to_a_key_that_nobody_vouched_for(night):
    thief = OfficerKeys.drawn(night.officer("Narae"), lambda n: bytes([7]) * n)
    Officer.objects.filter(pk=night.officer("Narae")).update(exchange_public=thief.public.exchange)
    assert refusal(lambda: handed(night)) == "vault.officer_gone"


def test_a_shift_that_was_changed_shows_that_it_does_not_hold_and_is_not_taken(night):
    night.is_under_duress()
    row = handed(night)
    before = briefs.read(row.brief)
    fewer = briefs.Brief(before.after, before.upto, before.made, before.items[1:])
    values = {"brief": briefs.written(fewer), "words": b"x" * 200, "upto": row.upto - 1, "to_id": night.officer("Boram"),
              "signature": bytes(64), "made_ms": row.made_ms - 1}  # fmt: skip
    for change, value in values.items():
        Shift.objects.filter(pk=row.pk).update(**{change: value})
        assert not seen_by(night, "Narae").waits.holds, change
        assert refusal(lambda: take_shift(night.desk("Narae"), shift=TokenId(row.pk))) == "home.shift_changed", change
        if change == "brief":
            page = Visitor(night, "Narae").look()
            assert "This is not the brief that was signed." in page
            assert "/shift/take/" not in page
        Shift.objects.filter(pk=row.pk).update(**{change: getattr(row, change)})
    assert seen_by(night, "Narae").waits.holds


def test_who_signs_signs_what_was_read(night):
    desk = night.desk("Haneul")
    seen = gather(desk).content.hex()
    night.is_under_duress()
    desk = night.desk("Haneul")
    assert refusal(lambda: hand_over(desk, to=night.officer("Narae"), line="", seen=seen)) == "home.shift_unread"
    assert told(ShiftHandedOver) == []


# What the brief says -------------------------------------------------------------------------------------------------


def kinds(brief) -> list[str]:
    return [item.kind.value for item in brief.items]


def test_a_brief_says_what_happened_since_the_last_shift_was_taken_and_no_longer(night):
    night.is_under_duress()
    take_warning(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    found = gather(night.desk("Haneul"))
    assert {ItemKind.WARNING_RAISED, ItemKind.WARNING_TAKEN, ItemKind.WARNING_STANDS} <= {i.kind for i in found.items}
    take_shift(night.desk("Narae"), shift=TokenId(handed(night).pk))
    night.goes_on(minutes=5)
    tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=RouteKind.RELAY, answer=Answer.CONFIRMED)
    later = gather(night.desk("Narae"))
    warnings = [item for item in later.items if item.kind in briefs.WARNINGS and item.seq]
    assert [item.kind for item in warnings] == [ItemKind.WARNING_TOLD]
    assert ItemKind.WARNING_STANDS in {item.kind for item in later.items}


def test_what_nobody_took_is_in_the_next_brief_too(night):
    night.is_under_duress()
    handed(night, "Haneul", "Narae")
    again = gather(night.desk("Haneul"))
    assert ItemKind.WARNING_RAISED in {item.kind for item in again.items}
    handed(night, "Haneul", "Boram")
    assert sorted(Shift.objects.values_list("state", flat=True)) == [ShiftState.LAPSED, ShiftState.OPEN]


def test_windows_missed_late_and_due_stand_in_it(night):
    Window.objects.create(
        person_id=night.person("Noeul"),
        opens_ms=night.now + HOUR_MS,
        closes_ms=night.now + 2 * HOUR_MS,
        grace_ms=DAY_MS,
    )
    Window.objects.create(
        person_id=night.person("Durumi"), opens_ms=night.now + 13 * HOUR_MS, closes_ms=night.now + DAY_MS, grace_ms=1
    )
    page = seen_by(night, "Haneul").brief
    assert [each.code_name.en for each in page.due] == ["Noeul"]
    assert [each.code_name.en for each in page.late] == ["Beodeul"]
    night.goes_on(hours=23)
    assert "Beodeul" in [each.code_name.en for each in seen_by(night, "Haneul").brief.missed]


def test_the_brief_is_the_same_whoever_makes_it(night):
    night.is_under_duress()
    assert len({gather(night.desk(name)).content for name in ("Haneul", "Narae", "Boram", "Dasom")}) == 1


def test_how_somebody_was_told_shows_to_who_may_see_the_reason(night):
    night.is_under_duress()
    tell_subject(night.desk("Haneul"), warning=night.id_of("Yeoul"), route=RouteKind.RELAY, answer=Answer.CONFIRMED)
    handed(night)
    for officer, sees in (("Haneul", True), ("Narae", False), ("Boram", False), ("Dasom", False)):
        (line,) = (each for each in seen_by(night, officer).brief.warnings if each.code_name.en == "Yeoul")
        (event,) = (each for each in line.events if each.kind is ItemKind.WARNING_TOLD)
        assert (event.route, event.answer) == ((RouteKind.RELAY, Answer.CONFIRMED) if sees else (None, None)), officer
        assert ("relay" in Visitor(night, officer).look()) is sees


def test_a_reading_under_duress_looks_like_any_sign_of_life(night):
    """But for the warning that everybody sees on the board."""
    handed_well = kinds(gather(night.desk("Haneul")))
    night.is_under_duress()
    after = kinds(gather(night.desk("Haneul")))
    assert {kind for kind in after if not kind.startswith("warning_")} == set(handed_well) - {"window_late"}


# Pages ---------------------------------------------------------------------------------------------------------------


def test_a_shift_changes_hands_on_the_page(night):
    night.is_under_duress()
    haneul, narae = Visitor(night, "Haneul"), Visitor(night, "Narae")
    page = haneul.look()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]
    typed = {"to": ids.text("o", night.officer("Narae")), "personal": f"{LINE}\n<script>", "seen": seen}
    assert haneul.post("/shift/hand-over/", typed)["Location"] == "/shift/"
    assert "Narae has not taken the shift yet" in haneul.look()
    page = narae.look()
    assert "Haneul hands the shift over to you" in page
    assert "sounded tired; ask twice. &lt;script&gt;" in page
    assert "tired" not in Visitor(night, "Boram").look()
    shift = re.search(r'name="shift" value="(t_\w+)"', page)[1]
    assert narae.post("/shift/take/", {"shift": shift})["Location"] == "/shift/"
    assert "Both signatures hold." in narae.look()
    assert narae.post("/shift/take/", {"shift": shift}).status_code == 409


def test_what_was_typed_comes_back_where_the_brief_has_changed(night):
    typed = {"to": ids.text("o", night.officer("Narae")), "personal": LINE, "seen": "0" * 64}
    answer = Visitor(night, "Haneul").post("/shift/hand-over/", typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert LINE in page
    assert "Something has happened since you read the brief." in page
    for wrong in ({**typed, "to": "p_1"}, {**typed, "personal": "x" * 301}, {}):
        assert Visitor(night, "Haneul").post("/shift/hand-over/", wrong).status_code == 409
    assert Shift.objects.count() == 0


def test_the_page_needs_no_more_queries_for_more_people(night):
    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.shift_page(night.desk("Haneul"))
            queries.untaken(night.desk("Haneul"))
            night_sheet(night.desk("Haneul"))
        return len(asked)

    def agreed(person: int, place: int) -> None:
        opens = night.now + HOUR_MS + place * MINUTE_MS
        Window.objects.create(person_id=person, opens_ms=opens, closes_ms=opens + HOUR_MS, grace_ms=1)

    night.is_under_duress()
    agreed(night.person("Noeul"), 59)
    counted()
    before = counted()
    for place, person in enumerate(night.ids.persons.values()):
        agreed(person, place)
    night.hears("Seori-5", "duress")
    assert len(gather(night.desk("Haneul")).items) > 8
    assert counted() == before


def test_a_shift_that_nobody_takes_is_said_and_after_half_an_hour_in_amber(night):
    assert queries.untaken(night.desk("Boram")) is None
    row = handed(night)
    waits = queries.untaken(night.desk("Boram"))
    assert (waits.by.en, waits.to.en, waits.late) == ("Haneul", "Narae", False)
    night.goes_on(minutes=queries.LATE_MS // MINUTE_MS)
    assert queries.untaken(night.desk("Boram")).late
    take_shift(night.desk("Narae"), shift=TokenId(row.pk))
    assert queries.untaken(night.desk("Boram")) is None


# The night sheet -----------------------------------------------------------------------------------------------------


def test_the_night_sheet_says_who_is_to_be_heard_when_and_by_which_ways(night):
    for name in ("Yeoul", "Durumi"):
        Window.objects.create(
            person_id=night.person(name), opens_ms=night.now + HOUR_MS, closes_ms=night.now + 2 * HOUR_MS, grace_ms=1
        )
    night.is_under_duress()
    client = Visitor(night, "Dasom")
    page = client.look("/shift/sheet/")
    sheet = page[page.index("<article") :]
    assert "Yeoul" in sheet and "Durumi" in sheet
    assert "20:12" in sheet and "19:12" in sheet
    assert "relay" in sheet and "window only" in sheet
    assert "Dasom" in sheet
    assert not re.search(r"\+?86\d|duress|danger through|Beodeul", sheet)


def test_the_sheet_ends_in_the_morning_and_with_the_page(night):
    person = night.person("Noeul")
    for place in range(ROOM + 3):
        opens = night.now + HOUR_MS + place * MINUTE_MS
        Window.objects.create(person_id=person, opens_ms=opens, closes_ms=opens + HOUR_MS, grace_ms=1)
    Window.objects.create(
        person_id=person, opens_ms=night.now + DAY_MS, closes_ms=night.now + DAY_MS + HOUR_MS, grace_ms=1
    )
    sheet = night_sheet(night.desk("Haneul"))
    assert (len(sheet.lines), sheet.more) == (ROOM, 3)
    assert all(line.opens < sheet.until for line in sheet.lines)
