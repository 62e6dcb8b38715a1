"""What a desk may open: the house's ring while the vault is open, an officer's cells while the officer is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.envelope import Secret
from ojakgyo.domain.sealing.grants import CellKey, Grant
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.values.ids import CellId

Held = Mapping[CellId, tuple[Grant, PublicKeys]]
"""Cell -> the officer's grant of its present epoch, and the public keys of whoever gave it."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Keyring(Secret):
    """A cell is opened at its first need and not before, and then stays open as long as this keyring lives."""

    house: Ring | None = None
    keys: OfficerKeys | None = None
    held: Held = field(default_factory=dict)
    _opened: dict[CellId, CellKey] = field(default_factory=dict, init=False)

    @property
    def ring(self) -> Ring:
        if self.house is None:
            raise NotHeld("vault.sealed")
        return self.house

    @property
    def officer_keys(self) -> OfficerKeys:
        """The keys of who is signed in; nobody, or put down: ``NotHeld``."""
        if self.keys is None:
            raise NotHeld()
        return self.keys

    def cell_key(self, cell: CellId) -> CellKey:
        """No grant: ``NotHeld``. A copied, forged or changed one: ``Damaged``."""
        if cell not in self._opened:
            keys = self.officer_keys
            if (found := self.held.get(cell)) is None:
                raise NotHeld(cell=cell)
            grant, giver = found
            if grant.cell != cell:
                raise Damaged("vault.damaged", cell=cell)
            self._opened[cell] = grants.take(grant, keys=keys, giver=giver)
        return self._opened[cell]

    def holds(self, cell: CellId) -> bool:
        """Whether the cell really opens. A grant that does not hold opens nothing, and takes no page down."""
        try:
            self.cell_key(cell)
        except (NotHeld, Damaged):
            return False
        return True


SEALED: Final = Keyring()
