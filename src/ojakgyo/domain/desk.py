"""The desk: who acts, when, and with which keys. The first argument of every action, duty and query."""

from dataclasses import dataclass

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.keyring import Keyring
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.values.actors import HOUSE, Actor, ActorKind
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Desk:
    """No key, no name; and the time comes from nowhere else."""

    actor: Actor
    now: Instant
    keyring: Keyring

    @property
    def officer(self) -> OfficerId:
        """The officer acting; anybody else is refused."""
        if self.actor.kind is not ActorKind.OFFICER:
            raise Refused("vault.no_session")
        return OfficerId(self.actor.id)


def house(now: Instant, ring: Ring) -> Desk:
    """The desk of what the house does by itself: its ring, and nobody's cells."""
    return Desk(HOUSE, now, Keyring(ring))
