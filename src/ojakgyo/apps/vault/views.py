"""The gate of the sealed house, the way in, the lock, and the two choices that everybody has."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.forms import EnterForm, GateForm, LanguageForm, NextForm, ThemeForm
from ojakgyo.apps.vault.pace import pace
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.names import codename
from ojakgyo.web.rendering import page

_read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
def gate(request: HttpRequest) -> HttpResponse:
    """The only page of a sealed house; the passphrase is handed to `settings.OJAK_UNSEAL`."""
    if request.method != "POST" or request.path != "/" or not _unseal():
        return _gate(request, None)
    form = GateForm(request.POST)
    if not form.is_valid():
        return _gate(request, "vault.wrong_passphrase")
    pace.wait("gate")
    try:
        settings.OJAK_UNSEAL(form.cleaned_data["words"])
    except (Refused, Damaged) as error:
        pace.wrong("gate")
        return _gate(request, error.code)
    pace.right("gate")
    return HttpResponseRedirect("/")


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


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    return _chosen(request, LanguageForm(request.POST), "language")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    return _chosen(request, ThemeForm(request.POST), "theme")


def _unseal() -> bool:
    return getattr(settings, "OJAK_UNSEAL", None) is not None


def _gate(request: HttpRequest, wrong: str | None) -> HttpResponse:
    since = getattr(settings, "OJAK_SEALED_SINCE", None)
    values = {"wrong": wrong, "since": since, "takes_words": _unseal()}
    return page(request, "vault/gate.html", None, values, status=503)


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


def _chosen(request: HttpRequest, form: NextForm, choice: str) -> HttpResponse:
    if not form.is_valid():
        raise Refused("house.input_refused")
    to = form.cleaned_data["next"]
    response = HttpResponseRedirect(to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/")
    cookies.keep(response, request, choice, form.cleaned_data[choice])
    return response
