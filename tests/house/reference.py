"""The plain listings of docs/reference: facts and their closed words, errors, actions and duties, as the code has them.

    python tests/house/reference.py            which pages are behind the code
    python tests/house/reference.py --write    brings them up to date

What a fact says is written by hand in the last column and kept; a new kind gets an empty one, to be filled in.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from ojakgyo.domain import facts
from ojakgyo.domain.errors import REGISTRY
from ojakgyo.domain.facts import ID_LETTERS, KINDS, Fact
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import Instant

ROOT: Final = Path(__file__).parents[2]
REFERENCE: Final = ROOT / "docs" / "reference"
APPS: Final = ROOT / "src" / "ojakgyo" / "apps"
ROW: Final = re.compile(r"^\| `([a-z_.]+)`(?: v(\d+))? \|.*\| (.*?) ?\|$", re.MULTILINE)
PLAIN: Final = {Instant: "instant", Seq: "number of a fact", int: "whole number", bool: "true or false"}
Meanings = dict[tuple[str, str], str]


def areas(dotted: list[Any], name: Callable[[Any], str]) -> Iterator[tuple[str, list[Any]]]:
    """Grouped by the area in front of the dot, in the order of the code."""
    for area, group in groupby(dotted, key=lambda each: name(each).partition(".")[0]):
        yield area, list(group)


def fact_tables(meanings: Meanings) -> str:
    said = []
    for area, group in areas(sorted(KINDS.values(), key=lambda cls: cls.kind.partition(".")[0]), lambda cls: cls.kind):
        rows = [f"| `{cls.kind}`{_version(cls)} | {_fields(cls)} | {_meaning(cls, meanings)} |" for cls in group]
        said.append("\n".join([f"### {area}", "| kind | fields | what it says |", "|---|---|---|", *rows]))
    return "\n\n".join(said)


def _version(cls: type[Fact]) -> str:
    return f" v{cls.v}" if cls.v > 1 else ""


def _meaning(cls: type[Fact], meanings: Meanings) -> str:
    return meanings.get((cls.kind, str(cls.v)), "")


def _fields(cls: type[Fact]) -> str:
    common = facts.shape(Fact)
    own = {name: each for name, each in facts.shape(cls).items() if name not in common}
    return "<br>".join(f"`{name}` {_typed(*each)}" for name, each in own.items()) or "none"


def _typed(of: Any, optional: bool) -> str:
    ids = {each: f"`{letter}_…`" for each, letter in ID_LETTERS.items()}
    name = {**ids, **PLAIN}.get(of) or f"[{of.__name__}](#{of.__name__.lower()})"
    return f"{name} or null" if optional else name


def closed_words() -> str:
    """Every closed list a field of a fact comes from, with its members."""
    types = {of for cls in KINDS.values() for of, _ in facts.shape(cls).values()}
    lists = sorted((of for of in types if isinstance(of, type) and issubclass(of, StrEnum)), key=lambda of: of.__name__)
    return "\n\n".join("\n\n".join(filter(None, (f"### {of.__name__}", *_said_of(of)))) for of in lists)


def _said_of(of: type[StrEnum]) -> tuple[str, str]:
    return _first_line(of.__dict__.get("__doc__")), ", ".join(f"`{member.value}`" for member in of)


def _first_line(said: str | None) -> str:
    return (said or "").strip().partition("\n")[0]


def error_tables() -> str:
    said = []
    for area, group in areas(list(REGISTRY), str):
        rows = [f"| `{code}` | {REGISTRY[code].sentence} | {REGISTRY[code].advice} |" for code in group]
        said.append("\n".join([f"### {area}", "| code | sentence | what to do |", "|---|---|---|", *rows]))
    return "\n\n".join(said)


def declared(*decorators: str) -> Iterator[tuple[str, ast.FunctionDef, list[ast.keyword]]]:
    """(app, function, keywords of the decorator) of every function under one of these decorators, app by app."""
    for path in sorted(APPS.rglob("*.py")):
        written = path.read_text()
        nodes = ast.walk(ast.parse(written)) if any(f"@{name}" in written for name in decorators) else ()
        for node in nodes:
            for each in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
                name = each.func if isinstance(each, ast.Call) else each
                if isinstance(name, ast.Name) and name.id in decorators:
                    yield path.relative_to(APPS).parts[0], node, _keywords(each)


def _keywords(decorator: ast.expr) -> list[ast.keyword]:
    if not isinstance(decorator, ast.Call):
        return []
    return [ast.keyword("due", arg) for arg in decorator.args] + decorator.keywords


def action_table() -> str:
    rows = [f"| `{app}.{node.name}` | {_first_line(ast.get_docstring(node))} |" for app, node, _ in declared("action")]
    return "\n".join(["| action | what it does |", "|---|---|", *rows])


def duty_table() -> str:
    rows = [
        f"| `{app}.{node.name}` | {_first_line(ast.get_docstring(node))} | {_wakes(keywords)} |"
        for app, node, keywords in declared("duty", "weighing", "due_duty")
    ]
    return "\n".join(["| duty | what it does | what it waits for |", "|---|---|---|", *rows])


def _wakes(keywords: list[ast.keyword]) -> str:
    """The kinds of fact a duty reads, or the kind of row it settles."""
    found = {each.arg: each.value for each in keywords}
    if "due" in found:
        return f"a row that falls due: `{ast.literal_eval(found['due'])}`"
    names = [name.id for name in getattr(found["facts"], "elts", ()) if isinstance(name, ast.Name)]
    kinds = {cls.__name__: cls.kind for cls in KINDS.values()}
    return ", ".join(f"`{kinds[name]}`" for name in names)


def meanings() -> Meanings:
    """What was written by hand about each kind of fact."""
    return {(kind, v or "1"): said for kind, v, said in ROW.findall((REFERENCE / "facts.md").read_text())}


LISTINGS: Final[dict[str, tuple[str, Callable[[], str]]]] = {
    "facts": ("facts.md", lambda: fact_tables(meanings())),
    "closed words": ("facts.md", closed_words),
    "errors": ("errors.md", error_tables),
    "actions": ("actions.md", action_table),
    "duties": ("actions.md", duty_table),
}


def page_of(listing: str) -> Path:
    return REFERENCE / LISTINGS[listing][0]


def renewed(listing: str) -> str:
    """The whole page with this listing as the code has it."""
    begin, end = f"<!-- {listing}: from the code -->\n", f"<!-- {listing}: end -->"
    before, found, rest = page_of(listing).read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"no place for {listing}")
    return f"{before}{begin}{LISTINGS[listing][1]()}\n{end}{after}"


def behind() -> list[str]:
    return [listing for listing in LISTINGS if renewed(listing) != page_of(listing).read_text()]


def _main() -> int:
    for listing in behind():
        if "--write" in sys.argv:
            page_of(listing).write_text(renewed(listing))
        else:
            print(f"{page_of(listing).relative_to(ROOT)} is behind the code: {listing}")
    return 1 if behind() else 0


if __name__ == "__main__":
    sys.exit(_main())
