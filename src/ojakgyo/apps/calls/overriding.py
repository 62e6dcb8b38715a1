"""An officer calls although the desk said no: with a reason, and whoever comes after reads it in the brief.

A phone that may be in other hands opens to no reason, and who must ask safety first finds no way around it: the page is the
same whatever was read.
"""

from collections.abc import Mapping, Sequence

from ojakgyo.apps.calls import queries
from ojakgyo.apps.calls.actions import hold_key
from ojakgyo.apps.calls.reasons import opened_by
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.inbox import mentioning
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.network import queries as network
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CallOverridden, CallReason, LineRecorded, NumberShown
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import LineId, PersonId


@action
def override_call(desk: Desk, *, person: PersonId, reason: CallReason) -> Mapping[LineId, str]:
    """The numbers, for a reason that opens this answer; else ``Refused``. Each showing is recorded besides.

    Of another line than the one that fell silent: without that one.
    """
    hold_key(desk, person)
    lines = network.lines_of(person)
    if reason not in opened_by(queries.may_call(desk, person), len(lines)):
        raise Refused("calls.no_override", person=person)
    if reason is CallReason.OTHER_LINE:
        lines = [line for line in lines if line != _last_heard_on(lines)]
    found = {line: network.number_of(desk, line) for line in lines}
    record(desk, CallOverridden(person=person, reason=reason))
    for line in found:
        record(desk, NumberShown(person=person, line=line))
    return found


def _last_heard_on(lines: Sequence[LineId]) -> LineId:
    """The line that fell silent: where something came from last, else the one they had first."""
    came = Inbound.objects.filter(line__in=lines).order_by("-received_ms").values_list("line", flat=True).first()
    if came is not None:
        return LineId(came)
    told = mentioning([ids.text("l", line) for line in lines], kinds=(LineRecorded,), at_most=len(lines))
    return min(told, key=lambda each: each.seq).fact.line if told else lines[0]
