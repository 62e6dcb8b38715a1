"""Words a cell may hold where the desk has a closed list, in Korean, English and Chinese; and what stands for nothing."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final, TypeVar

from ojakgyo.domain.facts.vocabulary import Exposes, LineState, LinkKind, RouteKind, StandAside

Member = TypeVar("Member", bound=StrEnum)

WORDS: Final[Mapping[StrEnum, str]] = {
    LinkKind.MET: "만남, met, meet, meeting, meets, 만났음, 만나다, 회의, 见面, 会面, 碰面",
    LinkKind.CALLED: "통화, call, called, 전화, phone, phone call, 통화, 打电话, 通话, 电话",
    LinkKind.HOUSED: "같은 은신처, same house, stay, housed, 숙박, stayed, lodged, 같은 집, 재움, 머무름, 묵음, 住, "
    "同住, 留宿, 住宿",
    LinkKind.PAID: "활동비, stipend, 생활비, paid, payment, money, 돈, 지급, 송금, 生活费, 付款, 给钱",
    LinkKind.HANDED_OVER: "인계, handover, handed over, hand-over, passed on, 인수, 인수인계, 交接, 移交, 转交",
    RouteKind.RELAY: "인편, relay, messenger, 전달자, through somebody, 전달, 통해서, 转达, 转达人, 传话",
    RouteKind.NEIGHBOUR: "같은 조의 이웃, neighbour in the cell, neighbour, neighbor, 이웃, 같은 조, 이웃 조원, 邻居, "
    "同组, 组内",
    RouteKind.AGREED_LINE: "정해 둔 번호, agreed line, 약속한 전화, line, phone, call, 전화, 정한 전화, 约定电话, 电话",
    Exposes.NOTHING_NEW: "새로 없음, nothing new, nothing, none, 없음, 没有, 无, 无新增",
    Exposes.THE_RELAY: "인편, the relay, 전달자, relay, 转达人",
    Exposes.THE_LINE: "전화, the line, line, phone, 电话, 线路",
    Exposes.A_MEETING: "만남, a meeting, meeting, 见面, 会面",
    StandAside.LIE_LOW: "활동 멈춤, lie low, stay home, wait, 멈춤, 집에 있기, 暂停活动, 隐蔽",
    StandAside.LEAVE: "떠나기, leave, go away, 피신, 떠남, 离开, 撤离",
    StandAside.PASS_THE_PARTY_ON: "일행 넘기기, pass the party on, hand over the party, 일행 인계, 转交一行, 转交",
    StandAside.DESTROY_THE_CARD: "카드 없애기, destroy the card, burn the card, 카드 파기, 销毁卡片",
    LineState.ACTIVE: "사용 중, in use, active, works, ok, 사용, 정상, 使用中, 正常, 在用",
    LineState.BURNT: "폐기, burnt, 버림, burned, gone, dead, 폐기, 끊김, 作废, 停用, 销毁",
    LineState.SEIZED: "다른 사람 손에 있음, in other hands, seized, taken, 빼앗김, 압수, 被没收, 被缴, 落入他人之手",
    LineState.QUIET: "조용히 둠, quiet, 쉼, resting, unused, 잠시 쉼, 미사용, 暂停, 闲置",
}
"""The first word is what the template writes in Korean, the second what it writes in English."""

_NOTHING: Final = frozenset(
    {
        "",
        "-",
        "--",
        "–",
        "—",
        "?",
        "x",
        "n/a",
        "na",
        "none",
        "nil",
        "없음",
        "無",
        "无",
        "没有",
        "모름",
        "미상",
        "不详",
        ".",
    }
)
_MARKUP: Final = re.compile(r"<\s?/?\s?[a-zA-Z!?]|javascript:|\bon[a-z]{1,30}\s?=|&#", re.IGNORECASE)
"""Bounded wherever it repeats: what a file may hold is looked at in a time that grows with its length alone."""
_FORMULA: Final = re.compile(r"[=@]|[+-](?=.*[A-Za-z(!|])")


def said(of: type[Member], text: str) -> Member | None:
    """The member of a closed list that a text names."""
    return _by_word(of).get(_bare(text))  # type: ignore[return-value]


def template_words(of: type[StrEnum], language: str) -> tuple[str, ...]:
    place = 0 if language == "ko" else 1
    return tuple(words.split(",")[place].strip() for member, words in WORDS.items() if type(member) is of)


def is_nothing(text: str) -> bool:
    """Whether a cell was filled only to say that there is nothing."""
    return text.casefold() in _NOTHING


def is_markup(text: str) -> bool:
    """Code of a web page, as somebody would write it who hopes that a desk runs it."""
    return _MARKUP.search(text) is not None


def is_formula(text: str) -> bool:
    """What a spreadsheet would compute when such a text is opened in it; a phone number with its plus is none."""
    return _FORMULA.match(text) is not None


@cache
def _by_word(of: type[StrEnum]) -> Mapping[str, StrEnum]:
    words = {_bare(member.value): member for member in of}
    for member, written in WORDS.items():
        if type(member) is of:
            words |= {_bare(word): member for word in written.split(",")}
    return words


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
