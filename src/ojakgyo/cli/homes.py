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

from ojakgyo.cli import answers
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


def words_from(file: Path | None, *, asked: str = "Passphrase") -> str:
    """The words that open: from a file only its owner reads, else typed."""
    (words,) = secret_lines(file, asked=asked, once=True)
    return words


def secret_lines(file: Path | None, *, asked: str, once: bool = False) -> list[str]:
    """What is typed in secret, or stands in a file: one line, or lines up to an empty one. None at all: ``Refused``."""
    if file is not None:
        told = answers.secrets_in(file)
        held = [told.passphrase] if once and told.passphrase else [*told.shares] or [*told.lines]
        lines = held[:1] if once else held
    else:
        lines = _typed(asked, once=once)
    if not lines:
        raise Refused("vault.words_wanted")
    return lines


def _typed(asked: str, *, once: bool) -> list[str]:
    """From the keyboard only: nobody there is no line."""
    lines: list[str] = []
    while sys.stdin.isatty() and (
        line := str(typer.prompt(asked, default="", show_default=False, hide_input=once, err=True)).strip()
    ):
        lines.append(line)
        if once:
            break
    return lines
