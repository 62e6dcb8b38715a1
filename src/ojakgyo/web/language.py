"""Speaks the language that was chosen, on every page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


class LanguageMiddleware:
    """Reads `request.language`, which the vault's middleware has put there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(getattr(request, "language", settings.LANGUAGE_CODE)):
            return self._next(request)
