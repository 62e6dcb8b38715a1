"""A code name: one word of our list and perhaps a number, understood in Hangul and in Latin letters.

>>> CodeName.of("서리", 5).en
'Seori-5'
>>> parse("kkachi3").ko
'까치-3'
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Container
from dataclasses import dataclass
from functools import cache
from typing import Final

from ojakgyo.domain.names import hangul
from ojakgyo.domain.names.nearness import alike
from ojakgyo.domain.names.romanise import romanise
from ojakgyo.domain.names.words import SET_ASIDE, WORDS

LARGEST: Final = 999
"""A number has at most three digits, so it is never taken for the six of a card."""

_TIERS: Final = (range(1), range(1, 10), range(10, 100), range(100, LARGEST + 1))
_TRIES: Final = 64
"""Misses in a row after which a length of number counts as used up."""

_WRITTEN: Final = re.compile(r"([^\W\d_]+)(?:[\s\-\u2010-\u2015\u2212]{0,2}([1-9]\d{0,2}))?")
_LINE_START: Final = re.compile(rf"\s*({_WRITTEN.pattern})(?!\S)\s*")


@dataclass(frozen=True, slots=True)
class CodeName:
    """`word` is a place in the list. `number` 1 to 999; None, stored as 0, for a word that stands alone."""

    word: int
    number: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.word < len(WORDS) or not 0 <= (self.number or 0) <= LARGEST:
            raise ValueError("no such code name")
        if self.number == 0:
            object.__setattr__(self, "number", None)

    @classmethod
    def of(cls, hangul_word: str, number: int | None = None) -> "CodeName":
        """The code name of a word written as it stands in the list; another word is a ``ValueError``."""
        return cls(WORDS.index(hangul_word), number)

    @property
    def stored(self) -> tuple[int, int]:
        """The two whole numbers a row keeps."""
        return self.word, self.number or 0

    @property
    def ko(self) -> str:
        return self._numbered(WORDS[self.word])

    @property
    def en(self) -> str:
        return self._numbered(_latin()[self.word].capitalize())

    def _numbered(self, word: str) -> str:
        return word if self.number is None else f"{word}-{self.number}"


def parse(text: str) -> CodeName | None:
    """The code name somebody wrote: either script, any case, hyphen or blank before the number, or neither.

    A word given by its opening letters alone (ㄲㅊ3) counts where only one word of the list opens so.
    """
    found = candidates(text)
    return found[0] if len(found) == 1 else None


def candidates(text: str) -> tuple[CodeName, ...]:
    """Every code name a text may stand for; more than one only for opening letters, to be settled by who exists."""
    written = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if written is None:
        return ()
    word, digits = written.groups()
    number = int(digits) if digits else None
    return tuple(CodeName(place, number) for place in _places().get(_key(word), ()))


def beginnings(text: str) -> tuple[tuple[int, ...], str] | None:
    """Places of every word that may be meant while it is being typed, nearest first, and the digits typed behind it.

    `까`, `kk` and `ㄲ` all lead to 까치. None: this is not the beginning of a code name.
    """
    written = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if written is None:
        return None
    typed = _key(written[1])
    found = {place: len(key) for key, places in _places().items() if key.startswith(typed) for place in places}
    whole = _places().get(typed, ())
    return tuple(sorted(found, key=lambda place: (place not in whole, found[place], place))), written[2] or ""


def split(line: str) -> tuple[str, str] | None:
    """A typed line as the code name in front, still as text, and the rest: `까치3 483907` is `까치3` and `483907`."""
    whole = unicodedata.normalize("NFKC", line)
    start = _LINE_START.match(whole)
    return (start[1], whole[start.end() :]) if start else None


def draw(
    randomness: Callable[[int], bytes], taken: Container[CodeName], *, beside: Collection[CodeName] = ()
) -> CodeName:
    """A code name nobody has had: a bare word while there are some, then ever longer numbers.

    `randomness(n)` returns n random bytes. `taken` holds every name ever given; none is used again. `beside`: names that
    are said in the same breath, as those of one cell; what sounds like one of them is drawn only where nothing else is left.
    """
    near = {name.word for name in beside}
    for words in (near, ()) if near else ((),):
        for numbers in _TIERS:
            for _ in range(_TRIES):
                drawn = CodeName(_below(len(WORDS), randomness), numbers[_below(len(numbers), randomness)])
                if drawn in taken or WORDS[drawn.word] in SET_ASIDE:
                    continue
                if not any(alike(drawn.word, word) for word in words):
                    return drawn
    raise ValueError("every code name is taken")


def _below(limit: int, randomness: Callable[[int], bytes]) -> int:
    """A whole number from 0 to below `limit`, each as likely as the other."""
    fair = (1 << 32) - (1 << 32) % limit
    while True:
        if (drawn := int.from_bytes(randomness(4), "big")) < fair:
            return drawn % limit


def _key(word: str) -> str:
    return hangul.letters(word).casefold()


@cache
def _latin() -> tuple[str, ...]:
    return tuple(romanise(word) for word in WORDS)


@cache
def _places() -> dict[str, tuple[int, ...]]:
    """Every way to write a word, by its letters, and the places it may mean."""
    places: dict[str, tuple[int, ...]] = {}
    for place, word in enumerate(WORDS):
        for written in (word, _latin()[place], hangul.initials(word)):
            key = _key(written)
            places[key] = (*places.get(key, ()), place)
    return places
