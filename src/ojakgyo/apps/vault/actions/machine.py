"""A machine that is in other hands: said by one opener from another machine, since stopping takes one."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import queries, rights
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import MachineLost
from ojakgyo.domain.values.ids import Seq


@action
def say_machine_lost(desk: Desk) -> Seq:
    """Cards, lines and windows are burnt by the duties that notice. Nobody but an opener says so."""
    if not rights.may_say_lost(queries.roles(desk)):
        raise Refused("vault.machine_wanted")
    return record(desk, MachineLost())
