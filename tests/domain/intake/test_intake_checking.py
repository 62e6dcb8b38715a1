"""A file checked as a whole: what it brings, and each finding at its row and column."""

import re
from pathlib import Path

import pytest
from intake_tables import BEODEUL, FOREIGN, HELD, YEOUL, checked, known, said, table

from ojakgyo.domain import intake as room
from ojakgyo.domain.errors import REGISTRY
from ojakgyo.domain.facts import Exposes, LineState, LinkKind, RouteKind, StandAside
from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.checking import check
from ojakgyo.domain.intake.columns import Column, DateOrder, Layout, SheetKind
from ojakgyo.domain.intake.drafts import Code, KnownPerson, Who
from ojakgyo.domain.intake.sheets import Merged
from ojakgyo.domain.names.codename import parse
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS

HELPERS = "가명|조|이름|전화번호|나라|알아챌 사람|알게 되기까지|위험할 때|어른|아이|비고"
LINKS = "누가|누구와|어떻게|언제|언제까지|지역|횟수"


def test_a_whole_workbook_comes_in():
    draft = checked(
        table("조", "조|지역|책임자|부책임자", "N-5|N5|까치-3|", "N-2||Beodeul|Yeoul", number=1),
        table(
            "조력자",
            HELPERS,
            "까치-3|N-5|가상 일|+86 138 0013 8000|CN|Beodeul|6|떠나기|2|1|",
            "|N-2|가상 이|||||||||",
            number=2,
        ),
        table("전화", "가진 사람|전화번호|상태", "여울|+82 10-1234-5678|조용히 둠", number=3),
        table(
            "만남", LINKS, "까치3|가상 이|만남|2026-11-03||N2|", "Beodeul|Yeoul, 까치-3|인계|2026년 11월|||", number=4
        ),
        table("연락 계획", "누가|첫 연락|시각|며칠마다|길이|유예", "까치-3|월|21:00|7|90|6", number=5),
        table("알림 길", "누가|어떻게|누구를 통해|걸리는 시간", "까치-3|인편|여울|2", number=6),
    )
    assert said(draft) == [(1, 3, "A", "cell_here_already", "notice")]
    new = Who(new=0)
    assert [(each.code, each.area) for each in draft.cells] == [(Code("N", 5), Code("N", 5))]
    assert draft.areas == (Code("N", 5),)
    assert [(each.cell, each.lead, each.deputy) for each in draft.leads] == [
        (Code("N", 5), new, None),
        (Code("N", 2), Who(BEODEUL), Who(YEOUL)),
    ]
    assert [(each.code_name, each.name, each.cell) for each in draft.people] == [
        (parse("까치-3"), "가상 일", Code("N", 5)),
        (None, "가상 이", Code("N", 2)),
    ]
    assert [(each.holder, each.number, each.state) for each in draft.lines] == [
        (new, "+8613800138000", LineState.ACTIVE),
        (Who(YEOUL), "+821012345678", LineState.QUIET),
    ]
    assert [(each.person, each.noticer, each.delay_ms) for each in draft.noticers] == [(new, Who(BEODEUL), 6 * HOUR_MS)]
    assert [(each.aside, each.adults, each.children) for each in draft.asides] == [(StandAside.LEAVE, 2, 1)]
    assert [(each.kind, each.knower, each.known, each.imprecise, each.north) for each in draft.links] == [
        (LinkKind.MET, new, Who(new=1), False, True),
        (LinkKind.HANDED_OVER, Who(BEODEUL), Who(YEOUL), True, True),
        (LinkKind.HANDED_OVER, Who(BEODEUL), new, True, True),
    ]
    (plan,) = draft.plans
    assert (plan.every_days, plan.length_ms, plan.grace_ms) == (7, 90 * MINUTE_MS, 6 * HOUR_MS)
    assert instants.rfc3339(plan.first) == "2026-11-30T12:00:00Z"  # Monday 21:00 in the North
    (route,) = draft.routes
    assert (route.kind, route.through, route.delay_ms, route.exposes) == (
        RouteKind.RELAY, Who(YEOUL), 2 * HOUR_MS, Exposes.THE_RELAY)  # fmt: skip


