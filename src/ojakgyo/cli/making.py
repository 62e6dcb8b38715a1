"""`ojak init`, `ojak serve`, `ojak migrate`: a real vault."""

from pathlib import Path
from typing import Annotated

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, bring_up, folder, words_from
from ojakgyo.cli.serving import serve as serve_house
from ojakgyo.domain.errors import Refused

PORT = 8731
Port = Annotated[int, typer.Option("--port", help="On 127.0.0.1.")]


def add_to(app: typer.Typer) -> None:
    app.command("init")(init)
    app.command("serve")(serve)
    app.command("migrate")(migrate)


@saying.refusals
def init(
    officer: Annotated[str, typer.Option("--officer", help="Code name of the first officer, such as Haneul.")] = "",
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Make a vault: a passphrase, and the first officer. With a secrets file: passphrase, then the officer's password."""
    from ojakgyo.apps.vault import header
    from ojakgyo.domain.names import codename

    at = folder(home)
    if (at / header.NAME).exists():
        raise Refused("vault.exists")
    named = codename.parse(officer or str(typer.prompt("Code name of the first officer", err=True)))
    if named is None:
        raise Refused("people.unknown_code_name")
    words, password = _secrets(secrets_file)
    ring = header.found(at, words, demo=False)
    bring_up(at)
    _first_officer(ring, named, password)
    if json:
        saying.give(home=str(at), officer=named.en)
    saying.say(f"The vault lies in {at}. Serve it with: ojak serve --home {at}")


def _secrets(file: Path | None) -> tuple[str, str]:
    """Passphrase and password: from a file's first two lines, else a generated passphrase, shown once, and a typed password."""
    from ojakgyo.apps.vault import header

    if file is not None:
        words = words_from(file)
        lines = file.read_text().splitlines()
        if len(lines) < 2 or not lines[1]:
            raise Refused("vault.words_wanted")
        return words, lines[1]
    words = header.generated_words()
    saying.say("The passphrase opens the vault. Write it down now; it is not shown again:")
    saying.say(f"\n    {words}\n")
    password = str(
        typer.prompt("A password for the first officer", hide_input=True, confirmation_prompt=True, err=True)
    )
    return words, password


def _first_officer(ring, named, password: str) -> None:  # type: ignore[no-untyped-def]
    from ojakgyo.apps.vault.actions.house import note_founded
    from ojakgyo.apps.vault.actions.officers import enrol_officer
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.values.roles import OfficerRole
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder

    keyholder.unseal(ring)
    opening.bring_up_to_date()
    note_founded(command_desk(), demo=False)
    enrol_officer(
        command_desk(), code_name=named, password=password, roles=[OfficerRole.COORDINATOR, OfficerRole.SAFETY]
    )
    keyholder.seal()


@saying.refusals
def serve(
    home: Home = None, port: Port = PORT, secrets_file: Secrets = None, sealed: bool = False, json: Json = False
) -> None:
    """Serve a vault. Without a secrets file it shows the gate, and the passphrase is typed there."""
    from ojakgyo.apps.vault import header

    at = folder(home)
    header.label(at)
    bring_up(at)
    from django.conf import settings

    from ojakgyo.runner.house import House
    from ojakgyo.runner.lock import lock

    held = lock(at)
    house = House()
    settings.OJAK_UNSEAL, settings.OJAK_SEALED_SINCE = house.unseal, house.sealed_since
    if secrets_file is not None and not sealed:
        house.unseal(words_from(secrets_file))
    serve_house(house, port=port, json=json)
    del held


@saying.refusals
def migrate(home: Home = None, secrets_file: Secrets = None) -> None:
    """Bring the database up to date, after keeping a copy beside it."""
    from ojakgyo.cli.opening import opened

    with opened(folder(home), secrets_file):
        saying.say("The database is up to date.")
