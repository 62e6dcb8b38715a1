"""A card for somebody; in the North first the question whether paper is right. After custody two officers say when again."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.cards import actions
from ojakgyo.apps.cards.forms import EndForm
from ojakgyo.apps.cards.life import queries
from ojakgyo.apps.cards.printing.queries import in_the_north
from ojakgyo.apps.cards.questions.queries import questions_left
from ojakgyo.apps.cards.views import written
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.web.rendering import page


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, person: str) -> HttpResponse:
    own = written.person(person)
    if request.method != "POST":
        return _page(request, own)
    try:
        card = actions.issue_card(request.desk, person=own)
    except Refused as refused:
        return _page(request, own, wrong={"issue": refused.code}, status=409)
    return HttpResponseRedirect(f"/cards/{ids.text('k', card)}/?issued")


@sensitive_post_parameters()
@require_POST
def ask_to_end(request: HttpRequest, person: str) -> HttpResponse:
    """The first of two hands, a safety officer's."""
    own = written.person(person)
    queries.issue_page(request.desk, person=own)
    try:
        confirm_first(request)
        asked = actions.ask_to_end_quarantine(request.desk, person=own)
    except Refused as refused:
        return _page(request, own, wrong={"quarantine": refused.code}, status=409)
    return HttpResponseRedirect(f"/vault/requests/{ids.text('t', asked)}/")


@sensitive_post_parameters()
@require_POST
def end_quarantine(request: HttpRequest, person: str) -> HttpResponse:
    """Do what two have signed."""
    own, form = written.person(person), EndForm(request.POST)
    queries.issue_page(request.desk, person=own)
    try:
        if not form.is_valid():
            raise Refused("house.input_refused")
        confirm_first(request)
        actions.end_quarantine(request.desk, person=own, request=form.signed())
    except Refused as refused:
        return _page(request, own, wrong={"quarantine": refused.code}, status=409)
    return HttpResponseRedirect(f"/cards/new/{person}/?ended")


def _page(
    request: HttpRequest, person: PersonId, *, wrong: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    values = {
        "page": queries.issue_page(request.desk, person=person),
        "north": in_the_north(request.desk, person),
        "questions": questions_left(request.desk, person),
        "wrong": wrong or {},
        "ended": "ended" in request.GET,
    }
    return page(request, "cards/new.html", None, values, status=status)
