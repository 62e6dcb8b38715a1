"""Dates as people write them, in Korean, English and Chinese; what is imprecise stays a span.

>>> read("작년 가을", date(2026, 11, 26))
Span(first=datetime.date(2025, 9, 1), last=datetime.date(2025, 11, 30), imprecise=True, at=None, assumed=False)

Three numbers may be read in several orders. Which one holds is found out for a whole column (`orders_of`), never for one
cell, and where a column does not tell, nobody is guessed at: `read` answers ``UNCLEAR``.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import Enum
from typing import Final, Literal

from ojakgyo.domain.intake.columns import DateOrder

EARLIEST: Final = 1950
ABOUT_DAYS: Final = 3
"""Days either way that "about the third" may mean."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included.

    `imprecise`: one day somewhere in it; otherwise all of it was meant. `at`: the hour, where one day and an hour are
    given. `assumed`: no year was written; the latest such day that is not to come was taken.
    """

    first: date
    last: date
    imprecise: bool = False
    at: time | None = None
    assumed: bool = False


class Unread(Enum):
    UNCLEAR = "unclear"
    """A date that may be read in two orders."""


UNCLEAR: Final = Unread.UNCLEAR
_Found = Span | Literal[Unread.UNCLEAR] | None

# Three numbers ---------------------------------------------------------------------------------------------------------

_THREE: Final = re.compile(r"(\d{1,4})\s?[-./ ]\s?(\d{1,2})\s?[-./ ]\s?(\d{4}|\d{1,2})\.?")
_TWO: Final = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\.?")


def choices(text: str, today: date) -> dict[DateOrder, date]:
    """A date in numbers by every order in which it is a day of the calendar; empty for anything else."""
    plain = _parted(_plain(text))[0]
    if three := _THREE.fullmatch(plain):
        return _by_order(*three.groups())
    if (two := _TWO.fullmatch(plain)) and not re.fullmatch(r"\d{1,2}\.\d{4}", plain):
        month_first, day_first = _recent(today, int(two[1]), int(two[2])), _recent(today, int(two[2]), int(two[1]))
        found = {DateOrder.MONTH_FIRST: month_first, DateOrder.YEAR_FIRST: month_first, DateOrder.DAY_FIRST: day_first}
        return {order: day for order, day in found.items() if day is not None}
    return {}


def _by_order(first: str, second: str, third: str) -> dict[DateOrder, date]:
    if len(first) == 4:
        orders = {DateOrder.YEAR_FIRST: (first, second, third)}
    elif len(third) == 4:
        orders = {DateOrder.DAY_FIRST: (third, second, first), DateOrder.MONTH_FIRST: (third, first, second)}
    else:
        orders = {
            DateOrder.YEAR_FIRST: (first, second, third),
            DateOrder.DAY_FIRST: (third, second, first),
            DateOrder.MONTH_FIRST: (third, first, second),
        }
    days = {order: _day(_year(year), int(month), int(day)) for order, (year, month, day) in orders.items()}
    return {order: day for order, day in days.items() if day is not None}


@dataclass(frozen=True, slots=True)
class Orders:
    """What a column tells about its dates. `order` None: nothing, or two things. `against`: (place, place it contradicts)."""

    order: DateOrder | None = None
    against: tuple[int, int] | None = None


def orders_of(texts: Sequence[str], today: date, chosen: DateOrder | None = None) -> Orders:
    """The one order in which every date of a column is one; the first text that contradicts an earlier one."""
    left, last = set(DateOrder) if chosen is None else {chosen}, -1
    for place, text in enumerate(texts):
        found = choices(text, today)
        if not found or set(found) == {DateOrder.YEAR_FIRST}:  # the year stands in front with four digits
            continue
        if not left & found.keys():
            return Orders(None, (place, max(last, 0)))
        if not left <= found.keys():
            last = place
        left &= found.keys()
    return Orders(next(iter(left)) if len(left) == 1 else None)


# Words -----------------------------------------------------------------------------------------------------------------

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_YEAR: Final = r"(?P<year>\d{4}|(?<=')\d{2}|last year|this year|the year before last)"
_ASIAN_YEAR: Final = (
    r"(?P<year>(?:\d{4}|\d{2})(?= ?[년年])|\d{4}(?=[ 봄여가겨春夏秋冬])|재작년|작년|지난해|올해|금년|"
    r"大前年|前年|去年|今年)"
)
_YEARS_AGO: Final = {
    **dict.fromkeys(("last year", "작년", "지난해", "去年"), 1),
    **dict.fromkeys(("the year before last", "재작년", "前年"), 2),
    **dict.fromkeys(("this year", "올해", "금년", "今年"), 0),
    "大前年": 3,
}
_THIRDS: Final = {
    **dict.fromkeys(("early", "beginning", "start", "초", "초순", "상순", "初", "上旬"), 0),
    **dict.fromkeys(("mid", "middle", "중", "중순", "中", "中旬"), 1),
    **dict.fromkeys(("late", "end", "말", "하순", "末", "底", "下旬"), 2),
}
_PART: Final = r"(?P<part>early|beginning|start|mid|middle|late|end)[ -]?(?:of |in )?(?:the )?"
_SEASONS: Final = {
    **dict.fromkeys(("spring", "봄", "春"), 3),
    **dict.fromkeys(("summer", "여름", "夏"), 6),
    **dict.fromkeys(("autumn", "fall", "가을", "秋"), 9),
    **dict.fromkeys(("winter", "겨울", "冬"), 12),
}
_HALVES: Final = {
    **dict.fromkeys(("초", "연초", "年初", "early", "beginning", "start"), (1, 3)),
    **dict.fromkeys(("말", "연말", "年底", "年末", "late", "end"), (10, 12)),
    **dict.fromkeys(("상반기", "上半年"), (1, 6)),
    **dict.fromkeys(("하반기", "下半年"), (7, 12)),
    **dict.fromkeys(("중반", "年中", "mid", "middle"), (5, 8)),
}
_DAYS_AGO: Final = {
    **dict.fromkeys(("today", "오늘", "今天"), 0),
    **dict.fromkeys(("yesterday", "어제", "昨天", "last night", "어젯밤", "昨晚"), 1),
    **dict.fromkeys(("the day before yesterday", "그저께", "그제", "엊그제", "前天"), 2),
    **dict.fromkeys(("그끄저께", "大前天"), 3),
}
_WEEKS_AGO: Final = {
    **dict.fromkeys(("this week", "이번 주", "이번주", "금주", "这周", "本周", "这个星期"), 0),
    **dict.fromkeys(("last week", "지난주", "지난 주", "저번 주", "上周", "上星期", "上个星期"), 1),
    **dict.fromkeys(("지지난주", "上上周"), 2),
}
_MONTHS_AGO: Final = {
    **dict.fromkeys(("this month", "이번 달", "이번달", "이달", "这个月", "本月"), 0),
    **dict.fromkeys(("last month", "지난달", "지난 달", "저번 달", "上个月", "上月"), 1),
    **dict.fromkeys(("지지난달", "上上个月"), 2),
}
_AGO: Final = re.compile(
    r"(?P<many>\d{1,3}) ?(?:(?P<days>days? ago|일 ?전|天前|日前)|(?P<weeks>weeks? ago|주(?:일)? ?전|周前|个?星期前)|"
    r"(?P<months>months? ago|달 ?전|개월 ?전|个月前)|(?P<years>years? ago|년 ?전|年前))"
)
_ASIAN_DAY: Final = re.compile(
    rf"(?:{_ASIAN_YEAR} ?[년年]?[ ,]?)?(?P<month>\d{{1,2}}) ?[월月] ?(?:(?P<day>\d{{1,2}}) ?[일日号號]?|"
    r"(?P<part>초순|상순|초|중순|중|하순|말|上旬|初|中旬|中|下旬|底|末))?에?"
)
_ASIAN_SEASON: Final = re.compile(
    rf"(?:{_ASIAN_YEAR} ?[년年]? ?)?(?:초|늦|初|深)?(?P<season>봄|여름|가을|겨울|春|夏|秋|冬)(?:철|天|季)?에?"
)
_ASIAN_HALF: Final = re.compile(
    rf"{_ASIAN_YEAR} ?[년年]?(?: ?(?P<half>연초|초|연말|말|상반기|하반기|중반|年初|年底|年末|年中|上半年|下半年|初|底|末))?에?"
)
_LATIN_DAY: Final = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH.replace('<month>', '<other>')} (?P<late>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?)(?: (?:of )?'?{_YEAR})?"
)
_LATIN_MONTH: Final = re.compile(rf"(?:{_PART})?(?:(?P<last>last) )?{_MONTH}(?: (?:of )?'?{_YEAR})?")
_LATIN_SEASON: Final = re.compile(
    rf"(?:early |late |mid[ -])?(?:(?P<last>last|this) )?(?P<season>spring|summer|autumn|fall|winter)(?: (?:of )?'?{_YEAR})?"
)
_LATIN_HALF: Final = re.compile(rf"(?:{_PART})?{_YEAR}")
_YEAR_MONTH: Final = re.compile(r"(\d{4}) ?[-./] ?(\d{1,2})|(\d{1,2}) ?[./] ?(\d{4})")
_COMPACT: Final = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_QUARTER: Final = re.compile(
    rf"(?:q(?P<q>[1-4]) (?:of )?(?P<y>\d{{4}})|{_ASIAN_YEAR} ?[년年]? ?第?(?P<n>[1-4一二三四])(?:분기|季度))"
)

_ABOUT: Final = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|circa|ca\.?|c\.|some time in|sometime in|약|대략|大约|大概|约) ?|^~ ?|"
    r" ?(?:쯤|경|무렵|정도|즈음|左右|前后|\?+|or so)(?:에)?$"
)
_WEEKDAY: Final = re.compile(
    r"\(?\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\)?|\([월화수목금토일]\)|[월화수목금토일]요일|"
    r"(?:星期|周|礼拜)[一二三四五六日天]"
)
_HOUR: Final = re.compile(
    r"(?:^|[ t일日号,])(?:at )?(?P<half>오전|오후|아침|저녁|밤|새벽|上午|下午|晚上|早上|凌晨|中午)? ?"
    r"(?:(?P<hour>\d{1,2}) ?(?::|시|点|點|h(?=\d)) ?(?P<minute>\d{1,2})?(?::\d\d)? ?(?:분|分)?|(?P<bare>\d{1,2})(?= ?[ap]\.?m))"
    r" ?(?P<latin>[ap]\.?m\.?)?(?: ?z)?$"
)
_LATE_HALVES: Final = frozenset({"오후", "저녁", "밤", "下午", "晚上", "pm", "p.m", "p.m."})


def read(text: str, today: date, order: DateOrder | None = None) -> _Found:
    """The span a text means, seen from `today`; ``UNCLEAR`` where its numbers may be two days; None for what is no date."""
    plain = _plain(text)
    if not plain or len(plain) > 60:
        return None
    try:
        return _ranged(plain, today, order) or _single(plain, today, order)
    except (ValueError, OverflowError):  # a thirteenth month, the year 0
        return None


def read_hour(text: str) -> time | None:
    """An hour of the day: 21:00, 9 pm, 오후 9시, 晚上9点; None for anything else."""
    plain = _plain(text)
    if re.fullmatch(r"\d{1,2}", plain):
        plain += ":00"
    rest, at = _parted(plain)
    return at if not rest else None


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace(",", " ")
    plain = re.sub(r"(?<=\d)[t](?=\d\d:)", " ", plain)
    plain = _WEEKDAY.sub(" ", re.sub(r"^(?:in|on|since|from) ", "", plain))
    plain = re.sub(r"(?<=[a-z])-(?=\d)|(?<=\d)-(?=[a-z])", " ", plain)
    return " ".join(plain.split())


def _ranged(plain: str, today: date, order: DateOrder | None) -> _Found:
    """`3-5 Nov 2026`, `2026.11.3~5`, `11월 3일부터 5일까지`, `2026-11-03 - 2026-11-05`; both ends meant, and all between."""
    parts = re.split(
        r" ?[~〜–—] ?| - |부터 ?| to | until | ?至 ?|(?<=[日号月]) ?到 ?|(?<=^\d)-(?=\d\d? [a-z])|(?<=^\d\d)-(?=\d\d? [a-z])",
        plain,
    )
    if len(parts) != 2 or not all(parts):
        return None
    left, right = parts[0].strip(), re.sub(r"까지$|为止$", "", parts[1]).strip()
    last = _single(right, today, order)
    if re.fullmatch(r"\d{1,2}", left) and isinstance(last, Span) and last.first == last.last:
        return Span(last.first.replace(day=int(left)), last.last, assumed=last.assumed)
    first = _single(left, today, order)
    if not isinstance(first, Span):
        return first
    if day := re.fullmatch(r"(\d{1,2}) ?[일日号]?", right):
        last = Span(first.first.replace(day=int(day[1])), first.first.replace(day=int(day[1])))
    elif month := re.fullmatch(r"(\d{1,2}) ?[./월月] ?(\d{1,2}) ?[일日号]?\.?", right):
        ends = first.first.replace(month=int(month[1]), day=int(month[2]))
        last = Span(ends, ends)
    if not isinstance(last, Span):
        return last
    return None if last.last < first.first else Span(first.first, last.last, assumed=first.assumed)


def _single(plain: str, today: date, order: DateOrder | None) -> _Found:
    rest, about = _ABOUT.subn("", plain)
    rest, at = _parted(rest.strip())
    found = _numbers(rest, today, order)
    if found is None:
        found = next((span for reads in _READERS if (span := reads(rest, today)) is not None), None)
    if not isinstance(found, Span) or found.first.year < EARLIEST:
        return found if found is UNCLEAR else None
    if about and found.first == found.last:
        widened = timedelta(days=ABOUT_DAYS)
        return replace(found, first=found.first - widened, last=found.last + widened, imprecise=True)
    one_day = found.first == found.last
    return replace(found, at=at if one_day else None, imprecise=not one_day)


def _parted(plain: str) -> tuple[str, time | None]:
    """The text without the hour at its end, and the hour."""
    found = _HOUR.search(plain)
    if found is None:
        return plain, None
    hour, minute = int(found["hour"] or found["bare"]), int(found["minute"] or 0)
    half = found["half"] or (found["latin"] or "").strip()
    if half in _LATE_HALVES and hour < 12:
        hour += 12
    elif (half.startswith("a") or half in ("오전", "새벽", "上午", "凌晨")) and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute > 59:
        return plain, None
    cut = found.start() + (plain[found.start() : found.start() + 1] in ("일", "日", "号"))
    return plain[:cut].strip(), time(hour, minute)


def _numbers(rest: str, today: date, order: DateOrder | None) -> _Found:
    if compact := _COMPACT.fullmatch(rest):
        return _exact(_day(*map(int, compact.groups())))
    found = choices(rest, today)
    if not found:
        return None
    assumed = _TWO.fullmatch(rest) is not None
    if len(set(found.values())) == 1:
        day = next(iter(found.values()))
        return Span(day, day, assumed=assumed)
    if order in found:
        return Span(found[order], found[order], assumed=assumed)
    return UNCLEAR


def _asian_day(rest: str, today: date) -> Span | None:
    if (found := _ASIAN_DAY.fullmatch(rest)) is None:
        return None
    month, third = int(found["month"]), _THIRDS.get(found["part"] or "")
    return _of_month(today, found["year"], month, int(found["day"]) if found["day"] else None, third)


def _latin_day(rest: str, today: date) -> Span | None:
    if (found := _LATIN_DAY.fullmatch(rest)) is None:
        return None
    month = _MONTHS.index((found["month"] or found["other"])[:3]) + 1
    return _of_month(today, found["year"], month, int(found["day"] or found["late"]), None)


def _latin_month(rest: str, today: date) -> Span | None:
    if (found := _LATIN_MONTH.fullmatch(rest)) is None:
        return None
    third = _THIRDS.get(found["part"] or "")
    return _of_month(today, found["year"], _MONTHS.index(found["month"][:3]) + 1, None, third)


def _of_month(today: date, year: str | None, month: int, day: int | None, third: int | None) -> Span | None:
    """A day, a third or the whole of a month; without a year, the latest that has begun."""
    if day is None:
        begins, ends = {None: (1, 31), 0: (1, 10), 1: (11, 20), 2: (21, 31)}[third]
    else:
        begins, ends = day, day
    written = _written_year(year, today)
    for each in (
        [written] if written is not None else [today.year, today.year - 1, *range(today.year - 2, today.year - 5, -1)]
    ):
        first = _day(each, month, begins)
        if first is not None and (written is not None or first <= today):
            return Span(first, date(each, month, min(ends, monthrange(each, month)[1])), assumed=written is None)
    return None


def _season(rest: str, today: date) -> Span | None:
    found = _ASIAN_SEASON.fullmatch(rest) or _LATIN_SEASON.fullmatch(rest)
    if found is None:
        return None
    month, year = _SEASONS[found["season"]], _written_year(found["year"], today)
    for each in [year] if year is not None else [today.year, today.year - 1]:
        first, last = _months(each, month, 3)
        past = last < today if found.groupdict().get("last") == "last" else first <= today
        if year is not None or past:
            return Span(first, last, assumed=year is None and not found.groupdict().get("last"))
    return None


def _half(rest: str, today: date) -> Span | None:
    """A year, or a named part of it."""
    found = _ASIAN_HALF.fullmatch(rest) or _LATIN_HALF.fullmatch(rest)
    if found is None:
        if re.fullmatch(r"\d{4}", rest):
            return Span(date(int(rest), 1, 1), date(int(rest), 12, 31))
        return None
    names = found.groupdict()
    begins, ends = _HALVES.get((names.get("half") or names.get("part") or ""), (1, 12))
    if names.get("half") in ("初", "底", "末"):
        begins, ends = _HALVES["年" + str(names["half"])]
    year = _written_year(found["year"], today)
    assert year is not None
    return Span(*_months(year, begins, ends - begins + 1))


def _quarter(rest: str, today: date) -> Span | None:
    if (found := _QUARTER.fullmatch(rest)) is None:
        return None
    number = (
        "1234".find(found["q"] or found["n"]) if (found["q"] or found["n"]) in "1234" else "一二三四".find(found["n"])
    )
    year = int(found["y"]) if found["y"] else _written_year(found["year"], today)
    assert year is not None
    return Span(*_months(year, 3 * number + 1, 3))


def _year_month(rest: str, today: date) -> Span | None:
    if (found := _YEAR_MONTH.fullmatch(rest)) is None:
        return None
    year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
    return Span(*_months(int(year), int(month), 1))


def _relative(rest: str, today: date) -> Span | None:
    if rest in _DAYS_AGO:
        return _exact(today - timedelta(days=_DAYS_AGO[rest]))
    if rest in _WEEKS_AGO:
        monday = today - timedelta(days=today.weekday() + 7 * _WEEKS_AGO[rest])
        return Span(monday, monday + timedelta(days=6))
    if rest in _MONTHS_AGO:
        return Span(*_months(*_back(today, _MONTHS_AGO[rest]), 1))
    return _ago(rest, today)


def _ago(rest: str, today: date) -> Span | None:
    """`3 days ago` is a day; of weeks and months the day was not counted."""
    if (found := _AGO.fullmatch(rest)) is None:
        return None
    many = int(found["many"])
    if found["days"]:
        return _exact(today - timedelta(days=many))
    if found["weeks"]:
        day = today - timedelta(weeks=many)
        return Span(day - timedelta(days=ABOUT_DAYS), day + timedelta(days=ABOUT_DAYS))
    if found["months"]:
        return Span(*_months(*_back(today, many), 1))
    return Span(date(today.year - many, 1, 1), date(today.year - many, 12, 31))


_READERS: Final = (_asian_day, _latin_day, _latin_month, _season, _quarter, _year_month, _half, _relative)


def _exact(day: date | None) -> Span | None:
    return None if day is None else Span(day, day)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of so many months."""
    years, ends = divmod(month - 1 + count - 1, 12)
    return date(year, month, 1), date(year + years, ends + 1, monthrange(year + years, ends + 1)[1])


def _back(today: date, months: int) -> tuple[int, int]:
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return years, month + 1


def _recent(today: date, month: int, day: int) -> date | None:
    """The latest such day that is not to come."""
    for year in range(today.year, today.year - 5, -1):
        found = _day(year, month, day)
        if found is not None and found <= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) <= 2 else 0)


def _written_year(written: str | None, today: date) -> int | None:
    if written is None:
        return None
    ago = _YEARS_AGO.get(written)
    return _year(written) if ago is None else today.year - ago
