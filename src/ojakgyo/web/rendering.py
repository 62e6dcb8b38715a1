"""Turns frozen values into a page, or into the one part of it that a live page asks for."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from ojakgyo.web import particles


def wants_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" or "/_part/" in request.path


def page(
    request: HttpRequest,
    template: str,
    part: str | None,
    values: Mapping[str, object],
    *,
    title: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole `template`, or its partial `part` where only that was asked for. Never kept by the browser.

    The browser's title is `title`, else the template's own; it holds a screen or a code, never a name.
    """
    chosen = f"{template}#{part}" if part and wants_part(request) else template
    html = render_to_string(chosen, {**values, "title": title, "screen": PurePosixPath(template).stem}, request)
    spoken = particles.settle(html) if get_language() == "ko" else html
    return HttpResponse(spoken, status=status, headers={"Cache-Control": "no-store", "Vary": "HX-Request, Cookie"})


def failure(request: HttpRequest, code: str, *, status: int) -> HttpResponse:
    """The page of an error code: its sentence, and what to do. A live page does not swap it in (`noSwap`)."""
    return page(request, "web/error.html", None, {"code": code}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure(request, "house.not_found", status=404)
