"""Who did it: `kind:id`, the fifth thing fixed for ever."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    OFFICER = "officer"
    HOUSE = "house"
    CHANNEL = "channel"
    TOKEN = "token"
    CLI = "cli"


@dataclass(frozen=True, slots=True)
class Actor:
    """An officer at the desk, or the house itself, a channel, an API token, a command."""

    kind: ActorKind
    id: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, written: str) -> "Actor":
        kind, _, number = written.partition(":")
        return cls(ActorKind(kind), int(number))


HOUSE = Actor(ActorKind.HOUSE)
COMMAND = Actor(ActorKind.CLI)


def officer(number: int) -> Actor:
    return Actor(ActorKind.OFFICER, number)


def channel(number: int) -> Actor:
    return Actor(ActorKind.CHANNEL, number)
