"""A person's page: keep a name, see it once, have it forgotten; and words of a message. The browser keeps no answer."""

from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.contact import actions as acts
from ojakgyo.apps.contact import forgetting, persons, phones
from ojakgyo.apps.contact.forms import ForgetForm, NameForm, RevealForm
from ojakgyo.apps.people import actions
from ojakgyo.apps.people import queries as people
from ojakgyo.apps.vault.actions.requests import make_request
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import MessageId, PersonId
from ojakgyo.web.rendering import page

F = TypeVar("F", bound=Form)


@require_safe
def show_person(request: HttpRequest, person: str) -> HttpResponse:
    return _page(request, _id(person))


@sensitive_post_parameters()
@require_POST
def keep_name(request: HttpRequest, person: str) -> HttpResponse:
    """Keep a name, in the place of what is kept; nothing brings that back, so it asks for a fresh password."""
    own = _id(person)
    try:
        cell = persons.cell_held(request.desk, own)
        if people.named(own).kept:
            confirm_first(request)
        real = _valid(NameForm(request.POST)).real_name()
        actions.keep_name(request.desk, person=own, cell=cell, name=real)
    except (Refused, NotHeld) as refused:
        return _page(request, own, wrong={"name": refused.code}, status=_status(refused))
    return HttpResponseRedirect(f"/people/{person}/?kept")


@sensitive_post_parameters()
@require_POST
def reveal(request: HttpRequest, person: str) -> HttpResponse:
    """The name, once: this answer shows it and nothing leads back to it."""
    own = _id(person)
    try:
        cell = persons.cell_held(request.desk, own)
        reason = _valid(RevealForm(request.POST)).cleaned_data["reason"]
        confirm_first(request)
        real = actions.reveal_name(request.desk, person=own, cell=cell, reason=reason)
    except (Refused, NotHeld) as refused:
        return _page(request, own, wrong={"reveal": refused.code}, status=_status(refused))
    return page(request, "contact/name.html", None, {"person": own, "real": real, "reason": reason})


@sensitive_post_parameters()
@require_POST
def ask_to_forget(request: HttpRequest, person: str) -> HttpResponse:
    """The first of two hands."""
    own = _id(person)
    try:
        confirm_first(request)
        asked = make_request(request.desk, kind=RequestKind.FORGET_PERSON, about=own)
    except Refused as refused:
        return _page(request, own, wrong={"forget": refused.code}, status=_status(refused))
    return HttpResponseRedirect(f"/vault/requests/{ids.text('t', asked)}/")


@sensitive_post_parameters()
@require_POST
def forget(request: HttpRequest, person: str) -> HttpResponse:
    """Do what two have signed, and say whether the old pages are gone."""
    own = _id(person)
    try:
        asked = _valid(ForgetForm(request.POST)).cleaned_data["request"]
        confirm_first(request)
        gone = forgetting.forget_person(request.desk, request=asked, person=own)
    except Refused as refused:
        return _page(request, own, wrong={"forget": refused.code}, status=_status(refused))
    return _page(request, own, gone=gone)


@sensitive_post_parameters()
@require_POST
def show_words(request: HttpRequest, message: str) -> HttpResponse:
    """The words of a message, once, for who holds the key of its cell: a number may stand in them, as in a name."""
    try:
        own = MessageId(ids.parse_kind("m", message))
    except ValueError:
        raise Refused("house.not_found") from None
    try:
        confirm_first(request)
    except Refused as refused:
        return page(request, "contact/words_first.html", None, {"message": own, "wrong": refused.code}, status=409)
    return page(request, "contact/words.html", None, {"words": acts.show_words(request.desk, message=own)})


@require_POST
def settle_phone(request: HttpRequest, message: str) -> HttpResponse:
    """Whether a phone that was not known before is theirs."""
    try:
        own = MessageId(ids.parse_kind("m", message))
    except ValueError:
        raise Refused("house.not_found") from None
    if "keep" in request.POST:
        person = phones.keep_phone(request.desk, message=own)
        return HttpResponseRedirect(f"/people/{ids.text('p', person)}/?agreed#reach")
    phones.leave_phone(request.desk, message=own)
    return HttpResponseRedirect("/log/")


def _page(request: HttpRequest, person: PersonId, *, status: int = 200, **more: object) -> HttpResponse:
    said = {each: each in request.GET for each in ("kept", "added", "agreed", "stopped")}
    values = {"page": persons.person_page(request.desk, person=person), **said, **more}
    return page(request, "contact/person.html", None, values, status=status)


def _valid(form: F) -> F:
    if not form.is_valid():
        raise Refused("house.input_refused")
    return form


def _status(refused: Refused | NotHeld) -> int:
    return 403 if isinstance(refused, NotHeld) else 409


def _id(written: str) -> PersonId:
    try:
        return PersonId(ids.parse_kind("p", written))
    except ValueError:
        raise Refused("house.not_found") from None