# Helpers ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["버들", "Beodeul", "BEODEUL", " beodeul", "\u1107\u1165\u1103\u1173\u11af"])
def test_a_helper_who_is_already_there_is_not_added_again_in_whatever_spelling(spelling):
    draft = checked(table("조력자", HELPERS, f"{spelling}|N-2||+8613800138000|||||||"))
    assert said(draft) == [(1, 2, "A", "helper_here_already", "notice")]
    assert draft.people == ()
    assert [each.holder for each in draft.lines] == [Who(BEODEUL)]


@pytest.mark.parametrize("spelling", ["까치3", "Kkachi-3", "kkachi 3", "까치 3"])
def test_a_helper_who_stands_twice_in_the_file_fails_the_second_time_and_names_the_first(spelling):
    draft = checked(table("조력자", HELPERS, "까치-3|N-2|||||||||", f"{spelling}|N-2|||||||||"))
    assert said(draft) == [(1, 3, "A", "helper_twice", "error")]
    assert draft.findings[0].other.row == 2
    assert len(draft.people) == 1


def test_every_cell_must_be_held_or_new_in_the_file():
    draft = checked(
        table(
            "조력자",
            HELPERS,
            "까치-3|N-3|||||||||",
            "까치-4|N-9|||||||||",
            "까치-5|Bar|||||||||",
            "까치-6||||||||||",
            "두루미|N-2|||||||||",
        )
    )
    assert said(draft) == [
        (1, 2, "B", "cell_not_held", "error"),
        (1, 3, "B", "cell_unknown", "error"),
        (1, 4, "B", "cell_unreadable", "error"),
        (1, 5, "B", "value_missing", "error"),
        (1, 6, "A", "cell_not_held", "error"),
    ]
    assert draft.people == ()


def test_a_code_name_that_was_ever_used_is_not_used_again():
    people = {parse("고니"): KnownPerson(PersonId(9), HELD, forgotten=True)}
    draft = checked(
        table("조력자", HELPERS, "고니|N-2|||||||||", "외계인|N-2|||||||||", "|N-2|||||||||"), people=people
    )
    assert said(draft) == [
        (1, 2, "A", "code_name_used", "error"),
        (1, 3, "A", "code_name_unreadable", "error"),
        (1, 4, "A", "helper_unnamed", "error"),
    ]


def test_somebody_known_stays_in_the_cell_where_the_desk_has_them():
    cells = {Code("N", 2): HELD, Code("N", 4): CellId(14)}
    draft = checked(table("조력자", HELPERS, "버들|N-4|||||||||"), cells=cells, held=frozenset(cells.values()))
    assert said(draft) == [(1, 2, "B", "helper_elsewhere", "error")]


def test_two_of_one_name_may_be_one_and_that_is_said():
    draft = checked(table("조력자", HELPERS, "|N-2|가상 일||||||||", "|N-2|가상일||||||||", "|N-2|가상 삼||||||||"),
                    names={"가상삼": (YEOUL,)})  # fmt: skip
    assert said(draft) == [(1, 3, "C", "name_twice", "notice"), (1, 4, "C", "name_here_already", "notice")]
    assert len(draft.people) == 3


def test_what_leans_on_a_row_that_failed_fails_too_and_says_so():
    draft = checked(
        table("조력자", HELPERS, "까치-3|N-9|||||||||", "까치-4|N-2||||까치-3|||||", number=1),
        table("만남", LINKS, "까치-3|버들||2026-11-03|||", "아무개|버들||2026-11-03|||", number=2),
    )
    assert said(draft) == [
        (1, 2, "B", "cell_unknown", "error"),
        (1, 3, "F", "who_left_out", "notice"),  # the helper comes in, without a noticer
        (2, 2, "A", "who_left_out", "error"),
        (2, 3, "A", "who_unknown", "error"),
    ]
    assert len(draft.people) == 1
    assert draft.links == ()


# Phones ----------------------------------------------------------------------------------------------------------------


