"""What is done about waking: ways, the rota, the mail server's login; tests and their answers; calls sent or failed."""

from ojakgyo.apps.alerts import ways
from ojakgyo.apps.alerts.models import (
    ALONG,
    RELAY_ROW,
    WATCHER_ROW,
    Address,
    OnCall,
    Relay,
    Wake,
    WakeState,
    Watcher,
    Way,
)
from ojakgyo.apps.alerts.outlets import Target
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights, seals
from ojakgyo.domain import facts, waking
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WakeKind, WayKind
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant
from ojakgyo.domain.waking import DAY_MINUTES


@action
def keep_address(desk: Desk, *, officer: OfficerId, address: str) -> OfficerId:
    """Where an officer is woken by e-mail."""
    _keep_mail(desk, officer, address)
    return officer


@action
def keep_way(desk: Desk, *, officer: OfficerId, target: Target) -> OfficerId:
    """One way to wake an officer, by themselves or on the machine; in place of the one of its kind. It is to be tried anew."""
    _demand_own(desk, officer)
    if target.way is WayKind.MAIL:
        _keep_mail(desk, officer, target.address)
        return officer
    if target.way not in ways.OUTSIDE:
        raise Refused("alerts.address_form")
    row = _way(officer, target.way)
    _seal_way(desk, row, target)
    row.tested_ms = row.answered_ms = None
    row.save()
    record(desk, facts.WayKept(officer=officer, way=target.way))
    return officer


@action
def drop_way(desk: Desk, *, officer: OfficerId, way: WayKind) -> OfficerId:
    """Be woken this way no longer. The last way outside of whoever is on call, now or later, stays: ``Refused``."""
    _demand_own(desk, officer)
    row = ways.row_of(officer, way)
    if row is None or way not in ways.OUTSIDE:
        raise Refused("alerts.way_gone")
    others = [each.way for each in ways.ways_of([officer]).get(officer, ()) if each.way in ways.OUTSIDE]
    turns = OnCall.objects.filter(officer=officer, closes_ms__gt=desk.now)
    if others == [way] and turns.exists():
        raise Refused("alerts.last_way")
    row.delete()
    record(desk, facts.WayDropped(officer=officer, way=way))
    return officer


@action
def keep_quiet_hours(desk: Desk, *, officer: OfficerId, way: WayKind, begins: int, ends: int) -> OfficerId:
    """When this way keeps still for amber: minutes of the UTC day, the same twice for none. Red rings at any hour."""
    _demand_own(desk, officer)
    row = ways.row_of(officer, way)
    if row is None or way not in ways.OUTSIDE:
        raise Refused("alerts.way_gone")
    row.quiet_from, row.quiet_to = begins % DAY_MINUTES, ends % DAY_MINUTES
    row.save()
    record(desk, facts.WayKept(officer=officer, way=way))
    return officer


@action
def try_way(desk: Desk, *, way: WayKind) -> WayKind:
    """Call the officer at the desk, to try whether it wakes. What is sent is the same as at any call."""
    row = ways.row_of(desk.officer, way)
    if row is None and way is WayKind.PAGE:
        row = _way(desk.officer, way)
        _seal_way(desk, row, Target(way, ""))
    if row is None:
        raise Refused("alerts.way_gone")
    row.tested_ms = desk.now
    row.save()
    state = WakeState.SENT if way is WayKind.PAGE else WakeState.WAITING
    test = {"officer": desk.officer, "kind": WakeKind.TEST, "way": way, "round": 0, "due_ms": desk.now}
    Wake.objects.create(state=state, **test)
    record(desk, facts.WakeTested(officer=desk.officer, way=way))
    return way


@action
def answer_test(desk: Desk, *, way: WayKind) -> WayKind:
    """ "It woke me": only where the last test of this way has left the house."""
    row = ways.row_of(desk.officer, way)
    tests = Wake.objects.filter(officer=desk.officer, kind=WakeKind.TEST, way=way, state=WakeState.SENT)
    if row is None or row.tested_ms is None or not tests.filter(due_ms=row.tested_ms).exists():
        raise Refused("alerts.no_test")
    row.answered_ms = desk.now
    row.save()
    record(desk, facts.WakeAnswered(officer=desk.officer, way=way))
    return way


