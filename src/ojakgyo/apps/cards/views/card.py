"""One card: its way from the desk into use, the one thing to do next, and what stops it."""

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.cards import actions
from ojakgyo.apps.cards.forms import PersonForm, ShareForm, StopForm, SureForm, UnshareForm, WhoForm
from ojakgyo.apps.cards.keys import holds
from ojakgyo.apps.cards.life import queries
from ojakgyo.apps.cards.life.values import SharedLine
from ojakgyo.apps.cards.listing import active_cards, holder_of
from ojakgyo.apps.cards.printing import said
from ojakgyo.apps.cards.printing.queries import look
from ojakgyo.apps.cards.questions.queries import questions_left
from ojakgyo.apps.cards.views import written
from ojakgyo.apps.people.queries import named, person_written
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.cards import own_number
from ojakgyo.domain.cards.codebook import WORDS
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.web.rendering import page

SAID: Final = ("issued", "handed", "stopped", "shared", "given")
STOPS: Final[Mapping[str, Callable[..., CardId]]] = {
    "lost": actions.lose_card,
    "captured": actions.capture_card,
    "burnt": actions.burn_card,
}


@require_safe
def show_card(request: HttpRequest, card: str) -> HttpResponse:
    return _page(request, written.card(card))


@sensitive_post_parameters()
@require_POST
def tell_number(request: HttpRequest, card: str) -> HttpResponse:
    """The own number, on a page where no row is: this answer shows it once and nothing leads back to it.

    Beside it stands all that is taught with it, in the words of the sheet: this card's columns, meanings, answers.
    """
    own = written.card(card)
    shown = queries.card_page(request.desk, card=own)
    language = said.language(get_language() or "")
    try:
        confirm_first(request)
        number = actions.tell_number(request.desk, card=own)
    except Refused as refused:
        return _page(request, own, wrong={"next": refused.code}, status=409)
    values = {
        "card": own,
        "code_name": shown.line.code_name,
        "number": number.written(),
        "false_number": own_number.draw_false(number, secrets.token_bytes).written(),
        "paper": look(request.desk, card=own),
        "meanings": said.MEANINGS[language],
        "answers": dict(zip(WORDS, said.ANSWERS[language], strict=True)),
    }
    return page(request, "cards/number.html", None, values)


@require_POST
def hand_over(request: HttpRequest, card: str) -> HttpResponse:
    own = written.card(card)
    return _acted(request, own, lambda desk: actions.hand_over(desk, card=own), part="next", done="handed")


@require_POST
def stop_card(request: HttpRequest, card: str, how: str) -> HttpResponse:
    """Lost, captured or burnt: one officer's hand, whatever role and cell. Who holds no key is led to the person."""
    own = written.card(card)
    try:
        if not SureForm(request.POST).is_valid():
            raise Refused("cards.sure_first")
        STOPS[how](request.desk, card=own)
    except Refused as refused:
        return _page(request, own, wrong={"stop": refused.code}, status=409)
    whose = holder_of(own)
    held = holds(request.desk, whose)
    return HttpResponseRedirect(f"/cards/{card}/?stopped" if held else f"/people/{ids.text('p', whose)}/?stopped")


@require_POST
def stop_person(request: HttpRequest, person: str) -> HttpResponse:
    """The same for every card somebody has, from their page; who was stopped already is answered like who was not."""
    own, form = written.person(person), StopForm(request.POST)
    if not form.is_valid():
        raise Refused("cards.sure_first" if "sure" in form.errors else "house.input_refused")
    named(own)
    if form.cleaned_data["how"] == "captured":
        _quietly(lambda: actions.begin_quarantine(request.desk, person=own))
    else:
        for card in active_cards(own):
            _quietly(partial(actions.lose_card, request.desk, card=card))
    return HttpResponseRedirect(f"/people/{person}/?stopped")


def _quietly(act: Callable[[], object]) -> None:
    try:
        act()
    except Refused as refused:
        if refused.code not in ("cards.in_quarantine", "cards.card_over"):
            raise


# Through whose line, and by which number --------------------------------------------------------------------------------


@require_POST
def share(request: HttpRequest, card: str) -> HttpResponse:
    def act(desk: Desk) -> object:
        form = _valid(ShareForm(request.POST))
        return actions.share_line(desk, line=form.of_line(), person=person_written(desk, form.cleaned_data["who"]))

    return _acted(request, written.card(card), act, part="lines", done="shared")


@require_POST
def unshare(request: HttpRequest, card: str) -> HttpResponse:
    def act(desk: Desk) -> object:
        form = _valid(UnshareForm(request.POST))
        return actions.unshare_line(desk, line=form.of_line(), person=form.chosen())

    return _acted(request, written.card(card), act, part="lines", done="shared")


@require_POST
def give_number(request: HttpRequest, card: str) -> HttpResponse:
    own = written.card(card)

    def act(desk: Desk) -> object:
        about = person_written(desk, _valid(WhoForm(request.POST)).cleaned_data["who"])
        return actions.give_pocket_number(desk, holder=_holder(desk, own), about=about)

    return _acted(request, own, act, part="pockets", done="given")


@require_POST
def drop_number(request: HttpRequest, card: str) -> HttpResponse:
    own = written.card(card)

    def act(desk: Desk) -> object:
        return actions.drop_pocket_number(
            desk, holder=_holder(desk, own), about=_valid(PersonForm(request.POST)).chosen()
        )

    return _acted(request, own, act, part="pockets", done="given")


def _holder(desk: Desk, card: CardId) -> PersonId:
    return queries.card_page(desk, card=card).line.person


def _acted(request: HttpRequest, card: CardId, act: Callable[[Desk], object], *, part: str, done: str) -> HttpResponse:
    """Act, for who holds the key of the holder's cell; a refusal is said where it was pressed."""
    queries.card_page(request.desk, card=card)
    try:
        act(request.desk)
    except (Refused, NotHeld) as refused:
        return _page(request, card, wrong={part: refused.code}, status=409)
    return HttpResponseRedirect(f"/cards/{ids.text('k', card)}/?{done}")


def _page(
    request: HttpRequest, card: CardId, *, wrong: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    shown = queries.card_page(request.desk, card=card)
    holder = shown.line.person
    of_holder = {
        "lines": [each for each in queries.shared_lines(request.desk, holder=holder) if each.sharers or _used(each)],
        "pockets": queries.pocket_numbers(request.desk, holder=holder),
    }
    values = {
        "page": shown,
        **(of_holder if shown.of_today is None else {}),
        "questions": questions_left(request.desk, holder),
        "wrong": wrong or {},
        "typed": request.POST,
        **{each: each in request.GET for each in SAID},
    }
    return page(request, "cards/card.html", None, values, status=status)


def _used(line: SharedLine) -> bool:
    return line.state is LineState.ACTIVE


def _valid(form):  # type: ignore[no-untyped-def]
    if not form.is_valid():
        raise Refused("house.input_refused")
    return form