def test_a_phone_in_national_form_is_offered_as_of_a_country_and_said():
    draft = checked(table("조력자", HELPERS, "까치-3|N-2||010-1234-5678|||||||", "까치-4|N-2||138 0013 8000|||||||",
                          "까치-5|N-2||02-123-4567|KR||||||", "까치-6|N-2||02-123-4567|||||||", "까치-7|N-2||1.38E+10|||||||",
                          "까치-8|N-2||전화 없음|||||||", "까치-9|N-2||02-123-4567|Atlantis||||||"))  # fmt: skip
    assert said(draft) == [
        (1, 2, "D", "phone_as_korean", "notice"),
        (1, 3, "D", "phone_as_chinese", "notice"),
        (1, 4, "D", "phone_as_korean", "notice"),
        (1, 5, "D", "phone_country", "error"),
        (1, 6, "D", "phone_cut", "error"),
        (1, 7, "D", "phone_unreadable", "error"),
        (1, 8, "D", "phone_country", "error"),
        (1, 8, "E", "country_unknown", "error"),
    ]
    assert [each.number for each in draft.lines] == ["+821012345678", "+8613800138000", "+8221234567"]


def test_the_same_phone_in_another_cell_is_told_apart_from_one_in_the_same():
    asked = []

    def holders(numbers):
        asked.append(tuple(numbers))
        return {"+8613800138001": PersonId(3), "+8613800138002": YEOUL, "+8613800138003": BEODEUL}

    draft = checked(
        table("조력자", HELPERS, "까치-3|N-2||+8613800138001|||||||", "까치-4|N-2||+8613800138002|||||||",
              "버들|N-2||+8613800138003|||||||", "까치-5|N-2||+8613800138004|||||||", "까치-6|N-2||+86 138-0013-8004|||||||"),
        holders=holders,
    )  # fmt: skip
    assert said(draft) == [
        (1, 2, "D", "phone_elsewhere", "error"),  # Durumi's, of N-3
        (1, 3, "D", "phone_taken", "error"),  # Yeoul's, of the same cell
        (1, 4, "A", "helper_here_already", "notice"),
        (1, 4, "D", "phone_here_already", "notice"),
        (1, 6, "D", "phone_taken", "error"),  # of row 5
    ]
    assert draft.findings[-1].other.row == 5
    assert len(asked) == 1, "the index is dear: it is asked once"
    assert len(asked[0]) == 4


def test_a_phone_on_two_sheets_is_one_line():
    draft = checked(
        table("조력자", HELPERS, "까치-3|N-2||+8613800138004|||||||", number=1),
        table("전화", "가진 사람|전화번호", "까치3|+8613800138004", "버들|+8613800138004", number=2),
    )
    assert said(draft) == [(2, 2, "B", "phone_twice", "notice"), (2, 3, "B", "phone_taken", "error")]
    assert len(draft.lines) == 1


# What a spreadsheet hides ----------------------------------------------------------------------------------------------


def test_hidden_rows_are_counted_and_come_in_only_when_somebody_says_so():
    sheet = table("조력자", HELPERS, "까치-3|N-2|||||||||", "까치-4|N-2|||||||||", "까치-5|N-2|||||||||", hide=(3, 4))
    draft = checked(sheet)
    assert said(draft) == [(1, 3, "", "row_hidden", "left_out"), (1, 4, "", "row_hidden", "left_out")]
    assert (draft.rows, draft.hidden_rows, len(draft.people)) == (3, 2, 1)
    guessed = heads.layout_of(sheet)
    taken = checked(sheet, layouts={1: Layout(guessed.kind, guessed.columns, take_hidden=True)})
    assert [each.severity.value for each in taken.findings] == ["notice", "notice"]
    assert len(taken.people) == 3


def test_a_hidden_sheet_and_a_hidden_column_are_said():
    draft = checked(
        table("조력자", HELPERS, "까치-3|N-2|||||||||", number=1, hidden=True),
        table("조력자2", HELPERS, "까치-4|N-2|||||||||", number=2, hidden_columns=frozenset({3})),
    )
    assert said(draft) == [(1, 0, "", "sheet_hidden", "left_out"), (2, 1, "C", "column_hidden", "notice")]
    assert len(draft.people) == 1


