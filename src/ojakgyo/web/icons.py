"""Icons: 24-unit strokes of 2 from `lucide`, and the desk's own diamonds and circles. A word stands beside each."""

import re
from functools import cache
from typing import Final

from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

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
    drawn = re.sub(r"^<svg[^>]*>", _OPENING, lucide(name, size=None))
    joined = re.sub(r"\s*\n\s*", "", drawn)
    return SafeString(joined)  # nosec B703
