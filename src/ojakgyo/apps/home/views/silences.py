"""Silences on the board: taken by name, and ended with a reason."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from ojakgyo.apps.contact.silences import acts
from ojakgyo.apps.contact.silences.forms import EndForm
from ojakgyo.apps.home.silences import end_silence
from ojakgyo.apps.home.views.now import shown
from ojakgyo.domain.errors import Refused


@require_POST
def take(request: HttpRequest, window: int) -> HttpResponse:
    return _acted(request, lambda: acts.take_silence(request.desk, window=window), "/now/#silences")


@require_POST
def end(request: HttpRequest, window: int) -> HttpResponse:
    form = EndForm(request.POST)

    def act() -> object:
        if not form.is_valid():
            raise Refused("house.input_refused")
        return end_silence(request.desk, window=window, why=form.cleaned_data["why"])

    return _acted(request, act, "/now/?ended")


def _acted(request: HttpRequest, act: Callable[[], object], then: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return shown(request, show="", silence_refused=refused.code)
    return HttpResponseRedirect(then)
