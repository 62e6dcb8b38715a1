"""What is done about waking: addresses kept, calls noted as sent or failed."""

from ojakgyo.apps.alerts.models import WATCHER_ROW, Address, Wake, WakeState, Watcher
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.domain.values.instants import MINUTE_MS


@action
def keep_address(desk: Desk, *, officer: OfficerId, address: str) -> OfficerId:
    """Where an officer is woken by e-mail."""
    sealed = _sealed(desk, officer, address)
    Address.objects.update_or_create(officer=officer, defaults={"address": sealed})
    record(desk, facts.AddressKept(officer=officer))
    return officer


@action
def keep_watcher(desk: Desk, *, address: str) -> None:
    """The outside watcher's address; its silence wakes the one on call, a sealed desk included."""
    Watcher.objects.update_or_create(only=1, defaults={"address": _sealed(desk, WATCHER_ROW, address)})
    record(desk, facts.WatcherKept())


@action
def note_sent(desk: Desk, *, wake: int) -> None:
    """The other side took it."""
    row = Wake.objects.get(pk=wake)
    Wake.objects.filter(pk=wake).update(state=WakeState.SENT)
    record(desk, facts.WakeSent(officer=OfficerId(row.officer), wake=row.kind, round=row.round))


@action
def note_failed(desk: Desk, *, wake: int) -> None:
    """Try again in a minute, for as long as nobody has acknowledged."""
    row = Wake.objects.get(pk=wake)
    Wake.objects.filter(pk=wake).update(
        state=WakeState.FAILED, tries=row.tries + 1, again_ms=desk.now + MINUTE_MS, leased_until_ms=0
    )
    record(desk, facts.WakeFailed(officer=OfficerId(row.officer), wake=row.kind, round=row.round))


def _sealed(desk: Desk, row: int, address: str) -> bytes:
    place = seals.place(Table.ADDRESS, row, Group.IDENT)
    return seals.seal(desk.keyring.ring.sys_key(), place, {"address": address})
