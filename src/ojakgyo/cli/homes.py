"""Home folders: where a vault lies, and the house brought up for it."""

import ctypes
import logging
import os
import resource
import sys
import time
from pathlib import Path
from typing import Annotated, Final

import typer

from ojakgyo.cli import answers, asking
from ojakgyo.cli.speaking import tongue
from ojakgyo.domain.errors import Refused

Home = Annotated[Path | None, typer.Option("--home", help="The folder of the vault.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output.")]
Secrets = Annotated[Path | None, typer.Option("--secrets-file", help="A file (0600) that holds what would be typed.")]
DEMO, REAL = "ojakgyo-demo", "ojakgyo"
_SET_DUMPABLE: Final = 4
"""PR_SET_DUMPABLE of prctl(2)."""


def folder(home: Path | None, *, default: str = REAL) -> Path:
    """The named folder, else OJAK_HOME, else the usual one."""
    named = home or (Path(os.environ["OJAK_HOME"]) if os.environ.get("OJAK_HOME") else None)
    if named is not None:
        return named.expanduser().absolute()
    share = os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()
    return Path(share) / default


def bring_up(home: Path) -> None:
    """Django for this home. Called once a process, before anything of the apps is imported."""
    keep_memory_to_itself()
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


def keep_memory_to_itself() -> None:
    """No core dump, and no other program of this user may look into the memory of this one: keys will lie in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def words_from(file: Path | None) -> str:
    """The words that open: from a file only its owner reads, else typed unseen. None at all: ``Refused``."""
    if file is not None:
        told = answers.secrets_in(file)
        words = told.passphrase or next(iter((*told.shares, *told.lines)), "")
    else:
        words = _typed("Passphrase") if sys.stdin.isatty() else ""
    if not words:
        raise Refused("vault.words_wanted")
    return words


def shares_from(file: Path | None) -> list[str]:
    """The shares that open: from a file only its owner reads, else typed, each looked at. None at all: ``Refused``."""
    if file is not None:
        told = answers.secrets_in(file)
        held = [*told.shares] or [*told.lines]
    else:
        held = asking.shares_typed(tongue("en")) if sys.stdin.isatty() else []
    if not held:
        raise Refused("vault.words_wanted")
    return held


def _typed(asked: str) -> str:
    return str(typer.prompt(asked, default="", show_default=False, hide_input=True, err=True)).strip()
