"""The folder backups lie in: `<vault>-data-<N>.age` for as long as there is room, `<vault>-keys-<N>.age` the newest two."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ojakgyo.apps.vault import header
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.manifest import Which

KEPT_KEYS: Final = 2


def name(vault: str, part: Which, number: int) -> str:
    return f"{vault}-{part}-{number}.age"


def newest(folder: Path, vault: str) -> int:
    """The highest number there; 0 where there is none."""
    return max((number for part in Which for number, _ in _files(folder, vault, part)), default=0)


def keep(folder: Path, vault: str, number: int, files: dict[Which, bytes]) -> None:
    """Write both, each whole or not at all; 0600. The folder must be there: an unplugged disk is not made up for."""
    try:
        if not folder.is_dir():
            raise Refused("vault.backup_not_written")
        for part, data in files.items():
            header.replace(folder / name(vault, part, number), data)
    except OSError:
        raise Refused("vault.backup_not_written", number=number) from None


def drop_old_keys(folder: Path, vault: str) -> int:
    """Delete all but the newest two files of keys; how many went."""
    old = sorted(_files(folder, vault, Which.KEYS))[:-KEPT_KEYS]
    try:
        for _, file in old:
            file.unlink()
    except OSError:
        raise Refused("vault.backup_not_written") from None
    return len(old)


def _files(folder: Path, vault: str, part: Which) -> Iterator[tuple[int, Path]]:
    form = re.compile(rf"{re.escape(vault)}-{part}-([1-9][0-9]*)\.age")
    for file in folder.iterdir() if folder.is_dir() else ():
        if found := form.fullmatch(file.name):
            yield int(found[1]), file
