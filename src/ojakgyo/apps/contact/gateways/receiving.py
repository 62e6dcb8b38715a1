"""What is handed in at the address of a gateway: verified, kept once and committed; it is read afterwards, like any text."""

import time
from dataclasses import replace
from typing import Final

from ojakgyo.apps.contact import ears
from ojakgyo.apps.contact.channels import taking
from ojakgyo.apps.contact.channels.protocol import Beat, Nothing, Post, Signed, Text
from ojakgyo.apps.contact.gateways.queries import channel_and_key
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import actors
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

LONGEST: Final = 256 * 1024
"""Bytes of one post."""
FRESH_MS: Final = 10 * MINUTE_MS
"""What was signed within so long speaks for a gateway that is there now. More than that says nothing: it may be a copy."""
BEHIND_MS: Final = 3 * DAY_MS
"""A gateway tries for two days, and one that signs only once sends its first signature at the last try."""
AHEAD_MS: Final = HOUR_MS


def receive(gateway: int, post: Post) -> None:
    """Take what was handed in. Not taken: ``Refused``, and what it was is not told."""
    desk = replace(house_desk(), actor=actors.channel(gateway))
    kind, key = channel_and_key(desk, gateway)
    channel = taking.SIGNED[kind]
    try:
        waited = _waited_ms(channel, post, key)
        _keep(desk, gateway, channel, post, waited)
    except Refused as refused:
        ears.hearing.refused(refused.code, desk.now, gateway, kind)
        raise
    if abs(waited) <= FRESH_MS:
        ears.hearing.heard(desk.now, gateway, kind)
    else:
        ears.hearing.refused("contact.gateway_clock", desk.now, gateway, kind)


def _waited_ms(channel: Signed, post: Post, key: str) -> int:
    """How long ago it was signed, by the machine's clock, which a practice world's runs ahead of; under 0: it is ahead."""
    if len(post.body) > LONGEST:
        raise Refused("contact.post_long")
    signed = channel.signed_at(post, key)
    if signed is None:
        raise Refused("contact.signature_wrong")
    waited = round(1_000 * time.time()) - signed
    if not -AHEAD_MS <= waited <= BEHIND_MS:
        raise Refused("contact.gateway_clock")
    return waited


def _keep(desk: Desk, gateway: int, channel: Signed, post: Post, waited: int) -> None:
    """Known by its id, else by its bytes: what comes again, because our answer was lost, is left as it was kept."""
    handed = channel.parse(post.body)
    if isinstance(handed, Beat | Nothing):
        return
    known_by = handed.id if isinstance(handed, Text) else post.body
    ext_id = desk.keyring.ring.external_id("gateway", gateway, known_by)
    if Inbound.objects.filter(channel=channel.kind, ext_id=ext_id).exists():
        return
    lain = _lain_ms(handed, waited) if isinstance(handed, Text) else 0
    arrived = Instant(desk.now - lain)
    taking.take(desk, channel, handed, ext_id=ext_id, written=post.body, arrived=arrived)


def _lain_ms(text: Text, waited: int) -> int:
    """How long ago the gateway heard it: between hearing and signing by its own clock, which need not be right.

    What was signed long ago has lain that long besides. More than a gateway tries for says only that its clock was off.
    """
    signed = round(1_000 * time.time()) - waited
    lay = 0 if text.heard is None else signed - text.heard
    lain = (lay if 0 <= lay <= BEHIND_MS else 0) + (waited if waited > FRESH_MS else 0)
    return min(lain, BEHIND_MS)
