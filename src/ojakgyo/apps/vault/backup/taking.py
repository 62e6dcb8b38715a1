"""Taking a backup: both parts of one moment, signed and encrypted, all of it in memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.backup.division import BLANKED, DATA, KEYS, KEYS_ONLY, WITH_KEYS
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import PersonForgotten
from ojakgyo.domain.sealing import age_keys, parts, vault_file
from ojakgyo.domain.sealing.manifest import Manifest, Which
from ojakgyo.domain.values.ids import PersonId, Seq
from ojakgyo.store import plain_copy

VAULT: Final = header.NAME


@dataclass(frozen=True, slots=True)
class Taken:
    """The two files of a backup, encrypted. `seq`: the newest fact in it."""

    number: int
    seq: Seq
    data: bytes
    keys: bytes


def take(desk: Desk, *, number: int, recipients: Sequence[str]) -> Taken:
    """Everything as it is at this moment; others go on writing meanwhile."""
    home, ring = Path(settings.HOME), desk.keyring.ring
    label, beside = (home / header.NAME).read_bytes(), _beside(home)
    with plain_copy.one_moment():
        about = _about(desk, number=number, generation=vault_file.label(label).generation)
        data = plain_copy.taken(without=KEYS_ONLY, blanked=BLANKED)
        keys = plain_copy.taken(only=WITH_KEYS)
    members = {Which.DATA: {DATA: data}, Which.KEYS: {KEYS: keys, VAULT: label, **beside}}
    made = {
        part: age_keys.encrypt(parts.packed(replace(about, part=part), held, audit=ring.audit), recipients)
        for part, held in members.items()
    }
    return Taken(number, Seq(about.seq), made[Which.DATA], made[Which.KEYS])


def _about(desk: Desk, *, number: int, generation: int) -> Manifest:
    seq, head = audit.head()
    return Manifest(
        part=Which.DATA,
        vault=settings.OJAK_VAULT_ID,
        number=number,
        taken=desk.now,
        seq=seq,
        head=head,
        generation=generation,
        schema=schema(),
        erased=erased(),
    )


def _beside(home: Path) -> dict[str, bytes]:
    """A practice vault's words lie beside it, in its backups too."""
    return {header.DEMO_KEY: (home / header.DEMO_KEY).read_bytes()} if settings.OJAK_DEMO else {}


def schema() -> tuple[str, ...]:
    """The migrations the database stands on."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


def erased() -> tuple[PersonId, ...]:
    """Whose names were forgotten, by id."""
    found: Collection[PersonId] = {fact.person for fact in audit.every(PersonForgotten)}  # type: ignore[attr-defined]
    return tuple(sorted(found))
