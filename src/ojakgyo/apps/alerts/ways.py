"""The ways to wake an officer: which there are, whether they have been tried, and where each of them leads."""

from collections.abc import Collection
from typing import Final

from ojakgyo.apps.alerts.models import Address, Way
from ojakgyo.apps.alerts.outlets import Target
from ojakgyo.apps.alerts.values import WayLine
from ojakgyo.apps.vault import seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.waking import keeps_still, still_until

OUTSIDE: Final = (WayKind.MAIL, WayKind.WEBHOOK, WayKind.APPRISE)
"""They leave the house. The page that is open sounds besides, and wakes nobody who has none open."""


def ways_of(officers: Collection[int]) -> dict[OfficerId, tuple[WayLine, ...]]:
    """Officer -> ways by kind, in the order of the list; whoever has none is absent. Opens no address."""
    found: dict[OfficerId, list[WayLine]] = {}
    for row in Address.objects.filter(officer__in=officers):
        found.setdefault(OfficerId(row.officer), []).append(_line(WayKind.MAIL, row))
    for row in Way.objects.filter(officer__in=officers):
        found.setdefault(OfficerId(row.officer), []).append(_line(WayKind(row.way), row))
    order = tuple(WayKind)
    return {officer: tuple(sorted(lines, key=lambda each: order.index(each.way))) for officer, lines in found.items()}


def loud_ways(officers: Collection[int], *, now: Instant, amber: bool) -> dict[OfficerId, tuple[WayKind, ...]]:
    """Officer -> ways that lead outside and may ring now: red at any hour, amber not in quiet hours; nobody without one."""
    found = {}
    for officer, lines in ways_of(officers).items():
        loud = [each.way for each in lines if each.way in OUTSIDE and not (amber and each.is_still(now))]
        if loud:
            found[officer] = tuple(loud)
    return found


def stillness_ends(officers: Collection[int], *, now: Instant) -> Instant | None:
    """When the first way outside that keeps still now may ring for amber again; None: none does."""
    lines = [each for several in ways_of(officers).values() for each in several]
    still = [each for each in lines if each.way in OUTSIDE and each.is_still(now)]
    return min((still_until(now, each.quiet_from, each.quiet_to) for each in still), default=None)


def row_of(officer: int, way: WayKind) -> Address | Way | None:
    if way is WayKind.MAIL:
        return Address.objects.filter(officer=officer).first()
    return Way.objects.filter(officer=officer, way=way).first()


def is_loud(officer: int, way: WayKind, *, now: Instant, amber: bool) -> bool:
    """Whether this way is still there and may ring now."""
    row = row_of(officer, way)
    return row is not None and not (amber and keeps_still(now, row.quiet_from, row.quiet_to))


def target(desk: Desk, officer: int, way: WayKind) -> Target:
    """Where it leads. A way that is gone: ``Refused``."""
    row = row_of(officer, way)
    if row is None:
        raise Refused("alerts.way_gone")
    opened = seals.unseal(desk.keyring.ring.sys_key(), place_of(row), row.address)
    return Target(way, opened["address"], opened.get("secret", ""))


def place_of(row: Address | Way) -> seals.Place:
    table = Table.ADDRESS if isinstance(row, Address) else Table.WAY
    return seals.place(table, row.pk, Group.IDENT)


def _line(way: WayKind, row: Address | Way) -> WayLine:
    return WayLine(
        way=way,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        tested=None if row.tested_ms is None else Instant(row.tested_ms),
        answered=None if row.answered_ms is None else Instant(row.answered_ms),
    )
