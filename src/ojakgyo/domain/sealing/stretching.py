"""From words a person remembers to a key: Argon2id, its cost held between bounds before any work is done."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing import primitives

SALT: Final = 16
_MIB: Final = 1024
_MEMORY: Final = range(64 * _MIB, 2048 * _MIB + 1)
_ROUNDS: Final = range(3, 17)
_LANES: Final = range(1, 9)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes. Outside the bounds: ``Damaged``."""

    memory_kib: int
    rounds: int
    lanes: int

    def __post_init__(self) -> None:
        for value, bounds in ((self.memory_kib, _MEMORY), (self.rounds, _ROUNDS), (self.lanes, _LANES)):
            if type(value) is not int or value not in bounds:
                raise Damaged("vault.parameters")


FLOOR: Final = Cost(64 * _MIB, 3, 1)
"""The least that is accepted: practice worlds and tests."""
SIGN_IN: Final = Cost(128 * _MIB, 3, 1)
UNSEAL: Final = Cost(1024 * _MIB, 3, 4)


def stretch(words: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes. The same words typed on any keyboard give the same bytes (NFKC); blanks count."""
    if len(salt) != SALT:
        raise ValueError("a salt has 16 bytes")
    typed = unicodedata.normalize("NFKC", words).encode(errors="surrogatepass")
    return primitives.stretch(typed, salt, memory_kib=cost.memory_kib, rounds=cost.rounds, lanes=cost.lanes)
