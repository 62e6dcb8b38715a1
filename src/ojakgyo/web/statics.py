"""Style, script and the icon, served from memory: few files, read once, known by their digest."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
SHIPPED: Final = {
    "web/tokens.css": "ojakgyo.web",
    "web/desk.css": "ojakgyo.web",
    "web/desk.js": "ojakgyo.web",
    "web/log.js": "ojakgyo.web",
    "web/calls.js": "ojakgyo.web",
    "web/find.js": "ojakgyo.web",
    "web/drafts.js": "ojakgyo.web",
    "web/sheet.js": "ojakgyo.web",
    "web/mark.svg": "ojakgyo.web",
    "django_htmx/htmx-4.min.js": "django_htmx",
}
"""Path below /static/ -> the package that ships it. Nothing else is served."""


@dataclass(frozen=True, slots=True)
class Held:
    body: bytes
    type: str
    digest: str


@cache
def held(path: str) -> Held:
    """The file at `path`; ``KeyError`` for any other."""
    body = files(SHIPPED[path]).joinpath("static", *path.split("/")).read_bytes()
    return Held(body, TYPES[path.rpartition(".")[2]], hashlib.sha256(body).hexdigest()[:16])


def address(path: str) -> str:
    """The URL of a file, which changes with its content."""
    return f"{settings.STATIC_URL}{path}?v={held(path).digest}"


def static(request: HttpRequest, path: str) -> HttpResponse:
    """A file for good where its digest is in the address, else to be asked for again each time."""
    try:
        found = held(path)
    except KeyError:
        raise Http404 from None
    tag = f'"{found.digest}"'
    kept = "max-age=31536000, immutable" if request.GET.get("v") == found.digest else "no-cache"
    headers = {"ETag": tag, "Cache-Control": kept, "X-Content-Type-Options": "nosniff"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(found.body, content_type=found.type, headers=headers)
