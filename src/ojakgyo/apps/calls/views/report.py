"""What somebody heard: source and information graded apart, for a while; and what weighs now, for who may see it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from ojakgyo.apps.contact.values import ReportTyped
from ojakgyo.apps.people.queries import person_written
from ojakgyo.apps.watch.actions import hear_report
from ojakgyo.apps.watch.forms import STANDS_DAYS, ReportForm
from ojakgyo.apps.watch.reports import current_reports
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS
from ojakgyo.web import clocks
from ojakgyo.web.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """One line and a list: the rest is usual, unconfirmed, and stands for a week."""
    if request.method != "POST":
        return _page(request)
    form = ReportForm(request.POST)
    wrong = {} if form.is_valid() else dict.fromkeys(form.errors, "house.field_missing")
    about, source = _person(request, form, "about", wrong), _person(request, form, "source", wrong)
    if wrong or about is None:
        return _page(request, wrong=wrong)
    hear_report(
        request.desk,
        about=about,
        source=source,
        report=form.cleaned_data["report"],
        reliability=form.cleaned_data["reliability"],
        credibility=form.cleaned_data["credibility"],
        since=clocks.last_time(form.cleaned_data["since"], request.desk.now),
        expires=form.expires(request.desk.now),
    )
    return HttpResponseRedirect("/calls/report/?noted")


def _person(request: HttpRequest, form: ReportForm, field: str, wrong: dict[str, str]) -> PersonId | None:
    if not (written := form.cleaned_data.get(field)):
        return None
    try:
        return person_written(request.desk, written)
    except Refused as refused:
        wrong[field] = refused.code
        return None


def _page(request: HttpRequest, *, wrong: dict[str, str] | None = None) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ReportForm.base_fields} if wrong else {}
    values = {
        "reports": current_reports(request.desk),
        "typed": ReportTyped(**typed),
        "days": tuple((str(each), each * DAY_MS) for each in STANDS_DAYS),
        "wrong": wrong or {},
        "noted": "noted" in request.GET,
    }
    return page(request, "calls/report.html", None, values, status=422 if wrong else 200)
