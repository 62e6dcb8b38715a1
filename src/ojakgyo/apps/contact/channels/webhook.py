"""Any other machine that signs what it hands in, in a format of our own: docs/reference/channels.md."""

from dataclasses import dataclass
from typing import ClassVar

from ojakgyo.apps.contact.channels import reading, signing
from ojakgyo.apps.contact.channels.protocol import Beat, HandedIn, Post, Text, Unclear
from ojakgyo.apps.contact.spool import Sms
from ojakgyo.domain import facts
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Webhook:
    kind: ClassVar[facts.Channel] = facts.Channel.SIGNED

    def signed_at(self, post: Post, key: str) -> Instant | None:
        return signing.signed_at(post, key)

    def parse(self, written: bytes) -> HandedIn:
        told = reading.told(written)
        if told is None:
            return Unclear()
        if told.get("event") == "beat":
            return Beat()
        id, number = reading.text(told, "id"), reading.text(told, "from")
        words = reading.text(told, "text", blank=True)
        if told.get("event") != "text" or id is None or number is None or words is None:
            return Unclear()
        return Text(Sms(number, words), id, reading.instant(reading.text(told, "heard")))
