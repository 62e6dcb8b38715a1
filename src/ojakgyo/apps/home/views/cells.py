"""Cells as people work in them, one printed sheet of each for power cuts, and the areas they work in."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.home.cells import cell_worked, cells_listed
from ojakgyo.apps.home.forms.cells import AreaForm, FoundForm, LeadForm, MoveForm
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.actions import lead_cell, move_cell, record_area
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.actions.cells import found_cell
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.values import Side
from ojakgyo.apps.vault.views import written
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import AreaId, CellId
from ojakgyo.web.rendering import page

F = TypeVar("F", bound=Form)


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    return page(request, "home/cells.html", None, {"cells": cells_listed(request.desk)})


@require_safe
def show(request: HttpRequest, cell: str) -> HttpResponse:
    return _shown(request, written.cell(cell))


@require_safe
def sheet(request: HttpRequest, cell: str) -> HttpResponse:
    """Code names, windows and routes on one page of paper; no number, no name."""
    return page(request, "home/cell_sheet.html", None, {"page": cell_worked(request.desk, id=written.cell(cell))})


@require_POST
def lead(request: HttpRequest, cell: str) -> HttpResponse:
    def name(id: CellId) -> object:
        form = _valid(LeadForm(request.POST))
        return lead_cell(request.desk, cell=id, lead=form.named("lead"), deputy=form.named("deputy"))

    return _acted(request, cell, name, part="lead")


@sensitive_post_parameters()
@require_POST
def move(request: HttpRequest, cell: str) -> HttpResponse:
    """The area of a cell, for who manages cells."""

    def to_area(id: CellId) -> object:
        confirm_first(request)
        return move_cell(request.desk, cell=id, area=AreaId(_valid(MoveForm(request.POST)).cleaned_data["area"]))

    return _acted(request, cell, to_area, part="area")


def _acted(request: HttpRequest, cell: str, act: Callable[[CellId], object], *, part: str) -> HttpResponse:
    id = written.cell(cell)
    request.desk.keyring.cell_key(id)
    try:
        act(id)
    except Refused as refused:
        return _shown(request, id, wrong={part: refused.code}, status=409)
    return HttpResponseRedirect(f"/cells/{cell}/")


def _shown(request: HttpRequest, id: CellId, *, wrong: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    values = {"page": cell_worked(request.desk, id=id), "wrong": wrong or {}}
    return page(request, "home/cell.html", None, values, status=status)


# Areas ---------------------------------------------------------------------------------------------------------------


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    return _areas(request)


@require_POST
def new_area(request: HttpRequest) -> HttpResponse:
    """Record a coarse stretch of country."""
    try:
        rights.demand_manager(request.desk.actor, request.officer.roles)
        form = _valid(AreaForm(request.POST))
        north = form.cleaned_data["side"] is Side.NORTH
        record_area(request.desk, north=north, number=form.cleaned_data["number"])
    except Refused as refused:
        return _areas(request, wrong={"area": refused.code}, status=409)
    return HttpResponseRedirect("/areas/")


@sensitive_post_parameters()
@require_POST
def new_cell(request: HttpRequest) -> HttpResponse:
    """Found a cell in an area; its first member is who founds it."""
    desk = request.desk
    try:
        confirm_first(request)
        chosen = _valid(FoundForm(request.POST)).cleaned_data
        if chosen["area"] not in {area.id for area in network.areas_known()}:
            raise Refused("house.input_refused")
        area = AreaId(chosen["area"])
        made = found_cell(desk, side=chosen["side"], number=chosen["number"], area=area, members=[desk.officer])
    except (NotHeld, Refused) as refused:
        return _areas(request, wrong={"cell": refused.code}, status=409)
    return HttpResponseRedirect(f"/cells/{ids.text('c', made)}/")


def _areas(request: HttpRequest, *, wrong: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    cells, known = network.cells_at(request.desk), network.areas_known()
    values = {
        "areas": [(area, [cell for cell in cells if cell.area_id == area.id]) for area in known],
        "may_manage": rights.may_manage(request.officer.roles),
        "typed": request.POST,
        "wrong": wrong or {},
    }
    return page(request, "home/areas.html", None, values, status=status)


def _valid(form: F) -> F:
    if not form.is_valid():
        raise Refused("house.input_refused")
    return form
