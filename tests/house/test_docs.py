"""What the pages say is there is there, and what is there stands in the reference."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typer.main

from house import reference
from ojakgyo.cli.root import app

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ojakgyo"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changelog.d").glob("*.md")])
LAUNCHER = {"test", "bench", "simulate", "extra"}
LATER = re.compile(r"\brelease 0\.\d|\bin 0\.\d")
COMMAND = re.compile(r"`(?:\./)?ojak ([^`]+)`|^ {4}(?:\./)?ojak (.+?)(?: {2,}.*)?$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NOT_SAID = re.compile(r"\b(?:suspect|asset|compromised|stand down)\b|(?<![!\[])!(?!\[)", re.IGNORECASE)


def text(name: str) -> str:
    return (ROOT / name).read_text()


def outside_code(page: Path) -> str:
    """What a reader reads as prose: no indented blocks, nothing in backticks."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^(?: {4}.*|<!--.*-->)$", "", page.read_text(), flags=re.MULTILINE))


# Commands ------------------------------------------------------------------------------------------------------------


@cache
def commands() -> dict[str, typer.core.TyperCommand]:
    """Path of words -> command, groups included."""

    def walk(command, path: str) -> Iterator:
        yield path, command
        for name, each in getattr(command, "commands", {}).items():
            yield from walk(each, f"{path} {name}".strip())

    return {path: command for path, command in walk(typer.main.get_command(app), "") if path}


def options(command) -> set[str]:
    own = [each for each in command.params if each.param_type_name == "option" and each.name != "help"]
    return {said for each in own for said in (*each.opts, *each.secondary_opts)}


def arguments(command) -> set[str]:
    return {each.name.upper() for each in command.params if each.param_type_name == "argument"}


@cache
def sections() -> dict[str, str]:
    """Command -> its part of the reference."""
    parts = re.split(r"^### `ojak ([^`]+)`$", text("docs/reference/commands.md"), flags=re.MULTILINE)[1:]
    return {
        name: re.split(r"^## ", said, flags=re.MULTILINE)[0] for name, said in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_command_stands_in_the_reference_and_no_other():
    assert set(sections()) == set(commands())


def test_a_command_has_its_options_and_arguments_in_the_reference_and_no_others():
    for name, command in commands().items():
        rows = [line.split("|")[1] for line in sections()[name].splitlines() if line.startswith("|")]
        told = {each for row in rows for each in re.findall(r"`([^`]+)`", row)}
        assert told == options(command) | arguments(command), name


def named(page: Path) -> Iterator[tuple[str, str]]:
    """Each command a page names, with the line around it."""
    whole = page.read_text()
    for found in COMMAND.finditer(whole):
        begin = whole.rfind("\n", 0, found.start()) + 1
        end = whole.find("\n", found.end())
        yield (found[1] or found[2]), whole[begin : end if end >= 0 else None]


def test_a_command_a_page_names_exists_or_says_in_which_release_it_comes():
    for page, (said, line) in [(where, each) for where in PAGES for each in named(where)]:
        words = said.split()
        known = [" ".join(words[:count]) for count in (2, 1) if " ".join(words[:count]) in commands()]
        if words[0] in LAUNCHER or (not known and LATER.search(line)):
            continue
        assert known, f"{page.relative_to(ROOT)}: no such command: ojak {said}"
        asked = {word for word in words if word.startswith("--")}
        groups = [options(commands()[words[0]]), options(commands()[known[0]])]
        assert asked <= set().union(*groups), f"{page.relative_to(ROOT)}: no such option: ojak {said}"


# Settings ------------------------------------------------------------------------------------------------------------


def settings_read() -> set[tuple[str, str]]:
    """(table, key) of ojak.toml that the code asks for."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        if "TOML" not in (written := path.read_text()):
            continue
        tree = ast.parse(written)
        tables = {
            node.targets[0].id: table
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and (table := table_of(node.value))
        }
        for node in ast.walk(tree):
            if (key := asked(node)) is None:
                continue
            holder = node.func.value
            table = table_of(holder) or (tables.get(holder.id) if isinstance(holder, ast.Name) else None)
            if table:
                found.add((table, key))
    return found


def asked(node: ast.AST) -> str | None:
    """The constant key of a `.get(key, ...)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"):
        return None
    key = node.args[0] if node.args else None
    return key.value if isinstance(key, ast.Constant) else None


def table_of(node: ast.AST) -> str | None:
    """The table's name, where this is `settings.TOML.get(table, ...)`, or the settings' own `TOML.get(table, ...)`."""
    table = asked(node)
    holder = node.func.value if table else None
    return table if "TOML" in (getattr(holder, "attr", None), getattr(holder, "id", None)) else None


def test_every_setting_the_code_reads_stands_in_the_reference_and_no_other():
    told = set(re.findall(r"^\| `\[(\w+)\]` \| `(\w+)` \|", text("docs/reference/settings.md"), re.MULTILINE))
    assert told == settings_read() != set()


def test_every_variable_the_program_reads_stands_in_the_reference_and_no_other():
    source = "".join(path.read_text() for path in SOURCE.rglob("*.py")) + text("ojak")
    read = set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"|\$\{([A-Z_]+)-', source))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", text("docs/reference/settings.md"), re.MULTILINE))
    assert told == {name for pair in read for name in pair if name} - {"DJANGO_SETTINGS_MODULE"}


# Facts, errors, actions, the API -------------------------------------------------------------------------------------


def test_the_listings_say_what_the_code_says():
    assert reference.behind() == [], "run: python tests/house/reference.py --write"


def test_every_fact_action_and_duty_says_what_it_is_for():
    for page in ("facts", "actions"):
        assert not re.findall(r"^\| `.*\| *\|", text(f"docs/reference/{page}.md"), re.MULTILINE)


def test_every_path_and_field_of_the_api_stands_in_the_reference_and_no_other():
    from ojakgyo.api.root import api

    page, schema = text("docs/reference/api.md"), api.get_openapi_schema()
    ways = {f"{way.upper()} {path}" for path, on in schema["paths"].items() for way in on}
    assert set(re.findall(r"^## `(.+)`$", page, re.MULTILINE)) == ways
    fields = {name for each in schema["components"]["schemas"].values() for name in each["properties"]}
    assert fields == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def test_every_scope_of_a_token_stands_in_the_reference_and_no_other():
    from ojakgyo.apps.vault.values import Scope

    told = re.findall(r"^\| `(\w+:\w+)` \|", text("docs/reference/api.md"), re.MULTILINE)
    assert told == [scope.value for scope in Scope]


# Links, paths, tests, words ------------------------------------------------------------------------------------------


def headings(page: Path) -> set[str]:
    """How a page's headings are addressed behind a #."""
    lines = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in lines}


