"""Names for the pages of the vault: a person's where the viewer holds the cell's key, and whom a warning is about."""

from collections.abc import Mapping

from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault.naming import names_of
from ojakgyo.apps.watch.queries import subjects
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.names import CodeName


@names_of("p")
def persons(desk: Desk, numbers: frozenset[int]) -> Mapping[int, CodeName]:
    return code_names(desk, {person for person, cell in cells_of(numbers).items() if desk.keyring.holds(cell)})


@names_of("w")
def warnings(desk: Desk, numbers: frozenset[int]) -> Mapping[int, CodeName]:
    """Every officer sees a warning's code name."""
    return subjects(desk, numbers)