def test_merged_cells_hold_for_each_row_of_one_column_and_are_said():
    draft = checked(table("조력자", HELPERS, "까치-3|N-2|||||||||", "까치-4||||||||||", "까치-5|N-2|a||||||||",
                          merged=(Merged(2, 2, 3, 2), Merged(4, 3, 4, 4), Merged(1, 1, 1, 4))))  # fmt: skip
    assert said(draft) == [(1, 2, "B", "merged_down", "notice"), (1, 4, "C", "merged_across", "notice")]
    assert len(draft.people) == 3


def test_a_formula_is_neither_computed_nor_taken():
    draft = checked(
        table(
            "조력자", HELPERS, "까치-3||||||||||", "까치-4|N-2|||||||||", formulas=frozenset({(2, 2), (9, 1), (2, 30)})
        )
    )
    assert said(draft) == [
        (1, 2, "B", "formula", "error"),
        (1, 9, "A", "formula", "error"),  # in a row where nothing else stands
    ]
    assert len(draft.people) == 1


def test_formula_text_and_script_are_kept_as_text_and_said():
    draft = checked(table("조력자", HELPERS, "까치-3|N-2|=HYPERLINK(1)||||||||<script>alert(1)</script>",
                          "까치-4|N-2|@SUM(1)||||||||-2+3+cmd", "<b>까치</b>|N-2|||||||||"))  # fmt: skip
    assert said(draft) == [
        (1, 2, "C", "formula_text", "notice"),
        (1, 2, "K", "markup", "notice"),
        (1, 3, "C", "formula_text", "notice"),
        (1, 3, "K", "formula_text", "notice"),
        (1, 4, "A", "code_name_unreadable", "error"),
        (1, 4, "A", "markup", "notice"),
    ]
    assert draft.people[0].note == "<script>alert(1)</script>"


def test_a_column_named_twice_is_said_and_nothing_is_taken_until_somebody_chooses():
    sheet = table("만남", "누가|누구와|언제|언제", "버들|여울|2026-11-03|2026-11-04")
    draft = checked(sheet)
    assert said(draft) == [(1, 1, "", "column_missing", "error"), (1, 1, "D", "column_twice", "error")]
    assert draft.findings[1].other.letter == "C"
    chosen = Layout(SheetKind.LINKS, {1: Column.WHO, 2: Column.WHOM, 4: Column.WHEN})
    assert [instants.rfc3339(each.first) for each in checked(sheet, layouts={1: chosen}).links] == [
        "2026-11-03T15:00:00Z"
    ]
    both = Layout(SheetKind.LINKS, {1: Column.WHO, 2: Column.WHOM, 3: Column.WHEN, 4: Column.WHEN})
    assert said(checked(sheet, layouts={1: both})) == [(1, 1, "D", "column_given_twice", "error")]


# Links -----------------------------------------------------------------------------------------------------------------


def test_two_date_orders_in_one_column_fail_where_they_meet_and_where_they_are_unclear():
    draft = checked(
        table(
            "만남",
            LINKS,
            "버들|여울||3/11/2026|||",
            "버들|여울||13/11/2026|||",
            "버들|여울||11/25/2026|||",
            "버들|여울||2026-11-05|||",
        )
    )
    assert said(draft) == [
        (1, 2, "D", "date_unclear", "error"),
        (1, 4, "D", "two_date_orders", "error"),
    ]
    assert draft.findings[1].other.row == 3
    assert len(draft.links) == 2


def test_one_date_order_settles_the_column_and_where_none_shows_somebody_chooses():
    sheet = table("만남", LINKS, "버들|여울||3/11/2026|||", "버들|여울||13/11/2026|||")
    assert [instants.rfc3339(each.first)[:10] for each in checked(sheet).links] == ["2026-11-02", "2026-11-12"]
    unclear = table("만남", LINKS, "버들|여울||3/11/2026|||")
    assert said(checked(unclear)) == [(1, 2, "D", "date_unclear", "error")]
    guessed = heads.layout_of(unclear)
    chosen = Layout(guessed.kind, guessed.columns, order=DateOrder.DAY_FIRST)
    assert len(checked(unclear, layouts={1: chosen}).links) == 1


