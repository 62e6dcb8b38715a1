"""`ojak wake`: where officers are woken, who is on call, the mail server's login, the outside watcher; typed or piped in."""

import sys
from typing import Annotated, Any

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import ask_or_open, opened
from ojakgyo.domain.errors import Refused


def add_to(app: typer.Typer) -> None:
    wake = typer.Typer(
        help="Where officers are woken, who is on call, the mail server's login, and the outside watcher.",
        no_args_is_help=True,
    )
    wake.command("show")(show)
    wake.command("officer")(officer)
    wake.command("relay")(relay)
    wake.command("watcher")(watcher)
    app.add_typer(wake, name="wake")


@saying.refusals
def show(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Who is on call within seven days, the hours in which nobody is, and whether each officer can be woken. No address."""
    for told in ask_or_open(folder(home), secrets_file, "wake-show"):
        if json:
            saying.give(**told)
        elif "opens" in told:
            typer.echo(f"{saying.span(told['opens'], told['closes'])}  {told['officer'] or 'nobody is on call'}")
        else:
            typer.echo(
                f"{told['officer']}: {'; '.join(_way(each) for each in told['ways']) or 'no way out of the house'}"
            )


def _way(told: dict[str, Any]) -> str:
    quiet = f", quiet {told['quiet_from']}–{told['quiet_to']}" if told["quiet_from"] else ""
    if told["answered"] is None:
        return f"{told['way']}, has not woken yet{quiet}"
    untried = ", to be tried again" if told["untried"] else ""
    return f"{told['way']}, woke {saying.clock(told['answered'])}{untried}{quiet}"


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
