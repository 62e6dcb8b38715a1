"""Revised Romanization of a Korean noun, worked out from how it is said: 물레 is mulle, 빛무리 is binmuri.

Rules of the standard (2000) for nouns: a tail moves to a following vowel, tails close to seven sounds, neighbours
grow alike, hardening is not written, ㅎ after a closing ㄱ ㄷ ㅂ is kept. Spelling alone does not show where two words
were joined, so an added ㄴ (꽃잎, said kkonnip) cannot be worked out: the list of words holds none of that kind.
"""

from typing import Final

from ojakgyo.domain.names.hangul import PAIRS, Syllable, syllables

# fmt: off
_ONSET: Final = {
    "ㄱ": "g", "ㄲ": "kk", "ㄴ": "n", "ㄷ": "d", "ㄸ": "tt", "ㄹ": "r", "ㅁ": "m", "ㅂ": "b", "ㅃ": "pp", "ㅅ": "s",
    "ㅆ": "ss", "ㅇ": "", "ㅈ": "j", "ㅉ": "jj", "ㅊ": "ch", "ㅋ": "k", "ㅌ": "t", "ㅍ": "p", "ㅎ": "h",
}
_VOWEL: Final = {
    "ㅏ": "a", "ㅐ": "ae", "ㅑ": "ya", "ㅒ": "yae", "ㅓ": "eo", "ㅔ": "e", "ㅕ": "yeo", "ㅖ": "ye", "ㅗ": "o",
    "ㅘ": "wa", "ㅙ": "wae", "ㅚ": "oe", "ㅛ": "yo", "ㅜ": "u", "ㅝ": "wo", "ㅞ": "we", "ㅟ": "wi", "ㅠ": "yu",
    "ㅡ": "eu", "ㅢ": "ui", "ㅣ": "i",
}
# fmt: on
_CODA: Final = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}

_CLOSED: Final = {
    **dict.fromkeys("ㄲㅋㄳㄺ", "ㄱ"),
    **dict.fromkeys("ㄵㄶ", "ㄴ"),
    **dict.fromkeys("ㅅㅆㅈㅊㅌㅎ", "ㄷ"),
    **dict.fromkeys("ㄼㄽㄾㅀ", "ㄹ"),
    "ㄻ": "ㅁ",
    **dict.fromkeys("ㅍㅄㄿ", "ㅂ"),
}
"""Tails that are said like one of the seven."""

_BREATHED: Final = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_SOFTENED: Final = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}
_NASAL: Final = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}


def romanise(word: str) -> str:
    """The word in lower-case Latin letters. Anything but whole Korean syllables is a ``ValueError``."""
    said = _said(syllables(word))
    written, before = "", ""
    for initial, vowel, tail in said:
        onset = "l" if initial == "ㄹ" and before == "ㄹ" else _ONSET[initial]
        written += onset + _VOWEL[vowel] + _CODA[tail]
        before = tail
    return written


def _said(blocks: tuple[Syllable, ...]) -> list[Syllable]:
    """The blocks as they are pronounced: each tail settled with what follows it."""
    said: list[Syllable] = []
    initial = blocks[0].initial if blocks else ""
    for here, after in zip(blocks, (*blocks[1:], None), strict=True):
        tail, following = _meet(here.tail, after) if after else (_closed(here.tail), "")
        said.append(Syllable(initial, here.vowel, tail))
        initial = following
    return said


def _meet(tail: str, after: Syllable) -> tuple[str, str]:
    """A tail and the block after it: the tail and the opening letter as they are said."""
    if after.initial == "ㅇ" and tail not in ("", "ㅇ"):
        return _carried(tail, after.vowel)
    rest, last = _parted(tail)
    if last == "ㅎ" and after.initial in _BREATHED:
        return rest, _BREATHED[after.initial]
    if last == "ㅎ" and after.initial == "ㅅ":
        return rest, "ㅅ"
    return _alike(_closed(tail), after.initial)


def _carried(tail: str, vowel: str) -> tuple[str, str]:
    """A tail before a vowel: its last letter opens the next block; ㅎ falls silent, ㄷ and ㅌ soften before ㅣ."""
    rest, last = _parted(tail)
    if last == "ㅎ":
        return "", rest or "ㅇ"
    return rest, _SOFTENED.get(last, last) if vowel == "ㅣ" else last


def _parted(tail: str) -> tuple[str, str]:
    """What stays of a tail, and its last letter: ㄺ is ㄹ and ㄱ, ㄱ is nothing and ㄱ."""
    both = PAIRS.get(tail, tail)
    return both[:-1], both[-1:]


def _closed(tail: str) -> str:
    return _CLOSED.get(tail, tail)


def _alike(tail: str, initial: str) -> tuple[str, str]:
    """Neighbours grow alike: 백마 baengma, 독립 dongnip, 종로 jongno, 신라 silla, 별내 byeollae."""
    if initial == "ㄹ" and tail in "ㄱㄷㅂㅁㅇ" and tail:
        return _NASAL.get(tail, tail), "ㄴ"
    if initial in "ㄴㅁ" and tail in _NASAL:
        return _NASAL[tail], initial
    if (tail, initial) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
        return "ㄹ", "ㄹ"
    return tail, initial
