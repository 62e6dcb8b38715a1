"""What a helper sends: the cells of the own number, the meaning and perhaps a suffix, all from one row.

For the practice phone and the script beside a call; under pressure another number stands for the own one.
"""

from collections.abc import Sequence

from ojakgyo.domain.cards import meanings, messages
from ojakgyo.domain.cards.codebook import Row
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning


def text(row: Row, *, own_number: OwnNumber, meaning: Meaning, suffix: Sequence[int] = ()) -> str:
    """The digits of a message, two for each of the own number's digits, the meaning and the suffix's digits."""
    if len(suffix) not in messages.SUFFIX[meaning]:
        raise ValueError("this meaning takes no suffix of that length")
    return row.looked_up((*own_number.digits, meanings.digit(meaning), *suffix))
