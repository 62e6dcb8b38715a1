"""A real vault for tests: what opens it, `ojak init` at the floor of the key derivation, and its gate."""

import fcntl
import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from processes import Done, ojak, secrets_file

WORDS = "lantern orchard river seven quiet mountain"
PASSWORD = "an invented password for an invented officer"
ANSWERS = 'language = "en"\nofficer = "Haneul"\nside = "N"\nnumber = 2\narea = "N3"\nshares = "2of3"\n'
FLOOR = (sys.executable, str(Path(__file__).parent / "floor.py"))
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Vault:
    """A vault that nobody serves, its shares, and where a test may put files."""

    home: Path
    shares: tuple[str, ...]
    folder: Path

    def secrets(self, *lines: str) -> str:
        """A file of these lines, else of the passphrase."""
        return str(secrets_file(self.folder, *(lines or (WORDS,))))


def init(*words: str, home: Path) -> Done:
    """`ojak init`, with nobody at the keyboard."""
    return ojak("init", *words, home=home, program=FLOOR)


def made_once(factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """Home and shares of one vault for all; made by the worker that comes first."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, told = root / "vault-made", root / "vault-made.json"
    with (root / "vault-made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            folder.mkdir()
            (folder / "answers.toml").write_text(ANSWERS)
            secrets = secrets_file(folder, f'passphrase = "{WORDS}"', f'password = "{PASSWORD}"')
            files = ("--answers", str(folder / "answers.toml"), "--secrets-file", str(secrets))
            done = init(*files, "--json", home=folder / "home")
            assert done.code == 0, done.prose
            told.write_text(json.dumps(done.lines[0]))
    return folder / "home", tuple(json.loads(told.read_text())["shares"])


def type_in(visitor: httpx.Client, words: str) -> httpx.Response:
    """Words at the gate."""
    token = TOKEN.search(visitor.get("/").text)
    assert token is not None
    return visitor.post("/", data={"csrfmiddlewaretoken": token[1], "words": words})
