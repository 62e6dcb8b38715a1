"""An officer acts by a command: keys are opened by the password for this one command, and put down behind it."""

from collections.abc import Iterator
from contextlib import contextmanager

from ojakgyo.apps.vault import tokens
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import codename
from ojakgyo.domain.sealing.names import Table
from ojakgyo.runner.door import Said


@contextmanager
def seated(asked: Said) -> Iterator[Desk]:
    """The officer sits down for one command, by name, password and, where one is set up, one-time code."""
    name = codename.parse(str(asked.get("officer", "")))
    token = sessions.sign_in(code_name=name, password=str(asked.get("password", "")), code=str(asked.get("code", "")))
    try:
        seat = seats.find(tokens.parsed(Table.SESSION, token).id)
        keys = None if seat is None else sessions.keys_of(seat, token=token)
        if keys is None:
            raise Refused("vault.no_session")
        yield officer_desk(keys)
    finally:
        sessions.sign_out(token=token)
