"""The walls of the house stand, and a wall that is broken is found."""

import ast
import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ojakgyo"
CONTRACTS = ROOT / ".importlinter"


def lint(config: Path, source: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--config", str(config), "--no-cache"],
        cwd=config.parent,
        env={"PYTHONPATH": str(source), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept():
    ran = lint(CONTRACTS, ROOT / "src")
    assert ran.returncode == 0, ran.stdout[-3_000:]


def imports(path: Path) -> list[str]:
    """Modules named by an import statement, as they are written."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
    return found


def modules(below: str) -> list[Path]:
    return sorted((SOURCE / below).rglob("*.py"))


def contract(name: str) -> dict[str, list[str]]:
    parsed = ConfigParser()
    parsed.read(CONTRACTS)
    section = parsed[f"importlinter:contract:{name}"]
    return {key: value.split() for key, value in section.items()}


def test_the_contracts_name_every_room():
    """What the linter is not told of it cannot watch."""
    apps = {path.name for path in (SOURCE / "apps").iterdir() if (path / "apps.py").exists()}
    assert set(contract("apps")["layers"]) - {"|"} == apps
    inside = {each.rpartition(".")[2] for each in contract("inside")["containers"]}
    assert inside == apps - {"chronicle"}


def test_the_domain_is_pure():
    forbidden = set(contract("pure")["forbidden_modules"])
    assert {"django", "sqlite3", "socket", "time", "secrets", "random", "os", "pathlib", "logging"} <= forbidden
    for path in modules("domain"):
        asked = {name.partition(".")[0] for name in imports(path)}
        assert not asked & (forbidden | {"uuid", "threading", "subprocess"}), path


CIPHER = re.compile(r"cryptography\.hazmat|AESGCMSIV|AESGCM|ChaCha20|HPKE|Scrypt|Argon2id")
PERHAPS = re.compile(rf"cryptography|hazmat|{CIPHER.pattern}")


def test_one_file_names_a_cipher():
    named = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if
             PERHAPS.search(path.read_text()) and any(CIPHER.search(each) for each in imports(path))}  # fmt: skip
    assert named == {"domain/sealing/primitives.py"}


def test_views_import_no_rows():
    for path in modules("apps"):
        assert path.name != "views.py" or not [name for name in imports(path) if ".models" in name], path


def test_transactions_are_opened_by_actions_and_duties_only():
    opened = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and re.search(r"\batomic\(|\bset_autocommit\(", path.read_text())
    }
    assert opened == {"apps/chronicle/acts.py", "store/empty.py"}, (
        "and where a database is laid out that nobody has yet"
    )


SUPERVISORS = {
    "apps/chronicle/rounds.py",
    "apps/intake/reading/task.py",
    "runner/door.py",
    "runner/keeper.py",
    "runner/loop.py",
    "runner/sender.py",
}
"""Of the duties, of the commands, of the three threads: each logs a code and where it arose, and goes on with the next. And of
the child that reads a file: it says where it failed, and ends."""


def test_only_the_supervisors_catch_everything():
    """Elsewhere the narrowest error is caught, or what was caught is raised again."""
    caught = set()
    for path in SOURCE.rglob("*.py"):
        if "except" not in (written := path.read_text()):
            continue
        for node in ast.walk(ast.parse(written)):
            if isinstance(node, ast.ExceptHandler) and _is_wide(node) and not _raises(node):
                caught.add(path.relative_to(SOURCE).as_posix())
    assert caught == SUPERVISORS


def _is_wide(node: ast.ExceptHandler) -> bool:
    return node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))


def _raises(node: ast.ExceptHandler) -> bool:
    return any(isinstance(each, ast.Raise) for each in ast.walk(node))


def test_only_the_reading_of_a_card_opens_its_number():
    asked = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "number_key(" in path.read_text() and path.name != "ring.py"
    }
    seals_it, tells_it = "apps/cards/actions/issuing.py", "apps/cards/actions/handing.py"
    assert asked == {"apps/cards/reading/book.py", seals_it, tells_it}


def test_a_key_is_handed_to_a_connection_in_the_store_only():
    asked = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "opening_statement" in path.read_text() or "PRAGMA key" in path.read_text()
    }
    assert asked == {"store/keyholder.py", "store/plain_copy.py", "store/rekeying.py", "store/sqlcipher/base.py"}


def test_there_are_no_signals_and_no_save_of_our_own():
    for path in SOURCE.rglob("*.py"):
        written = path.read_text()
        if "dispatch" in written or "signals" in written:
            asked = imports(path)
            assert not [name for name in asked if name.startswith(("django.dispatch", "django.db.models.signals"))], (
                path
            )
        assert "def save(" not in written, path


@pytest.mark.parametrize("planted", ["from django.utils import timezone", "import os", "import secrets"])
def test_a_broken_wall_is_found(tmp_path, planted):
    """The pure contract on a house of two rooms, with the same forbidden modules."""
    room = tmp_path / "ojakgyo" / "domain"
    room.mkdir(parents=True)
    (tmp_path / "ojakgyo" / "__init__.py").touch()
    (room / "__init__.py").write_text(f"{planted}\n")
    forbidden = "\n    ".join(contract("pure")["forbidden_modules"])
    config = tmp_path / ".importlinter"
    config.write_text(
        "[importlinter]\nroot_package = ojakgyo\ninclude_external_packages = True\n\n"
        "[importlinter:contract:pure]\nname = pure\ntype = forbidden\nsource_modules = ojakgyo.domain\n"
        f"forbidden_modules =\n    {forbidden}\n"
    )
    ran = lint(config, tmp_path)
    assert ran.returncode == 1
    assert "pure BROKEN" in ran.stdout
