"""Who acts in a command: an officer by code name, with what opens the keys."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ojakgyo.cli import answers
from ojakgyo.domain.errors import Refused

Officer = Annotated[str, typer.Option("--officer", help="Who acts, by code name.")]


def acts(home: Path, officer: str, secrets_file: Path | None) -> dict[str, str]:
    """Who acts, and what opens the keys: typed, or out of the file; a practice world's passwords lie beside it."""
    from ojakgyo.apps.vault import header

    if not officer:
        raise Refused("vault.nobody_acts")
    beside = home / "officers" / f"{officer}.password"
    if secrets_file is None and header.label(home).demo and beside.exists():
        return {"officer": officer, "password": beside.read_text().strip(), "code": ""}
    if secrets_file is not None:
        told = answers.secrets_in(secrets_file)
        password = told.password or (told.lines[-1] if told.lines else "")
        return {"officer": officer, "password": password, "code": ""}
    if not sys.stdin.isatty():
        raise Refused("vault.words_wanted")
    password = str(typer.prompt("Password", hide_input=True, err=True))
    code = str(typer.prompt("One-time code, if one is set up", default="", show_default=False, err=True))
    return {"officer": officer, "password": password, "code": code}
