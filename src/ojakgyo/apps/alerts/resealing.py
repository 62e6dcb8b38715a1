"""Addresses and the mail server's login under the present ring, whatever key they lay under before."""

from ojakgyo.apps.alerts.models import RELAY_ROW, WATCHER_ROW, Address, Relay, Watcher, Way
from ojakgyo.apps.alerts.ways import place_of
from ojakgyo.apps.vault import seals
from ojakgyo.apps.vault.resealing import resealed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.names import Group, Table


def reseal(desk: Desk) -> None:
    """Inside the caller's transaction."""
    for address in Address.objects.all():
        if after := resealed(desk.keyring.ring.sys_keys(), place_of(address), address.address):
            Address.objects.filter(pk=address.pk).update(address=after)
    for way in Way.objects.all():
        if after := resealed(desk.keyring.ring.sys_keys(), place_of(way), way.address):
            Way.objects.filter(pk=way.pk).update(address=after)
    for watcher in Watcher.objects.all():
        if after := _resealed(desk, WATCHER_ROW, watcher.address):
            Watcher.objects.filter(pk=watcher.pk).update(address=after)
    for relay in Relay.objects.all():
        if after := _resealed(desk, RELAY_ROW, relay.login):
            Relay.objects.filter(pk=relay.pk).update(login=after)


def _resealed(desk: Desk, row: int, blob: bytes) -> bytes | None:
    return resealed(desk.keyring.ring.sys_keys(), seals.place(Table.ADDRESS, row, Group.IDENT), blob)
