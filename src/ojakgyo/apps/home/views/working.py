"""Working the board: a warning is taken, told or closed in its row, and one stays where one is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from ojakgyo.apps.home.values import Refusal
from ojakgyo.apps.home.views.now import shown
from ojakgyo.apps.watch import actions
from ojakgyo.apps.watch.forms import CloseForm, ToldForm
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import WarningId
from ojakgyo.web.rendering import wants_part


@require_POST
def take(request: HttpRequest, warning: str) -> HttpResponse:
    return _acted(request, warning, "", lambda own: actions.take_warning(request.desk, warning=own))


@require_POST
def tell(request: HttpRequest, warning: str) -> HttpResponse:
    form = ToldForm(request.POST)

    def act(own: WarningId) -> object:
        if "route" not in request.POST or not form.is_valid():
            raise Refused("house.input_refused")
        return actions.tell_subject(request.desk, warning=own, **form.cleaned_data)

    return _acted(request, warning, "told", act)


@require_POST
def close(request: HttpRequest, warning: str) -> HttpResponse:
    form = CloseForm(request.POST)

    def act(own: WarningId) -> object:
        if not form.is_valid():
            raise Refused("house.input_refused")
        return actions.close_warning(request.desk, warning=own, **form.cleaned_data)

    return _acted(request, warning, "close", act)


def _acted(request: HttpRequest, warning: str, name: str, act: Callable[[WarningId], object]) -> HttpResponse:
    """Act, then show the same part of the board again; a refusal is said at the row."""
    own, show = _id(warning), request.POST.get("show", "")
    try:
        act(own)
    except Refused as refused:
        chosen = request.POST.get({"told": "route", "close": "reason"}.get(name, ""))
        return shown(request, show=show, refused=Refusal(own, refused.code, name, chosen))
    if wants_part(request):
        return shown(request, show=show)
    part = f"?{urlencode({'show': show})}" if show else ""
    return HttpResponseRedirect(f"/now/{part}#{warning}")


def _id(written: str) -> WarningId:
    try:
        return WarningId(ids.parse_kind("w", written))
    except ValueError:
        raise Refused("house.not_found") from None
