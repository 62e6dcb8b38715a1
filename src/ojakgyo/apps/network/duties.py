"""Structure forgets: links are deleted when their time is up. A lost machine knew every line: they are burnt."""

from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.network.burning import burn_lines
from ojakgyo.apps.network.models import Holding, Line, Link
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import LineState, MachineLost
from ojakgyo.domain.values.ids import LineId, LinkId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant


@due_duty("network.forget_link", lag_limit_ms=HOUR_MS)
def forget_link(desk: Desk, *, about: int, due: Instant) -> None:
    """Twelve months after the last time, ninety days for a meeting inside the North."""
    Link.objects.filter(pk=about).delete()
    record(desk, facts.LinkForgotten(link=LinkId(about)))


@due_duty("network.remind_line", lag_limit_ms=HOUR_MS)
def remind_line(desk: Desk, *, about: int, due: Instant) -> None:
    """What is on it runs out within a week. Said of a line in other hands too, so that nobody reads off which are."""
    if Line.objects.filter(pk=about).exclude(state=LineState.BURNT).exists():
        record(desk, facts.LineDue(line=LineId(about)))


@due_duty("network.forget_holding", lag_limit_ms=HOUR_MS)
def forget_holding(desk: Desk, *, about: int, due: Instant) -> None:
    """Structure forgets, twelve months after a line went on to somebody else."""
    held = Holding.objects.filter(pk=about).first()
    if held is not None:
        held.delete()
        record(desk, facts.HoldingForgotten(line=LineId(held.line_id)))


@duty(facts=(MachineLost,), since="beginning", lag_limit_ms=MINUTE_MS)
def burn_every_line(desk: Desk, *, seq: Seq, fact: MachineLost) -> None:
    """Whoever has the machine may know every number in use. Those in other hands too, which many see as in use."""
    burn_lines(desk, Line.objects.filter(state__in=(LineState.ACTIVE, LineState.SEIZED)))
