"""`ojak doctor`: what is well with a vault and what is not, finding by finding."""

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import opened


def add_to(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


@saying.refusals
def doctor(home: Home = None, secrets_file: Secrets = None, deep: bool = False, json: Json = False) -> None:
    """1 when something is not as it should be; `--deep` reads every page of the database and every fact."""
    at = folder(home)
    with opened(at, secrets_file):
        from ojakgyo.runner import health

        findings = health.look(at, deep=deep)
    for each in findings:
        if json:
            saying.give(check=each.check, ok=each.ok, found=each.found)
        else:
            typer.echo(f"{'ok ' if each.ok else 'NOT'}  {each.check}: {each.found}")
    if not all(each.ok for each in findings):
        raise typer.Exit(1)
