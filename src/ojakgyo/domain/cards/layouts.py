"""How a card looks on paper: one of many price lists, each card its own way, and the same way whenever it is printed.

A table of digits that is known by its look gives its bearer away. So order, heads, goods down the side, gaps, rules and
letters are drawn from the card's replay key. Two things are never varied, because a helper's eye depends on them: the
digits of the top row follow each other up or down, so that one column missed is one digit missed (`own_number.nearly`,
the guard columns); and rows are used from the top. Where 9 and 0 would meet, the answers stand between them.

No reading depends on a layout, so another release may draw another one.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from ojakgyo.domain.cards.codebook import ROWS, WORDS, Row
from ojakgyo.domain.facts import DeskWord
from ojakgyo.domain.sealing import ratchet

T = TypeVar("T")

_KOREAN: Final = (
    "쌀 찹쌀 콩 팥 밀가루 소금 간장 된장 식초 설탕 콩기름 두부 국수 당면 고추 마늘 양파 대파 배추 상추 가지 달걀 "
    "비누 치약 칫솔 수건 양말 장갑 신발 성냥 양초 바늘 단추 솜 비닐 못 그릇 수저 냄비 전지 종이 연필 공책"
)
_CHINESE: Final = (
    "大米 白面 玉米 黄豆 绿豆 豆油 食盐 白糖 酱油 陈醋 味精 粉条 豆腐 挂面 鸡蛋 白菜 萝卜 大葱 大蒜 辣椒 黄瓜 茄子 "
    "鸭梨 海带 虾皮 肥皂 牙膏 牙刷 毛巾 袜子 手套 胶鞋 火柴 蜡烛 棉线 纽扣 棉布 木耳 花生 茶叶"
)
KOREAN_GOODS: Final = tuple(_KOREAN.split())
CHINESE_GOODS: Final = tuple(_CHINESE.split())
"""What is sold on any market. None of them is a word of the product's own, nor a code name, nor a numeral."""


class Goods(StrEnum):
    """What stands before each row."""

    NONE = "none"
    KOREAN = "korean"
    CHINESE = "chinese"


class Face(StrEnum):
    """Letters that every printer has; their digits are all of one width."""

    COURIER = "courier"
    COURIER_BOLD = "courier_bold"
    HELVETICA = "helvetica"
    TIMES = "times"


class Ruling(StrEnum):
    """The lines of the table."""

    NONE = "none"
    HEAD = "head"
    GROUPS = "groups"
    ROWS = "rows"
    BANDS = "bands"
    GRID = "grid"


class Place(StrEnum):
    """Where the column of the next contact stands."""

    FIRST = "first"
    BESIDE_ANSWERS = "beside_answers"
    LAST = "last"


class Side(StrEnum):
    """How a head of one letter stands over a column of two."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Holds(StrEnum):
    """What stands in a column."""

    NAMES = "names"
    DIGIT = "digit"
    ANSWER = "answer"
    CONTACT = "contact"


_LABELS: Final = {Goods.NONE: (), Goods.KOREAN: KOREAN_GOODS, Goods.CHINESE: CHINESE_GOODS}
_ANSWER_HEADS: Final = {
    Goods.NONE: (("A", "B", "C"), ("a", "b", "c"), ("I", "II", "III")),
    Goods.KOREAN: (("가", "나", "다"), ("ㄱ", "ㄴ", "ㄷ"), ("A", "B", "C")),
    Goods.CHINESE: (("甲", "乙", "丙"), ("A", "B", "C"), ("a", "b", "c")),
}
ANSWER_HEADS: Final = tuple(dict.fromkeys(heads for some in _ANSWER_HEADS.values() for heads in some))
"""Every way in which the first, the second and the third answer may be headed."""
_LABEL_HEADS: Final = {Goods.NONE: ("",), Goods.KOREAN: ("", "품명", "물건"), Goods.CHINESE: ("", "品名", "货名")}
_CONTACT_HEADS: Final = {Goods.NONE: ("",), Goods.KOREAN: ("", "비고"), Goods.CHINESE: ("", "备注")}
_CAPTIONS: Final = {
    Goods.NONE: ("",),
    Goods.KOREAN: ("", "가격", "물가", "수량", "값"),
    Goods.CHINESE: ("", "价格", "价目", "数量", "规格"),
}
SIZES: Final = (74, 77, 80, 82, 84)
"""Height of the letters on a card, in tenths of a point."""
BETWEEN: Final = (".", "-", "/")
"""What may stand between days and hour of the next contact."""
_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """How one card is laid out. It holds no row, and tells nothing about one.

    Parameters
    ----------
    digits : the heads 0..9 in their order across.
    answers : the three answers (places in `codebook.WORDS`) in their order across; they stand before column `seam`.
    labels : a name for each row down the side, or none at all.
    between : what stands between days and hour of the next contact.
    size : tenths of a point. `spread`: gap between two columns, in hundredths of that, where there is room.
    columns_apart, rows_apart : a wider gap after so many of them; 0: nowhere.
    """

    digits: tuple[int, ...]
    answers: tuple[int, ...]
    seam: int
    contact: Place
    between: str
    answer_heads: tuple[str, ...]
    label_head: str
    contact_head: str
    caption: str
    labels: tuple[str, ...]
    face: Face
    bold_head: bool
    head_side: Side
    size: int
    spread: int
    columns_apart: int
    rows_apart: int
    ruling: Ruling
    framed: bool


Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a card, by its head, which may be empty. `says`: of an answer, which one."""

    text: str
    holds: Holds
    says: DeskWord | None = None


