"""Chores: what only a cell's key can put right, done for each cell as somebody who holds it sits down.

A room above declares one, and the vault does them without knowing the room:

    @chore
    def seal_again(desk: Desk, cell: CellId) -> None: ...

Each is quick when there is nothing to do, and works in actions of bounded size. A cell that waits for a new epoch gets
it first. What fails is said in the log and tried at the next sitting down; it keeps nobody out.
"""

import logging
from collections.abc import Callable
from typing import Final

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions.cells import grant_organisation, keep_epoch, turned
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import OjakError
from ojakgyo.domain.values.ids import CellId

Chore = Callable[[Desk, CellId], None]
log = logging.getLogger("ojakgyo.chores")
_known: Final[list[Chore]] = []


def chore(work: Chore) -> Chore:
    """Declare one."""
    _known.append(work)
    return work


def do_chores(desk: Desk) -> None:
    """After a sign-in with a password, and after a new epoch, for every cell that opens for the officer."""
    for cell in queries.cells_owing_an_epoch() & desk.keyring.held.keys():
        _try(begin_owed_epoch, desk, cell)
    fresh = officer_desk(desk.keyring.officer_keys)
    for cell in queries.cells_without_organisation() & fresh.keyring.held.keys():
        _try(grant_organisation, fresh, cell)
    for cell in fresh.keyring.held if _known else ():
        if fresh.keyring.holds(cell):
            for work in _known:
                _try(work, fresh, cell)


def begin_owed_epoch(desk: Desk, cell: CellId) -> None:
    """A member was removed by somebody without this cell's key; whoever holds it begins the epoch, whatever the role."""
    keep_epoch(desk, turn=turned(desk, cell=cell), owed=True)


def _try(work: Chore, desk: Desk, cell: CellId) -> None:
    try:
        work(desk, cell)
    except OjakError as error:
        log.warning("chore %s left undone: %s", work.__name__, error.code)
