"""The ready workbook: one sheet for each kind, heads that are understood, lists where the desk has a closed list.

Examples stand on the first sheet only, which is passed over: nobody imports an example by mistake.
"""

import io
from enum import StrEnum
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ojakgyo.domain.facts.vocabulary import Exposes, LineState, LinkKind, RouteKind, StandAside
from ojakgyo.domain.intake import words
from ojakgyo.domain.intake.columns import COLUMNS, Column, SheetKind

FILLED_ROWS: Final = 3_000
"""How far down the lists and the text format reach."""

SHEETS: Final[dict[str, dict[SheetKind, str]]] = {
    "ko": {
        SheetKind.CELLS: "조",
        SheetKind.HELPERS: "조력자",
        SheetKind.LINES: "전화",
        SheetKind.LINKS: "만남",
        SheetKind.PLANS: "연락 계획",
        SheetKind.ROUTES: "알림 길",
    },
    "en": {
        SheetKind.CELLS: "Cells",
        SheetKind.HELPERS: "Helpers",
        SheetKind.LINES: "Lines",
        SheetKind.LINKS: "Links",
        SheetKind.PLANS: "Contact plans",
        SheetKind.ROUTES: "Warning routes",
    },
}
_KO: Final[dict[Column, str]] = {
    Column.CODE_NAME: "가명",
    Column.NAME: "이름",
    Column.ALIASES: "다른 이름",
    Column.NOTE: "비고",
    Column.CELL: "조",
    Column.AREA: "지역",
    Column.LEAD: "책임자",
    Column.DEPUTY: "부책임자",
    Column.PHONE: "전화번호",
    Column.COUNTRY: "나라",
    Column.STATE: "상태",
    Column.HOLDER: "가진 사람",
    Column.NOTICER: "알아챌 사람",
    Column.NOTICER_DELAY: "알게 되기까지 (시간)",
    Column.ASIDE: "위험할 때",
    Column.ADULTS: "어른 (명)",
    Column.CHILDREN: "아이 (명)",
    Column.WHO: "누가",
    Column.WHOM: "누구와",
    Column.HOW: "어떻게",
    Column.WHEN: "언제",
    Column.UNTIL: "언제까지",
    Column.TIMES: "횟수",
    Column.FIRST: "첫 연락 (날짜나 요일)",
    Column.HOUR: "시각",
    Column.EVERY: "며칠마다",
    Column.LENGTH: "길이 (분)",
    Column.GRACE: "유예 (시간)",
    Column.THROUGH: "누구를 통해",
    Column.DELAY: "걸리는 시간 (시간)",
    Column.FROM_HOUR: "몇 시부터",
    Column.TO_HOUR: "몇 시까지",
    Column.EXPOSES: "드러나는 것",
    Column.REHEARSED: "마지막 연습",
}
_EN: Final[dict[Column, str]] = {
    Column.CODE_NAME: "Code name",
    Column.NAME: "Name",
    Column.ALIASES: "Other names",
    Column.NOTE: "Note",
    Column.CELL: "Cell",
    Column.AREA: "Area",
    Column.LEAD: "Lead",
    Column.DEPUTY: "Deputy",
    Column.PHONE: "Phone number",
    Column.COUNTRY: "Country",
    Column.STATE: "State",
    Column.HOLDER: "Held by",
    Column.NOTICER: "Noticer",
    Column.NOTICER_DELAY: "Noticed within (hours)",
    Column.ASIDE: "If in danger",
    Column.ADULTS: "Adults",
    Column.CHILDREN: "Children",
    Column.WHO: "Who",
    Column.WHOM: "With whom",
    Column.HOW: "How",
    Column.WHEN: "When",
    Column.UNTIL: "Until",
    Column.TIMES: "Times",
    Column.FIRST: "First contact (date or weekday)",
    Column.HOUR: "Hour",
    Column.EVERY: "Every days",
    Column.LENGTH: "Length (minutes)",
    Column.GRACE: "Grace (hours)",
    Column.THROUGH: "Through",
    Column.DELAY: "Takes (hours)",
    Column.FROM_HOUR: "From hour",
    Column.TO_HOUR: "To hour",
    Column.EXPOSES: "Gives away",
    Column.REHEARSED: "Last rehearsed",
}
HEADS: Final = {"ko": _KO, "en": _EN}
_LISTS: Final[dict[tuple[SheetKind, Column], type[StrEnum]]] = {
    (SheetKind.HELPERS, Column.ASIDE): StandAside,
    (SheetKind.LINES, Column.STATE): LineState,
    (SheetKind.LINKS, Column.HOW): LinkKind,
    (SheetKind.ROUTES, Column.HOW): RouteKind,
    (SheetKind.ROUTES, Column.EXPOSES): Exposes,
}
_GUIDE: Final = {
    "ko": (
        "안내",
        (
            "이 시트는 읽지 않습니다. 다른 시트의 첫 줄 아래에 한 줄에 하나씩 쓰세요. 필요 없는 시트는 비워 두세요.",
            "조: 조는 N-2처럼, 지역은 N3처럼 씁니다. N은 북측, C는 중국입니다. 이미 있는 조는 쓰지 않아도 됩니다.",
            "조력자: 가명은 비워 두면 새로 정해집니다. 다른 시트에서는 가명이나 이름으로 가리킵니다.",
            "전화번호: +86 138 1234 5678처럼 나라 번호를 붙이는 것이 가장 좋습니다.",
            "만남: 날짜를 정확히 모르면 아는 만큼만 쓰세요. 예: 2026-11-03, 2026년 11월, 작년 가을, 11월 초.",
            "만남에 여럿이 있었으면 쉼표로 나누어 씁니다. 예: 까치-3, 노을",
            "연락 계획: 시각은 조력자가 있는 곳의 시각입니다. 예: 첫 연락 월, 시각 21:00, 며칠마다 7.",
            "알림 길: 다른 사람을 거치면 누구를 통해 가는지도 씁니다.",
            "수식, 숨긴 줄, 합친 칸은 쓰지 마세요. 주민 번호, 여권 번호, 사진은 어디에도 쓰지 않습니다.",
        ),
    ),
    "en": (
        "Read me",
        (
            "This sheet is not read. Write one thing a row below the heads of the others; leave empty what is not needed.",
            "Cells: a cell is written like N-2, an area like N3; N is the North, C is China. Cells that are there need no row.",
            "Helpers: an empty code name is drawn by the desk. The other sheets may name a helper by code name or by name.",
            "Phone number: best with its country, like +86 138 1234 5678.",
            "Links: write as much of a date as is known. For instance 2026-11-03, Nov 2026, last autumn, early March.",
            "Links: several people in one cell are parted by commas. For instance Kkachi-3, Noeul",
            "Contact plans: hours are those where the helper is. For instance first contact Mon, hour 21:00, every days 7.",
            "Warning routes: where somebody carries the words, say through whom.",
            "No formulas, hidden rows or merged cells. Numbers of residence or passports, and pictures, belong nowhere.",
        ),
    ),
}


