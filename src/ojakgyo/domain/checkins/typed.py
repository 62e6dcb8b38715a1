"""A line as an officer types it: who was heard, six digits, and perhaps when to be in touch next.

`까치3 483907`, `Beodeul 48 39 07`, `까치3 next Mon 21:00`, `까치3 다음 월 21시`; who spoke for them,
`갈매-3 through 버들-1` or `갈매3 버들1 통해`; how many they are, `버들 483907 4명`, `버들 네 명`. It says what stands
there, never what the digits mean: it knows no card.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Final

from ojakgyo.domain.cards.decode import LENGTH, LENGTHS
from ojakgyo.domain.cards.digits import digits_of
from ojakgyo.domain.names import codename

FURTHEST: Final = timedelta(days=62)
"""A next contact further off than this is a slip of the hand."""


class Says(StrEnum):
    """What stands behind the name, by its form alone."""

    NOTHING = "nothing"
    SIX = "six"
    NUMBERED = "numbered"
    """A number follows the meaning: an amount, days, or who is meant."""
    FEWER = "fewer"
    UNEVEN = "uneven"
    MORE = "more"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Typed:
    """`who` is still as written; `words` is what a card would be held against. It prints neither.

    `following`: when the next contact begins. `unclear`: `next` stands there, and no hour ahead can be read behind it.
    `through`: who spoke for them, still as written. `heads`: how many they said they are.
    """

    who: str
    words: str
    digits: str
    following: datetime | None = None
    unclear: bool = False
    through: str | None = None
    heads: int | None = None

    def __repr__(self) -> str:
        return "Typed()"

    @property
    def says(self) -> Says:
        if not self.digits:
            return Says.WORDS if self.words else Says.NOTHING
        count = len(self.digits)
        if count <= LENGTH:
            return Says.SIX if count == LENGTH else Says.FEWER
        if count in LENGTHS:
            return Says.NUMBERED
        return Says.UNEVEN if count < LENGTHS[-1] else Says.MORE


def is_code(words: str) -> bool:
    """Whether what stands behind a name has the form of a code."""
    return len(digits_of(words)) in LENGTHS


def readings(line: str, now: datetime) -> tuple[Typed, ...]:
    """What a line may say, the likelier first: `까치 48` is 까치-48, or 까치 and the first two digits; who exists settles it.

    None at all where no code name stands in front. `now` is aware, in the zone whose clock the hours are read on.
    """
    said, when = _next(unicodedata.normalize("NFKC", line))
    said, heads = _heads(said)
    parts = codename.split(said)
    if parts is None:
        return ()
    following = None if when is None else moment(when, now)
    unclear = when is not None and following is None
    who, rest = parts
    rest, through = _through(rest)
    if through is not None:
        return (Typed(who, rest.strip(), "", following, unclear, through, heads),)
    return tuple(
        Typed(own, words, digits_of(words), following, unclear, heads=heads) for own, words in _apart(who, rest)
    )


# The name, and the digits behind it -----------------------------------------------------------------------------------

_LOOSE_NUMBER: Final = re.compile(r"(\S+)\s+(\d{1,3})")


def _apart(who: str, rest: str) -> tuple[tuple[str, str], ...]:
    """`까치 48 39 07` is 까치 and six digits, not 까치-48 and four: a number set apart is one of the six if it makes six."""
    whole, loose = (who, rest.strip()), _LOOSE_NUMBER.fullmatch(who)
    if loose is None:
        return (whole,)
    parted = (loose[1], f"{loose[2]} {rest}".strip())
    makes_six = len(digits_of(rest)) != LENGTH and len(digits_of(parted[1])) == LENGTH
    return (parted, whole) if makes_six else (whole, parted)


# Who spoke for them, and how many they are ----------------------------------------------------------------------------

_THROUGH: Final = re.compile(
    r"(?:through|via)\s+(?P<after>\S.*)|통해\s+(?P<behind>\S.*)|(?P<before>\S.*?)\s*통해", re.IGNORECASE
)
_PARTICLE: Final = re.compile(r"(?<=\d)을$|(?<=\d)를$")
_ONES: Final = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_SPOKEN: Final = _ONES | {"열": 10} | {f"열{word}": 10 + ones for word, ones in _ONES.items()} | {"스무": 20}
_ENGLISH: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED: Final = _SPOKEN | {word: place for place, word in enumerate(_ENGLISH, start=1)}
_HEADS: Final = re.compile(
    rf"(?<!\S)(?:(?P<heads>\d{{1,2}})|(?P<spoken>{'|'.join(_COUNTED)}))\s*(?:명|사람|heads?|people|persons?)(?!\S)",
    re.IGNORECASE,
)


def _through(rest: str) -> tuple[str, str | None]:
    """`through 버들-1`, `통해 버들1` or `버들1을 통해`; a code in front of that is a code, whoever brought it."""
    words = rest.split()
    code = list(takewhile(str.isdecimal, words))
    if code and _THROUGH.fullmatch(" ".join(words[len(code) :])):
        return " ".join(code), None
    found = _THROUGH.fullmatch(rest.strip())
    if found is None:
        return rest, None
    named = found["after"] or found["behind"] or _PARTICLE.sub("", found["before"].strip())
    return rest, named.strip()


def _heads(rest: str) -> tuple[str, int | None]:
    found = _HEADS.search(rest)
    if found is None:
        return rest, None
    heads = int(found["heads"]) if found["heads"] else _COUNTED[found["spoken"].casefold()]
    return f"{rest[: found.start()]} {rest[found.end() :]}".strip(), heads


# When next ------------------------------------------------------------------------------------------------------------

_NEXT: Final = re.compile(r"(?<!\S)(?:next|다음)(?!\S)", re.IGNORECASE)
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|시(?:\s*(?:(?P<minutes>\d{1,2})분|(?P<half>반)))?)에?"
)
_WEEKDAYS: Final = (
    ("mon", "monday", "월", "월요일"),
    ("tue", "tuesday", "화", "화요일"),
    ("wed", "wednesday", "수", "수요일"),
    ("thu", "thursday", "목", "목요일"),
    ("fri", "friday", "금", "금요일"),
    ("sat", "saturday", "토", "토요일"),
    ("sun", "sunday", "일", "일요일"),
)
_WEEKDAY: Final = {word: place for place, words in enumerate(_WEEKDAYS) for word in words}
_DAYS: Final = {"today": 0, "오늘": 0, "tomorrow": 1, "내일": 1, "모레": 2}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATES: Final = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})월\s*(?P<day>\d{1,2})일"),
    re.compile(r"(?P<day>\d{1,2})\s*(?P<name>[a-z]{3})"),
    re.compile(r"(?P<name>[a-z]{3})\s*(?P<day>\d{1,2})"),
)
"""Only dates in which the day cannot be taken for the month."""


def _next(whole: str) -> tuple[str, str | None]:
    found = _NEXT.search(whole)
    return (whole, None) if found is None else (whole[: found.start()], whole[found.end() :].strip())


def moment(written: str, now: datetime) -> datetime | None:
    """The first moment after `now` that `[day] HH:MM` may mean; None for what cannot be read, is over, or is too far off."""
    text = " ".join(written.casefold().split())
    hour = next((found for found in _TIME.finditer(text) if found.end() == len(text)), None)
    if hour is None or (hour.start() and text[hour.start() - 1] != " "):
        return None
    minute = 30 if hour["half"] else int(hour["minute"] or hour["minutes"] or 0)
    if int(hour["hour"]) > 23 or minute > 59:
        return None
    at = lambda day: datetime(day.year, day.month, day.day, int(hour["hour"]), minute, tzinfo=now.tzinfo)  # noqa: E731
    found = _first(text[: hour.start()].strip(), at, now)
    return found if found is not None and now < found <= now + FURTHEST else None


def _first(day: str, at: Callable[[date], datetime], now: datetime) -> datetime | None:
    """The day in front of the hour; without one, or with a weekday, the first on which the hour is still ahead."""
    today = now.date()
    if day in _DAYS:
        return at(today + timedelta(days=_DAYS[day]))
    if day and day not in _WEEKDAY:
        return next((found for each in _dates(day, today) if (found := at(each)) > now), None)
    ahead = (today + timedelta(days=days) for days in range(8))
    fitting = (each for each in ahead if not day or each.weekday() == _WEEKDAY[day])
    return next(found for each in fitting if (found := at(each)) > now)


def _dates(written: str, today: date) -> list[date]:
    """A date of the year it names, else of this year and the next."""
    found = next((match for each in _DATES if (match := each.fullmatch(written))), None)
    if found is None:
        return []
    parts = found.groupdict()
    name = parts.get("name")
    if name is not None and name not in _MONTHS:
        return []
    month = int(parts["month"]) if name is None else _MONTHS.index(name) + 1
    years = [int(parts["year"])] if parts.get("year") else [today.year, today.year + 1]
    return [made for year in years if (made := _date(year, month, int(parts["day"]))) is not None]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
