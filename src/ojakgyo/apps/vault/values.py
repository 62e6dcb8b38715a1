"""What the vault tells the rest of the house: officers and cells as values, never as rows."""

from dataclasses import dataclass

from ojakgyo.apps.vault.models.cells import Side
from ojakgyo.apps.vault.models.tokens import Scope
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import AreaId, CellId, OfficerId
from ojakgyo.domain.values.roles import OfficerRole

__all__ = ["CellLine", "Officer", "Scope", "Side", "SignedIn"]


@dataclass(frozen=True, slots=True)
class Officer:
    """A user of the desk."""

    id: OfficerId
    code_name: CodeName
    roles: tuple[OfficerRole, ...]
    """In the order of the list of roles."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at the desk. `keys`: whether the cells can be opened now, or the keys have been put down."""

    id: OfficerId
    code_name: CodeName
    roles: tuple[OfficerRole, ...]
    cells_held: int
    cells_total: int
    keys: bool


@dataclass(frozen=True, slots=True)
class CellLine:
    """A compartment: a group and its key."""

    id: CellId
    side: Side
    number: int
    area: AreaId
    epoch: int

    @property
    def code(self) -> str:
        """For instance N-2, the same in every language."""
        return f"{self.side}-{self.number}"
