"""Send what waits: leased in one transaction, sent outside of any, noted in another. Killed in between, it is sent again."""

import logging
from typing import Final

from ojakgyo.apps.alerts import actions, queries, ways
from ojakgyo.apps.alerts.models import Wake, WakeState
from ojakgyo.apps.alerts.outlets import PLAIN, Outlet, Unreachable
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import OjakError
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

LEASE_MS: Final = MINUTE_MS
log = logging.getLogger("ojakgyo.alerts")


def send_waiting(desk: Desk, outlet: Outlet, *, run: int) -> int:
    """Send every call that waits; returns how many the other side took. Calls for silences that come together are one."""
    sent = 0
    for call in queries.waiting_calls(desk, run=run):
        if not _leased(call.id, run=run, now=desk.now):
            continue
        if queries.goes_along(desk, call):
            actions.note_sent(desk, wake=call.id, along=True)
            continue
        try:
            _hand_over(desk, outlet, call)
        except (Unreachable, OjakError) as error:
            code = error.code if isinstance(error, OjakError) else "alerts.unreachable"
            log.warning("%s officer=%d way=%s", code, call.officer, call.way)
            actions.note_failed(desk, wake=call.id)
            continue
        actions.note_sent(desk, wake=call.id)
        sent += 1
    return sent


def _hand_over(desk: Desk, outlet: Outlet, call: queries.Call) -> None:
    """One call, one way. Not taken: `Unreachable`; an address or a login that does not open: an error of the house."""
    manner = queries.manner(desk) if call.way is WayKind.MAIL else PLAIN
    outlet.wake(call.officer, ways.target(desk, call.officer, call.way), key=call.key, now=desk.now, manner=manner)


def _leased(wake: int, *, run: int, now: Instant) -> bool:
    """Take a call by one conditional update: False if it was sent or another holds it. A lease of another run is void."""
    unsent = Wake.objects.filter(pk=wake).exclude(state=WakeState.SENT)
    free = unsent.exclude(run_id=run, leased_until_ms__gt=now)
    return free.update(run_id=run, leased_until_ms=now + LEASE_MS) == 1


def ping_watcher(desk: Desk, outlet: Outlet) -> bool:
    """Tell the outside watcher that the desk is alive: True if it heard."""
    address = queries.watcher(desk)
    if address is None:
        return False
    try:
        outlet.ping(address, now=desk.now)
    except Unreachable:
        log.warning("alerts.unreachable watcher")
        return False
    return True
