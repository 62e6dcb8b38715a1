"""Ids: 63-bit random numbers in one space for every node of the graph; outside always `<kind>_<13 Crockford base32>`.

>>> text("p", 5)
'p_0000000000005'
>>> parse("p_0000000000005")
('p', 5)
"""

from collections.abc import Callable
from typing import Final, NewType

PersonId = NewType("PersonId", int)
OfficerId = NewType("OfficerId", int)
CellId = NewType("CellId", int)
LineId = NewType("LineId", int)
PlaceId = NewType("PlaceId", int)
AreaId = NewType("AreaId", int)
CardId = NewType("CardId", int)
LinkId = NewType("LinkId", int)
WarningId = NewType("WarningId", int)
MessageId = NewType("MessageId", int)
TokenId = NewType("TokenId", int)
BatchId = NewType("BatchId", int)
"""An import; written like a bundle: both are many things that came in one parcel."""
Seq = NewType("Seq", int)
"""Number of a fact in the chronicle; counts up without gaps."""

LETTERS: Final = {
    "p": "person",
    "o": "officer",
    "c": "cell",
    "l": "line",
    "g": "place",
    "a": "area",
    "k": "card",
    "e": "link",
    "w": "warning",
    "m": "message",
    "t": "token",
    "j": "journey",
    "y": "party",
    "i": "incident",
    "b": "bundle",
}
LETTER_OF: Final = {
    PersonId: "p",
    OfficerId: "o",
    CellId: "c",
    LineId: "l",
    PlaceId: "g",
    AreaId: "a",
    CardId: "k",
    LinkId: "e",
    WarningId: "w",
    MessageId: "m",
    TokenId: "t",
    BatchId: "b",
}
BITS: Final = 63
_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE: Final = {digit: value for value, digit in enumerate(_DIGITS)}


def draw(randomness: Callable[[int], bytes]) -> int:
    """A new id, never 0. `randomness(n)` returns n random bytes."""
    while True:
        if drawn := int.from_bytes(randomness(8), "big") >> 1:
            return drawn


def text(letter: str, number: int) -> str:
    """The id as it is written in URLs, files, logs and the API. Wrong letters and numbers: ``ValueError``."""
    if letter not in LETTERS or not 0 <= number < 1 << BITS:
        raise ValueError("no such id")
    return f"{letter}_" + "".join(_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def parse(written: str) -> tuple[str, int]:
    """Letter and number of a written id. Anything else than `text` would write: ``ValueError``."""
    letter, _, digits = written.partition("_")
    if letter not in LETTERS or len(digits) != 13 or digits[0] not in "01234567" or not set(digits) <= _VALUE.keys():
        raise ValueError("no such id")
    number = 0
    for digit in digits:
        number = number << 5 | _VALUE[digit]
    return letter, number


def parse_kind(letter: str, written: str) -> int:
    """Number of a written id that must be of one kind."""
    found, number = parse(written)
    if found != letter:
        raise ValueError("no such id")
    return number
