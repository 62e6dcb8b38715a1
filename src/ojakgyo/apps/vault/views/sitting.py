"""Sitting down and leaving: the way in, the one-time address, the lock."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.forms.sitting import EnterForm
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import codename
from ojakgyo.web.rendering import page

_read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
@_read_or_send
def enter(request: HttpRequest) -> HttpResponse:
    """Code name and password."""
    if request.method != "POST":
        return page(request, "vault/enter.html", None, {})
    form = EnterForm(request.POST)
    if not form.is_valid():
        return page(request, "vault/enter.html", None, {"wrong": "vault.wrong_sign_in"}, status=422)
    typed = form.cleaned_data
    try:
        token = sessions.sign_in(code_name=codename.parse(typed["code_name"]), password=typed["password"])
    except Refused as error:
        values = {"wrong": error.code, "typed": typed["code_name"]}
        return page(request, "vault/enter.html", None, values, status=403)
    return _seated(request, token)


@_read_or_send
def entry(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time address: looking at it spends nothing, its button does."""
    if request.method != "POST":
        return page(request, "vault/entry.html", None, {})
    try:
        return _seated(request, sessions.sign_in_by_entry(token=token))
    except Refused as error:
        return page(request, "vault/entry.html", None, {"wrong": error.code}, status=403)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """End the session at once."""
    _leave(request)
    response = HttpResponseRedirect("/enter/")
    cookies.drop_session(response)
    return response


def _seated(request: HttpRequest, token: str) -> HttpResponse:
    _leave(request)
    rotate_token(request)
    response = HttpResponseRedirect("/")
    cookies.give_session(response, request, token)
    return response


def _leave(request: HttpRequest) -> None:
    """End the session this browser has, if any."""
    if request.officer is not None:
        sessions.sign_out(token=cookies.session(request) or "")
