"""What the chronicle says of the house itself: made, opened, closed."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import VaultFounded, VaultSealed, VaultUnsealed
from ojakgyo.domain.values.ids import Seq


@action
def note_founded(desk: Desk, *, demo: bool) -> Seq:
    """The vault was made, and whether for practice."""
    return record(desk, VaultFounded(demo=demo))


@action
def note_unsealed(desk: Desk, *, run: int) -> Seq:
    """The house was opened; `run` tells this run from every other."""
    return record(desk, VaultUnsealed(run=run))


@action
def note_sealed(desk: Desk, *, run: int) -> Seq:
    """The house is about to close."""
    return record(desk, VaultSealed(run=run))
