"""What is asked before a vault is made, read from files: answers that anybody may see, and secrets that nobody may."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import codename
from ojakgyo.domain.names.codename import CodeName

LANGUAGES: Final = ("ko", "en")
ZONE: Final = "Asia/Seoul"
"""The wall clock of every page in this release."""
MOST_SHARES: Final = 16
_SHARES = re.compile(r"(\d{1,2})\s*of\s*(\d{1,2})")
_SECRETS: Final = ("passphrase", "password", "new_passphrase")


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What a file of secrets holds: named, or as plain lines."""

    passphrase: str | None = None
    password: str | None = None
    new_passphrase: str | None = None
    shares: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def secrets_in(file: Path) -> Told:
    """A file that others may read: ``Refused``, and it is not looked at."""
    try:
        if file.stat().st_mode & 0o077:
            raise Refused("vault.secrets_readable")
        written = file.read_text()
    except (OSError, UnicodeDecodeError):
        raise Refused("vault.words_wanted") from None
    named = _named(written)
    if named is not None:
        return named
    return Told(lines=tuple(line for line in written.splitlines() if line.strip()))


def _named(written: str) -> Told | None:
    """None for plain lines, which are no TOML."""
    try:
        held = tomllib.loads(written)
    except tomllib.TOMLDecodeError:
        return None
    if not held:
        return None
    shares = held.pop("shares", [])
    texts = [*held.values(), *shares] if isinstance(shares, list) else [shares, None]
    if not set(held) <= set(_SECRETS) or not all(isinstance(each, str) for each in texts):
        raise Refused("vault.answers_wrong", key="secrets-file")  # what is wrong in it may be a secret itself
    return Told(**held, shares=tuple(shares))


@dataclass(frozen=True, slots=True)
class Split:
    """So many shares, of which so many open."""

    threshold: int = 2
    count: int = 3

    def __str__(self) -> str:
        return f"{self.threshold}of{self.count}"


@dataclass(frozen=True, slots=True)
class FirstCell:
    """Its side, N or C, its number, and the number of the area it works in."""

    side: str
    number: int
    area: int


@dataclass(frozen=True, slots=True)
class Answers:
    """None: not said."""

    language: str | None = None
    officer: CodeName | None = None
    split: Split = field(default_factory=Split)
    cell: FirstCell | None = None


def answers_in(file: Path) -> Answers:
    """A key that is not known or does not hold: ``Refused``, and it is named."""
    try:
        held = tomllib.loads(file.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Refused("vault.answers_unreadable") from None
    unknown = set(held) - {"language", "zone", "officer", "side", "number", "area", "shares"}
    if unknown or held.get("zone", ZONE) != ZONE:
        raise Refused("vault.answers_wrong", key=min(unknown, default="zone"))
    return Answers(
        language=language(held["language"]) if "language" in held else None,
        officer=officer(held["officer"]) if "officer" in held else None,
        split=split(held["shares"]) if "shares" in held else Split(),
        cell=cell(held) if {"side", "number", "area"} & set(held) else None,
    )


def with_options(said: Answers, *, officer_called: str, shares: str) -> Answers:
    """What the command line says counts before what the file says."""
    said = replace(said, officer=officer(officer_called)) if officer_called else said
    return replace(said, split=split(shares)) if shares else said


def language(said: Any) -> str:
    if said not in LANGUAGES:
        raise Refused("vault.answers_wrong", key="language")
    return str(said)


def officer(said: Any) -> CodeName:
    """A word that is not of our list: ``Refused``."""
    named = codename.parse(said) if isinstance(said, str) else None
    if named is None:
        raise Refused("vault.code_name_unlisted")
    return named


def split(said: Any) -> Split:
    """`2of3`: at least two of at most sixteen."""
    found = _SHARES.fullmatch(said.strip()) if isinstance(said, str) else None
    made = Split(int(found[1]), int(found[2])) if found else None
    if made is None or not 2 <= made.threshold <= made.count <= MOST_SHARES:
        raise Refused("vault.answers_wrong", key="shares")
    return made


def cell(said: dict[str, Any]) -> FirstCell:
    """Side, number and area go together."""
    return FirstCell(side(said.get("side")), number(said.get("number")), area(said.get("area")))


def side(said: Any) -> str:
    if not isinstance(said, str) or said.strip().upper() not in ("N", "C"):
        raise Refused("vault.answers_wrong", key="side")
    return said.strip().upper()


def number(said: Any) -> int:
    return _counted(said, "number")


def area(said: Any) -> int:
    """`3`, or `N3` as it is shown."""
    return _counted(said.strip().upper().lstrip("NC") if isinstance(said, str) else said, "area")


def _counted(said: Any, key: str) -> int:
    digits = str(said).strip() if type(said) in (int, str) else ""
    if not re.fullmatch(r"[1-9][0-9]?", digits):
        raise Refused("vault.answers_wrong", key=key)
    return int(digits)
