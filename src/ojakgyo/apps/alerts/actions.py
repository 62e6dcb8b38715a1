"""What is done about waking: addresses and the mail server's login kept, calls noted as sent or failed."""

from ojakgyo.apps.alerts.models import RELAY_ROW, WATCHER_ROW, Address, Relay, Wake, WakeState, Watcher
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
    sealed = _sealed(desk, officer, address=address)
    Address.objects.update_or_create(officer=officer, defaults={"address": sealed})
    record(desk, facts.AddressKept(officer=officer))
    return officer


@action
def keep_watcher(desk: Desk, *, address: str) -> None:
    """The outside watcher's address; its silence wakes the one on call, a sealed desk included."""
    Watcher.objects.update_or_create(only=1, defaults={"address": _sealed(desk, WATCHER_ROW, address=address)})
    record(desk, facts.WatcherKept())


@action
def keep_relay(desk: Desk, *, user: str, password: str) -> None:
    """How the desk signs in at the mail server, where that asks for it."""
    sealed = _sealed(desk, RELAY_ROW, user=user, password=password)
    Relay.objects.update_or_create(only=1, defaults={"login": sealed})
    record(desk, facts.RelayKept())


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


def _sealed(desk: Desk, row: int, **fields: str) -> bytes:
    return seals.seal(desk.keyring.ring.sys_key(), seals.place(Table.ADDRESS, row, Group.IDENT), fields)
