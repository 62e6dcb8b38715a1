"""The page of somebody's private questions. A question is shown in the one answer to the one press that puts it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.cards.questions import acts
from ojakgyo.apps.cards.questions.forms import QuestionForm, WhichForm
from ojakgyo.apps.cards.questions.queries import questions_page
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.web.rendering import page

SAID = ("kept", "removed", "noted")


@require_safe
def show_questions(request: HttpRequest, person: str) -> HttpResponse:
    return _page(request, _id(person), **{each: each in request.GET for each in SAID})


@sensitive_post_parameters()
@require_POST
def keep(request: HttpRequest, person: str) -> HttpResponse:
    """What is wrong is said beside it, and the form comes back as it was typed."""
    own, form = _id(person), QuestionForm(request.POST)
    page_first = questions_page(request.desk, person=own)  # without the key nothing that was typed is looked at
    if not form.is_valid():
        faults = dict.fromkeys(form.errors, "cards.question_unclear")
        return _page(request, page_first.person, typed=request.POST, faults=faults, status=422)
    try:
        acts.keep_question(request.desk, person=own, asked=form.asked())
    except Refused as refused:
        return _page(request, own, typed=request.POST, faults={"form": refused.code}, status=409)
    return HttpResponseRedirect(f"/cards/questions/{person}/?kept")


@require_POST
def remove(request: HttpRequest, person: str) -> HttpResponse:
    own = _id(person)
    try:
        acts.remove_question(request.desk, person=own, question=_which(request))
    except Refused as refused:
        return _page(request, own, wrong=refused.code, status=409)
    return HttpResponseRedirect(f"/cards/questions/{person}/?removed")


@require_POST
def put(request: HttpRequest, person: str) -> HttpResponse:
    """Show it, once: sent a second time, this is refused and shows nothing."""
    own = _id(person)
    try:
        shown = acts.put_question(request.desk, person=own, question=_which(request))
    except Refused as refused:
        return _page(request, own, wrong=refused.code, status=409)
    values = {"page": questions_page(request.desk, person=own), "put": shown}
    return page(request, "cards/question.html", None, values)


def _page(request: HttpRequest, person: PersonId, *, status: int = 200, **more: object) -> HttpResponse:
    values = {"page": questions_page(request.desk, person=person), **more}
    return page(request, "cards/questions.html", None, values, status=status)


def _which(request: HttpRequest) -> int:
    form = WhichForm(request.POST)
    if not form.is_valid():
        raise Refused("house.input_refused")
    return int(form.cleaned_data["question"])


def _id(written: str) -> PersonId:
    try:
        return PersonId(ids.parse_kind("p", written))
    except ValueError:
        raise Refused("house.not_found") from None
