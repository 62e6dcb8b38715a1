"""`ojak serve`, `ojak seal`, `ojak migrate`: a vault in use."""

import typer

from ojakgyo.cli import saying, serving
from ojakgyo.cli.homes import Home, Json, Secrets, bring_up, folder, words_from
from ojakgyo.cli.serving import PORT, Port
from ojakgyo.domain.errors import Refused


def add_to(app: typer.Typer) -> None:
    app.command("serve")(serve)
    app.command("seal")(seal)
    app.command("migrate")(migrate)


@saying.refusals
def serve(
    home: Home = None, port: Port = PORT, secrets_file: Secrets = None, sealed: bool = False, json: Json = False
) -> None:
    """Serve a vault. Without a secrets file it shows the gate, and the words are typed there."""
    from ojakgyo.apps.vault import header
    from ojakgyo.runner.lock import lock, say_where

    at = folder(home)
    header.label(at)
    held = lock(at)
    taken = serving.listening(port)
    port = taken.getsockname()[1]  # one that was handed over may be another
    say_where(held, serving.address(port))
    words = words_from(secrets_file) if secrets_file is not None and not sealed else None
    bring_up(at)
    from django.conf import settings

    from ojakgyo.runner.house import House

    house = House()
    settings.OJAK_UNSEAL, settings.OJAK_SEALED_SINCE, settings.OJAK_SEAL = house.unseal, house.sealed_since, house.seal
    if words is not None:
        house.unseal(words)
    serving.serve(house, port=port, json=json, on=taken)
    del held


@saying.refusals
def seal(home: Home = None, json: Json = False) -> None:
    """Seal the desk that serves a vault: it goes on closed, in a fresh process without a key."""
    from ojakgyo.runner.door import answers, ask

    at = folder(home)
    if not answers(at):
        raise Refused("house.not_running")
    begun = False
    try:
        for _ in ask(at, "seal"):
            begun = True
    except Refused:  # the line broke off: the process that held the keys is no more
        if not begun or answers(at):
            raise
    if json:
        saying.give(sealed=True)
    saying.say("Sealed. The words open it again.")


@saying.refusals
def migrate(home: Home = None, secrets_file: Secrets = None) -> None:
    """Bring the database up to date, after keeping a copy beside it."""
    from ojakgyo.cli.opening import opened

    with opened(folder(home), secrets_file):
        saying.say("The database is up to date.")
