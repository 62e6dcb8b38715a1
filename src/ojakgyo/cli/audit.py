"""`ojak chronicle` and `ojak audit verify`: what was written down, and whether the chain holds."""

from typing import Annotated

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import opened
from ojakgyo.domain.values import instants


def add_to(app: typer.Typer) -> None:
    app.command("chronicle")(chronicle)
    audit = typer.Typer(help="Verify what was written down.", no_args_is_help=True)
    audit.command("verify")(verify)
    audit.callback()(lambda: None)
    app.add_typer(audit, name="audit")


@saying.refusals
def chronicle(
    since: Annotated[int, typer.Option("--since", help="Facts after this number.")] = 0,
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Facts after a number, oldest first."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.chronicle import audit

        for each in audit.since(since):
            told = {"seq": each.seq, "kind": each.kind, "v": each.v, "actor": each.actor}
            told |= {"recorded": instants.rfc3339(each.recorded), "known": each.known, "fields": each.fields}
            if json:
                saying.give(**told)
            else:
                said = " ".join(f"{name}={value}" for name, value in (each.fields or {}).items() if value is not None)
                typer.echo(f"{each.seq:>7} {told['recorded']} {each.kind} {said}")


@saying.refusals
def verify(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """0 when the chain holds from the first fact to the last, 4 when it does not."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.chronicle import audit

        count = audit.verify()
    if json:
        saying.give(ok=True, facts=count)
    saying.say(f"The chain holds: {count} facts.")
