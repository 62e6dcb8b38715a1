"""Korean particles follow the sound before them; a name that is filled in decides which. The Korean texts write both.

>>> settle("버들이(가) 여울을(를)")
'버들이 여울을'
>>> settle("<b>해바라기</b>과(와)")
'<b>해바라기</b>와'
"""

import re
from typing import Final

_PAIRS: Final = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_OPEN: Final = re.compile(
    r"(?P<last>[0-9A-Za-z\uac00-\ud7a3])(?P<tags>(?:</?[a-z][^<>]*>)*)(?P<pair>"
    + "|".join(re.escape(pair) for pair in _PAIRS)
    + ")"
)
_DIGITS_ENDING_IN_A_CONSONANT: Final = frozenset("013678")
_RIEUL: Final = 8


def _final(sound: str) -> int:
    """The closing consonant of a Hangul syllable, 0 for none; a digit as it is read aloud."""
    if "가" <= sound <= "힣":
        return (ord(sound) - ord("가")) % 28
    if sound in "178":
        return _RIEUL
    return 1 if sound in _DIGITS_ENDING_IN_A_CONSONANT else 0


def _chosen(found: re.Match[str]) -> str:
    final, pair = _final(found["last"]), found["pair"]
    closed = final not in ((0, _RIEUL) if pair == "(으)로" else (0,))
    return found["last"] + found["tags"] + _PAIRS[pair][0 if closed else 1]


def settle(text: str) -> str:
    """The text with every open particle chosen."""
    return _OPEN.sub(_chosen, text)
