"""Radio silence: begun and ended on the page of the shift."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from ojakgyo.apps.contact.radio import acts
from ojakgyo.apps.contact.radio.forms import RadioForm
from ojakgyo.apps.home.views.shift import shown
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.instants import HOUR_MS, Instant


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    form = RadioForm(request.POST)

    def act() -> object:
        if not form.is_valid():
            raise Refused("house.input_refused")
        until = Instant(request.desk.now + form.cleaned_data["hours"] * HOUR_MS)
        return acts.begin_radio_silence(request.desk, until=until)

    return _acted(request, act)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    return _acted(request, lambda: acts.end_radio_silence(request.desk))


def _acted(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return shown(request, radio_refused=refused.code)
    return HttpResponseRedirect("/shift/#radio")
