"""A phone with the app "SMS Gateway for Android": one webhook a message, signed anew at each try.

The format is theirs: docs/reference/channels.md says which part of it is read. `payload.messageId` follows from the words
and is shared by equal texts, so a message is known by `id`.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from ojakgyo.apps.contact.channels import reading, signing
from ojakgyo.apps.contact.channels.protocol import Beat, HandedIn, Nothing, Post, Text, Unclear
from ojakgyo.apps.contact.spool import Sms
from ojakgyo.domain import facts
from ojakgyo.domain.values.instants import Instant

_OF_WHAT_WAS_SENT: Final = frozenset({"sms:sent", "sms:delivered", "sms:failed", "sms:cancelled", "app:started"})


@dataclass(frozen=True, slots=True)
class Android:
    kind: ClassVar[facts.Channel] = facts.Channel.ANDROID

    def signed_at(self, post: Post, key: str) -> Instant | None:
        return signing.signed_at(post, key)

    def parse(self, written: bytes) -> HandedIn:
        """Whatever else was heard, such as a picture, is unclear: it came from somebody, and is kept."""
        told = reading.told(written)
        event = None if told is None else reading.text(told, "event")
        if told is None or event is None:
            return Unclear()
        if event == "system:ping":
            return Beat()
        if event in _OF_WHAT_WAS_SENT:
            return Nothing()
        return self._text(told) if event == "sms:received" else Unclear()

    def _text(self, told: reading.Told) -> HandedIn:
        payload = told.get("payload")
        if not isinstance(payload, dict):
            return Unclear()
        id, number = reading.text(told, "id"), reading.text(payload, "sender", "phoneNumber")
        words = reading.text(payload, "message", blank=True)
        if id is None or number is None or words is None:
            return Unclear()
        return Text(Sms(number, words), id, reading.instant(reading.text(payload, "receivedAt")))
