"""Ways into a practice world: the one-time address, and the token for programs."""

from ojakgyo.apps.vault.actions.tokens import issue_entry, issue_token
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.apps.vault.values import Scope
from ojakgyo.demo.officers import desk_of
from ojakgyo.domain.values.instants import DAY_MS, Instant

TOKEN_MS = 30 * DAY_MS


def one_time_path(who: str) -> str:
    return f"/enter/{issue_entry(desk_of(who)).written}/"


def program_token() -> str:
    """Every scope there is, for thirty days: watch:read, watch:reasons and cards:verify."""
    desk = command_desk()
    return issue_token(desk, scopes=tuple(Scope), expires=Instant(desk.now + TOKEN_MS)).written
