"""Private questions, for who must carry nothing: asked once, by voice or in a text; any wrong answer says "not free".

An answer is compared as it is said, not as it is written: letters and digits alone, whatever their case, width and
spacing. One keying error in the letters of a long answer is the desk's own finger; of a short one it never is, nor in a
digit: another name is often one key away (민수 and 민주, Anna and Anne), another year one digit, and those are just what
somebody says who is made to say something.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from ojakgyo.domain.facts import ReadingResult

SHORTEST: Final = 2
"""Signs an answer has at least, so that it is not guessed at once."""

KEYED: Final = 8
"""Signs from which one keying error is a slip. A sign is a letter, a digit, or one key of a Korean syllable.

Names of two syllables have five or six, and a neighbour one key away.
"""


def prepared(text: str) -> str:
    """What of an answer counts: its letters and digits, folded; "" where there is none. Digits of any script are 0-9."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(_sign(char) for char in folded if unicodedata.category(char)[0] in "LNM")


def will_do(answer: str) -> bool:
    """Whether this may be kept as a true answer."""
    return len(prepared(answer)) >= SHORTEST


def judged(said: str, answers: Iterable[str]) -> ReadingResult:
    """OK, SLIP or DURESS: an answer said, against the true ones; the work is the same whatever it is."""
    keys = _keys(said)
    true = [_keys(answer) for answer in answers]
    right = [keys == answer for answer in true if answer]
    nearly = [_mistyped(answer, keys) for answer in true]
    if any(right):
        return ReadingResult.OK
    return ReadingResult.SLIP if any(nearly) else ReadingResult.DURESS


def _sign(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _keys(text: str) -> str:
    """A prepared answer, its Korean syllables taken apart into the keys they are typed by."""
    return unicodedata.normalize("NFD", prepared(text))


def _mistyped(meant: str, typed: str) -> bool:
    """Exactly one keying error, in the letters, of an answer that is long enough."""
    same_digits = _digits(meant) == _digits(typed)
    return len(meant) >= KEYED and same_digits and _one_error(meant, typed)


def _digits(keys: str) -> str:
    return "".join(key for key in keys if key.isdecimal())


def _one_error(meant: str, typed: str) -> bool:
    """One sign wrong, missing or too many, or two neighbours swapped."""
    at = next((place for place, pair in enumerate(zip(meant, typed, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return abs(len(meant) - len(typed)) == 1
    rest, other = meant[at:], typed[at:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped
