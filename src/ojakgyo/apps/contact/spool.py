"""The file gammu-smsd writes for an incoming SMS (`inboxformat = detail`), read as it is and never trusted.

One file a message, a section a part. Comment lines are cut inside characters and the quoted number may be mangled: only
the fields in hexadecimal UTF-16BE are read.
"""

import re
from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 4_000
"""Characters of one message that are looked at; the rest is kept and not read."""

_SECTION: Final = re.compile(r"^\[SMSBackup\d+\][ \t]*$", re.MULTILINE)
_FIELD: Final = re.compile(r"^(\w+) = ?(.*?)[ \t\r]*$", re.MULTILINE)
_PARTS: Final = re.compile(r"^(?:050003..|060804....)([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})$")


@dataclass(frozen=True, slots=True)
class Sms:
    """An SMS as the modem heard it. It prints nothing."""

    number: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parsed:
    """`sms` None: some of it cannot be read. `whole`: all its parts stand there, so the file will not grow any more."""

    sms: Sms | None
    whole: bool


def parse(written: bytes) -> Parsed:
    """Never raises. A part that is cut off or cannot be read makes the file unreadable: its bytes are kept instead."""
    text = written.decode("utf-8", "replace")
    sections = [dict(_FIELD.findall(section)) for section in _SECTION.split(text)[1:]]
    parts = [part for part in map(_part, sections) if part is not None and part.ended]
    if not parts or len(parts) != len(sections):
        return Parsed(None, whole=False)
    number, words = parts[0].number, "".join(part.words for part in sorted(parts, key=lambda part: part.place))
    places = sorted(part.place for part in parts)
    return Parsed(Sms(number, words), whole=places == list(range(1, parts[0].of + 1)))


@dataclass(frozen=True, slots=True)
class _Part:
    number: str = field(repr=False)
    words: str = field(repr=False)
    place: int
    of: int
    ended: bool


def _part(fields: dict[str, str]) -> _Part | None:
    chunks = [fields[name] for name in sorted(fields) if re.fullmatch(r"Text\d\d", name)]
    try:
        number = _characters(fields["NumberUnicode"])
        words = "".join(map(_characters, chunks))
    except (KeyError, ValueError):
        return None
    if not number or not chunks:
        return None
    header = _PARTS.match(fields.get("UDH", ""))
    of, place = (int(header[1], 16), int(header[2], 16)) if header else (1, 1)
    return _Part(number, words, place, of, ended="Length" in fields)


def _characters(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal).decode("utf-16-be", "strict")
