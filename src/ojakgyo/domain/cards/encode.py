"""The six digits a helper sends: look up the own number and the meaning in the top row."""

from ojakgyo.domain.cards import meanings
from ojakgyo.domain.cards.codebook import Row
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning


def six_digits(row: Row, *, own_number: OwnNumber, meaning: Meaning) -> str:
    """For the practice phone and the script beside a call; under pressure another number stands for the own one."""
    return row.looked_up((*own_number.digits, meanings.digit(meaning)))
