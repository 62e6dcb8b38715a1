"""From what a channel hands in to a message that is kept: one path for all of them."""

from typing import Final

from ojakgyo.apps.contact import actions
from ojakgyo.apps.contact.channels.android import Android
from ojakgyo.apps.contact.channels.protocol import Channel, HandedIn, Signed, Text, Unclear
from ojakgyo.apps.contact.channels.webhook import Webhook
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import Instant

SIGNED: Final[dict[facts.Channel, Signed]] = {each.kind: each for each in (Android(), Webhook())}
"""What a gateway may be."""


def take(desk: Desk, channel: Channel, handed: HandedIn, *, ext_id: bytes, written: bytes, arrived: Instant) -> None:
    """Keep a text, or the bytes of what cannot be read; of the others nothing is kept. It is committed when this returns."""
    if isinstance(handed, Text):
        actions.receive_sms(desk, ext_id=ext_id, sms=handed.sms, arrived=arrived, channel=channel.kind)
    elif isinstance(handed, Unclear):
        actions.keep_unreadable(desk, ext_id=ext_id, written=written, channel=channel.kind)
