"""Which digits a text holds, whatever it is written in: a price, a time, a row of spoken numbers.

Both '쌀 48원, 21근 93위안' and '넷 팔 둘 하나 아홉 삼' hold 482193.
"""

import re
import unicodedata
from itertools import groupby
from typing import Final, Literal

COUNT: Final = ("공", "하나", "둘", "삼", "넷", "오", "여섯", "칠", "팔", "아홉")
"""The count of soldiers and radio operators: no two of its words sound alike on a bad line."""

Tongue = Literal["ko", "zh"]
"""A language digits are read out in."""

_READ_OUT: Final[dict[Tongue, tuple[str, ...]]] = {"ko": COUNT, "zh": tuple("零幺二三四五六七八九")}
"""Chinese says 幺 for one on the phone, since 一 and 七 are confused."""

_KOREAN_WORDS: Final = (
    ("공", "영", "령", "빵"),
    ("일", "하나"),
    ("이", "둘"),
    ("삼", "셋"),
    ("사", "넷"),
    ("오", "다섯"),
    ("육", "륙", "여섯"),
    ("칠", "일곱"),
    ("팔", "여덟", "여덜"),
    ("구", "아홉"),
)
_KOREAN: Final = {word: str(digit) for digit, words in enumerate(_KOREAN_WORDS) for word in words}
_CHINESE: Final = {"〇": "0", "幺": "1"} | {sign: str(digit) for digit, sign in enumerate("零一二三四五六七八九")}
_NUMERALS: Final = _KOREAN | _CHINESE
_NUMERAL: Final = re.compile("|".join(sorted(_NUMERALS, key=len, reverse=True)))


def digits_of(text: str) -> str:
    """All digits of a text in the order they are written, as 0-9; "" where there is none.

    With decimal digits of any script in it, these count, and words of Chinese numerals only; a Korean syllable among
    them (이, 일, 사) is a word, never a digit. Without: a text of nothing but numerals counts whole, and of any other
    its Chinese numerals.
    """
    plain = unicodedata.normalize("NFKC", text)
    if any(char.isdecimal() for char in plain):
        return _among_digits(plain)
    letters = "".join(char for char in plain if _kind(char) == "letter")
    return _numerals_only(letters) or _chinese(letters)


def spoken(digits: str, tongue: Tongue = "ko") -> str:
    """Digits as they are read out over the phone. `digits`: 0-9 only."""
    return " ".join(_READ_OUT[tongue][int(digit)] for digit in digits)


def _kind(char: str) -> str:
    if char.isdecimal():
        return "digit"
    # 〇 is a number to Unicode, not a letter
    return "letter" if unicodedata.category(char)[0] in "LN" else "between"


def _among_digits(plain: str) -> str:
    found = []
    for kind, run in groupby(plain, _kind):
        signs = list(run)
        if kind == "digit":
            found += [str(unicodedata.decimal(sign)) for sign in signs]
        elif kind == "letter" and all(sign in _CHINESE for sign in signs):
            found += [_CHINESE[sign] for sign in signs]
    return "".join(found)


def _numerals_only(letters: str) -> str:
    words = _NUMERAL.findall(letters)
    return "".join(_NUMERALS[word] for word in words) if "".join(words) == letters else ""


def _chinese(letters: str) -> str:
    return "".join(_CHINESE.get(letter, "") for letter in letters)
