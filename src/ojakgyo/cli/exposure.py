"""`ojak exposure`: the exposure engine on files that anybody may write. It needs no vault and no key, and opens none.

Nothing here reads Django, and what computes is read by the command that needs it: the first answer comes in half a second.
"""

import math
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from json import dumps
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ojakgyo.cli import saying
from ojakgyo.domain.errors import Refused

HORIZON, SAMPLES, RNG, RISK, ERROR = 72.0, 4_096, 1, 0.05, 0.1
MOST_SAMPLES: Final = (1 << 31) - 1
MOST_RNG: Final = (1 << 63) - 1
MOST_THREADS: Final = 256
SHOWN: Final = 40
"""Rows of a table for people."""
QUIET_S: Final = 1.0
"""An analysis that is done by then says nothing of how far it is."""
TICK_S: Final = 0.2


class Engine(StrEnum):
    """What computes. Both give the same numbers, to the last digit."""

    NUMBA = "numba"
    NUMPY = "numpy"


Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output.")]
NetworkOption = Annotated[Path, typer.Option("--network", help="A network, JSON or npz.")]
SeedsOption = Annotated[Path, typer.Option("--seeds", help="Who may be taken, JSON.")]
Horizon = Annotated[float, typer.Option("--horizon", help="Hours after t0 that are looked at.")]
Rng = Annotated[int, typer.Option("--rng", min=0, max=MOST_RNG, help="The luck; the same gives the same numbers.")]
EngineOption = Annotated[Engine | None, typer.Option("--engine", help="Whichever can be had, unless said.")]
Memory = Annotated[int | None, typer.Option("--memory-limit", min=1, help="MiB; what is free, unless said.")]
Progress = Annotated[bool, typer.Option("--progress", help="Say how far it is, even where nobody watches.")]
Column = tuple[str, Callable[[dict[str, Any]], str]]


def add_to(app: typer.Typer) -> None:
    exposure = typer.Typer(help="The exposure engine on files; no vault is opened.", no_args_is_help=True)
    exposure.command("query")(query)
    exposure.command("blast")(blast)
    app.add_typer(exposure, name="exposure")


def alone() -> None:
    """`ojak exposure` without the other commands."""
    app = typer.Typer(name="ojak", add_completion=False, pretty_exceptions_enable=False)
    add_to(app)
    app()


@saying.refusals
def query(
    network: NetworkOption,
    seeds: SeedsOption,
    horizon: Horizon = HORIZON,
    samples: Annotated[
        int, typer.Option("--samples", min=1, max=MOST_SAMPLES, help="Worlds that are drawn.")
    ] = SAMPLES,
    rng: Rng = RNG,
    risk: Annotated[float, typer.Option("--risk", help="Of a deadline, between 0 and 1.")] = RISK,
    engine: EngineOption = None,
    memory_limit: Memory = None,
    progress: Progress = False,
    json: Json = False,
) -> None:
    """Whom it endangers if these are taken, how likely, by when, from whom and along which links."""
    _need(horizon > 0.0 and math.isfinite(horizon), "--horizon", "hours above 0")
    _need(0.0 < risk < 1.0, "--risk", "a chance between 0 and 1")
    with _within(memory_limit, progress) as within:
        from ojakgyo.cli.exposed import queried

        asked = {"horizon": horizon, "samples": samples, "rng": rng, "risk": risk, "engine": engine}
        _give(queried(network, seeds, **asked, **within), json=json, columns=_REACHED)


