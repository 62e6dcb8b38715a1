"""Facts a duty could not work up, and due things it could not do: shown on Now until an officer settles them."""

from dataclasses import dataclass

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.models import Entry, Stuck, StuckState
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import REGISTRY, Refused
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class StuckFact:
    """`code` is one of the registry: of what the house did not expect only that it happened is said."""

    number: int
    reader: str
    seq: Seq
    code: str
    since: Instant


def unsettled() -> tuple[StuckFact, ...]:
    rows = list(Stuck.objects.filter(state=StuckState.STUCK).order_by("seq"))
    recorded = dict(Entry.objects.filter(seq__in=[row.seq for row in rows]).values_list("seq", "recorded_ms"))
    return tuple(
        StuckFact(
            row.pk,
            row.reader,
            Seq(row.seq),
            row.code if row.code in REGISTRY else "chronicle.stuck",
            Instant(recorded[row.seq]),
        )
        for row in rows
    )


@action
def settle_stuck(desk: Desk, *, number: int) -> int:
    """An officer has seen to it: the row leaves Now and stays in the books."""
    row = Stuck.objects.filter(pk=number, state=StuckState.STUCK).first()
    if row is None:
        raise Refused("house.not_found")
    row.state = StuckState.SETTLED
    row.save(update_fields=["state"])
    record(desk, facts.StuckSettled(stuck_seq=Seq(row.seq), officer=desk.officer))
    return number