def workbook(language: str) -> bytes:
    """The bytes of the XLSX in one language, ko or en."""
    book = Workbook()
    name, lines = _GUIDE[language]
    _guide(book.active, name, lines)
    for kind, title in SHEETS[language].items():
        _sheet(book.create_sheet(title), kind, language)
    book.active = 1
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _guide(sheet: Any, name: str, lines: tuple[str, ...]) -> None:
    sheet.title = name
    sheet.column_dimensions["A"].width = 110
    for row, line in enumerate(lines, 1):
        sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")


def _sheet(sheet: Any, kind: SheetKind, language: str) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(COLUMNS[kind], 1):
        head, letter = HEADS[language][column], get_column_letter(place)
        sheet.cell(1, place, head).font = Font(bold=True)
        sheet.column_dimensions[letter].width = max(14, 2 + sum(1 + (letter_ > "ᄀ") for letter_ in head))
        if column is not Column.WHEN:
            sheet.column_dimensions[
                letter
            ].number_format = "@"  # text: a phone number keeps its 0, a code stays no date
        if of := _LISTS.get((kind, column)):
            choices = DataValidation(
                "list", formula1=f'"{",".join(words.template_words(of, language))}"', allow_blank=True
            )
            choices.add(f"{letter}2:{letter}{FILLED_ROWS}")
            sheet.add_data_validation(choices)
