"""`ojak wake`: where officers are woken, and the outside watcher. An address is typed or piped in, never an argument."""

import sys
from typing import Annotated

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Secrets, folder
from ojakgyo.cli.opening import opened
from ojakgyo.domain.errors import Refused


def add_to(app: typer.Typer) -> None:
    wake = typer.Typer(help="Where officers are woken, and the outside watcher.", no_args_is_help=True)
    wake.command("officer")(officer)
    wake.command("watcher")(watcher)
    app.add_typer(wake, name="wake")


@saying.refusals
def officer(
    code_name: Annotated[str, typer.Argument(help="Whose address it is, such as Haneul.")],
    home: Home = None,
    secrets_file: Secrets = None,
) -> None:
    """Keep the e-mail address an officer is woken at, sealed."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.alerts.actions import keep_address
        from ojakgyo.apps.vault.desks import command_desk
        from ojakgyo.apps.vault.queries import officer_called

        whose = officer_called(code_name)
        keep_address(command_desk(), officer=whose, address=_address())
        saying.say("Kept, sealed.")


@saying.refusals
def watcher(home: Home = None, secrets_file: Secrets = None) -> None:
    """Keep the address that is pinged every minute, sealed; its silence lets the outside watcher call for help."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.alerts.actions import keep_watcher
        from ojakgyo.apps.vault.desks import command_desk

        keep_watcher(command_desk(), address=_address())
        saying.say("Kept, sealed.")


def _address() -> str:
    """One line from the terminal, or from a pipe."""
    written = str(typer.prompt("Address", err=True)) if sys.stdin.isatty() else sys.stdin.readline()
    if not (address := written.strip()):
        raise Refused("house.field_missing")
    return address
