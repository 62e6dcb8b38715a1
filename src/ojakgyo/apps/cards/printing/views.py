"""Cards onto paper: the page that says what that means, and the sheet itself, straight into the answer."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.cards.printing import acts, child
from ojakgyo.apps.cards.printing.forms import PrintingForm, cards_of
from ojakgyo.apps.cards.printing.queries import to_print
from ojakgyo.apps.cards.printing.said import SHEETS
from ojakgyo.apps.cards.printing.values import arranged
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.values.ids import CardId
from ojakgyo.web.rendering import page


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _page(request)


@sensitive_post_parameters()
@require_POST
def print_cards(request: HttpRequest) -> HttpResponse:
    """The sheet. It is written down that it was made, never what stood on it."""
    form = PrintingForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("house.input_refused")
        cards = cards_of(request.POST.getlist("cards"))
        confirm_first(request)
        made = acts.print_cards(
            request.desk, cards=cards, form=form.cleaned_data["form"], warned=form.cleaned_data["warned"]
        )
    except ValidationError:
        return _page(request, wrong="house.input_refused")
    except OjakError as error:
        return _page(request, wrong=error.code)
    return _sheet(made)


@require_safe
def habits(request: HttpRequest, language: str) -> HttpResponse:
    """How a card and a phone are used; it holds nothing of anybody."""
    if language not in SHEETS:
        raise Http404
    return _sheet(child.write_habits(language))


def _sheet(made: bytes) -> HttpResponse:
    """Its name says nothing of the desk, of a cell or of a day."""
    said = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="list.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=said)


def _wanted(request: HttpRequest) -> tuple[CardId, ...]:
    """The card whose page one comes from, or what was ticked; what is no card is passed over."""
    try:
        return cards_of([*request.GET.getlist("card"), *request.POST.getlist("cards")])
    except ValidationError:
        return ()


def _page(request: HttpRequest, *, wrong: str | None = None) -> HttpResponse:
    cells = arranged(to_print(request.desk), wanted=_wanted(request), again=wrong is not None)
    values = {
        "cells": cells,
        "count": sum(len(cell.cards) for cell in cells),
        "wrong": wrong,
        "chosen": {"form": request.POST.get("form", "")},
    }
    return page(request, "cards/print.html", None, values, status=409 if wrong else 200)
