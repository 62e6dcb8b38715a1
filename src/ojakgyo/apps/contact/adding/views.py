"""Somebody new: one short page. A name can be drawn again on it, and a form that was refused comes back as it was typed."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ojakgyo.apps.contact.adding.acts import enter_person
from ojakgyo.apps.contact.adding.forms import AddForm
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.keeping import draw_name
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId
from ojakgyo.web.rendering import page
from ojakgyo.web.words import code_name

FIELD_OF = {
    "vault.code_name_taken": "code_name",
    "vault.not_held": "cell",
    "network.line_taken": "phone",
    "contact.window_again": "first",
    "contact.oneself": "through",
}
"""Where a refusal of the act itself is shown."""


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Add somebody, or only draw another name: the button says which."""
    if request.method != "POST":
        return _page(request, typed={"cell": request.GET.get("cell", "")})
    if "draw" in request.POST:
        return _page(request, typed=request.POST, drawn_again=True)
    form = AddForm(request.desk, request.POST)
    if not form.is_valid():
        return _page(request, typed=request.POST, faults=form.faults)
    try:
        person = enter_person(request.desk, form.new_person())
    except (Refused, NotHeld) as refused:
        return _page(request, typed=request.POST, faults={FIELD_OF.get(refused.code, "form"): refused.code})
    return HttpResponseRedirect(f"/people/{ids.text('p', person)}/?added")


def _page(
    request: HttpRequest, *, typed: Mapping[str, str], faults: dict[str, str] | None = None, drawn_again: bool = False
) -> HttpResponse:
    cells = network.cells_held(request.desk)
    written = typed.get("cell", "")
    chosen = next((each.id for each in cells if ids.text("c", each.id) == written), cells[0].id if cells else None)
    name = "" if drawn_again else typed.get("code_name", "")
    taken = (faults or {}).get("code_name") == "vault.code_name_taken"
    values = {
        "cells": cells,
        "chosen": chosen,
        "name": name if name and not taken else code_name(draw_name(request.desk, _cell(chosen))),
        "typed": typed,
        "faults": faults or {},
        "folded": not (faults or {}).keys() - {"code_name", "cell", "phone", "first", "every_days"},
        "people": network.names_of(request.desk, chosen) if chosen else (),
    }
    return page(request, "contact/add.html", None, values, status=422 if faults else 200)


def _cell(number: int | None) -> CellId | None:
    return None if number is None else CellId(number)
