"""`ojak gateway`: machines that hand in what they hear, kept with a key each, listed and dropped."""

from enum import StrEnum
from typing import Annotated

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import ask_or_open, opened


class Kind(StrEnum):
    """As in the facts, which take a quarter of a second to read."""

    ANDROID = "android"
    SIGNED = "signed"


def add_to(app: typer.Typer) -> None:
    gateway = typer.Typer(help="Machines that hand in what they hear, and sign it.", no_args_is_help=True)
    gateway.command("add")(add)
    gateway.command("list")(list_all)
    gateway.command("drop")(drop)
    app.add_typer(gateway, name="gateway")


@saying.refusals
def add(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="android, or signed for any other machine.")],
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Keep a gateway, and print its number, its address and its key, this once."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.contact.gateways.acts import add_gateway
        from ojakgyo.apps.vault.desks import command_desk
        from ojakgyo.domain.facts import Channel

        number, key = add_gateway(command_desk(), channel=Channel(kind.value))
        told = {"gateway": number, "channel": kind.value, "address": f"/in/{number}/", "key": key}
    if json:
        saying.give(**told)
    else:
        typer.echo("gateway {gateway}\naddress {address}\nkey {key}".format(**told))


@saying.refusals
def list_all(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Every channel, and whether it is heard now."""
    for told in ask_or_open(folder(home), secrets_file, "gateway-list"):
        if json:
            saying.give(**told)
        else:
            name = "spool" if told["gateway"] is None else f"gateway {told['gateway']} ({told['channel']})"
            typer.echo(
                f"{name}: {told['state']}" + (f", last heard {saying.clock(told['heard'])}" if told["heard"] else "")
            )


@saying.refusals
def drop(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Which one.")],
    home: Home = None,
    secrets_file: Secrets = None,
) -> None:
    """Take nothing from a gateway any more, and wait for it no longer."""
    with opened(folder(home), secrets_file):
        from ojakgyo.apps.contact.gateways.acts import drop_gateway
        from ojakgyo.apps.vault.desks import command_desk

        drop_gateway(command_desk(), gateway=number)
        saying.say("Dropped.")
