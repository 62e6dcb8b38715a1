"""A line's page and its acts; the list of all of them, and of those that run out soon."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.home.forms.lines import ChargeForm, HandOnForm, StateForm
from ojakgyo.apps.home.lines.queries import line_page
from ojakgyo.apps.home.lines.removing import remove_line
from ojakgyo.apps.network.lines import acts
from ojakgyo.apps.network.lines import queries as lines
from ojakgyo.apps.people.queries import person_written
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import LineId
from ojakgyo.web.rendering import page

F = TypeVar("F", bound=Form)


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    listed, more = lines.lines_held(request.desk)
    return page(
        request, "home/lines.html", None, {"lines": listed, "more": more, "due": lines.due_counts(request.desk)}
    )


@require_safe
def show_due(request: HttpRequest) -> HttpResponse:
    return page(request, "home/lines_due.html", None, {"lines": lines.lines_due(request.desk)})


@require_safe
def show(request: HttpRequest, line: str) -> HttpResponse:
    return _shown(request, _id(line))


@require_POST
def state(request: HttpRequest, line: str) -> HttpResponse:
    def change(desk: Desk, own: LineId) -> object:
        return acts.change_state(desk, line=own, state=_valid(StateForm(request.POST)).cleaned_data["state"])

    return _acted(request, line, change, part="state")


@require_POST
def charge(request: HttpRequest, line: str) -> HttpResponse:
    def note(desk: Desk, own: LineId) -> object:
        return acts.note_charge(desk, line=own, **_valid(ChargeForm(request.POST)).noted)

    return _acted(request, line, note, part="charge")


@require_POST
def hand_on(request: HttpRequest, line: str) -> HttpResponse:
    def give(desk: Desk, own: LineId) -> object:
        to = person_written(desk, _valid(HandOnForm(request.POST)).cleaned_data["who"])
        return acts.hand_on(desk, line=own, to=to)

    return _acted(request, line, give, part="holder")


@require_POST
def remove(request: HttpRequest, line: str) -> HttpResponse:
    own = _id(line)
    try:
        holder = remove_line(request.desk, line=own)
    except Refused as refused:
        return _refused(request, own, refused, part="remove")
    return HttpResponseRedirect(f"/people/{ids.text('p', holder)}/")


def _acted(request: HttpRequest, line: str, act: Callable[[Desk, LineId], object], *, part: str) -> HttpResponse:
    """Do it and lead back to the page; what was refused is said in the part it was asked in."""
    own = _id(line)
    try:
        act(request.desk, own)
    except (NotHeld, Refused) as refused:
        return _refused(request, own, refused, part=part)
    return HttpResponseRedirect(f"/lines/{line}/?noted")


def _refused(request: HttpRequest, own: LineId, refused: Refused | NotHeld, *, part: str) -> HttpResponse:
    """Without the key of the line itself its page refuses again."""
    if refused.code == "house.not_found":
        raise refused
    status = 403 if isinstance(refused, NotHeld) else 409
    return _shown(request, own, wrong={part: refused.code}, status=status)


def _shown(
    request: HttpRequest, own: LineId, *, wrong: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    found = line_page(request.desk, line=own)
    values = {"page": found, "wrong": wrong or {}, "typed": request.POST, "noted": "noted" in request.GET}
    return page(request, "home/line.html", None, values, status=status)


def _valid(form: F) -> F:
    if not form.is_valid():
        raise Refused("house.input_refused")
    return form


def _id(written: str) -> LineId:
    try:
        return LineId(ids.parse_kind("l", written))
    except ValueError:
        raise Refused("house.not_found") from None