@action
def set_on_call(desk: Desk, *, officer: OfficerId, opens: Instant, closes: Instant) -> OfficerId:
    """Who is woken first, from when to when: one's own turn, or by who manages anybody's. The same turn again moves its end."""
    _demand_turn(desk, officer)
    if closes <= opens:
        raise Refused("alerts.turn_backwards")
    if closes <= desk.now:
        raise Refused("alerts.turn_over")
    if closes - opens > waking.LONGEST_MS:
        raise Refused("alerts.turn_long")
    if officer not in vault.active():
        raise Refused("vault.officer_gone", officer=officer)
    if officer not in ways.loud_ways([officer], now=desk.now, amber=False):
        raise Refused("alerts.no_way", officer=officer)
    OnCall.objects.update_or_create(officer=officer, opens_ms=opens, defaults={"closes_ms": closes})
    record(desk, facts.OnCallSet(officer=officer, opens=opens, closes=closes))
    return officer


@action
def drop_on_call(desk: Desk, *, turn: int) -> OfficerId:
    """Take a turn off the rota; one that has begun ends now."""
    row = OnCall.objects.filter(pk=turn, closes_ms__gt=desk.now).first()
    if row is None:
        raise Refused("alerts.turn_over")
    officer, opens = OfficerId(row.officer), Instant(row.opens_ms)
    _demand_turn(desk, officer)
    if opens < desk.now:
        OnCall.objects.filter(pk=turn).update(closes_ms=desk.now)
    else:
        row.delete()
    record(desk, facts.OnCallDropped(officer=officer, opens=opens))
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
def note_sent(desk: Desk, *, wake: int, along: bool = False) -> None:
    """The other side took it. `along`: it took the one before, which says this as well."""
    row = Wake.objects.get(pk=wake)
    said = {"run_id": ALONG} if along else {}
    Wake.objects.filter(pk=wake).update(state=WakeState.SENT, again_ms=desk.now, **said)
    record(desk, facts.WakeSent(officer=OfficerId(row.officer), wake=row.kind, round=row.round))


@action
def note_failed(desk: Desk, *, wake: int) -> None:
    """Try again in a minute, for as long as nobody has acknowledged."""
    row = Wake.objects.get(pk=wake)
    Wake.objects.filter(pk=wake).update(
        state=WakeState.FAILED, tries=row.tries + 1, again_ms=desk.now + MINUTE_MS, leased_until_ms=0
    )
    record(desk, facts.WakeFailed(officer=OfficerId(row.officer), wake=row.kind, round=row.round))


def _demand_own(desk: Desk, officer: OfficerId) -> None:
    """Where somebody is woken is their own matter; a command on the machine sets it up."""
    rights.demand(desk.actor.kind is ActorKind.CLI or officer == desk.officer)


def _demand_turn(desk: Desk, officer: OfficerId) -> None:
    own = desk.actor.kind is ActorKind.OFFICER and officer == desk.officer
    rights.demand(own or desk.actor.kind is ActorKind.CLI or rights.may_manage(vault.roles(desk)))


def _keep_mail(desk: Desk, officer: OfficerId, address: str) -> None:
    sealed = {"address": _sealed(desk, officer, address=address), "tested_ms": None, "answered_ms": None}
    Address.objects.update_or_create(officer=officer, defaults=sealed)
    record(desk, facts.AddressKept(officer=officer))


def _way(officer: OfficerId, way: WayKind) -> Way:
    """The row of this kind, or a new one whose id is drawn and which is not kept yet."""
    return Way.objects.filter(officer=officer, way=way).first() or Way(officer=officer, way=way)


def _seal_way(desk: Desk, row: Way, target: Target) -> None:
    fields = {"address": target.address, "secret": target.secret}
    row.address = seals.seal(desk.keyring.ring.sys_key(), ways.place_of(row), fields)


def _sealed(desk: Desk, row: int, **fields: str) -> bytes:
    return seals.seal(desk.keyring.ring.sys_key(), seals.place(Table.ADDRESS, row, Group.IDENT), fields)
