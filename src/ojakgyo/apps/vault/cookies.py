"""Cookies of this vault: their names carry its id, since every port of a machine shares one jar."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

THEMES: Final = ("auto", "light", "dark")


def session(request: HttpRequest) -> str | None:
    return request.COOKIES.get(_name())


def give_session(response: HttpResponse, request: HttpRequest, token: str) -> None:
    """Gone when the browser closes; out of reach of scripts and of other sites."""
    _give(response, request, _name(), token)


def drop_session(response: HttpResponse) -> None:
    response.delete_cookie(_name(), samesite="Strict")


def language(request: HttpRequest) -> str:
    """What was chosen, else the house's."""
    chosen = request.COOKIES.get(_name("language"))
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(_name("theme"))
    return chosen if chosen in THEMES else "auto"


def keep(response: HttpResponse, request: HttpRequest, choice: str, value: str) -> None:
    """Keep the chosen `language` or `theme` as long as the browser stays open."""
    _give(response, request, _name(choice), value)


def _give(response: HttpResponse, request: HttpRequest, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="Strict", secure=request.is_secure())


def _name(part: str = "") -> str:
    return "-".join(filter(None, ("ojak", part, settings.OJAK_VAULT_ID)))
