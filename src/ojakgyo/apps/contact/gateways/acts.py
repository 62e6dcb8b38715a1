"""What is done about channels: gateways kept and dropped by who manages, and by the house whether each is heard."""

import secrets

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.models import Ear, Gateway
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights, seals
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.sealing import posts
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.instants import Instant


def add_gateway(desk: Desk, *, channel: Channel) -> tuple[int, str]:
    """A new gateway: its number, and the key to be typed into it, which is shown this once."""
    key = posts.drawn_key(secrets.token_bytes)
    return keep_gateway(desk, channel=channel, key=key), key


@action
def keep_gateway(desk: Desk, *, channel: Channel, key: str) -> int:
    """Keep a machine that hands in what it hears; its key is sealed under the ring, for the house must check by itself."""
    rights.demand_manager(desk.actor, vault.roles(desk))
    row = Gateway.objects.create(channel=channel, key=b"", kept_ms=desk.now)
    sealed = seals.seal(desk.keyring.ring.sys_key(), seals.place(Table.GATEWAY, row.pk, Group.KEYS), {"key": key})
    Gateway.objects.filter(pk=row.pk).update(key=sealed)
    record(desk, facts.GatewayKept(gateway=row.pk, channel=channel))
    return int(row.pk)


@action
def drop_gateway(desk: Desk, *, gateway: int) -> int:
    """Take nothing from it any more and wait for it no longer; its key goes."""
    rights.demand_manager(desk.actor, vault.roles(desk))
    if not Gateway.objects.filter(pk=gateway, dropped_ms=None).update(dropped_ms=desk.now, key=b""):
        raise Refused("contact.gateway_unknown")
    Ear.objects.filter(gateway=gateway).delete()
    record(desk, facts.GatewayDropped(gateway=gateway))
    return gateway


@action
def note_deaf(desk: Desk, *, ear: int, channel: Channel, since: Instant) -> int:
    """Write down that a channel is not heard since then. `ear` 0: the spool."""
    _demand_kept(ear)
    Ear.objects.update_or_create(gateway=ear, defaults={"deaf_ms": since})
    record(desk, facts.ChannelDeaf(channel=channel, gateway=ear or None, happened_from=since))
    return ear


@action
def note_heard(desk: Desk, *, ear: int, channel: Channel) -> int:
    """Write down that a channel is heard, for the first time or again. `ear` 0: the spool."""
    _demand_kept(ear)
    Ear.objects.update_or_create(gateway=ear, defaults={"heard_ms": desk.now, "deaf_ms": None})
    record(desk, facts.ChannelHeard(channel=channel, gateway=ear or None))
    return ear


def _demand_kept(ear: int) -> None:
    """It may have been dropped a moment ago."""
    if ear and not Gateway.objects.filter(pk=ear, dropped_ms=None).exists():
        raise Refused("contact.gateway_unknown")