def test_every_link_leads_somewhere():
    for page, link in [(where, each) for where in PAGES for each in LINK.findall(where.read_text())]:
        if "://" in link:
            continue
        path, _, heading = link.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{page.relative_to(ROOT)}: {link}"
        assert not heading or heading in headings(goal), f"{page.relative_to(ROOT)}: {link}"


def test_every_page_is_reached_from_the_index():
    index = ROOT / "docs" / "README.md"
    led_to = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(index.read_text())}
    assert {page for page in PAGES if "changelog.d" not in page.parts} - {index} <= led_to


def test_every_file_of_the_map_is_where_it_says():
    for said in re.findall(r"`([\w.]+(?:/[\w.]+)*/?)`", text("ARCHITECTURE.md")):
        if said.endswith("/") or re.search(r"/.*\.\w+$", said):
            assert (SOURCE / said).exists() or (ROOT / said).exists(), said


def test_every_test_the_threat_model_names_exists():
    there = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    files = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert set(re.findall(r"`(test_\w+)`", text("THREAT_MODEL.md"))) <= there | files


def test_the_readme_says_what_the_software_will_not_do():
    said = " ".join(text("README.md").split())
    for sentence in (
        "*The interview speaks of things this software will not do.*",
        "a card is a list of one-time numbers that keeps calls short and tells us when someone is forced to call",
        "we note what a passage cost and in which area, never who took it",
        "nothing leaves without the person's own wish, two signatures and a copy for the person; helpers' data never leaves",
        "Also never: debts, prices per head, pictures of faces, routes on a map, marks for people.",
    ):
        assert sentence in said


def test_a_page_speaks_calmly():
    """The glossary lists the words that are not said."""
    for page in PAGES:
        assert page.name == "glossary.md" or not NOT_SAID.findall(outside_code(page)), page.relative_to(ROOT)
