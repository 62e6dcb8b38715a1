"""A real vault, made whole beside the place it is for, and put there only then: whoever finds vault.json finds all of it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ojakgyo.apps.vault import header
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import organisation
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.ring import Ring

OURS = (header.NAME, "vault.db", "vault.db-wal", "vault.db-shm")


@dataclass(frozen=True, slots=True, repr=False)
class Founding:
    """What a vault is made from. `cell`: side, number and area number of the first cell, if one is wanted now."""

    passphrase: str
    secret: bytes
    officer: CodeName
    password: str
    language: str
    cell: tuple[str, int, int] | None


def refuse_another(home: Path) -> None:
    """A vault lies there already, or what is left of one: ``Refused``."""
    if any((home / name).exists() for name in OURS):
        raise Refused("vault.exists")


def found(home: Path, founding: Founding, bring_up: Callable[[Path], None]) -> None:
    """Make it. Broken off at any moment, nothing of it lies in `home`."""
    refuse_another(home)
    with _beside(home) as made:
        ring = header.found(made, founding.passphrase, demo=False, secret=founding.secret)
        header.replace(made / "ojak.toml", f'[house]\nlanguage = "{founding.language}"\n'.encode())
        bring_up(made)
        _fill(ring, founding)
        _move(made, home)


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    made = home.with_name(f".{home.name}.being-made")
    shutil.rmtree(made, ignore_errors=True)  # of a time before, when the power went
    try:
        made.mkdir(mode=0o700, parents=True)
        yield made
    except OSError:
        raise Refused("house.not_written") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move(made: Path, home: Path) -> None:
    """File by file into a folder that may hold settings already; vault.json last."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in sorted(made.iterdir(), key=lambda path: path.name == header.NAME):
        if each.name == "ojak.toml" and (home / each.name).exists():
            continue
        if each.name in ("log", "run"):
            shutil.copytree(each, home / each.name, dirs_exist_ok=True)
        else:
            each.replace(home / each.name)


def _fill(ring: Ring, founding: Founding) -> None:
    """The database: its first officer, the organisation's public keys, the first cell, the officer's own way in."""
    from django.conf import settings
    from django.db import connections

    from ojakgyo.apps.vault.actions.house import note_founded
    from ojakgyo.apps.vault.actions.officers import enrol_officer
    from ojakgyo.apps.vault.actions.organisation import keep_organisation
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.values.roles import OfficerRole
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder
    from ojakgyo.store.sqlcipher.pool import pool

    generation = header.label(Path(settings.HOME)).generation
    roles = [OfficerRole.COORDINATOR, OfficerRole.SAFETY, OfficerRole.OPENER]
    opening.open_vault(ring)
    try:
        note_founded(command_desk(), demo=False)
        keep_organisation(command_desk(), public=organisation.keys(founding.secret).public, generation=generation)
        _, keys = enrol_officer(command_desk(), code_name=founding.officer, password=founding.password, roles=roles)
        _first_steps(ring, keys, founding)
        connections.close_all()
        pool.drain()
    finally:
        keyholder.seal()


def _first_steps(ring: Ring, keys: OfficerKeys, founding: Founding) -> None:
    from django.conf import settings

    from ojakgyo.apps.network.actions import record_area
    from ojakgyo.apps.vault import ways
    from ojakgyo.apps.vault.actions.cells import found_cell
    from ojakgyo.apps.vault.actions.officers import make_own_slot
    from ojakgyo.apps.vault.desks import officer_desk
    from ojakgyo.apps.vault.values import Side

    if founding.cell is not None:
        side, number, area = founding.cell
        kept = record_area(officer_desk(keys), north=side == Side.NORTH, number=area)
        found_cell(officer_desk(keys), side=Side(side), number=number, area=kept, members=[keys.officer])
    make_own_slot(officer_desk(keys), founding.password)
    ways.keep_anchor(ring, settings.CLOCK.now())
