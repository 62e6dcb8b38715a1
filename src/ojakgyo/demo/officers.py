"""The officers of a practice world: their passwords lie beside the vault, so the house may sit down as any of them."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions.sessions import open_bundle
from ojakgyo.apps.vault.desks import house_desk, officer_desk
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import codename
from ojakgyo.domain.sealing.officers import OfficerKeys

FOLDER = "officers"


def desk_of(who: str) -> Desk:
    """The desk of an officer of the cast, keys in hand, at this moment."""
    return officer_desk(_keys(who, settings.OJAK_VAULT_ID))


def password_file(who: str) -> Path:
    return Path(settings.HOME) / FOLDER / f"{who}.password"


def password(who: str) -> str:
    return password_file(who).read_text().strip()


def listed() -> list[dict[str, Any]]:
    """Code name, roles and password file of each, the first officer first."""
    found = sorted(queries.officers(house_desk()), key=lambda officer: officer.code_name.en != "Haneul")
    return [
        {
            "code_name": officer.code_name.en,
            "roles": sorted(officer.roles),
            "password_file": str(password_file(officer.code_name.en)),
        }
        for officer in found
    ]


@cache  # a practice world's officers keep their keys as long as it lives
def _keys(who: str, vault: str) -> OfficerKeys:
    name = codename.parse(who)
    if name is None:
        raise Refused("people.unknown_code_name")
    return open_bundle(code_name=name, password=password(name.en))
