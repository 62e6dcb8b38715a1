"""The log page: what was heard goes in here and takes the same path as an SMS."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.contact.actions import take_back, type_message
from ojakgyo.apps.contact.messages import came_in
from ojakgyo.apps.contact.values import Asked, LogPage, Noted, ReportTyped, Wrong
from ojakgyo.apps.home.forms.log import LONGEST_LINE, LineForm, UndoForm
from ojakgyo.apps.home.logged import last_line, logged
from ojakgyo.apps.home.understood import doubtful, meant, understood
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.queries import code_names, person_written
from ojakgyo.apps.watch.actions import hear_report
from ojakgyo.apps.watch.forms import ReportForm
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values import ids
from ojakgyo.web import clocks, words
from ojakgyo.web.rendering import page


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def log_contact(request: HttpRequest) -> HttpResponse:
    """One line in, "Noted." back, the same whatever the digits meant."""
    if request.method != "POST":
        line = _begun(request)
        return _log(request, line=line, typed=understood(request.desk, line), noted=_noted(request))
    line, form = request.POST.get("line", ""), LineForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("contact.line_unclear")
        said = meant(request.desk, line, chosen=form.cleaned_data["who"])
        if doubtful(said) and form.cleaned_data["asked"] != form.cleaned_data["line"]:
            asked = Asked(line=form.cleaned_data["line"], digits=said.digits, who=form.cleaned_data["who"])
            return _log(request, line=line, typed=understood(request.desk, line), asked=asked)
        type_message(
            request.desk,
            person=said.person,
            words=said.words,
            line=line,
            following=said.following,
            through=said.through,
            heads=said.heads,
        )
    except (Refused, NotHeld) as refused:
        half = understood(request.desk, line)
        return _log(request, line=line, typed=half, wrong=(Wrong(field="line", code=refused.code),))
    return HttpResponseRedirect("/log/?noted")


@sensitive_post_parameters()
@require_POST
def understand_line(request: HttpRequest) -> HttpResponse:
    """The line as it stands half typed; nothing is kept of it."""
    half = understood(request.desk, request.POST.get("line", "")[:LONGEST_LINE])
    return page(request, "contact/log.html", "parse", {"page": LogPage(typed=half)})


@sensitive_post_parameters()
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a line back before it is read: it stands in its field again, to be corrected. Later: what is done is done."""
    form = UndoForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("house.not_found")
        line = take_back(request.desk, message=form.cleaned_data["message"])
    except Refused as refused:
        return _log(request, wrong=(Wrong(field="undo", code=refused.code),), status=409)
    return _log(request, line=line, typed=understood(request.desk, line), noted=Noted.TAKEN_BACK)


@require_POST
def log_report(request: HttpRequest) -> HttpResponse:
    """What somebody else saw."""
    form = ReportForm(request.POST)
    wrong = [Wrong(field=field, code="house.field_missing") for field in form.errors] if not form.is_valid() else []
    found = {}
    for field in ("about", "source"):
        if written := form.cleaned_data.get(field):
            try:
                found[field] = person_written(request.desk, written)
            except Refused as refused:
                wrong.append(Wrong(field=field, code=refused.code))
    if wrong:
        typed = {name: request.POST.get(name, "") for name in ReportForm.base_fields}
        return _log(request, report=ReportTyped(**typed), wrong=tuple(wrong))
    hear_report(
        request.desk,
        about=found["about"],
        source=found.get("source"),
        report=form.cleaned_data["report"],
        reliability=form.cleaned_data["reliability"],
        credibility=form.cleaned_data["credibility"],
        since=clocks.last_time(form.cleaned_data["since"], request.desk.now),
    )
    return HttpResponseRedirect("/log/?noted=report")


def _begun(request: HttpRequest) -> str:
    """A line that begins with somebody's code name, for who holds the key of their cell; in the address their id stands."""
    try:
        person = ids.parse_kind("p", request.GET.get("about", ""))
    except ValueError:
        return ""
    cell = cells_of([person]).get(person)
    if cell is None or not request.desk.keyring.holds(cell):
        return ""
    return f"{words.code_name(code_names(request.desk, [person])[person])} "


def _noted(request: HttpRequest) -> Noted | None:
    if "noted" not in request.GET:
        return None
    return Noted.REPORT if request.GET["noted"] == Noted.REPORT else Noted.LINE


def _log(request: HttpRequest, *, status: int = 422, **values: object) -> HttpResponse:
    """`status`: of an answer in which something is wrong."""
    last = last_line(request.desk) if values.get("noted") is Noted.LINE else None
    shown = LogPage(recent=logged(request.desk), came_in=came_in(request.desk), last=last, **values)  # type: ignore[arg-type]
    return page(
        request, "contact/log.html", None, {"page": shown}, status=status if shown.wrong or shown.asked else 200
    )
