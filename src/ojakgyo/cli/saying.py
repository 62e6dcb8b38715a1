"""What commands say: JSON a line on standard output, prose on standard error; and how a refusal ends."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer

from ojakgyo.domain.errors import REGISTRY, Damaged, NotHeld, OjakError

P = ParamSpec("P")
T = TypeVar("T")
SEALED, DAMAGED = 3, 4


def say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def give(**fields: Any) -> None:
    """One JSON object, on a line of its own, at once."""
    sys.stdout.write(json.dumps(fields, ensure_ascii=False) + "\n")
    sys.stdout.flush()


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
