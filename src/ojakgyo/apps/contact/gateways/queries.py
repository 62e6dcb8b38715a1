"""Gateways that are kept, with their keys for the house alone, and how each channel stands."""

from ojakgyo.apps.contact import ears
from ojakgyo.apps.contact.gateways.values import EarLine, EarsPage
from ojakgyo.apps.contact.models import Ear, Gateway
from ojakgyo.apps.contact.values import EarState
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights, seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.instants import Instant


def channel_and_key(desk: Desk, gateway: int) -> tuple[Channel, str]:
    """What a gateway is and the key it signs with. None of this number is kept: ``Refused``."""
    row = Gateway.objects.filter(pk=gateway, dropped_ms=None).first()
    if row is None:
        raise Refused("contact.gateway_unknown")
    place = seals.place(Table.GATEWAY, row.pk, Group.KEYS)
    return row.channel, seals.unseal(desk.keyring.ring.sys_key(), place, row.key)["key"]


def known() -> dict[int, ears.Known]:
    """Every gateway that is kept, with what was written down about its ear."""
    noted = {row.gateway: row for row in Ear.objects.all()}
    return {row.pk: _known(row.channel, noted.get(row.pk)) for row in Gateway.objects.filter(dropped_ms=None)}


def spool_known() -> ears.Known | None:
    """What was written down about the spool: only that it was deaf ever is."""
    noted = Ear.objects.filter(gateway=ears.SPOOL).first()
    return None if noted is None else _known(Channel.SPOOL, noted)


def _known(channel: Channel, noted: Ear | None) -> ears.Known:
    if noted is None:
        return ears.Known(channel)
    deaf = None if noted.deaf_ms is None else Instant(noted.deaf_ms)
    return ears.Known(channel, once=True, deaf_since=deaf)


def ears_page(desk: Desk) -> EarsPage:
    """Every channel, the spool first; the same for everybody at the desk."""
    rows = Gateway.objects.filter(dropped_ms=None).order_by("pk")
    lines = (_line(None, Channel.SPOOL), *(_line(row.pk, row.channel, Instant(row.kept_ms)) for row in rows))
    return EarsPage(lines=lines, deaf=ears.hearing.is_deaf(), may_manage=rights.may_manage(vault.roles(desk)))


def _line(gateway: int | None, channel: Channel, kept: Instant | None = None) -> EarLine:
    """Of a gateway that was kept a moment ago the ears may not have been told yet."""
    state, since, refused = ears.hearing.states().get(gateway or ears.SPOOL, (EarState.NEVER, None, None))
    known = None if state is EarState.NEVER else since
    return EarLine(gateway=gateway, channel=channel, state=state, since=known, kept=kept, refused=refused)
