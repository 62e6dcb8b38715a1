"""May I call? Who is typed here, the answer has its own page; the list shows who may be called now or later."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ojakgyo.apps.calls import actions, queries
from ojakgyo.apps.calls.forms import OutcomeForm, WhoForm
from ojakgyo.apps.people.queries import person_written
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId, Seq
from ojakgyo.web.rendering import page, wants_part


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A code name by POST, so that none stands in an address."""
    if request.method != "POST":
        return _list(request)
    form = WhoForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("house.field_missing")
        person = person_written(request.desk, form.cleaned_data["who"])
    except Refused as refused:
        return _list(request, who=request.POST.get("who", ""), wrong=refused.code)
    return HttpResponseRedirect(f"/calls/{ids.text('p', person)}/")


@require_safe
def show_call(request: HttpRequest, person: str) -> HttpResponse:
    return call_shown(request, person_of(person))


@require_POST
def show_number(request: HttpRequest, person: str) -> HttpResponse:
    """The number, once: this answer shows it and nothing leads back to it."""
    own = person_of(person)
    try:
        numbers = actions.show_number(request.desk, person=own)
    except Refused as refused:
        return call_shown(request, own, code=refused.code, status=409)
    return call_shown(request, own, numbers=tuple(numbers.items()))


@require_POST
def keep_outcome(request: HttpRequest, person: str) -> HttpResponse:
    own, form = person_of(person), OutcomeForm(request.POST)
    if not form.is_valid():
        return call_shown(request, own, code="house.input_refused", status=422)
    try:
        seq = actions.record_call(request.desk, person=own, **form.cleaned_data)
    except Refused as refused:
        return call_shown(request, own, code=refused.code, status=409)
    return HttpResponseRedirect(f"/calls/{person}/?noted={seq}")


@require_POST
def take_back(request: HttpRequest, person: str, number: int) -> HttpResponse:
    own = person_of(person)
    try:
        actions.take_back_call(request.desk, call=Seq(number))
    except Refused as refused:
        return call_shown(request, own, code=refused.code, status=409)
    return HttpResponseRedirect(f"/calls/{person}/?undone")


def noted(request: HttpRequest) -> Seq | None:
    """The number of the fact that was just written, where the address says one."""
    written = request.GET.get("noted", "")
    return Seq(int(written)) if written.isascii() and written.isdecimal() and len(written) < 16 else None


def _list(request: HttpRequest, *, who: str = "", wrong: str | None = None) -> HttpResponse:
    values = {"lines": queries.calls_today(request.desk), "who": who, "wrong": wrong}
    return page(request, "calls/calls.html", None, values, status=422 if wrong else 200)


def call_shown(
    request: HttpRequest,
    person: PersonId,
    *,
    part: str | None = None,
    status: int = 200,
    code: str | None = None,
    **more: object,
) -> HttpResponse:
    """The page of a call, or the one part of it that was asked for, a refusal in it included."""
    shown = queries.call_page(request.desk, person=person)
    undo = None if (seq := noted(request)) is None or not shown.held else queries.undo_of(request.desk, seq)
    alone = part is not None and wants_part(request)
    said = {"page": shown, "code": code, "undo": undo, "undone": "undone" in request.GET, "part": alone}
    return page(request, "calls/call.html", part, {**said, **more}, status=200 if alone else status)


def person_of(written: str) -> PersonId:
    try:
        return PersonId(ids.parse_kind("p", written))
    except ValueError:
        raise Refused("house.not_found") from None
