"""Several cards behind one phone: each text is held against all of them, and the row settles whose it was."""

from collections.abc import Sequence
from typing import Final, TypeVar

from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.facts import ReadingResult

ORDER: Final = (
    ReadingResult.REPLAY,
    ReadingResult.OK,
    ReadingResult.SLIP,
    ReadingResult.DURESS,
    ReadingResult.GARBLED,
    ReadingResult.MALFORMED,
)
"""Which reading stands, the first one of these.

A used text is used, whoever else's it may seem to be. On somebody else's card a text is right by chance once in 48,000,
nearly right once in 6,500, and of a valid row with another number once in 360: so what one holder wrote is hardly ever
taken for another's duress.
"""

Whose = TypeVar("Whose")


def best(readings: Sequence[tuple[Whose, Reading]]) -> tuple[Whose, Reading]:
    """Whose card a text was written with; of two that say the same, the first. At least one reading is needed."""
    return min(readings, key=lambda each: ORDER.index(each[1].result))
