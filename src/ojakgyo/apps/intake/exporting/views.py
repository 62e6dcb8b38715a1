"""One's own cells on the way out: asked for, signed by a second officer on the vault's page, made once."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.intake.exporting import actions
from ojakgyo.apps.intake.exporting.forms import AskForm, MakeForm
from ojakgyo.apps.intake.exporting.queries import export_page
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.facts import ExportFormat
from ojakgyo.domain.values import ids
from ojakgyo.web.rendering import page

KINDS: Final = {
    ExportFormat.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "table.xlsx"),
    ExportFormat.CSV: ("application/zip", "tables.zip"),
    ExportFormat.JSON: ("application/json", "table.json"),
}
"""The name of the file says nothing of the desk, of a cell or of a day."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _shown(request)


@sensitive_post_parameters()
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Make the request and sign it first; a colleague signs it on its page."""
    form = AskForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("intake.export_nothing" if "cells" in form.errors else "house.input_refused")
        confirm_first(request)
        asked = actions.ask_export(
            request.desk, cells=form.cleaned_data["cells"], file_format=form.cleaned_data["format"]
        )
    except OjakError as error:
        return _shown(request, wrong=error.code)
    return HttpResponseRedirect(f"/vault/requests/{ids.text('t', asked)}/")


@sensitive_post_parameters()
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """The file, straight into the answer."""
    form = MakeForm(request.POST)
    language = "ko" if (get_language() or "").startswith("ko") else "en"
    try:
        if not form.is_valid():
            raise Refused("house.input_refused")
        confirm_first(request)
        file_format, made = actions.export_cells(request.desk, request=form.cleaned_data["request"], language=language)
    except OjakError as error:
        return _shown(request, wrong=error.code)
    kind, name = KINDS[file_format]
    said = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=kind, headers=said)


def _shown(request: HttpRequest, *, wrong: str | None = None) -> HttpResponse:
    chosen = {"format": request.POST.get("format", ""), "cells": request.POST.getlist("cells")}
    values = {"page": export_page(request.desk), "wrong": wrong, "chosen": chosen}
    return page(request, "intake/export.html", None, values, status=409 if wrong else 200)
