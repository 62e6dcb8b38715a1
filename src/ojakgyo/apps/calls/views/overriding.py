"""A call although the desk said no."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from ojakgyo.apps.calls import overriding
from ojakgyo.apps.calls.forms import OverrideForm
from ojakgyo.apps.calls.views.asking import call_shown, person_of
from ojakgyo.domain.errors import Refused


@require_POST
def override(request: HttpRequest, person: str) -> HttpResponse:
    """The number, once: this answer shows it and nothing leads back to it."""
    own, form = person_of(person), OverrideForm(request.POST)
    if not form.is_valid():
        return call_shown(request, own, code="house.input_refused", status=422)
    try:
        numbers = overriding.override_call(request.desk, person=own, reason=form.cleaned_data["why"])
    except Refused as refused:
        return call_shown(request, own, code=refused.code, status=409)
    return call_shown(request, own, numbers=tuple(numbers.items()))
