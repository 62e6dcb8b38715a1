"""What a desk may open: the house's ring while the vault is open, an officer's cells while the officer is signed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.envelope import Secret
from ojakgyo.domain.sealing.grants import CellKey, Grant
from ojakgyo.domain.sealing.officers import OfficerKeys, PublicKeys
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.values.ids import CellId


def _nothing(epoch: int) -> None:
    """No epoch lies before the first."""


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """An officer's grant of a cell's present epoch, and the public keys of whoever gave it.

    `before(epoch)`: the seed of the epoch before, as it lies sealed under that epoch; asked for only when it is needed.
    """

    grant: Grant
    giver: PublicKeys
    before: Callable[[int], bytes | None] = _nothing


Held = Mapping[CellId, HeldGrant]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Keyring(Secret):
    """A cell is opened at its first need and not before, and then stays open as long as this keyring lives."""

    house: Ring | None = None
    keys: OfficerKeys | None = None
    held: Held = field(default_factory=dict)
    _opened: dict[CellId, dict[int, CellKey]] = field(default_factory=dict, init=False)

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

    def cell_key(self, cell: CellId, epoch: int | None = None) -> CellKey:
        """Of the present epoch, or of an earlier one, which the present one opens.

        No grant: ``NotHeld``. A copied, forged or changed one, or a broken way back: ``Damaged``.
        """
        if cell not in self._opened:
            present = self._present(cell)
            self._opened[cell] = {present.epoch: present}
        opened = self._opened[cell]
        wanted, latest = epoch if epoch is not None else max(opened), max(opened)
        if not 1 <= wanted <= latest:
            raise NotHeld(cell=cell)
        for later in range(min(opened), wanted, -1):
            opened[later - 1] = self._one_back(opened[later])
        return opened[wanted]

    def _present(self, cell: CellId) -> CellKey:
        keys = self.officer_keys
        if (found := self.held.get(cell)) is None:
            raise NotHeld(cell=cell)
        if found.grant.cell != cell:
            raise Damaged("vault.damaged", cell=cell)
        return grants.take(found.grant, keys=keys, giver=found.giver)

    def _one_back(self, key: CellKey) -> CellKey:
        found = self.held[key.cell]
        if (blob := found.before(key.epoch)) is None:
            raise NotHeld(cell=key.cell)
        return grants.open_before(key, found.grant.vault, blob)

    def holds(self, cell: CellId) -> bool:
        """Whether the cell really opens. A grant that does not hold opens nothing, and takes no page down."""
        try:
            self.cell_key(cell)
        except (NotHeld, Damaged):
            return False
        return True


SEALED: Final = Keyring()
