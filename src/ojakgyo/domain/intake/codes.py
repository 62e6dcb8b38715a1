"""Codes of cells and areas, durations and whole numbers, as people write them.

>>> code("n2"), code("북-2")
(Code(side='N', number=2), Code(side='N', number=2))
>>> duration("1시간 30분", MINUTE_MS) == 90 * MINUTE_MS
True
"""

import re
import unicodedata
from typing import Final

from ojakgyo.domain.intake.drafts import Code
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS

_CODE: Final = re.compile(
    r"([nc]|북|중|north|china|朝|中)\s?[-\u2010-\u2015\u2212]?\s?([1-9]\d{0,3})(?:조|호|구역|지역|组|区)?"
)
_SIDES: Final = {"n": "N", "북": "N", "north": "N", "朝": "N", "c": "C", "중": "C", "china": "C", "中": "C"}
_DURATION: Final = re.compile(
    r"(\d{1,4}(?:\.\d)?) ?(days?|d|일|天|hours?|hrs?|h|시간|小时|minutes?|mins?|m|분|分钟|分|weeks?|w|주일?|周)?(?: |$|(?=\d))"
)
_MS: Final = {
    **dict.fromkeys(("d", "day", "days", "일", "天"), DAY_MS),
    **dict.fromkeys(("w", "week", "weeks", "주", "주일", "周"), 7 * DAY_MS),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "시간", "小时"), HOUR_MS),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "분", "分", "分钟"), MINUTE_MS),
}
_OFTEN: Final = {
    **dict.fromkeys(("daily", "매일", "每天", "every day"), 1),
    **dict.fromkeys(("weekly", "매주", "每周", "every week", "一周"), 7),
    **dict.fromkeys(("fortnightly", "격주", "every two weeks", "每两周", "隔周"), 14),
    **dict.fromkeys(("monthly", "매달", "매월", "每月", "every month"), 30),
}
_WEEKDAYS: Final = (
    ("월", "월요일", "mon", "monday", "星期一", "周一"),
    ("화", "화요일", "tue", "tues", "tuesday", "星期二", "周二"),
    ("수", "수요일", "wed", "wednesday", "星期三", "周三"),
    ("목", "목요일", "thu", "thur", "thurs", "thursday", "星期四", "周四"),
    ("금", "금요일", "fri", "friday", "星期五", "周五"),
    ("토", "토요일", "sat", "saturday", "星期六", "周六"),
    ("일", "일요일", "sun", "sunday", "星期日", "星期天", "周日"),
)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def code(text: str) -> Code | None:
    """A cell's or an area's code: N-2, n2, 북2, 중-3조."""
    found = _CODE.fullmatch(_plain(text))
    return None if found is None or int(found[2]) > 999 else Code(_SIDES[found[1]], int(found[2]))


def whole(text: str) -> int | None:
    """A whole number from 0 to 9,999, perhaps with the word of what is counted."""
    found = re.fullmatch(r"(\d{1,4}) ?(?:명|번|회|人|次|times?|x)?", _plain(text))
    return None if found is None else int(found[1])


def duration(text: str, of: int) -> int | None:
    """Milliseconds of `90`, `1h`, `1시간 30분`; `of`: what a bare number counts. None for nothing and for anything else."""
    plain, total, at = _plain(text), 0.0, 0
    if clock := re.fullmatch(r"(\d{1,2}):(\d\d)", plain):
        return int(clock[1]) * HOUR_MS + int(clock[2]) * MINUTE_MS
    for part in _DURATION.finditer(plain):
        if part.start() != at:
            return None
        at, total = part.end(), total + float(part[1]) * (_MS[part[2]] if part[2] else of)
    return round(total) if plain and at == len(plain) else None


def every(text: str) -> int | None:
    """How many days lie between: a number of days or weeks, or a word."""
    plain = _plain(text)
    if plain in _OFTEN:
        return _OFTEN[plain]
    plain = re.sub(r"^(?:every|매|每) ?| ?(?:마다|마다 한 번)$", "", plain)
    if plain in _OFTEN:
        return _OFTEN[plain]
    found = duration(plain, DAY_MS)
    return None if found is None or found % DAY_MS or not 1 <= found // DAY_MS <= 366 else found // DAY_MS


def weekday(text: str) -> int | None:
    """0 for Monday to 6."""
    plain = re.sub(r"^(?:every|매주|每) ?", "", _plain(text))
    return next((day for day, words in enumerate(_WEEKDAYS) if plain in words), None)
