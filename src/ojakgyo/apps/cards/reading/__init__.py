"""Reading a card: the one place that opens state and own number together. Unattended, by the ring; see ADR 0004.

A text is held against the cards of the people of its line (`people`, `book`), then against the rows of their ended cards
(`tripwires`), then against every other card (`kept`), where one row is not enough (`matching`).
"""

from ojakgyo.apps.cards.reading.answers import read_answer
from ojakgyo.apps.cards.reading.book import number_of
from ojakgyo.apps.cards.reading.repeating import said_before
from ojakgyo.apps.cards.reading.texts import read_again, read_text
from ojakgyo.apps.cards.reading.values import CardReading

__all__ = ["CardReading", "number_of", "read_again", "read_answer", "read_text", "said_before"]
