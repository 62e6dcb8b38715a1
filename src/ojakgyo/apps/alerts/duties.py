"""A red wakes somebody by name, and again every half hour until somebody has said "I'll take it"."""

from ojakgyo.apps.alerts.models import Wake
from ojakgyo.apps.alerts.queries import on_call
from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.watch.queries import needs_somebody
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import AcknowledgementLapsed, WakeKind, WarningLeft, WarningTurnedRed
from ojakgyo.domain.values.ids import Seq, WarningId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

AGAIN_MS = 30 * MINUTE_MS


@duty(facts=(WarningTurnedRed,), since="beginning", lag_limit_ms=5_000)
def wake_for_red(desk: Desk, *, seq: Seq, fact: WarningTurnedRed) -> None:
    """The first call for a warning that has turned red."""
    _call(desk, fact.warning)


@duty(facts=(WarningLeft,), since="beginning", lag_limit_ms=5_000)
def wake_for_left(desk: Desk, *, seq: Seq, fact: WarningLeft) -> None:
    """Whoever had a red in hand has left the desk: call somebody else for it, at once."""
    _call(desk, fact.warning)


@duty(facts=(AcknowledgementLapsed,), since="beginning", lag_limit_ms=5_000)
def wake_for_lapsed(desk: Desk, *, seq: Seq, fact: AcknowledgementLapsed) -> None:
    """A red was seen and then nothing was done: call again for it, at once."""
    _call(desk, fact.warning)


@due_duty("alerts.wake_again", lag_limit_ms=MINUTE_MS)
def wake_again(desk: Desk, *, about: int, due: Instant) -> None:
    """Half an hour has passed and nobody has acknowledged: call the next."""
    _call(desk, WarningId(about))


def _call(desk: Desk, warning: WarningId) -> None:
    """One call to whose turn it is, and the next one put on the list; none where somebody has it in hand.

    A warning has one line on the list: whatever calls anew moves it, so that there are never two chains of calls.
    """
    if not needs_somebody(warning):
        return
    turn, again = Wake.objects.filter(warning=warning).count() + 1, Instant(desk.now + AGAIN_MS)
    due_list.put("alerts.wake_again", key=f"alerts.wake_again:{warning}", about=warning, due=again)
    due_list.again(f"alerts.wake_again:{warning}", due=again)  # the line that brought us here is done
    officers = on_call(warning)
    if not officers:
        record(desk, facts.NobodyToWake(warning=warning))
        return
    officer = officers[(turn - 1) % len(officers)]
    Wake.objects.create(warning=warning, officer=officer, kind=WakeKind.RED, round=turn, due_ms=desk.now)
    record(desk, facts.WakeDue(warning=warning, officer=officer, wake=WakeKind.RED, round=turn))
