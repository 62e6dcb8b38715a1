"""What a reading hands on: no digits, no row, no number. Frozen."""

from dataclasses import dataclass

from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.checkins.printed import Printed
from ojakgyo.domain.facts import ReadingResult
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

SAYS_NOTHING = frozenset({ReadingResult.REPLAY, ReadingResult.TRIPWIRE, ReadingResult.THROTTLED})
"""Whoever has an old text, an old card or time to guess can send these: they say nothing about today."""


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a text said, on which card, and whose that is; None and None: it was tried on no card.

    `pending`: it fits a row and is not enough by itself; what it says is not to be relied on until a second one has come,
    and is asked for no longer than `until`. `earlier`: texts before it, which count too now, oldest first. `trusted`: it keeps
    a window.
    `repeats`: the newest text of its card, which this is digit for digit; from the same sender it says nothing.
    `printed`: when next, by the row it used up; None: it used up none, or says itself how long nothing will be heard.
    """

    card: CardId | None
    person: PersonId | None
    reading: Reading
    pending: bool = False
    until: Instant | None = None
    earlier: tuple[MessageId, ...] = ()
    trusted: bool = True
    repeats: MessageId | None = None
    printed: Printed | None = None

    @property
    def keeps_window(self) -> bool:
        """The same for "all well" and for duress, whatever else is the case."""
        return self.trusted and self.reading.result not in SAYS_NOTHING
