"""A real vault for tests: what opens it, `ojak init` at the floor of the key derivation, and its gate."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
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


def type_in(visitor: httpx.Client, words: str) -> httpx.Response:
    """Words at the gate."""
    token = TOKEN.search(visitor.get("/").text)
    assert token is not None
    return visitor.post("/", data={"csrfmiddlewaretoken": token[1], "words": words})
