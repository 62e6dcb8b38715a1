"""Desks: put together from who acts, the clock and the keys that are here."""

from dataclasses import replace

from django.conf import settings

from ojakgyo.apps.vault import queries, tokens
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain import desk as desks
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.keyring import Keyring
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values import actors
from ojakgyo.domain.values.actors import Actor, ActorKind
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.store import keyholder


def house_desk() -> Desk:
    """The house itself: duties, and whoever has not signed in yet."""
    return desks.house(settings.CLOCK.now(), keyholder.ring())


def command_desk() -> Desk:
    """A command on the machine: the ring, nobody's cells."""
    return replace(house_desk(), actor=actors.COMMAND)


def officer_desk(keys: OfficerKeys) -> Desk:
    """An officer with keys in hand."""
    ring = Keyring(keyholder.ring(), keys, queries.held(keys.officer))
    return Desk(actors.officer(keys.officer), settings.CLOCK.now(), ring)


def keyless_desk(officer: OfficerId) -> Desk:
    """An officer who has put the keys down, and every live stream: code names and deadlines, no cell."""
    return replace(house_desk(), actor=actors.officer(officer))


def token_desk(token: str, *, scope: Scope) -> Desk:
    """A program with an API token. Unknown, expired or of another scope: ``Refused``."""
    house = house_desk()
    found = queries.api_token(tokens.parsed(Table.API, token).id, scope=scope, desk=house)
    return replace(house, actor=Actor(ActorKind.TOKEN, found))
