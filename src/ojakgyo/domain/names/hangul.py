"""Hangul taken apart: syllables into letters, so that every way of typing a word comes to the same letters."""

import unicodedata
from typing import Final, NamedTuple

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
# fmt: off
PAIRS: Final = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}
# fmt: on
"""Double tails and the two letters they are made of."""

_FIRST: Final = ord("가")
_LAST: Final = ord("힣")
_CONJOINING: Final = {
    **{0x1100 + place: letter for place, letter in enumerate(INITIALS)},
    **{0x1161 + place: letter for place, letter in enumerate(VOWELS)},
    **{0x11A7 + place: PAIRS.get(letter, letter) for place, letter in enumerate(TAILS) if letter},
}


class Syllable(NamedTuple):
    """One block: the letter that opens it (ㅇ when silent), its vowel, and the letter beneath or an empty text."""

    initial: str
    vowel: str
    tail: str


def syllables(word: str) -> tuple[Syllable, ...]:
    """The blocks of a word written in whole syllables; anything else is a ``ValueError``."""
    blocks = []
    for block in unicodedata.normalize("NFC", word):
        if not _FIRST <= ord(block) <= _LAST:
            raise ValueError("not a Korean syllable")
        above, tail = divmod(ord(block) - _FIRST, len(TAILS))
        initial, vowel = divmod(above, len(VOWELS))
        blocks.append(Syllable(INITIALS[initial], VOWELS[vowel], TAILS[tail]))
    return tuple(blocks)


def letters(text: str) -> str:
    """The letters in the order they are typed: 까치 gives ㄲㅏㅊㅣ, whole, decomposed or typed loose.

    Text in another script stays as it is.
    """
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    return apart.translate(_CONJOINING)


def initials(word: str) -> str:
    """The letters that open each block: 까치 gives ㄲㅊ."""
    return "".join(syllable.initial for syllable in syllables(word))
