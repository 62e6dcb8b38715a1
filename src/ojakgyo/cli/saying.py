"""What commands say: JSON a line on standard output, prose on standard error; and how a refusal ends."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final, NoReturn, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import typer

from ojakgyo.domain.errors import REGISTRY, Damaged, NotHeld, OjakError

P = ParamSpec("P")
T = TypeVar("T")
SEALED, DAMAGED = 3, 4
SEOUL: Final = ZoneInfo("Asia/Seoul")
"""The clock of every page; JSON stays in UTC."""


def say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def give(**fields: Any) -> None:
    """One JSON object, on a line of its own, at once."""
    sys.stdout.write(json.dumps(fields, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def clock(written: str) -> str:
    """An RFC 3339 time by the clock of the pages: 28 Nov 19:30."""
    return f"{datetime.fromisoformat(written).astimezone(SEOUL):%-d %b %H:%M}"


def span(opens: str, closes: str) -> str:
    """From when to when, the day once where it is the same: 28 Nov 19:30 – 21:00."""
    first, last = clock(opens), clock(closes)
    same = first.rsplit(" ", 1)[0] == last.rsplit(" ", 1)[0]
    return f"{first} – {last.rsplit(' ', 1)[1] if same else last}"


def refuse(error: OjakError) -> NoReturn:
    """Say the code's sentence and what to do, and end with its exit code."""
    entry = REGISTRY[error.code]
    say(f"ojak: {entry.sentence} {entry.advice} ({error})")
    raise typer.Exit(exit_code(error))


def exit_code(error: OjakError) -> int:
    if isinstance(error, Damaged):
        return DAMAGED
    return SEALED if isinstance(error, NotHeld) or error.code in ("vault.wrong_passphrase", "vault.words_wanted") else 1


def refusals(command: Callable[P, T]) -> Callable[P, T]:
    """Have what the house refuses end the command as it should."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except OjakError as error:
            refuse(error)
        except _of_the_database() as error:
            if type(error) not in _of_the_database():
                raise  # locked, full, or our own fault: that is no damage
            refuse(Damaged("vault.database_damaged"))

    return run


def _of_the_database() -> tuple[type[Exception], ...]:
    """What a database raises. A command that opens none has not read Django, and need not."""
    read = sys.modules.get("django.db.utils")
    return () if read is None else (read.DatabaseError,)
