"""Phone numbers as people write them, in E.164. One without its country is offered as of a country, and said.

>>> read("010-1234-5678", None).e164
'+821012345678'
>>> read("138 1234 5678", None).country
'CN'
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import phonenumbers

COUNTRIES: Final = {
    **dict.fromkeys(("kr", "kor", "korea", "south korea", "82", "+82", "한국", "남한", "대한민국", "韩国"), "KR"),
    **dict.fromkeys(("cn", "chn", "china", "prc", "86", "+86", "중국", "中国"), "CN"),
    **dict.fromkeys(("kp", "prk", "dprk", "north korea", "850", "+850", "북한", "조선", "朝鲜"), "KP"),
    **dict.fromkeys(("la", "lao", "laos", "856", "+856", "라오스", "老挝"), "LA"),
    **dict.fromkeys(("th", "tha", "thailand", "66", "+66", "태국", "泰国"), "TH"),
    **dict.fromkeys(("vn", "vnm", "vietnam", "84", "+84", "베트남", "越南"), "VN"),
    **dict.fromkeys(("mn", "mng", "mongolia", "976", "+976", "몽골", "蒙古"), "MN"),
    **dict.fromkeys(("ru", "rus", "russia", "7", "+7", "러시아", "俄罗斯"), "RU"),
    **dict.fromkeys(("mm", "mmr", "myanmar", "burma", "95", "+95", "미얀마", "缅甸"), "MM"),
    **dict.fromkeys(("jp", "jpn", "japan", "81", "+81", "일본", "日本"), "JP"),
}
"""Ways to write a country; any other two letters that name a country are understood too."""
_KOREAN: Final = re.compile(r"(?:82)?0?(1[016789]\d{7,8})")
_CHINESE: Final = re.compile(r"(?:86)?(1[3-9]\d{9})")
_CUT: Final = re.compile(r"\d(?:\.\d+)?e\+?\d+")
"""What a spreadsheet makes of a long number: its last digits are gone."""


@dataclass(frozen=True, slots=True)
class Phone:
    """`country`: two letters, where it was not written in front and was therefore taken. `likely`: of a range in use."""

    e164: str
    country: str | None = None
    likely: bool = True


def country(written: str) -> str | None:
    """The two letters of a country that a cell names."""
    plain = unicodedata.normalize("NFKC", written).strip().casefold()
    if plain in COUNTRIES:
        return COUNTRIES[plain]
    return plain.upper() if plain.upper() in phonenumbers.SUPPORTED_REGIONS else None


def is_cut(written: str) -> bool:
    return _CUT.fullmatch(unicodedata.normalize("NFKC", written).strip().casefold().replace(" ", "")) is not None


def read(written: str, of: str | None) -> Phone | None:
    """The number, in the form all the world understands; None where it is none, or needs a country nobody gave.

    `of`: the country of its row or column, two letters.
    """
    plain = unicodedata.normalize("NFKC", written).strip().removeprefix("tel:").strip()
    digits = re.sub(r"[\s().\-\u2010-\u2015\u2212/·_]", "", plain)
    if digits.startswith("00") and of in (None, "CN"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"\+\d{7,15}", digits):
        return _parsed(digits.replace("+820", "+82", 1), None)  # (0) is often left standing
    if not re.fullmatch(r"\d{5,15}", digits):
        return None
    for pattern, where, code in ((_KOREAN, "KR", "+82"), (_CHINESE, "CN", "+86")):
        if of in (None, where) and (found := pattern.fullmatch(digits)):
            return _parsed(code + found[1], where)
    return _parsed(digits, of) if of else None


def _parsed(digits: str, of: str | None) -> Phone | None:
    try:
        number = phonenumbers.parse(digits, of)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, of, phonenumbers.is_valid_number(number))
