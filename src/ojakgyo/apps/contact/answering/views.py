"""Typing the answer to a private question. What comes back is one and the same for every answer."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ojakgyo.apps.cards.questions.queries import questions_page
from ojakgyo.apps.contact.answering.acts import answer_question
from ojakgyo.apps.contact.answering.forms import AnswerForm
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.web.evenly import evenly
from ojakgyo.web.rendering import page


@sensitive_post_parameters()
@require_POST
@evenly
def answer(request: HttpRequest, person: str) -> HttpResponse:
    own, form = _id(person), AnswerForm(request.POST)
    waited = questions_page(request.desk, person=own)
    if not form.is_valid():
        faults = {"said": "house.field_missing" if "said" in form.errors else "house.input_refused"}
        return page(request, "cards/questions.html", None, {"page": waited, "faults": faults}, status=422)
    typed = form.cleaned_data
    try:
        answer_question(request.desk, person=own, question=typed["question"], said=typed["said"])
    except Refused as refused:
        values = {"page": questions_page(request.desk, person=own), "wrong": refused.code}
        return page(request, "cards/questions.html", None, values, status=409)
    return HttpResponseRedirect(f"/cards/questions/{person}/?noted")


def _id(written: str) -> PersonId:
    try:
        return PersonId(ids.parse_kind("p", written))
    except ValueError:
        raise Refused("house.not_found") from None
