"""`ojak contact due|late`: who is to be heard within 72 hours, and who was not; by code name alone.

To people a silence has the stages 1 to 4 and times are those of Seoul, as on the pages; JSON counts from 0, in UTC.
"""

from typing import Final

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import ask_or_open

NOBODY: Final = "nobody yet"


def add_to(app: typer.Typer) -> None:
    contact = typer.Typer(help="Who is to be in touch, and who is late.", no_args_is_help=True)
    contact.command("due")(due)
    contact.command("late")(late)
    app.add_typer(contact, name="contact")


@saying.refusals
def due(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Windows of the next 72 hours that nobody has kept yet, soonest first."""
    for told in ask_or_open(folder(home), secrets_file, "contact-due"):
        if json:
            saying.give(**told)
        else:
            typer.echo(f"{saying.span(told['opens'], told['closes'])}  {told['code_name']}")


@saying.refusals
def late(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Who is late or silent, whose it is to look after, and which areas are silent as a whole. 1 if anybody is."""
    found = 0
    for told in ask_or_open(folder(home), secrets_file, "contact-late"):
        found += 1
        if json:
            saying.give(**told)
        elif "area" in told:
            typer.echo("{area}: {silent} of {of} silent".format(**told) + f", noticed {saying.clock(told['since'])}")
        else:
            stage = "" if told["stage"] is None else f", stage {told['stage'] + 1} of 4, {told['officer'] or NOBODY}"
            typer.echo(f"{told['code_name']}: {told['state']} since {saying.clock(told['since'])}{stage}")
    raise typer.Exit(1 if found else 0)
