"""An officer calls although the desk said no: with a reason, and whoever comes after reads it in the brief.

A phone that may be in other hands opens to no reason, and who must ask safety first finds no way around it: the page is the
same whatever was read.
"""

from collections.abc import Mapping

from ojakgyo.apps.calls import queries
from ojakgyo.apps.calls.actions import hold_key
from ojakgyo.apps.calls.reasons import opened_by
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network import queries as network
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CallOverridden, CallReason, NumberShown
from ojakgyo.domain.values.ids import LineId, PersonId


@action
def override_call(desk: Desk, *, person: PersonId, reason: CallReason) -> Mapping[LineId, str]:
    """The numbers, for a reason that opens this answer; else ``Refused``. Each showing is recorded besides."""
    hold_key(desk, person)
    lines = network.lines_of(person)
    if reason not in opened_by(queries.may_call(desk, person), len(lines)):
        raise Refused("calls.no_override", person=person)
    found = {line: network.number_of(desk, line) for line in lines}
    record(desk, CallOverridden(person=person, reason=reason))
    for line in found:
        record(desk, NumberShown(person=person, line=line))
    return found
