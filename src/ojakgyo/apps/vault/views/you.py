"""The officer's own page: roles, cells, sessions, PIN, password, one-time codes."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ojakgyo.apps.vault import cookies, header, queries
from ojakgyo.apps.vault.actions import factors, passwords, pins
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.forms.sitting import PinForm
from ojakgyo.apps.vault.forms.you import FactorForm, PasswordForm
from ojakgyo.apps.vault.qr import qr
from ojakgyo.apps.vault.views.sessions import here
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing import totp
from ojakgyo.web.rendering import page

WORDS = 6
PAGE = "/vault/you/"


@require_GET
def you(request: HttpRequest) -> HttpResponse:
    return _you(request)


@sensitive_post_parameters()
@require_POST
def pin(request: HttpRequest) -> HttpResponse:
    """Choose this session's PIN."""
    form = PinForm(request.POST)
    typed = form.cleaned_data["pin"] if form.is_valid() else ""
    try:
        confirm_first(request)
        pins.set_pin(request.desk, token=cookies.session(request) or "", pin=typed)
    except Refused as error:
        return _you(request, wrong={"pin": error.code})
    return HttpResponseRedirect(f"{PAGE}#pin")


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Other words for the same keys."""
    form = PasswordForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("house.field_missing")
        typed = form.cleaned_data
        if typed["new"] != typed["again"]:
            raise Refused("vault.passwords_differ")
        passwords.change_password(request.desk, here=here(request), old=typed["old"], new=typed["new"])
    except Refused as error:
        return _you(request, wrong={"password": error.code})
    return HttpResponseRedirect(f"{PAGE}?changed#password")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: HttpRequest) -> HttpResponse:
    """Set one-time codes up: a seed drawn for this look at the page, kept once a right code has shown that it arrived."""
    if request.method != "POST":
        return _factor(request, secrets.token_bytes(totp.SEED))
    form = FactorForm(request.POST)
    if not form.is_valid():
        return _factor(request, secrets.token_bytes(totp.SEED), wrong="house.input_refused")
    seed = form.cleaned_data["seed"]
    try:
        confirm_first(request)
        factors.set_factor(request.desk, seed=seed, code=form.cleaned_data["code"])
    except Refused as error:
        return _factor(request, seed, wrong=error.code)
    return HttpResponseRedirect(f"{PAGE}#codes")


@sensitive_post_parameters()
@require_POST
def remove_factor(request: HttpRequest) -> HttpResponse:
    """Sign in by the password alone again."""
    try:
        confirm_first(request)
        factors.remove_factor(request.desk)
    except Refused as error:
        return _you(request, wrong={"codes": error.code})
    return HttpResponseRedirect(f"{PAGE}#codes")


def _you(request: HttpRequest, wrong: dict[str, str] | None = None) -> HttpResponse:
    desk, held = request.desk, request.desk.keyring.held
    sittings = queries.own_sittings(desk, here=here(request))
    values = {
        "cells": [cell.code for cell in queries.cells(desk) if cell.id in held],
        "sittings": sittings,
        "own": next((each for each in sittings if each.here), None),
        "sign_ins": queries.last_sign_ins(desk),
        "factor": queries.has_factor(desk),
        "offered": header.generated_words(WORDS),
        "changed": "changed" in request.GET,
        "wrong": wrong or {},
        "confirmed": request.confirmed,
    }
    status = 200 if wrong is None else 429 if "vault.crowded" in wrong.values() else 422
    return page(request, "vault/you.html", None, values, status=status)


def _factor(request: HttpRequest, seed: bytes, wrong: str | None = None) -> HttpResponse:
    if not request.officer.keys:
        return HttpResponseRedirect("/enter/")
    label = f"desk-{settings.OJAK_VAULT_ID[:4]}"
    values = {
        "written": totp.written(seed),
        "label": label,
        "picture": qr(totp.address(seed, label)),
        "wrong": wrong,
        "confirmed": request.confirmed,
    }
    return page(request, "vault/factor.html", None, values, status=422 if wrong else 200)
