"""`ojak import`: a spreadsheet read and tried out, then applied or taken back, by an officer through the running desk."""

import base64
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.acting import Officer
from ojakgyo.cli.acting import acts as _acts
from ojakgyo.cli.homes import Home, Json, Secrets, folder
from ojakgyo.cli.opening import ask_or_open
from ojakgyo.domain.errors import REGISTRY, Refused

DOES: Final = {"apply": "import-apply", "undo": "import-undo"}
What = Annotated[str, typer.Argument(metavar="FILE", help="A workbook or text file; or the word apply, or undo.")]
Batch = Annotated[str | None, typer.Argument(metavar="BATCH", help="What to apply or undo, as b_… was said.")]
Map = Annotated[Path | None, typer.Option("--map", help="A JSON file that says what the columns are.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Of a text file: utf-8, cp949, gb18030 or utf-16.")]
Dry = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Only say what would come of it; nothing of it is kept; that it was tried is written down."
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("import")(bring)


@saying.refusals
def bring(
    file: What,
    batch: Batch = None,
    officer: Officer = "",
    map: Map = None,  # noqa: A002 - the option's name
    encoding: Encoding = None,
    dry_run: Dry = False,
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Read a spreadsheet and say what would come of it; then apply it, or take it back."""
    at = folder(home)
    if batch is not None and file not in DOES:
        raise typer.BadParameter("apply or undo, then the batch")
    if batch is not None:
        acts = _acts(at, officer, secrets_file)
        for told in ask_or_open(at, secrets_file, DOES[file], batch=batch, **acts):
            _tell(told, json=json)
        return
    asked = {"file": _content(Path(file)), "name": Path(file).name, "encoding": encoding, "dry_run": dry_run}
    asked["map"] = None if map is None else _text(map)
    wrong = False
    for told in ask_or_open(at, secrets_file, "import", **asked, **_acts(at, officer, secrets_file)):
        wrong = wrong or told.get("severity") == "error"
        _tell(told, json=json)
    if wrong:
        raise typer.Exit(1)


def _tell(told: dict[str, Any], *, json: bool) -> None:
    if json:
        saying.give(**told)
    elif "found" in told:
        entry = REGISTRY[told["found"]]
        where = f"sheet {told['sheet']}, row {told['row'] or '-'}, column {told['column'] or '-'}"
        typer.echo(f"{where}: {entry.sentence} {entry.advice} ({told['found']})")
    elif "lines" in told and "encoding" in told:
        typer.echo(f"{told['encoding']}:")
        for line in told["lines"]:
            typer.echo("    " + " | ".join(line))
    elif "why" in told:
        typer.echo(f"{told['kept']} {told['called']} stays: {', '.join(told['why'])}")
    else:
        typer.echo(" ".join(f"{name}={value}" for name, value in told.items()))


def _content(file: Path) -> str:
    try:
        return base64.b64encode(file.read_bytes()).decode()
    except OSError:
        raise Refused("intake.file_missing") from None


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError):
        raise Refused("intake.map_unreadable") from None
