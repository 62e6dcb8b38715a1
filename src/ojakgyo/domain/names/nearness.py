"""How easily two words of the list are taken for each other on a bad line, in either language."""

from functools import cache
from typing import Final

from ojakgyo.domain.names.hangul import letters, syllables
from ojakgyo.domain.names.romanise import romanise
from ojakgyo.domain.names.words import WORDS

APART: Final = 3
"""Letters by which two words differ, in Hangul and in Latin letters, before they may be heard in one cell."""


@cache
def alike(one: int, other: int) -> bool:
    """Whether the words at these places are one, begin with the same block, or differ by fewer than three letters."""
    if one == other:
        return True
    first, second = WORDS[one], WORDS[other]
    if syllables(first)[0] == syllables(second)[0]:
        return True
    return _edits(letters(first), letters(second)) < APART or _edits(romanise(first), romanise(second)) < APART


def _edits(one: str, other: str) -> int:
    """Letters added, left out or changed on the shortest way from one text to the other."""
    row = list(range(len(other) + 1))
    for across, letter in enumerate(one, 1):
        before, row[0] = row[0], across
        for down, facing in enumerate(other, 1):
            before, row[down] = row[down], min(row[down] + 1, row[down - 1] + 1, before + (letter != facing))
    return row[-1]
