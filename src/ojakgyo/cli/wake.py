"""`ojak wake`: where officers are woken, the mail server's login, and the outside watcher. All typed or piped in."""

import sys
from typing import Annotated

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Secrets, folder
from ojakgyo.cli.opening import opened
from ojakgyo.domain.errors import Refused


def add_to(app: typer.Typer) -> None:
    wake = typer.Typer(
        help="Where officers are woken, the mail server's login, and the outside watcher.", no_args_is_help=True
    )
    wake.command("officer")(officer)
    wake.command("relay")(relay)
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
        keep_address(command_desk(), officer=whose, address=_line("Address"))
        saying.say("Kept, sealed.")


@saying.refusals
def watcher(home: Home = None, secrets_file: Secrets = None) -> None:
    """Keep the address that is pinged every minute, sealed; its silence lets the outside watcher call for help."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.alerts.actions import keep_watcher
        from ojakgyo.apps.vault.desks import command_desk

        keep_watcher(command_desk(), address=_line("Address"))
        saying.say("Kept, sealed.")


@saying.refusals
def relay(home: Home = None, secrets_file: Secrets = None) -> None:
    """Keep the login for the mail server, sealed: the user on one line, the password on the next."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.alerts.actions import keep_relay
        from ojakgyo.apps.vault.desks import command_desk

        user = _line("User")
        keep_relay(command_desk(), user=user, password=_line("Password", hidden=True))
        saying.say("Kept, sealed.")


def _line(asked: str, *, hidden: bool = False) -> str:
    """One line from the terminal, or from a pipe."""
    typed = sys.stdin.isatty()
    written = str(typer.prompt(asked, err=True, hide_input=hidden)) if typed else sys.stdin.readline()
    if not (line := written.strip()):
        raise Refused("house.field_missing")
    return line
