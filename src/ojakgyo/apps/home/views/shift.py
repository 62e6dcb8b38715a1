"""The change of a shift, and the sheet for a night without power."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.home.forms.shift import HandOverForm, TakeForm
from ojakgyo.apps.home.shifts import actions
from ojakgyo.apps.home.shifts.queries import shift_page
from ojakgyo.apps.home.shifts.sheet import night_sheet
from ojakgyo.apps.vault.drawers import forget_scratch
from ojakgyo.domain.errors import OjakError
from ojakgyo.web.rendering import page

PAGE = "/shift/"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return shown(request, anew="anew" in request.GET)


@sensitive_post_parameters("personal")
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Sign the brief that was read; the scratch line dies with the shift."""
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return shown(request, anew=True, line=request.POST.get("personal", ""), wrong="house.input_refused")
    typed = form.cleaned_data
    try:
        actions.hand_over(request.desk, to=typed["to"], line=typed["personal"], seen=typed["seen"])
    except OjakError as error:
        return shown(request, anew=True, line=typed["personal"], to=typed["to"], wrong=error.code)
    forget_scratch(request.desk)
    return HttpResponseRedirect(PAGE)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Sign what was handed over, on one's own session."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        return shown(request, wrong="house.input_refused")
    try:
        actions.take_shift(request.desk, shift=form.cleaned_data["shift"])
    except OjakError as error:
        return shown(request, wrong=error.code)
    return HttpResponseRedirect(PAGE)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    return page(request, "home/night_sheet.html", None, {"sheet": night_sheet(request.desk)})


def shown(
    request: HttpRequest,
    *,
    anew: bool = False,
    wrong: str | None = None,
    radio_refused: str | None = None,
    **typed: object,
) -> HttpResponse:
    found = shift_page(request.desk, anew=anew, wrong=wrong, radio_refused=radio_refused, **typed)
    return page(request, "home/shift.html", None, {"page": found}, status=409 if wrong or radio_refused else 200)
