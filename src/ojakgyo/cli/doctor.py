"""`ojak doctor`: what is well with a vault and what is not, finding by finding."""

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import ask_or_open
from ojakgyo.domain.errors import REGISTRY


def add_to(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


@saying.refusals
def doctor(home: Home = None, secrets_file: Secrets = None, deep: bool = False, json: Json = False) -> None:
    """1 when something is not as it should be; `--deep` reads every page of the database and every fact.

    The desk that serves the vault answers, if one does: then no words are needed.
    """
    well = True
    for each in ask_or_open(folder(home), secrets_file, "doctor", deep=deep):
        well = well and each["ok"]
        if json:
            saying.give(**each)
        else:
            typer.echo(f"{'ok ' if each['ok'] else 'NOT'}  {each['check']}: {_said(each['found'])}")
    if not well:
        raise typer.Exit(1)


def _said(found: str) -> str:
    """A code in words; anything else as it was found."""
    entry = REGISTRY.get(found)
    return found if entry is None else f"{entry.sentence} {entry.advice} ({found})"
