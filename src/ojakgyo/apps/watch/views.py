"""One warning, and what is done about it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.watch import actions, closing, queries
from ojakgyo.apps.watch.forms import CloseForm, ToldForm
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CloseReason
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import Seq, WarningId
from ojakgyo.web.rendering import page


@require_safe
def show_warning(request: HttpRequest, warning: str) -> HttpResponse:
    return _page(request, _id(warning))


@require_POST
def take(request: HttpRequest, warning: str) -> HttpResponse:
    return _done(request, warning, lambda own: actions.take_warning(request.desk, warning=own))


@require_POST
def take_over(request: HttpRequest, warning: str) -> HttpResponse:
    return _done(request, warning, lambda own: actions.take_over_warning(request.desk, warning=own))


@require_POST
def acknowledge(request: HttpRequest, warning: str) -> HttpResponse:
    return _done(request, warning, lambda own: actions.acknowledge_warning(request.desk, warning=own))


@require_POST
def tell(request: HttpRequest, warning: str) -> HttpResponse:
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _page(request, _id(warning), code="house.input_refused", status=422)
    return _done(request, warning, lambda own: actions.tell_subject(request.desk, warning=own, **form.cleaned_data))


@require_POST
def close(request: HttpRequest, warning: str) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, _id(warning), code="house.input_refused", status=422)
    return _done(request, warning, lambda own: actions.close_warning(request.desk, warning=own, **form.cleaned_data))


@sensitive_post_parameters()
@require_POST
def ask(request: HttpRequest, warning: str) -> HttpResponse:
    """Where a sign of duress stands: the first hand of two."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, _id(warning), code="house.input_refused", status=422)
    typed = form.cleaned_data
    return _done(request, warning, lambda own: _first_hand(request, own, typed["reason"], typed["seen"]))


@sensitive_post_parameters()
@require_POST
def sign(request: HttpRequest, warning: str) -> HttpResponse:
    """The second hand; with it the warning is closed."""
    return _done(request, warning, lambda own: _second_hand(request, own))


@require_POST
def close_by_two(request: HttpRequest, warning: str) -> HttpResponse:
    """What two have signed and nobody has done yet."""
    desk = request.desk
    act = lambda own: closing.close_by_two(desk, warning=own, request=queries.closing_asked(desk, warning=own))  # noqa: E731
    return _done(request, warning, act)


def _first_hand(request: HttpRequest, warning: WarningId, reason: CloseReason, seen: Seq) -> None:
    confirm_first(request)
    closing.ask_to_close(request.desk, warning=warning, reason=reason, seen=seen)


def _second_hand(request: HttpRequest, warning: WarningId) -> None:
    asked = queries.closing_asked(request.desk, warning=warning)
    confirm_first(request)
    closing.nothing_newer(request.desk, warning=warning, request=asked)
    approve_request(request.desk, request=asked)
    closing.close_by_two(request.desk, warning=warning, request=asked)


def _done(request: HttpRequest, warning: str, act: Callable[[WarningId], object]) -> HttpResponse:
    """Act, then show where one stands; a refusal is said on the same page."""
    own = _id(warning)
    try:
        act(own)
    except Refused as refused:
        return _page(request, own, code=refused.code, status=409)
    return HttpResponseRedirect(f"/watch/{warning}/")


def _page(request: HttpRequest, warning: WarningId, *, code: str | None = None, status: int = 200) -> HttpResponse:
    values = {"page": queries.page(request.desk, warning=warning), "code": code}
    return page(request, "watch/warning.html", "warning", values, status=status)


def _id(written: str) -> WarningId:
    try:
        return WarningId(ids.parse_kind("w", written))
    except ValueError:
        raise Refused("house.not_found") from None
