"""A backup that holds, laid out as a home folder: built beside the place it is for, and moved there whole or not at all."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.backup.bringing import Brought
from ojakgyo.apps.vault.backup.division import OF_A_PERSON
from ojakgyo.domain.errors import Refused
from ojakgyo.store import plain_copy


@contextmanager
def fresh_folder(home: Path) -> Iterator[Path]:
    """A folder beside `home` to build it in. It takes home's place at the end, and is gone if anything fails."""
    refuse_if_filled(home)
    made = home.with_name(f".{home.name}.{secrets.token_hex(4)}")
    try:
        made.mkdir(mode=0o700, parents=True)
        yield made
        made.replace(home)
    except OSError:
        raise Refused("vault.backup_not_written") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def refuse_if_filled(home: Path) -> None:
    """A restore writes over nothing."""
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refused("vault.backup_not_empty")


def lay_out(brought: Brought, folder: Path) -> None:
    """vault.json and the encrypted database, with the keys put in if they stand on the same schema as the data."""
    beside = {name: data for name, data in brought.keys.members.items() if name in (header.NAME, header.DEMO_KEY)}
    for name, data in beside.items():
        header.replace(folder / name, data)
    file = database(folder)
    file.touch(mode=0o600)
    plain_copy.encrypted(brought.plain_data, file, brought.ring.db)
    if brought.keys.manifest.schema == brought.about.schema:
        put_keys(brought, folder)


def put_keys(brought: Brought, folder: Path) -> None:
    """The rows of the keys part, newer or of the same moment; then whose name was forgotten since has no key here either."""
    file, key = database(folder), brought.ring.db
    plain_copy.replace(brought.plain_keys, file, key)
    plain_copy.erase(file, key, column="person_id", ids=brought.erased_since, names=OF_A_PERSON)


def database(folder: Path) -> Path:
    return folder / "vault.db"