@saying.refusals
def blast(
    network: NetworkOption,
    node: Annotated[list[int] | None, typer.Option("--node", help="Only of this one; may be said again.")] = None,
    horizon: Horizon = HORIZON,
    error: Annotated[
        float | None, typer.Option("--error", help="Relative error for all nodes; 0.1 unless said.")
    ] = None,
    samples: Annotated[
        int | None, typer.Option("--samples", min=2, max=MOST_SAMPLES, help="Worlds for each --node; 4096 unless said.")
    ] = None,
    rng: Rng = RNG,
    threads: Annotated[int, typer.Option("--threads", min=1, max=MOST_THREADS, help="For all nodes.")] = 1,
    engine: EngineOption = None,
    memory_limit: Memory = None,
    progress: Progress = False,
    json: Json = False,
) -> None:
    """How many others are reached if one node is taken: of the named ones, or of all, within an error."""
    _need(horizon > 0.0 and math.isfinite(horizon), "--horizon", "hours above 0")
    _need(error is None or 0.001 <= error <= 1.0, "--error", "between 0.001 and 1")
    _need(not node or error is None, "--error", "it is for all nodes; with --node say --samples")
    _need(bool(node) or samples is None, "--samples", "it is for --node; for all nodes say --error")
    with _within(memory_limit, progress) as within:
        from ojakgyo.cli.exposed import blasts, blasts_of

        asked: dict[str, Any] = {"horizon": horizon, "rng": rng, "engine": engine, **within}
        if node:
            lines = blasts_of(network, node, samples=samples or SAMPLES, **asked)
        else:
            lines = blasts(network, error=error or ERROR, threads=threads, **asked)
        _give(lines, json=json, columns=_BLAST)


def _need(well: bool, option: str, wanted: str) -> None:
    if not well:
        raise typer.BadParameter(wanted, param_hint=option)


@contextmanager
def _within(limit_mib: int | None, said: bool) -> Iterator[dict[str, Any]]:
    """The memory an analysis may take, and how it says how far it is.

    Ctrl-C ends the process where it stands, in the middle of an array too: there is nothing to close or to put back.
    """
    from ojakgyo.cli.memory import Memory

    watched = sys.stderr.isatty()
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield {"memory": Memory.of(limit_mib), "told": _Far(watched) if watched or said else None}
    except MemoryError:
        raise Refused("network.file_large", at="memory") from None
    finally:
        signal.signal(signal.SIGINT, before)


class _Far:
    """How far an analysis is, on standard error: a line that changes where somebody watches, else a line a second."""

    def __init__(self, watched: bool) -> None:
        self._watched, self._next, self._begun = watched, time.monotonic() + QUIET_S, False

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() < self._next and not (done >= of and self._begun):
            return
        self._begun, self._next = True, time.monotonic() + (TICK_S if self._watched else QUIET_S)
        end = "\r" if self._watched and done < of else "\n"
        sys.stderr.write(f"ojak: {done:,} of {of:,}  ({done / of:.0%}){end}")
        sys.stderr.flush()


# What is printed ------------------------------------------------------------------------------------------------------


def _give(lines: Iterator[dict[str, Any]], *, json: bool, columns: Sequence[Column]) -> None:
    """JSON a line as it comes; for people a sentence, then a table of the first."""
    if json:
        for line in lines:
            sys.stdout.write(dumps(line, allow_nan=False) + "\n")
        sys.stdout.flush()
        return
    header = next(lines)
    found = list(lines)
    saying.say(", ".join(f"{name} {value}" for name, value in header.items() if name not in ("kind", "version")))
    if header["self_links"]:
        saying.say("Links of a node to itself say nothing and were left out.")
    _table(found, columns)
    if len(found) > SHOWN:
        saying.say(f"{len(found) - SHOWN} more; --json gives all.")


def _table(found: Sequence[dict[str, Any]], columns: Sequence[Column]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for head, _ in columns:
        table.add_column(head, justify="right")
    for line in found[:SHOWN]:
        table.add_row(*(said(line) for _, said in columns))
    Console().print(table)


def _hours(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda line: "-" if line[name] is None else f"{line[name]:.1f}"


def _path(line: dict[str, Any]) -> str:
    return " > ".join(map(str, line["paths"][0]["nodes"])) if line["paths"] else "-"


_REACHED: Final[tuple[Column, ...]] = (
    ("node", lambda line: str(line["node"])),
    ("chance", lambda line: f"{line['probability']:.4f}"),
    ("+-", lambda line: f"{line['standard_error']:.4f}"),
    ("deadline h", _hours("deadline_hours")),
    ("at least h", _hours("deadline_lower_hours")),
    ("likeliest path", _path),
)
_BLAST: Final[tuple[Column, ...]] = (
    ("node", lambda line: str(line["node"])),
    ("others reached", lambda line: f"{line['mean']:.4f}"),
    ("+-", lambda line: f"{line['standard_error']:.4f}"),
)
