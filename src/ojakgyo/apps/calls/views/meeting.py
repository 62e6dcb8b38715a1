"""Who met whom, or stayed with whom, where and when; the links write themselves."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.calls import actions, queries
from ojakgyo.apps.calls.forms import MeetingForm
from ojakgyo.apps.calls.values import MeetingPage, MeetingTyped
from ojakgyo.apps.calls.views.asking import noted
from ojakgyo.apps.people.queries import person_written
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import LinkKind
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import PersonId, Seq
from ojakgyo.domain.values.instants import Instant
from ojakgyo.web.rendering import page

ZONE = ZoneInfo("Asia/Seoul")
FIELD_OF = {
    "calls.two_wanted": "people",
    "calls.too_many": "people",
    "vault.not_held": "people",
    "calls.dates_backwards": "last",
    "calls.date_ahead": "first",
    "calls.too_long_ago": "last",
    "calls.area_wanted": "area",
}
"""Which field a refusal is about."""


@require_http_methods(["GET", "HEAD", "POST"])
def record_meeting(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _page(request, wrong=dict.fromkeys(form.errors, "house.field_missing"))
    try:
        people = _people(request, form.cleaned_data["people"])
    except Refused as refused:
        return _page(request, wrong={"people": refused.code})
    try:
        seq = _act(request, form.cleaned_data, people)
    except (Refused, NotHeld) as refused:
        return _page(request, wrong={FIELD_OF.get(refused.code, "people"): refused.code})
    return HttpResponseRedirect(f"/calls/meeting/?noted={seq}")


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    try:
        actions.take_back_meeting(request.desk, last=Seq(number))
    except Refused as refused:
        return _page(request, code=refused.code)
    return HttpResponseRedirect("/calls/meeting/?undone")


def _act(request: HttpRequest, typed: dict[str, object], people: tuple[PersonId, ...]) -> Seq:
    first, last = typed["first"], typed["last"] or typed["first"]
    assert isinstance(first, date) and isinstance(last, date)
    said = {
        "people": people,
        "first": _begins(first),
        "last": Instant(min(_begins(last + timedelta(days=1)) - 1, max(request.desk.now, _begins(last)))),
        "imprecise": bool(typed["imprecise"]),
        "area": typed["area"],
    }
    if typed["kind"] is LinkKind.HOUSED:
        return actions.record_stay(request.desk, house=typed["house"], **said)  # type: ignore[arg-type]
    return actions.record_meeting(request.desk, **said)  # type: ignore[arg-type]


def _people(request: HttpRequest, written: tuple[str, ...]) -> tuple[PersonId, ...]:
    return tuple(person_written(request.desk, each) for each in written)


def _begins(day: date) -> Instant:
    return instants.of(datetime.combine(day, time(), ZONE))


def _page(request: HttpRequest, *, wrong: dict[str, str] | None = None, code: str | None = None) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in MeetingForm.base_fields} if wrong else {}
    seq = noted(request)
    shown = MeetingPage(
        areas=queries.areas(request.desk),
        houses=queries.houses(request.desk),
        typed=MeetingTyped(**typed),
        wrong=wrong or {},
        undo=None if seq is None else queries.undo_of(request.desk, seq),
    )
    values = {"page": shown, "code": code, "noted": "noted" in request.GET, "undone": "undone" in request.GET}
    return page(request, "calls/meeting.html", None, values, status=422 if wrong else 409 if code else 200)
