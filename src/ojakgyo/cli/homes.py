"""Home folders: where a vault lies, and the house brought up for it."""

import logging
import os
import resource
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from ojakgyo.domain.errors import Refused

Home = Annotated[Path | None, typer.Option("--home", help="The folder of the vault.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output.")]
Secrets = Annotated[
    Path | None, typer.Option("--secrets-file", help="A file (0600) whose first line is the passphrase.")
]
DEMO, REAL = "ojakgyo-demo", "ojakgyo"


def folder(home: Path | None, *, default: str = REAL) -> Path:
    """The named folder, else OJAK_HOME, else the usual one."""
    named = home or (Path(os.environ["OJAK_HOME"]) if os.environ.get("OJAK_HOME") else None)
    if named is not None:
        return named.expanduser().absolute()
    share = os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()
    return Path(share) / default


def bring_up(home: Path) -> None:
    """Django for this home. Called once a process, before anything of the apps is imported."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the keys
    os.umask(0o077)  # whatever is made from now on is its owner's
    os.environ["OJAK_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ojakgyo.config.settings"
    _log_to(home)
    import django

    django.setup()


def _log_to(home: Path) -> None:
    """Codes and ids into the home's log, nothing else anywhere."""
    (home / "log").mkdir(mode=0o700, exist_ok=True)
    file = home / "log" / "ojak.log"
    file.touch(mode=0o600)
    form = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    form.converter = time.gmtime
    handler = logging.FileHandler(file)
    handler.setFormatter(form)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("ojakgyo").setLevel(logging.INFO)
    for quoting in ("django.request", "django.security"):  # of what failed, an address with its one-time token
        logging.getLogger(quoting).setLevel(logging.CRITICAL)


def words_from(file: Path | None) -> str:
    """The passphrase: from a file only its owner reads, else typed."""
    if file is None:
        if not sys.stdin.isatty():
            raise Refused("vault.words_wanted")
        return str(typer.prompt("Passphrase", hide_input=True, err=True))
    if file.stat().st_mode & 0o077:
        raise Refused("vault.secrets_readable")
    return file.read_text().splitlines()[0]