def test_dates_a_spreadsheet_made_its_own_beside_others_it_did_not_are_said():
    draft = checked(table("만남", LINKS, "버들|여울||2026-03-11|||", "버들|여울||13/11/2026|||", dated=frozenset({4})))
    assert (1, 1, "D", "dates_mixed", "notice") in said(draft)


def test_an_imprecise_date_stays_a_span_and_a_stay_is_none():
    draft = checked(table("만남", LINKS, "버들|여울||작년 12월|||", "버들|여울|같은 은신처|2026-10-01|2026-10-20||",
                          "버들|여울||11월|||",
                          "버들|여울||2026-11-03 21:00|||"))  # fmt: skip
    assert [each.imprecise for each in draft.links] == [True, False, True, False] or said(draft)
    spans = [(instants.rfc3339(each.first), instants.rfc3339(each.last)) for each in draft.links]
    assert spans[0] == ("2026-09-30T15:00:00Z", "2026-10-20T14:59:59Z")
    assert spans[1] == ("2026-10-31T15:00:00Z", "2026-11-26T12:00:00Z")  # this month: not beyond now
    assert spans[2] == ("2026-11-03T12:00:00Z", "2026-11-03T13:00:00Z")
    assert [each.imprecise for each in draft.links] == [False, True, False]
    assert said(draft) == [(1, 2, "D", "too_old", "left_out"), (1, 4, "D", "year_assumed", "notice")]


def test_what_is_to_come_and_what_would_be_forgotten_stays_out():
    draft = checked(table("만남", LINKS, "버들|여울||2026-12-03|||", "버들|여울||2025-10-01|||", "버들|여울||2026-08-01||N2|",
                          "버들|여울||2026-08-01||C2|", "버들|여울|통화|2026-08-01||N2|", "버들|여울||2026-11-03|2026-11-01||",
                          "버들|여울||언젠가|||"))  # fmt: skip
    assert said(draft) == [
        (1, 2, "D", "date_to_come", "error"),
        (1, 3, "D", "too_old", "left_out"),
        (1, 4, "D", "too_old", "left_out"),  # a meeting in the North, after 90 days
        (1, 7, "E", "date_backwards", "error"),
        (1, 8, "D", "date_unreadable", "error"),
    ]
    assert [each.kind for each in draft.links] == [LinkKind.MET, LinkKind.CALLED]
    assert draft.areas == (Code("C", 2),)


def test_several_who_were_there_all_know_of_each_other_and_a_row_told_twice_is_taken_once():
    draft = checked(
        table("조력자", HELPERS, "까치-3|N-2|||||||||", number=1),
        table(
            "만남",
            LINKS,
            "버들|여울, 까치-3||2026-11-03|||",
            "여울|버들||2026-11-03|||",
            "버들|버들||2026-11-03|||",
            number=2,
        ),
    )
    assert len(draft.links) == 3
    assert said(draft) == [(2, 3, "", "link_twice", "left_out"), (2, 4, "B", "same_person", "error")]


def test_a_link_needs_one_whose_cell_is_held_and_may_lead_into_another():
    people = {parse("두루미"): KnownPerson(PersonId(3), FOREIGN), parse("고니"): KnownPerson(PersonId(4), FOREIGN),
              parse("버들"): KnownPerson(BEODEUL, HELD)}  # fmt: skip
    draft = checked(table("만남", LINKS, "버들|두루미||2026-11-03|||", "두루미|고니||2026-11-03|||"), people=people)
    assert said(draft) == [(1, 3, "A", "cell_not_held", "error")]
    assert [(each.knower, each.known) for each in draft.links] == [(Who(BEODEUL), Who(PersonId(3)))]


