"""Who may see the reason of a warning: one rule, asked everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.vault.queries import roles
from ojakgyo.apps.watch.models import Warning
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.roles import OfficerRole


@dataclass(frozen=True, slots=True)
class Rights:
    """What the one at the desk may see, asked once for a whole page."""

    desk: Desk
    safety: bool
    program: bool
    cells: dict[int, CellId]

    def may_see_reason(self, warning: Warning, *, through: Iterable[int]) -> bool:
        """Role safety holding the keys of the subject's cell and of everybody the danger comes through (`through`).

        After ten minutes unacknowledged, whoever is on duty; a program, when its token has the scope watch:reasons.
        """
        if self.program:
            return True
        if warning.shown:
            return self.desk.keyring.keys is not None
        return all(self.may_see_person(person) for person in {warning.subject_id, *through})

    def may_take(self, warning: Warning) -> bool:
        """Role safety, with or without the keys; after ten minutes unacknowledged, whoever is on duty with keys in hand."""
        return self.safety or (warning.shown and self.desk.keyring.keys is not None)

    def may_see_person(self, person: int) -> bool:
        """Whether what is read about this person may be shown: safety, with the key of the cell."""
        cell = self.cells.get(person)
        return self.safety and cell is not None and self.desk.keyring.holds(cell)


def rights(desk: Desk, persons: set[int], *, program: bool = False) -> Rights:
    return Rights(desk, OfficerRole.SAFETY in roles(desk), program, dict(cells_of(persons)))
