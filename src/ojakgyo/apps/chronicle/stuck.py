"""What a duty could not work up or do: shown on Now until an officer has it tried again, or leaves it."""

from dataclasses import dataclass

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.models import Due, DueState, Entry, Stuck, StuckState
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
    row = _stuck(number)
    row.state = StuckState.SETTLED
    row.save(update_fields=["state"])
    record(desk, facts.StuckSettled(stuck_seq=Seq(row.seq), officer=desk.officer))
    return number


@action
def try_stuck_again(desk: Desk, *, number: int) -> int:
    """The cause is gone, or so an officer thinks: a due thing waits anew, a fact is worked up at the next round."""
    row = _stuck(number)
    row.state = StuckState.AGAIN if row.due is None else StuckState.SETTLED
    row.save(update_fields=["state"])
    if row.due is not None:
        stuck = Due.objects.filter(pk=row.due, state=DueState.STUCK)
        stuck.update(state=DueState.WAITING, tries=0, leased_until_ms=0)
    record(desk, facts.StuckTriedAgain(stuck_seq=Seq(row.seq), officer=desk.officer))
    return number


def _stuck(number: int) -> Stuck:
    row = Stuck.objects.filter(pk=number, state=StuckState.STUCK).first()
    if row is None:
        raise Refused("house.not_found")
    return row
