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

from ojakgyo.domain.intake import date_words
from ojakgyo.domain.intake.columns import DateOrder

EARLIEST: Final = 1950
LENGTH_LIMIT: Final = 60
"""Characters of a date; nothing longer is looked at."""
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
    if len(text) > LENGTH_LIMIT:
        return {}
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


def read(text: str, today: date, order: DateOrder | None = None) -> _Found:
    """The span a text means, seen from `today`; ``UNCLEAR`` where its numbers may be two days; None for what is no date."""
    if len(text) > LENGTH_LIMIT or not (plain := _plain(text)):
        return None
    try:
        return _ranged(plain, today, order) or _single(plain, today, order)
    except (ValueError, OverflowError):  # a thirteenth month, the year 0
        return None


def read_hour(text: str) -> time | None:
    """An hour of the day: 21:00, 9 pm, 오후 9시, 晚上9点; None for anything else."""
    if len(text) > LENGTH_LIMIT:
        return None
    plain = _plain(text)
    if re.fullmatch(r"\d{1,2}", plain):
        plain += ":00"
    rest, at = _parted(plain)
    return at if not rest else None


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace(",", " ")
    plain = re.sub(r"(?<=\d)[t](?=\d\d:)", " ", plain)
    plain = date_words.WEEKDAY.sub(" ", re.sub(r"^(?:in|on|since|from) ", "", plain))
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
    rest, about = date_words.ABOUT.subn("", plain)
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
    found = date_words.HOUR.search(plain)
    if found is None:
        return plain, None
    hour, minute = int(found["hour"] or found["bare"]), int(found["minute"] or 0)
    half = found["half"] or (found["latin"] or "").strip()
    if half in date_words.LATE_HALVES and hour < 12:
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
    if compact := date_words.COMPACT.fullmatch(rest):
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
    if (found := date_words.ASIAN_DAY.fullmatch(rest)) is None:
        return None
    month, third = int(found["month"]), date_words.THIRDS.get(found["part"] or "")
    return _of_month(today, found["year"], month, int(found["day"]) if found["day"] else None, third)


def _latin_day(rest: str, today: date) -> Span | None:
    if (found := date_words.LATIN_DAY.fullmatch(rest)) is None:
        return None
    month = date_words.MONTHS.index((found["month"] or found["other"])[:3]) + 1
    return _of_month(today, found["year"], month, int(found["day"] or found["late"]), None)


def _latin_month(rest: str, today: date) -> Span | None:
    if (found := date_words.LATIN_MONTH.fullmatch(rest)) is None:
        return None
    third = date_words.THIRDS.get(found["part"] or "")
    return _of_month(today, found["year"], date_words.MONTHS.index(found["month"][:3]) + 1, None, third)


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
    found = date_words.ASIAN_SEASON.fullmatch(rest) or date_words.LATIN_SEASON.fullmatch(rest)
    if found is None:
        return None
    month, year = date_words.SEASONS[found["season"]], _written_year(found["year"], today)
    for each in [year] if year is not None else [today.year, today.year - 1]:
        first, last = _months(each, month, 3)
        past = last < today if found.groupdict().get("last") == "last" else first <= today
        if year is not None or past:
            return Span(first, last, assumed=year is None and not found.groupdict().get("last"))
    return None


def _half(rest: str, today: date) -> Span | None:
    """A year, or a named part of it."""
    found = date_words.ASIAN_HALF.fullmatch(rest) or date_words.LATIN_HALF.fullmatch(rest)
    if found is None:
        if re.fullmatch(r"\d{4}", rest):
            return Span(date(int(rest), 1, 1), date(int(rest), 12, 31))
        return None
    names = found.groupdict()
    begins, ends = date_words.HALVES.get((names.get("half") or names.get("part") or ""), (1, 12))
    if names.get("half") in ("初", "底", "末"):
        begins, ends = date_words.HALVES["年" + str(names["half"])]
    year = _written_year(found["year"], today)
    assert year is not None
    return Span(*_months(year, begins, ends - begins + 1))


def _quarter(rest: str, today: date) -> Span | None:
    if (found := date_words.QUARTER.fullmatch(rest)) is None:
        return None
    number = (
        "1234".find(found["q"] or found["n"]) if (found["q"] or found["n"]) in "1234" else "一二三四".find(found["n"])
    )
    year = int(found["y"]) if found["y"] else _written_year(found["year"], today)
    assert year is not None
    return Span(*_months(year, 3 * number + 1, 3))


def _year_month(rest: str, today: date) -> Span | None:
    if (found := date_words.YEAR_MONTH.fullmatch(rest)) is None:
        return None
    year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
    return Span(*_months(int(year), int(month), 1))


def _relative(rest: str, today: date) -> Span | None:
    if rest in date_words.DAYS_AGO:
        return _exact(today - timedelta(days=date_words.DAYS_AGO[rest]))
    if rest in date_words.WEEKS_AGO:
        monday = today - timedelta(days=today.weekday() + 7 * date_words.WEEKS_AGO[rest])
        return Span(monday, monday + timedelta(days=6))
    if rest in date_words.MONTHS_AGO:
        return Span(*_months(*_back(today, date_words.MONTHS_AGO[rest]), 1))
    return _ago(rest, today)


def _ago(rest: str, today: date) -> Span | None:
    """`3 days ago` is a day; of weeks and months the day was not counted."""
    if (found := date_words.AGO.fullmatch(rest)) is None:
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
    ago = date_words.YEARS_AGO.get(written)
    return _year(written) if ago is None else today.year - ago