def drawn(replay_key: bytes) -> Layout:
    """The layout of a card; the same for the same key."""
    below = ratchet.stream(ratchet.column(replay_key, "layout"))
    goods = _one(below, tuple(Goods))
    digits, seam = _turned(below)
    return Layout(
        digits=digits,
        answers=tuple(_some(below, range(3), 3)),
        seam=seam,
        contact=_one(below, tuple(Place)),
        between=_one(below, BETWEEN),
        answer_heads=_one(below, _ANSWER_HEADS[goods]),
        label_head=_one(below, _LABEL_HEADS[goods]),
        contact_head=_one(below, _CONTACT_HEADS[goods]),
        caption=_one(below, _CAPTIONS[goods]),
        labels=tuple(_some(below, _LABELS[goods], ROWS)) if _LABELS[goods] else (),
        face=_one(below, tuple(Face)),
        bold_head=_one(below, (False, True)),
        head_side=_one(below, tuple(Side)),
        size=_one(below, SIZES),
        spread=_one(below, (45, 60, 80, 100)),
        columns_apart=_one(below, (0, 0, 2, 5)),
        rows_apart=_one(below, (0, 0, 3, 4, 6)),
        ruling=_one(below, tuple(Ruling)),
        framed=_one(below, (False, False, True)),
    )


def table(layout: Layout, rows: Sequence[Row], *, first: int = 0) -> tuple[Line, ...]:
    """What stands on the card: the heads, then a line for each row, every line with the same columns. "": an empty head.

    `first`: which row of the card the first one is, counted from 0; its name down the side goes with it.
    """
    heads = _line(
        layout,
        [str(digit) for digit in layout.digits],
        [layout.answer_heads[answer] for answer in layout.answers],
        contact=layout.contact_head,
        label=layout.label_head,
    )
    return (
        heads,
        *(
            _line(
                layout,
                [row.looked_up([digit]) for digit in layout.digits],
                [f"{row.answers[answer]:02}" for answer in layout.answers],
                contact=f"{row.gap}{layout.between}{row.hour:02}",
                label=layout.labels[place] if layout.labels else "",
            )
            for place, row in enumerate(rows, first)
        ),
    )


def heads(layout: Layout) -> tuple[Head, ...]:
    """The columns from the left, and what each holds; nothing of any row."""
    (texts,) = table(layout, ())
    holds = _line(
        layout,
        [Holds.DIGIT] * _DIGITS,
        [Holds.ANSWER] * len(layout.answers),
        contact=Holds.CONTACT,
        label=Holds.NAMES,
    )
    words = iter([WORDS[answer] for answer in layout.answers])
    return tuple(
        Head(text, Holds(what), next(words) if what == Holds.ANSWER else None)
        for text, what in zip(texts, holds, strict=True)
    )


def text(layout: Layout, lines: Sequence[Line]) -> str:
    """A table as plain text, its caption above it; no blank at the end of a line."""
    widths = [max(_width(line[column]) for line in lines) for column in range(len(lines[0]))]
    padded = ["  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(line.rstrip() for line in (*filter(None, [layout.caption]), *padded))


def groups(layout: Layout) -> tuple[int, ...]:
    """How many columns belong together, from the left: names, next contact, answers, and the digits in their groups."""
    before, after = _in_groups(layout, layout.seam), _in_groups(layout, _DIGITS - layout.seam)
    answers = (3, 1) if layout.contact is Place.BESIDE_ANSWERS else (3,)
    found = (*before, *answers, *after)
    if layout.contact is Place.FIRST:
        found = (1, *found)
    if layout.contact is Place.LAST:
        found = (*found, 1)
    return (1, *found) if layout.labels else found


def _in_groups(layout: Layout, count: int) -> tuple[int, ...]:
    at_once = layout.columns_apart or _DIGITS
    whole, rest = divmod(count, at_once)
    return (at_once,) * whole + ((rest,) if rest else ())


def _line(layout: Layout, digits: list[str], answers: list[str], *, contact: str, label: str) -> Line:
    beside = [*answers, contact] if layout.contact is Place.BESIDE_ANSWERS else answers
    line = [*digits[: layout.seam], *beside, *digits[layout.seam :]]
    if layout.contact is Place.FIRST:
        line.insert(0, contact)
    if layout.contact is Place.LAST:
        line.append(contact)
    return (label, *line) if layout.labels else tuple(line)


def _turned(below: ratchet.Below) -> tuple[tuple[int, ...], int]:
    """The digits up or down from any of them, and before which column the answers stand: where 9 and 0 would meet."""
    begin = below(_DIGITS)
    upwards = tuple((begin + step) % _DIGITS for step in range(_DIGITS))
    before = bool(below(2))
    seam = _DIGITS - begin if begin else _DIGITS * before
    return (upwards, seam) if below(2) else (upwards[::-1], _DIGITS - seam)


def _one(below: ratchet.Below, choices: Sequence[T]) -> T:
    return choices[below(len(choices))]


def _some(below: ratchet.Below, choices: Sequence[T], count: int) -> Iterator[T]:
    """So many different ones, in any order."""
    left = list(choices)
    for _ in range(count):
        yield left.pop(below(len(left)))


def _width(written: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in written)


def _padded(cell: str, width: int) -> str:
    """To the right, as numbers stand."""
    return " " * (width - _width(cell)) + cell
