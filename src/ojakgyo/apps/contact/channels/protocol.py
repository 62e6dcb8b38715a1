"""The protocol of a channel. What it hands in is one of four things; it never raises over what it was handed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ojakgyo.apps.contact.spool import Sms
from ojakgyo.domain import facts
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Text:
    """An SMS. `id`: what its gateway knows it by, at every try the same; `heard`: when, by the gateway's own clock."""

    sms: Sms
    id: str = field(default="", repr=False)
    heard: Instant | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """The gateway is there, and has nothing to say."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something was heard that this house cannot read. Its bytes are kept."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Of no concern to this house, such as what became of a text that the phone has sent."""


HandedIn = Text | Beat | Unclear | Nothing


@dataclass(frozen=True, slots=True)
class Post:
    """What was sent to the address of a gateway: the raw body, and the headers by their names in small letters."""

    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Channel(Protocol):
    """`kind` stands on whatever came by it."""

    kind: facts.Channel

    def parse(self, written: bytes) -> HandedIn:
        """What these bytes say. Never raises."""
        ...


class Signed(Channel, Protocol):
    """One that is handed in from outside, and vouched for by a key."""

    def signed_at(self, post: Post, key: str) -> Instant | None:
        """When it was signed, by the clock of who signed; None where the signature does not hold."""
        ...
