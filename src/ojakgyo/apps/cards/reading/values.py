"""What a reading hands on: no digits, no row, no number. Frozen."""

from dataclasses import dataclass

from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.facts import ReadingResult
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

SAYS_NOTHING = frozenset({ReadingResult.REPLAY, ReadingResult.TRIPWIRE, ReadingResult.THROTTLED})
"""Whoever has an old text, an old card or time to guess can send these: they say nothing about today."""


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a text said, on which card, and whose that is; None and None: it was tried on no card.

    `pending`: it fits a row and is not enough by itself; what it says is not to be relied on until a second one has come,
    and is asked for no longer than `until`. `first`: the text before it, which counts too now. `trusted`: it keeps a window.
    """

    card: CardId | None
    person: PersonId | None
    reading: Reading
    pending: bool = False
    until: Instant | None = None
    first: MessageId | None = None
    trusted: bool = True

    @property
    def keeps_window(self) -> bool:
        """The same for "all well" and for duress, whatever else is the case."""
        return self.trusted and self.reading.result not in SAYS_NOTHING