def test_of_two_phones_in_a_row_one_that_is_taken_stops_both():
    draft = checked(
        table("조력자", HELPERS, "까치-3|N-2||+8613800138004|||||||", number=1),
        table("전화", "가진 사람|전화1|전화2", "버들|+8613800138005|+8613800138004", number=2),
    )
    assert said(draft) == [(2, 2, "C", "phone_taken", "error")]
    assert [each.number for each in draft.lines] == ["+8613800138004"]


def test_nothing_is_added_to_somebody_of_a_cell_that_is_not_held():
    draft = checked(
        table("전화", "가진 사람|전화", "두루미|+8613800138005", number=1),
        table("연락 계획", "누가|첫 연락|시각|며칠마다", "Durumi|월|21:00|7", number=2),
    )
    assert said(draft) == [(1, 2, "A", "cell_not_held", "error"), (2, 2, "A", "cell_not_held", "error")]


def test_lead_and_deputy_are_two_and_of_the_cell():
    draft = checked(table("조", "조|지역|책임자|부책임자", "N-5|N5|버들|버들", "N-2||버들|버들"))
    assert said(draft) == [
        (1, 2, "C", "network.not_of_the_cell", "notice"),
        (1, 2, "D", "network.not_of_the_cell", "notice"),
        (1, 3, "A", "cell_here_already", "notice"),
        (1, 3, "D", "same_person", "notice"),
    ]
    assert [(each.lead, each.deputy) for each in draft.leads] == [(Who(BEODEUL), None)]


# Agreements ------------------------------------------------------------------------------------------------------------


def test_plans_are_in_the_helper_s_own_hours_and_begin_with_the_next_that_is_to_come():
    draft = checked(table("연락 계획", "누가|첫 연락|시각|며칠마다|길이|유예", "버들|2026-11-01|21:00|매주|1시간|",
                          "여울|2026-11-29 20:30||2|30분|6",
                          "버들|월|9시|7||", "여울|월||7||", "아무개|월|21:00|7||", "버들|가끔|21:00|자주||"))  # fmt: skip
    assert [(instants.rfc3339(each.first), each.every_days, each.length_ms, each.grace_ms) for each in draft.plans] == [
        ("2026-11-29T12:00:00Z", 7, HOUR_MS, 12 * HOUR_MS),
        ("2026-11-29T11:30:00Z", 2, 30 * MINUTE_MS, 6 * HOUR_MS),
    ]
    assert said(draft) == [
        (1, 4, "A", "plan_twice", "error"),
        (1, 5, "C", "value_missing", "error"),
        (1, 6, "A", "who_unknown", "error"),
        (1, 7, "D", "number_unreadable", "error"),
    ]


def test_routes_name_who_carries_the_words_and_hours_become_those_of_the_world():
    draft = checked(
        table("알림 길", "누가|어떻게|누구를 통해|걸리는 시간|몇 시부터|몇 시까지|드러나는 것|마지막 연습",
              "버들|인편|여울|2|9:00|21:00|없음|2026-11-01",
              "버들|인편|여울|3||||", "버들|정해 둔 번호||90분||||", "여울|같은 조의 이웃||1||||",
              "여울|비둘기|버들|1||||", "여울|인편|여울|1||||")
    )  # fmt: skip
    first, second = draft.routes
    assert (first.from_minute, first.to_minute, first.exposes) == (0, 720, Exposes.NOTHING_NEW)
    assert (second.kind, second.through, second.delay_ms, second.exposes) == (
        RouteKind.AGREED_LINE, None, 90 * MINUTE_MS, Exposes.THE_LINE)  # fmt: skip
    assert said(draft) == [
        (1, 3, "A", "route_twice", "left_out"),
        (1, 5, "C", "value_missing", "error"),
        (1, 6, "B", "word_unknown", "error"),
        (1, 7, "C", "same_person", "error"),
    ]


def test_every_code_that_is_found_has_its_sentence():
    used = {
        code
        for path in Path(room.__file__).parent.glob("*.py")
        for code in re.findall(r'"(intake\.\w+)"', path.read_text())
    }
    assert len(used) > 50
    assert used <= REGISTRY.keys()


def test_nothing_comes_in_from_nothing():
    assert check((), (), known()).rows == 0
    assert checked(table("x", "colour|weight", "red|3")).rows == 1
