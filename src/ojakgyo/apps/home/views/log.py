"""The log page: what was heard goes in here and takes the same path as an SMS."""

from datetime import time

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.contact.actions import type_message
from ojakgyo.apps.contact.messages import came_in
from ojakgyo.apps.contact.values import LogPage, Noted, ReportTyped, Wrong
from ojakgyo.apps.home.forms.log import LineForm
from ojakgyo.apps.home.logged import logged
from ojakgyo.apps.home.queries import DESK_ZONE
from ojakgyo.apps.people.queries import person_written
from ojakgyo.apps.watch.actions import hear_report
from ojakgyo.apps.watch.forms import ReportForm
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import codename
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.web.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def log_contact(request: HttpRequest) -> HttpResponse:
    """One line in, "Noted." back, the same whatever the digits meant."""
    if request.method != "POST":
        return _log(request, noted=_noted(request))
    line = request.POST.get("line", "")
    parts = codename.split(line) if LineForm(request.POST).is_valid() else None
    try:
        if parts is None:
            raise Refused("contact.line_unclear")
        person = person_written(request.desk, parts[0])
    except Refused as refused:
        return _log(request, line=line, wrong=(Wrong(field="line", code=refused.code),))
    type_message(request.desk, person=person, words=parts[1])
    return HttpResponseRedirect("/log/?noted")


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
        since=_last(form.cleaned_data["since"], request.desk.now),
    )
    return HttpResponseRedirect("/log/?noted=report")


def _noted(request: HttpRequest) -> Noted | None:
    if "noted" not in request.GET:
        return None
    return Noted.REPORT if request.GET["noted"] == Noted.REPORT else Noted.LINE


def _last(wall: time | None, now: Instant) -> Instant | None:
    """The last time a clock at the desk showed this."""
    if wall is None:
        return None
    today = (
        instants.aware(now).astimezone(DESK_ZONE).replace(hour=wall.hour, minute=wall.minute, second=0, microsecond=0)
    )
    found = instants.of(today)
    return found if found <= now else Instant(found - DAY_MS)


def _log(request: HttpRequest, **values: object) -> HttpResponse:
    shown = LogPage(recent=logged(request.desk), came_in=came_in(request.desk), **values)  # type: ignore[arg-type]
    return page(request, "contact/log.html", None, {"page": shown}, status=422 if shown.wrong else 200)
