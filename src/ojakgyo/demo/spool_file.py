"""A message file as gammu-smsd writes it (`inboxformat = detail`), for machines without a modem."""

from datetime import datetime
from pathlib import Path
from typing import Final

PART_CHARS: Final = 67
"""Characters of one part of a long message; a short one has up to 70."""
WHOLE_CHARS: Final = 70


def write(folder: Path, *, number: str, text: str, heard: datetime) -> Path:
    """Put the file under its final name, as gammu does. Two of one second get serials of their own."""
    stamp = heard.strftime("%Y%m%d_%H%M%S")
    serial = 0
    while (path := folder / f"IN{stamp}_{serial:02}_{number}_00.txt").exists():
        serial += 1
    path.write_bytes(content(number=number, text=text, heard=heard).encode())
    return path


def content(*, number: str, text: str, heard: datetime) -> str:
    """The sections, one a part."""
    parts = (
        [text] if len(text) <= WHOLE_CHARS else [text[at : at + PART_CHARS] for at in range(0, len(text), PART_CHARS)]
    )
    head = "; This file format was designed for Gammu and is compatible with Gammu+\n\n"
    return head + "".join(
        _section(place, len(parts), number=number, part=part, heard=heard) for place, part in enumerate(parts)
    )


def _section(place: int, of: int, *, number: str, part: str, heard: datetime) -> str:
    coding = "Default_No_Compression" if part.isascii() else "Unicode_No_Compression"
    header = f"UDH = 050003A5{of:02X}{place + 1:02X}\n" if of > 1 else ""
    return (
        f"[SMSBackup{place:03}]\n"
        f"PDU = Deliver\n"
        f"DateTime = {heard.strftime('%Y%m%dT%H%M%S')}Z\n"
        f"State = UnRead\n"
        f'Number = "{number}"\n'
        f"NumberUnicode = {_hexadecimal(number)}\n"
        f"{header}"
        f"Text00 = {_hexadecimal(part)}\n"
        f"Coding = {coding}\n"
        f"Folder = 1\n"
        f"Length = {len(part)}\n\n\n"
    )


def _hexadecimal(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
