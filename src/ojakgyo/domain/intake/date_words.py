"""The words of dates in Korean, English and Chinese, as patterns: months, seasons, parts of a month, "three weeks ago"."""

import re
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
YEAR: Final = r"(?P<year>\d{4}|(?<=')\d{2}|last year|this year|the year before last)"
ASIAN_YEAR: Final = (
    r"(?P<year>(?:\d{4}|\d{2})(?= ?[년年])|\d{4}(?=[ 봄여가겨春夏秋冬])|재작년|작년|지난해|올해|금년|"
    r"大前年|前年|去年|今年)"
)
YEARS_AGO: Final = {
    **dict.fromkeys(("last year", "작년", "지난해", "去年"), 1),
    **dict.fromkeys(("the year before last", "재작년", "前年"), 2),
    **dict.fromkeys(("this year", "올해", "금년", "今年"), 0),
    "大前年": 3,
}
THIRDS: Final = {
    **dict.fromkeys(("early", "beginning", "start", "초", "초순", "상순", "初", "上旬"), 0),
    **dict.fromkeys(("mid", "middle", "중", "중순", "中", "中旬"), 1),
    **dict.fromkeys(("late", "end", "말", "하순", "末", "底", "下旬"), 2),
}
PART: Final = r"(?P<part>early|beginning|start|mid|middle|late|end)[ -]?(?:of |in )?(?:the )?"
SEASONS: Final = {
    **dict.fromkeys(("spring", "봄", "春"), 3),
    **dict.fromkeys(("summer", "여름", "夏"), 6),
    **dict.fromkeys(("autumn", "fall", "가을", "秋"), 9),
    **dict.fromkeys(("winter", "겨울", "冬"), 12),
}
HALVES: Final = {
    **dict.fromkeys(("초", "연초", "年初", "early", "beginning", "start"), (1, 3)),
    **dict.fromkeys(("말", "연말", "年底", "年末", "late", "end"), (10, 12)),
    **dict.fromkeys(("상반기", "上半年"), (1, 6)),
    **dict.fromkeys(("하반기", "下半年"), (7, 12)),
    **dict.fromkeys(("중반", "年中", "mid", "middle"), (5, 8)),
}
DAYS_AGO: Final = {
    **dict.fromkeys(("today", "오늘", "今天"), 0),
    **dict.fromkeys(("yesterday", "어제", "昨天", "last night", "어젯밤", "昨晚"), 1),
    **dict.fromkeys(("the day before yesterday", "그저께", "그제", "엊그제", "前天"), 2),
    **dict.fromkeys(("그끄저께", "大前天"), 3),
}
WEEKS_AGO: Final = {
    **dict.fromkeys(("this week", "이번 주", "이번주", "금주", "这周", "本周", "这个星期"), 0),
    **dict.fromkeys(("last week", "지난주", "지난 주", "저번 주", "上周", "上星期", "上个星期"), 1),
    **dict.fromkeys(("지지난주", "上上周"), 2),
}
MONTHS_AGO: Final = {
    **dict.fromkeys(("this month", "이번 달", "이번달", "이달", "这个月", "本月"), 0),
    **dict.fromkeys(("last month", "지난달", "지난 달", "저번 달", "上个月", "上月"), 1),
    **dict.fromkeys(("지지난달", "上上个月"), 2),
}
AGO: Final = re.compile(
    r"(?P<many>\d{1,3}) ?(?:(?P<days>days? ago|일 ?전|天前|日前)|(?P<weeks>weeks? ago|주(?:일)? ?전|周前|个?星期前)|"
    r"(?P<months>months? ago|달 ?전|개월 ?전|个月前)|(?P<years>years? ago|년 ?전|年前))"
)
ASIAN_DAY: Final = re.compile(
    rf"(?:{ASIAN_YEAR} ?[년年]?[ ,]?)?(?P<month>\d{{1,2}}) ?[월月] ?(?:(?P<day>\d{{1,2}}) ?[일日号號]?|"
    r"(?P<part>초순|상순|초|중순|중|하순|말|上旬|初|中旬|中|下旬|底|末))?에?"
)
ASIAN_SEASON: Final = re.compile(
    rf"(?:{ASIAN_YEAR} ?[년年]? ?)?(?:초|늦|初|深)?(?P<season>봄|여름|가을|겨울|春|夏|秋|冬)(?:철|天|季)?에?"
)
ASIAN_HALF: Final = re.compile(
    rf"{ASIAN_YEAR} ?[년年]?(?: ?(?P<half>연초|초|연말|말|상반기|하반기|중반|年初|年底|年末|年中|上半年|下半年|初|底|末))?에?"
)
LATIN_DAY: Final = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{MONTH}|{MONTH.replace('<month>', '<other>')} (?P<late>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?)(?: (?:of )?'?{YEAR})?"
)
LATIN_MONTH: Final = re.compile(rf"(?:{PART})?(?:(?P<last>last) )?{MONTH}(?: (?:of )?'?{YEAR})?")
LATIN_SEASON: Final = re.compile(
    rf"(?:early |late |mid[ -])?(?:(?P<last>last|this) )?(?P<season>spring|summer|autumn|fall|winter)(?: (?:of )?'?{YEAR})?"
)
LATIN_HALF: Final = re.compile(rf"(?:{PART})?{YEAR}")
YEAR_MONTH: Final = re.compile(r"(\d{4}) ?[-./] ?(\d{1,2})|(\d{1,2}) ?[./] ?(\d{4})")
COMPACT: Final = re.compile(r"(20\d\d)(\d\d)(\d\d)")
QUARTER: Final = re.compile(
    rf"(?:q(?P<q>[1-4]) (?:of )?(?P<y>\d{{4}})|{ASIAN_YEAR} ?[년年]? ?第?(?P<n>[1-4一二三四])(?:분기|季度))"
)

ABOUT: Final = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|circa|ca\.?|c\.|some time in|sometime in|약|대략|大约|大概|约) ?|^~ ?|"
    r" ?(?:쯤|경|무렵|정도|즈음|左右|前后|\?+|or so)(?:에)?$"
)
WEEKDAY: Final = re.compile(
    r"\(?\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\)?|\([월화수목금토일]\)|[월화수목금토일]요일|"
    r"(?:星期|周|礼拜)[一二三四五六日天]"
)
HOUR: Final = re.compile(
    r"(?:^|[ t일日号,])(?:at )?(?P<half>오전|오후|아침|저녁|밤|새벽|上午|下午|晚上|早上|凌晨|中午)? ?"
    r"(?:(?P<hour>\d{1,2}) ?(?::|시|点|點|h(?=\d)) ?(?P<minute>\d{1,2})?(?::\d\d)? ?(?:분|分)?|(?P<bare>\d{1,2})(?= ?[ap]\.?m))"
    r" ?(?P<latin>[ap]\.?m\.?)?(?: ?z)?$"
)
LATE_HALVES: Final = frozenset({"오후", "저녁", "밤", "下午", "晚上", "pm", "p.m", "p.m."})
