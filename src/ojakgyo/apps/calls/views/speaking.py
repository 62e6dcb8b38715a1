"""By voice: what the desk says to show that it is the desk, a line asked for, the price asked for again.

It is there whatever "may I call?" answers, for helpers call too; the price alone is asked for again where that is not no. An
answer that was heard is read like a text. What is shown after it is the same whatever it was.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ojakgyo.apps.calls import queries
from ojakgyo.apps.calls.values import Because, Doubt, Word
from ojakgyo.apps.calls.views.asking import call_shown, person_of
from ojakgyo.apps.cards.voice import acts
from ojakgyo.apps.cards.voice.forms import AnswerForm, WordForm
from ojakgyo.apps.cards.voice.queries import demand_question
from ojakgyo.apps.contact.answering.by_voice import answer_challenge as note_answer
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.cards.decode import LENGTH
from ojakgyo.domain.cards.digits import digits_of
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.web.evenly import evenly
from ojakgyo.web.rendering import page


@require_POST
def show_answers(request: HttpRequest, person: str) -> HttpResponse:
    """The desk's three words as digits, once: this answer shows them and nothing leads back to them."""
    return _acted(request, person, lambda own: {"answers": acts.show_answers(request.desk, person=own)})


@require_POST
def say_word(request: HttpRequest, person: str) -> HttpResponse:
    """A word was said: the line it stands in is used up."""

    def act(own: PersonId) -> Mapping[str, object]:
        form = WordForm(request.POST)
        if not form.is_valid():
            raise Refused("house.input_refused")
        word, row = form.cleaned_data["said"]
        acts.speak_first(request.desk, person=own, word=word, row=row)
        return {"spoken": word}

    return _acted(request, person, act)


@require_POST
def ask_challenge(request: HttpRequest, person: str) -> HttpResponse:
    return _acted(request, person, lambda own: {"asked": acts.ask_challenge(request.desk, person=own)})


@require_POST
def ask_again(request: HttpRequest, person: str) -> HttpResponse:
    def act(own: PersonId) -> Mapping[str, object]:
        answer = queries.may_call(request.desk, own)
        if answer.word is Word.NO or answer.because is Because.ASK_FIRST:
            raise Refused("calls.not_now", person=own)
        acts.ask_again(request.desk, person=own)
        return {"asked_again": True}

    return _acted(request, person, act)


@sensitive_post_parameters()
@require_POST
@evenly
def answer_challenge(request: HttpRequest, person: str) -> HttpResponse:
    """ "Noted.", and what is said next: this page is made without looking at what was heard, or what follows from it.

    How many digits were heard is looked at, never which: another number than an answer has is asked about once, and the
    question stays open meanwhile.
    """
    own, form = person_of(person), AnswerForm(request.POST)
    if not form.is_valid():
        return call_shown(request, own, part="voice", code="house.field_missing", status=422)
    heard = form.cleaned_data["heard"]
    count = len(digits_of(heard))
    try:
        if count != LENGTH and form.cleaned_data["asked"] != heard:
            demand_question(request.desk, own)
            return call_shown(request, own, part="voice", doubt=Doubt(heard, count), status=422)
        note_answer(request.desk, person=own, words=heard)
    except Refused as refused:
        return call_shown(request, own, part="voice", code=refused.code, status=409)
    values = {"person": own, "code_name": code_names(request.desk, [own])[own], "whole": count == LENGTH}
    return page(request, "calls/heard.html", "voice", values)


def _acted(request: HttpRequest, person: str, act: Callable[[PersonId], Mapping[str, object]]) -> HttpResponse:
    """Act, and show it in its place: the talk clock beside it goes on."""
    own = person_of(person)
    try:
        shown = act(own)
    except Refused as refused:
        return call_shown(request, own, part="voice", code=refused.code, status=409)
    return call_shown(request, own, part="voice", **shown)
