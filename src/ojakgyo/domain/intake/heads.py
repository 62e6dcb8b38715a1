"""Which column is which, guessed from its head in Korean, English or Chinese.

>>> guess(("코드명", "조", "전화 (중국)"))
{1: <Column.CODE_NAME: 'code_name'>, 2: <Column.CELL: 'cell'>, 3: <Column.PHONE: 'phone'>}
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Final

from ojakgyo.domain.intake.columns import COLUMNS, REPEATABLE, REQUIRED, Column, Layout, SheetKind
from ojakgyo.domain.intake.sheets import Table

_SOMEBODY: Final = "code name, helper, code, 가명, 조력자, 협조자, 코드명, 암호명, 协助者, 同工, 代号, 化名"
_PLACE: Final = "area, region, where, place, 지역, 구역, 장소, 곳, 어디서, 地区, 区域, 地点, 哪里"
_WORDS: Final[Mapping[Column, str]] = {
    Column.CODE_NAME: _SOMEBODY,
    Column.NAME: "name, real name, full name, 이름, 성명, 실명, 본명, 姓名, 名字, 真名",
    Column.ALIASES: "aliases, alias, other names, nickname, 별명, 다른 이름, 별칭, 别名, 绰号, 其他名字",
    Column.NOTE: "note, notes, remark, remarks, comment, memo, 비고, 메모, 참고, 备注, 注",
    Column.CELL: "cell, group, team, 조, 소조, 팀, 소속, 소속 조, 组, 小组, 分组",
    Column.AREA: _PLACE,
    Column.LEAD: "lead, leader, head, 책임자, 조장, 组长, 负责人",
    Column.DEPUTY: "deputy, second, stand-in, 부책임자, 부조장, 대리, 副组长, 副手",
    Column.PHONE: "phone, phone number, phone no, telephone, tel, mobile, mobile number, cell phone, number, line, "
    "전화, 전화번호, 휴대전화, 휴대폰, 핸드폰, 손전화, 번호, 연락처, 电话, 电话号码, 手机, 手机号, 手机号码, 号码",
    Column.COUNTRY: "country, country code, 나라, 국가, 국가번호, 国家, 国家代码",
    Column.STATE: "state, status, condition, 상태, 状态",
    Column.HOLDER: f"holder, held by, carried by, owner, 가진 사람, 소지자, 사용자, 持有人, 使用人, {_SOMEBODY}, "
    "name, 이름, 姓名",
    Column.NOTICER: "noticer, would notice, who would see, who would notice, 알아차릴 사람, 알아챌 사람, 확인자, "
    "会发现的人, 知情人",
    Column.NOTICER_DELAY: "noticed within, noticer delay, notice hours, heard within, 알게 되기까지, 알아차리기까지, "
    "확인 시간, 发现时间, 多久知道",
    Column.ASIDE: "stand aside, stand-aside plan, if in danger, 물러서기, 위험할 때, 피신 방법, 대피, 대피 계획, 遇险时, "
    "避险方式",
    Column.ADULTS: "adults, grown-ups, 어른, 성인, 大人, 成人",
    Column.CHILDREN: "children, kids, 아이, 어린이, 자녀, 孩子, 儿童",
    Column.WHO: f"who, person, from, 누가, 사람, 谁, 人, {_SOMEBODY}, name, 이름, 姓名",
    Column.WHOM: "whom, with, met, met whom, with whom, to, other, 누구를, 누구, 누구와, 만난 사람, 상대, 상대방, "
    "见了谁, 对方, 和谁, 见面对象",
    Column.HOW: "how, kind, type, way, route, 종류, 길, 어떻게, 방법, 방식, 경로, 구분, 方式, 类型, 种类, 途径",
    Column.WHEN: "when, date, day, on, since, 언제, 날짜, 일자, 일시, 만난 날, 시작, 日期, 时间, 何时, 开始",
    Column.UNTIL: "until, to date, end, till, end date, 언제까지, 까지, 종료, 끝, 截止, 结束, 至",
    Column.TIMES: "times, how often, count, 횟수, 몇 번, 회수, 次数",
    Column.FIRST: "first, first window, first contact, from, next, next contact, start, date, day, weekday, "
    "첫 연락, 첫날, 다음 연락, 시작, 요일, 날짜, 首次, 首次联络, 下次联络, 开始, 星期, 日期",
    Column.HOUR: "hour, time, at, 시각, 시간, 몇 시, 时刻, 时间, 几点",
    Column.EVERY: "every, every days, days, interval, 주기, 며칠마다, 간격, 每几天, 周期, 间隔",
    Column.LENGTH: "length, duration, minutes, lasts, 길이, 얼마 동안, 분, 时长, 持续",
    Column.GRACE: "grace, grace hours, tolerance, 여유, 유예, 기다림, 宽限, 宽限时间",
    Column.THROUGH: "through, via, relay, by whom, 통해서, 누구를 통해, 전달자, 경유, 经由, 通过谁, 转达人",
    Column.DELAY: "delay, hours, takes, within, how long, 걸리는 시간, 소요, 소요 시간, 시간, 耗时, 所需时间, 多久",
    Column.FROM_HOUR: "from, from hour, open from, earliest, 부터, 시작 시각, 몇 시부터, 从, 起",
    Column.TO_HOUR: "to, to hour, open to, latest, until, 까지, 끝 시각, 몇 시까지, 到, 止",
    Column.EXPOSES: "exposes, gives away, risk, 드러나는 것, 노출, 暴露, 暴露什么",
    Column.REHEARSED: "rehearsed, last rehearsed, tried, tested, 연습, 마지막 연습, 시험, 演练, 上次演练",
}
_SHEETS: Final[Mapping[SheetKind, str]] = {
    SheetKind.HELPERS: "helpers, helper, people, members, 조력자, 협조자, 사람, 명단, 协助者, 人员, 名单",
    SheetKind.LINES: "lines, line, phones, numbers, 전화, 전화번호, 회선, 电话, 线路, 号码",
    SheetKind.CELLS: "cells, cell, groups, 조, 소조, 小组, 组",
    SheetKind.LINKS: "links, link, meetings, met, who met whom, 만남, 연결, 접촉, 관계, 联系, 会面, 接触",
    SheetKind.PLANS: "plans, contact plans, windows, schedule, 연락 계획, 연락 약속, 연락, 联络计划, 计划",
    SheetKind.ROUTES: "routes, warning routes, 알림 길, 경고 경로, 전달 경로, 경로, 警示途径, 途径, 路线",
}
_COUNTRIES: Final = {"KR": "+82|한국|korea|韩国|남측", "CN": "+86|중국|china|chinese|中国|国内"}
_BRACKETED: Final = re.compile(
    r"[(\[（【「][^()\[\]（）【】「」]*[)\]）】」]"
)  # no bracket inside: each is looked at once
HEAD_LIMIT: Final = 100
"""Characters of a head; what is longer stands for no column."""


def layout_of(table: Table) -> Layout:
    """How a sheet is most likely meant. A head that stands twice is given to neither column: somebody has to choose."""
    kind = kind_of(table.heads, table.name)
    if kind is None:
        return Layout(None)
    columns = guess(table.heads, kind)
    phones = [table.heads[column - 1] for column, of in columns.items() if of is Column.PHONE]
    return Layout(kind, columns, country=_country(phones[0]) if len(phones) == 1 else None)


def kind_of(heads: tuple[str, ...], name: str = "") -> SheetKind | None:
    """What a sheet is about: by the name of its tab, else by how many of its heads fit. None: by neither."""
    named = _bare(name)
    for kind, words in _SHEETS.items():
        if named and named in map(_bare, words.split(",")) and _fitting(heads, kind):
            return kind
    known = {kind: _fitting(heads, kind) for kind in SheetKind}
    best = max(SheetKind, key=lambda kind: (REQUIRED[kind] <= known[kind], len(known[kind])))
    return best if known[best] else None


def guess(heads: tuple[str, ...], kind: SheetKind | None = None) -> Mapping[int, Column]:
    """Columns, counted from 1, whose head says what they hold."""
    if kind is None and (kind := kind_of(heads)) is None:
        return {}
    found = {place: _column(head, kind) for place, head in enumerate(heads, 1)}
    often = Counter(found.values())
    twice = repeated(heads)
    return {
        place: column
        for place, column in found.items()
        if column is not None and place not in twice and (often[column] == 1 or column in REPEATABLE)
    }


def repeated(heads: tuple[str, ...]) -> Mapping[int, int]:
    """Columns whose head stands further left already, or again to the right, each with the first such column."""
    places: dict[str, list[int]] = {}
    for place, head in enumerate(heads, 1):
        if bare := _bare(head) or head:
            places.setdefault(bare, []).append(place)
    return {place: same[0] for same in places.values() if len(same) > 1 for place in same}


def key(heads: tuple[str, ...]) -> tuple[str, ...]:
    """Heads without what differs from file to file: by this a layout is remembered."""
    return tuple(_bare(head) for head in heads)


def _fitting(heads: tuple[str, ...], kind: SheetKind) -> set[Column]:
    return {column for head in heads if (column := _column(head, kind)) is not None}


def _column(head: str, kind: SheetKind) -> Column | None:
    if len(head) > HEAD_LIMIT:
        return None
    words, bare = _words_of(kind), _bare(head)
    return words.get(bare) or words.get(bare.rstrip("0123456789"))


@cache
def _words_of(kind: SheetKind) -> Mapping[str, Column]:
    """Every head a sheet of this kind may have; where two columns share a word, the earlier one has it."""
    words: dict[str, Column] = {}
    for column in COLUMNS[kind]:
        for word in _WORDS[column].split(","):
            words.setdefault(_bare(word), column)
    return words


def _bare(head: str) -> str:
    """Letters and digits alone, what stands in brackets left out: ` Phone No. (CN) ` is phoneno."""
    plain = _BRACKETED.sub("", unicodedata.normalize("NFKC", head).casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _country(head: str) -> str | None:
    """The country that a head names."""
    plain = unicodedata.normalize("NFKC", head).casefold()
    named = [country for country, words in _COUNTRIES.items() if any(word in plain for word in words.split("|"))]
    return named[0] if len(named) == 1 else None
