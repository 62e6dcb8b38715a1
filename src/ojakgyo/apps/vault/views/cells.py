"""Cells: the list, founding one, and each cell's page with who holds its key."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ojakgyo.apps.vault import queries, rights
from ojakgyo.apps.vault.actions import cells as acts
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.forms.cells import FoundForm, MemberForm
from ojakgyo.apps.vault.views import written
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, OfficerId
from ojakgyo.web.rendering import page


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: HttpRequest) -> HttpResponse:
    """The list; and founding a cell, whose first member is who founds it."""
    if request.method != "POST":
        return _all(request)
    form = FoundForm(request.POST)
    try:
        confirm_first(request)
        made = _found(request, form)
    except OjakError as error:
        return _all(request, wrong=error.code)
    return HttpResponseRedirect(f"/vault/cells/{ids.text('c', made)}/")


def _found(request: HttpRequest, form: FoundForm) -> CellId:
    if not form.is_valid():
        raise Refused("house.input_refused")
    chosen, desk = form.cleaned_data, request.desk
    area = next((line.area for line in queries.cells(desk) if line.id == chosen["like"]), None)
    if area is None:
        raise Refused("house.input_refused")
    return acts.found_cell(desk, side=chosen["side"], number=chosen["number"], area=area, members=[desk.officer])


def _all(request: HttpRequest, wrong: str | None = None) -> HttpResponse:
    values = {
        "cells": queries.cells_listed(request.desk),
        "may_manage": rights.may_manage(request.officer.roles),
        "typed": request.POST,
        "wrong": wrong,
    }
    return page(request, "vault/cells.html", None, values, status=409 if wrong else 200)


@require_safe
def show(request: HttpRequest, cell: str) -> HttpResponse:
    return _shown(request, written.cell(cell))


@sensitive_post_parameters()
@require_POST
def grant(request: HttpRequest, cell: str) -> HttpResponse:
    return _acted(request, cell, "granted", lambda id: acts.grant_key(request.desk, cell=id, officer=_member(request)))


@sensitive_post_parameters()
@require_POST
def withdraw(request: HttpRequest, cell: str) -> HttpResponse:
    """Everybody else is given a new key."""
    return _acted(
        request, cell, "withdrawn", lambda id: acts.withdraw_key(request.desk, cell=id, officer=_member(request))
    )


@sensitive_post_parameters()
@require_POST
def epoch(request: HttpRequest, cell: str) -> HttpResponse:
    return _acted(request, cell, "epoch", lambda id: acts.begin_epoch(request.desk, cell=id))


def _member(request: HttpRequest) -> OfficerId:
    form = MemberForm(request.POST)
    if not form.is_valid():
        raise Refused("vault.officer_gone")
    return OfficerId(form.cleaned_data["officer"])


def _acted(request: HttpRequest, cell: str, done: str, act: Callable[[CellId], object]) -> HttpResponse:
    """Act, and say on the page that it was done."""
    id = written.cell(cell)
    try:
        confirm_first(request)
        act(id)
    except OjakError as error:
        return _shown(request, id, wrong=error.code)
    do_chores(officer_desk(request.desk.keyring.officer_keys))
    return HttpResponseRedirect(f"/vault/cells/{cell}/?done={done}")


def _shown(request: HttpRequest, id: CellId, wrong: str | None = None) -> HttpResponse:
    values = {
        "page": queries.cell_page(request.desk, id=id),
        "may_manage": rights.may_manage(request.officer.roles),
        "wrong": wrong,
        "done": None if wrong else written.done(request),
    }
    return page(request, "vault/cell.html", None, values, status=409 if wrong else 200)
