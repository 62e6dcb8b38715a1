"""A person's data key: what somebody is really called lies under it alone. Destroyed, the name is forgotten everywhere.

It is wrapped once for each cell the person is in, under the wrap key of the cell's epoch. A new epoch wraps it again and
leaves the blobs as they are; where somebody who left may have kept the data keys, new ones are drawn and the blobs are
sealed anew.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.envelope import Key, Place, Secret, open_sealed, seal
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import PersonId

Randomness = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, repr=False)
class DataKey(Secret):
    """32 bytes of one person's own."""

    person: PersonId
    raw: bytes

    @classmethod
    def drawn(cls, person: PersonId, randomness: Randomness) -> "DataKey":
        return cls(person, randomness(primitives.KEY))

    def key(self) -> Key:
        """Seals the one blob of each of the person's rows."""
        return Key(self.raw)


def name_place(vault: str, person: PersonId) -> Place:
    """Where the blob with a person's name belongs; sealed under the data key."""
    return Place(vault, Table.PERSON, person, Group.IDENT)


def wrap(data: DataKey, cell: CellKey, vault: str, *, nonce: bytes) -> bytes:
    """The data key, for whoever holds the cell in this epoch."""
    return seal(cell.wrap(), _place(vault, data.person, cell), data.raw, nonce=nonce)


def unwrap(cell: CellKey, vault: str, person: PersonId, wrapped: bytes) -> DataKey:
    """Wrapped for another cell or epoch: ``NotHeld``. Changed, or another person's: ``Damaged``."""
    return DataKey(person, open_sealed(cell.wrap(), _place(vault, person, cell), wrapped))


class Rewrapping(Secret):
    """Brings data keys from one epoch of a cell to a later one; 100,000 of them in seconds."""

    __slots__ = ("_after", "_before", "_into", "_out", "_vault")

    def __init__(self, before: CellKey, after: CellKey, vault: str) -> None:
        if before.cell != after.cell or before.epoch >= after.epoch:
            raise ValueError("a data key stays in its cell, and goes on to a later epoch")
        self._before, self._after, self._vault = before, after, vault
        self._out, self._into = before.wrap(), after.wrap()

    def of(self, person: PersonId, wrapped: bytes, *, nonce: bytes) -> bytes:
        """The same data key under the later epoch."""
        raw = open_sealed(self._out, _place(self._vault, person, self._before), wrapped)
        return seal(self._into, _place(self._vault, person, self._after), raw, nonce=nonce)


def _place(vault: str, person: PersonId, cell: CellKey) -> Place:
    return Place(vault, Table.PERSON_KEY, person, Group.KEYS, bound=(cell.cell, cell.epoch))
