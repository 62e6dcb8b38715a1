"""Words that still lie under RING.transit and keys of gateways, under the present ring, whatever key they lay under before."""

from ojakgyo.apps.contact.models import Gateway, Inbound
from ojakgyo.apps.vault import seals
from ojakgyo.apps.vault.resealing import resealed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.names import Group, Table


def reseal(desk: Desk) -> None:
    """Inside the caller's transaction."""
    keys = desk.keyring.ring.words_keys()
    for row in Inbound.objects.filter(words__isnull=False).iterator(chunk_size=500):
        if after := resealed(keys, seals.place(Table.INBOUND, row.message, Group.WORDS), row.words):
            Inbound.objects.filter(pk=row.pk).update(words=after)
    for gateway in Gateway.objects.filter(dropped_ms=None):
        place = seals.place(Table.GATEWAY, gateway.pk, Group.KEYS)
        if after := resealed(desk.keyring.ring.sys_keys(), place, gateway.key):
            Gateway.objects.filter(pk=gateway.pk).update(key=after)
