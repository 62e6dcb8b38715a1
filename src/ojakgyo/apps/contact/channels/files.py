"""The spool as a channel: one file of gammu-smsd a message. Whoever may write into the folder is believed."""

from dataclasses import dataclass
from typing import ClassVar

from ojakgyo.apps.contact.channels.protocol import HandedIn, Text, Unclear
from ojakgyo.apps.contact.spool import Parsed, parse
from ojakgyo.domain import facts


@dataclass(frozen=True, slots=True)
class Files:
    kind: ClassVar[facts.Channel] = facts.Channel.SPOOL

    def parse(self, written: bytes) -> HandedIn:
        return self.said(parse(written))

    def said(self, parsed: Parsed) -> HandedIn:
        """Of a file that was looked at already, to see whether it is whole."""
        return Unclear() if parsed.sms is None else Text(parsed.sms)
