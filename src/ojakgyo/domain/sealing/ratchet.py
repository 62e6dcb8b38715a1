"""A ratchet for printed cards: from a state its columns and the next state follow, and nothing ever leads back.

Fixed for ever, cards are printed from it: every label here stands in docs/reference/cards.md and in
tests/vectors/cards/m1.json.
"""

from collections.abc import Callable, Iterator
from typing import Final

from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.primitives import KEY, TAG, expand, extract, mac

Below = Callable[[int], int]
"""below(n): the next whole number of a stream, each of 0..n-1 equally likely; n from 1 to 256."""

_START: Final = canon("card/1/start")
_NEXT: Final = canon("card/1/next")


def start(secret: bytes) -> bytes:
    """The state of row 0. `secret`: 32 random bytes, not needed again."""
    if len(secret) != KEY:
        raise ValueError("a card's secret has 32 bytes")
    return extract(_START, secret)


def step(state: bytes) -> bytes:
    """The state of the next row. Whoever erases the old one can draw its row no more."""
    return expand(state, _NEXT)


def column(state: bytes, label: str, length: int = KEY) -> bytes:
    """What one column of this row is drawn from; columns of other labels tell nothing about it."""
    return expand(state, canon("card/1/column", label), length)


def stream(key: bytes) -> Below:
    """Unbiased small whole numbers without end, the same ones for the same key."""
    octets = _octets(key)

    def below(bound: int) -> int:
        if not 1 <= bound <= 256:
            raise ValueError("a bound lies between 1 and 256")
        limit = 256 - 256 % bound
        return next(octet % bound for octet in octets if octet < limit)

    return below


def _octets(key: bytes) -> Iterator[int]:
    block = 0
    while True:
        yield from mac(key, canon("card/1/stream", block))
        block += 1


def tag(key: bytes, message: str) -> bytes:
    """16 bytes by which a text is recognised again without being kept."""
    return mac(key, canon("card/1/tag", message))[:TAG]
