"""The organisation of a practice world. Its shares lie beside the officers' passwords, so that `ojak recover` can be tried."""

import secrets
from pathlib import Path
from typing import Final

from ojakgyo.apps.vault import header, paper
from ojakgyo.apps.vault.actions.organisation import keep_organisation
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.demo.officers import FOLDER
from ojakgyo.domain.sealing import organisation
from ojakgyo.store import keyholder

FILE: Final = "shares.txt"
SECRET: Final = 32
"""Bytes behind the shares."""


def draw(home: Path) -> None:
    """Draw the secret, write its three shares down, a line each, and give the organisation its keys.

    Before any cell is founded: from then on each is granted to it.
    """
    secret = secrets.token_bytes(SECRET)
    header.replace(home / FOLDER / FILE, "".join(f"{share}\n" for share in paper.split(secret)).encode())
    generation = header.shares_slot(home, keyholder.ring(), secret)
    keep_organisation(command_desk(), public=organisation.keys(secret).public, generation=generation)
