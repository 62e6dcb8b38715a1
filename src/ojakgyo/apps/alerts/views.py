"""Waking: who is on call now and next, one's own ways to be woken, and whether they have been tried."""

import secrets

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.alerts import actions, outlets
from ojakgyo.apps.alerts.forms import AddressForm, DropTurnForm, QuietForm, TurnForm, WayForm
from ojakgyo.apps.alerts.outlets import Target
from ojakgyo.apps.alerts.queries import wake_page
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import REGISTRY, OjakError, Refused
from ojakgyo.domain.facts import WayKind
from ojakgyo.web.rendering import page

PAGE = "/wake/"
KEY_BYTES = 32


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _shown(request)


@sensitive_post_parameters()
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """A way of one's own; the key of a webhook is drawn here and shown once."""
    form = AddressForm(request.POST)
    try:
        confirm_first(request)
        typed = _typed(form)
        address = outlets.check(typed["way"], typed["address"])
        secret = secrets.token_hex(KEY_BYTES) if typed["way"] is WayKind.WEBHOOK else ""
        target = Target(typed["way"], address, secret)
        actions.keep_way(request.desk, officer=request.desk.officer, target=target)
    except OjakError as error:
        filled = {name: request.POST.get(name, "") for name in ("way", "address")}
        return _shown(request, wrong=error.code, wrong_at="way", typed=filled)
    return _shown(request, secret=secret) if secret else HttpResponseRedirect(f"{PAGE}#ways")


@sensitive_post_parameters()
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    form = WayForm(request.POST)
    try:
        confirm_first(request)
        actions.drop_way(request.desk, officer=request.desk.officer, way=_typed(form)["way"])
    except OjakError as error:
        return _shown(request, wrong=error.code, wrong_at="ways")
    return HttpResponseRedirect(f"{PAGE}#ways")


@require_POST
def quiet(request: HttpRequest) -> HttpResponse:
    form = QuietForm(request.POST)
    try:
        way = _typed(form)["way"]
        begins, ends = form.minutes()
        actions.keep_quiet_hours(request.desk, officer=request.desk.officer, way=way, begins=begins, ends=ends)
    except OjakError as error:
        return _shown(request, wrong=error.code, wrong_at="ways")
    return HttpResponseRedirect(f"{PAGE}#ways")


@require_POST
def try_it(request: HttpRequest) -> HttpResponse:
    """Be called now, one way."""
    form = WayForm(request.POST)
    try:
        way = _typed(form)["way"]
        outlets.check_here(way)
        actions.try_way(request.desk, way=way)
    except OjakError as error:
        return _shown(request, wrong=error.code, wrong_at="ways")
    return HttpResponseRedirect(f"{PAGE}#ways")


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """It woke me."""
    form = WayForm(request.POST)
    try:
        actions.answer_test(request.desk, way=_typed(form)["way"])
    except OjakError as error:
        return _shown(request, wrong=error.code, wrong_at="ways")
    return HttpResponseRedirect(f"{PAGE}#ways")


@require_POST
def turn(request: HttpRequest) -> HttpResponse:
    """A turn on the rota."""
    form = TurnForm(request.POST)
    try:
        typed = _typed(form)
        actions.set_on_call(request.desk, officer=typed["officer"], opens=typed["opens"], closes=typed["closes"])
    except OjakError as error:
        filled = {name: request.POST.get(name, "") for name in ("officer", "opens", "closes")}
        return _shown(request, wrong=error.code, wrong_at="turn", typed=filled)
    return HttpResponseRedirect(f"{PAGE}#rota")


@require_POST
def drop_turn(request: HttpRequest) -> HttpResponse:
    form = DropTurnForm(request.POST)
    try:
        actions.drop_on_call(request.desk, turn=_typed(form)["shift"])
    except OjakError as error:
        return _shown(request, wrong=error.code, wrong_at="turn")
    return HttpResponseRedirect(f"{PAGE}#rota")


def _typed(form: forms.Form) -> dict[str, object]:
    """What a valid form holds; else ``Refused``, by the code of its first fault."""
    if form.is_valid():
        return form.cleaned_data
    codes = [str(error.code) for faults in form.errors.as_data().values() for error in faults]
    raise Refused(next((code for code in codes if code in REGISTRY), "house.input_refused"))


def _shown(request: HttpRequest, *, wrong: str | None = None, **said: object) -> HttpResponse:
    found = wake_page(request.desk, wrong=wrong, **said)
    return page(
        request,
        "alerts/wake.html",
        "ways",
        {"page": found, "confirmed": request.confirmed},
        status=409 if wrong else 200,
    )
