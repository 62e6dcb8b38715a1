"""Icons: 24-unit strokes of 2 from `lucide`, and the desk's own diamonds and circles. A word stands beside each."""

import io
import re
from functools import cache
from importlib.resources import files
from typing import Final
from zipfile import ZipFile

from django.utils.safestring import SafeString
from lucide import IconDoesNotExist

_OPENING: Final = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">'
_OWN: Final = {
    "diamond": '<path d="M12 3.5 20.5 12 12 20.5 3.5 12z"/>',
    "diamond-full": '<path d="M12 3.5 20.5 12 12 20.5 3.5 12z" fill="currentColor"/>',
    "circle": '<circle cx="12" cy="12" r="7"/>',
    "circle-full": '<circle cx="12" cy="12" r="6" fill="currentColor"/>',
}


@cache
def icon(name: str) -> SafeString:
    """The SVG of one icon; an unknown name is an error."""
    if name in _OWN:
        return SafeString(f"{_OPENING}{_OWN[name]}</svg>")  # nosec B703
    drawn = re.sub(r"^<svg[^>]*>", _OPENING, _drawn(name))
    joined = re.sub(r"\s*\n\s*", "", drawn)
    return SafeString(joined)  # nosec B703


def _drawn(name: str) -> str:
    """As it stands in the package. Its own tag reads the list of all of them again for each."""
    try:
        return _packed().read(f"{name}.svg").decode()
    except KeyError:
        raise IconDoesNotExist(f"The icon {name!r} does not exist.") from None


@cache
def _packed() -> ZipFile:
    return ZipFile(io.BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))
