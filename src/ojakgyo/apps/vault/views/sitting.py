"""Sitting down and leaving: the way in, the one-time address, the session PIN, the lock."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import pins, sessions
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.drawers import drawers
from ojakgyo.apps.vault.forms.sitting import EnterForm, PinForm
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import codename
from ojakgyo.web.rendering import page

_read_or_send = require_http_methods(["GET", "HEAD", "POST"])
_STATUS = {"vault.pin_form": 422, "vault.crowded": 429}


@sensitive_post_parameters()
@_read_or_send
def enter(request: HttpRequest) -> HttpResponse:
    """Code name, password, and a one-time code where one is set up; for who put the keys down the PIN, if there is one."""
    if request.method != "POST":
        if request.sitting is not None and pins.waits(token=cookies.session(request) or ""):
            return HttpResponseRedirect("/enter/pin/")
        return page(request, "vault/enter.html", None, {})
    form = EnterForm(request.POST)
    if not form.is_valid():
        return page(request, "vault/enter.html", None, {"wrong": "vault.wrong_sign_in"}, status=422)
    typed = form.cleaned_data
    name = codename.parse(typed["code_name"])
    try:
        token = sessions.sign_in(code_name=name, password=typed["password"], code=typed["code"], pin=typed["pin"])
    except Refused as error:
        values = {"wrong": error.code, "typed": typed["code_name"]}
        return page(request, "vault/enter.html", None, values, status=_STATUS.get(error.code, 403))
    return _seated(request, token)


@sensitive_post_parameters()
@_read_or_send
def pin(request: HttpRequest) -> HttpResponse:
    """Keys that were put down come back by cookie and PIN; after three wrong ones by the password only."""
    token = cookies.session(request) or ""
    if request.sitting is None or not pins.waits(token=token):
        return HttpResponseRedirect("/enter/")
    if request.method != "POST":
        return page(request, "vault/pin.html", None, {})
    form = PinForm(request.POST)
    try:
        fresh = pins.pick_up(token=token, pin=form.cleaned_data["pin"] if form.is_valid() else "")
    except Refused as error:
        if not pins.waits(token=token):
            return page(request, "vault/enter.html", None, {"wrong": error.code}, status=403)
        return page(request, "vault/pin.html", None, {"wrong": error.code}, status=_STATUS.get(error.code, 403))
    return _given(request, fresh)


@_read_or_send
def entry(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time address: looking at it spends nothing, its button does."""
    if request.method != "POST":
        return page(request, "vault/entry.html", None, {})
    try:
        return _seated(request, sessions.sign_in_by_entry(token=token))
    except Refused as error:
        return page(request, "vault/entry.html", None, {"wrong": error.code}, status=403)


@sensitive_post_parameters()
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """The password typed again by itself; back to where it was asked for."""
    request.confirmed = False
    confirm_first(request)
    to = request.POST.get("next", "")
    return HttpResponseRedirect(to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/vault/you/")


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """End the session at once, and leave nothing half typed behind."""
    if request.officer is not None:
        drawers.empty(request.officer.id)
    _leave(request)
    response = HttpResponseRedirect("/enter/")
    cookies.drop_session(response)
    return response


def _seated(request: HttpRequest, token: str) -> HttpResponse:
    _leave(request)
    return _given(request, token)


def _given(request: HttpRequest, token: str) -> HttpResponse:
    """Another token for the forms and another cookie: whatever was known before signing in is worth nothing after."""
    rotate_token(request)
    response = HttpResponseRedirect("/")
    cookies.give_session(response, request, token)
    return response


def _leave(request: HttpRequest) -> None:
    """End the session this browser has, if any."""
    if request.officer is not None:
        sessions.sign_out(token=cookies.session(request) or "")
