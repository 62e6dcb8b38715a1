"""What `ojak gateway list` asks of an open vault: each channel, and whether the desk that serves it is hearing it now."""

from collections.abc import Iterator
from typing import Final

from ojakgyo.apps.contact.gateways.queries import ears_page
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.domain.values import instants
from ojakgyo.runner.door import Handler, Said


def listed(asked: Said) -> Iterator[Said]:
    """The spool first, its number null."""
    for line in ears_page(command_desk()).lines:
        since = None if line.since is None else instants.rfc3339(line.since)
        said = {"gateway": line.gateway, "channel": line.channel.value, "state": line.state.value, "heard": since}
        yield said | {"refused": None if line.refused is None else line.refused.code}


HANDLERS: Final[dict[str, Handler]] = {"gateway-list": listed}
