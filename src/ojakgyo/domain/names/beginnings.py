"""Words of the list that begin as somebody has typed so far: in Hangul, in Latin letters, by opening letters.

>>> from ojakgyo.domain.names.words import WORDS
>>> [WORDS[place] for place in begun("ㄴㅇ").words][:1]
['노을']
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from ojakgyo.domain.names import hangul
from ojakgyo.domain.names.romanise import romanise
from ojakgyo.domain.names.words import WORDS

_TYPED: Final = re.compile(r"([^\W\d_]+)(?:[\s\-\u2010-\u2015\u2212]{0,2}([1-9]\d{0,2})?)?")


@dataclass(frozen=True, slots=True)
class Begun:
    """Places of the words in the list, those that stand there whole first; `digits`: how the number begins."""

    words: tuple[int, ...]
    digits: str = ""

    def fits(self, number: int) -> bool:
        return not self.digits or str(number).startswith(self.digits)

    def order(self, word: int, number: int) -> tuple[bool, int, int]:
        """The number that was typed whole before those that go on, then by how well the word fits."""
        return bool(self.digits) and str(number) != self.digits, self.words.index(word), number


NOTHING: Final = Begun(())


def begun(text: str) -> Begun:
    """Half a syllable counts as its letters (농 begins 노을), as an input method shows it on the way."""
    typed = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if typed is None:
        return NOTHING
    key = key_of(typed[1])
    found = [place for place, forms in enumerate(_forms()) if any(form.startswith(key) for form in forms)]
    whole = [place for place in found if key in _forms()[place]]
    return Begun((*whole, *(place for place in found if place not in whole)), typed[2] or "")


def key_of(text: str) -> str:
    """Letters in the order they are typed, whatever the case."""
    return hangul.letters(text).casefold()


def is_opening_letters(key: str) -> bool:
    """Whether these are consonants alone, as in ㄴㅇ."""
    return bool(key) and set(key) <= set(hangul.INITIALS)


@cache
def _forms() -> tuple[tuple[str, str, str], ...]:
    """Each word's letters, its Latin spelling and its opening letters."""
    return tuple((key_of(word), romanise(word), hangul.initials(word)) for word in WORDS)
