"""What can be asked of an open vault: findings, facts, whether the chain holds. The desk that serves it answers at its door,
else the command that opened it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.vault.actions.backups import write_backup
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.apps.vault.queries import backups
from ojakgyo.apps.vault.queries.audit import verified
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import parts
from ojakgyo.domain.values import instants
from ojakgyo.runner import cards, contact, gateways, health, importing, waking
from ojakgyo.runner.door import Handler, Said


def doctor(asked: Said) -> Iterator[Said]:
    """One finding after the other."""
    for each in health.look(Path(settings.HOME), deep=bool(asked.get("deep"))):
        yield {"check": each.check, "ok": each.ok, "found": each.found}


def chronicle(asked: Said) -> Iterator[Said]:
    """Facts after a number, oldest first."""
    for each in audit.since(int(asked.get("since", 0))):
        told = {"seq": each.seq, "kind": each.kind, "v": each.v, "actor": each.actor}
        yield told | {"recorded": instants.rfc3339(each.recorded), "known": each.known, "fields": each.fields}


def verify(asked: Said) -> Iterator[Said]:
    """How many facts there are, once the chain is seen to hold, and to hold its anchor."""
    found = verified()
    if found.code is not None:
        raise Damaged(found.code, seq=found.first_wrong)
    yield {"facts": found.facts}


def backup(asked: Said) -> Iterator[Said]:
    """Write one, to the folder that is named or to the one of ojak.toml."""
    folder = Path(asked["to"]) if asked.get("to") else backups.folder_named()
    if folder is None:
        raise Refused("vault.backup_nowhere")
    desk = command_desk()
    number = write_backup(desk, folder=folder)
    yield {"number": number, "to": str(folder), "signer": parts.signer(desk.keyring.ring.audit)}


HANDLERS: Final[dict[str, Handler]] = {
    "doctor": doctor,
    "chronicle": chronicle,
    "verify": verify,
    "backup": backup,
    **importing.HANDLERS,
    **cards.HANDLERS,
    **contact.HANDLERS,
    **gateways.HANDLERS,
    **waking.HANDLERS,
}
