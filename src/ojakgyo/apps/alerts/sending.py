"""Send what waits: leased in one transaction, sent outside of any, noted in another. Killed in between, it is sent again."""

import logging
from typing import Final

from ojakgyo.apps.alerts import actions, queries
from ojakgyo.apps.alerts.models import Wake, WakeState
from ojakgyo.apps.alerts.outlets import Outlet, Unreachable
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

LEASE_MS: Final = MINUTE_MS
log = logging.getLogger("ojakgyo.alerts")


def send_waiting(desk: Desk, outlet: Outlet, *, run: int) -> int:
    """Send every call that waits; returns how many the other side took."""
    sent = 0
    for call in queries.waiting_calls(desk, run=run):
        if not _leased(call.id, run=run, now=desk.now):
            continue
        try:
            outlet.wake(call.officer, call.address, key=call.key, now=desk.now, manner=queries.manner(desk))
        except (Unreachable, Refused) as error:
            code = error.code if isinstance(error, Refused) else "alerts.unreachable"
            log.warning("%s officer=%d", code, call.officer)
            actions.note_failed(desk, wake=call.id)
            continue
        actions.note_sent(desk, wake=call.id)
        sent += 1
    return sent


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
