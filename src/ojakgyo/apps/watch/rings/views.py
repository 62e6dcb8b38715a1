"""The page of rings around one person, and of one planned act. No address holds a code name; nothing is kept of either."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ojakgyo.apps.people.queries import person_written
from ojakgyo.apps.watch.rings import queries
from ojakgyo.apps.watch.rings.forms import ActForm, RiskForm, WhoForm
from ojakgyo.apps.watch.rings.values import RISKS, WhatIf
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.web.rendering import page

AHEAD: Final = timedelta(days=90)
"""So far a plan may lie ahead."""
ZONE: Final = ZoneInfo("Asia/Seoul")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A code name by POST, so that none stands in an address."""
    queries.demand_safety(request.desk)
    if request.method != "POST":
        return _ask(request)
    form = WhoForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("house.field_missing")
        person = person_written(request.desk, form.cleaned_data["who"])
        queries.demand_key(request.desk, person)
    except (Refused, NotHeld) as refused:
        return _ask(request, who=request.POST.get("who", ""), wrong=refused.code)
    return HttpResponseRedirect(f"/network/{ids.text('p', person)}/")


@require_safe
def show_rings(request: HttpRequest, person: str) -> HttpResponse:
    return _page(request, _id(person))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, person: str) -> HttpResponse:
    """Answered here and now: no address leads back to it, and nothing is written down."""
    own, (first, last) = _id(person), _days(request)
    queries.demand_key(request.desk, own)
    if request.method != "POST":  # another language or light was chosen: the answer was kept nowhere
        return HttpResponseRedirect(f"/network/{ids.text('p', own)}/")
    form = ActForm(request.POST, first=first, last=last)
    if not form.is_valid():
        wrong = {field: _code(told.as_data()[0].code) for field, told in form.errors.items()}
        return _page(request, own, wrong=wrong)
    typed = form.cleaned_data
    try:
        other = person_written(request.desk, typed["other"])
        found = queries.what_if(
            request.desk, person=own, act=typed["act"], other=other, when=_instant(typed["when"], first)
        )
    except (Refused, NotHeld) as refused:
        return _page(request, own, wrong={"other": refused.code})
    return _page(request, own, found=found)


def _ask(request: HttpRequest, *, who: str = "", wrong: str | None = None) -> HttpResponse:
    return page(request, "watch/network.html", None, {"who": who, "wrong": wrong}, status=422 if wrong else 200)


def _page(
    request: HttpRequest, person: PersonId, *, found: WhatIf | None = None, wrong: dict[str, str] | None = None
) -> HttpResponse:
    first, last = _days(request)
    values = {
        "page": queries.rings(request.desk, person=person, risk=RiskForm(request.GET).chosen()),
        "risks": RISKS,
        "found": found,
        "wrong": wrong or {},
        "typed": {name: request.POST.get(name, "") for name in ActForm.base_fields},
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    return page(request, "watch/rings.html", None, values, status=422 if wrong else 200)


def _days(request: HttpRequest) -> tuple[date, date]:
    today = datetime.fromtimestamp(request.desk.now / 1_000, ZONE).date()
    return today, today + AHEAD


def _instant(when: date | None, today: date) -> Instant | None:
    return None if when is None or when == today else instants.of(datetime.combine(when, time(12), ZONE))


def _code(code: str) -> str:
    return (
        code if code == "watch.plan_too_far" else "house.field_missing" if code == "required" else "house.input_refused"
    )


def _id(written: str) -> PersonId:
    try:
        return PersonId(ids.parse_kind("p", written))
    except ValueError:
        raise Refused("house.not_found") from None
