"""What takes two officers: the list, the exact words of each request, the second hand, and doing it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions import removal
from ojakgyo.apps.vault.actions import requests as acts
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.forms.requests import CarryOutForm
from ojakgyo.apps.vault.queries.memberships import knows_root
from ojakgyo.apps.vault.queries.requests import request as one
from ojakgyo.apps.vault.queries.requests import requests as every
from ojakgyo.apps.vault.views import written
from ojakgyo.apps.vault.views.officers import check_house_keys, close_house, house_keys_values, turn_house_keys
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import OfficerId, TokenId
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.web.rendering import page


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    return page(request, "vault/requests.html", None, {"requests": every(request.desk)})


@require_safe
def show(request: HttpRequest, asked: str) -> HttpResponse:
    return _shown(request, written.request_id(asked))


@sensitive_post_parameters()
@require_POST
def sign(request: HttpRequest, asked: str) -> HttpResponse:
    """The second hand."""
    return _acted(request, asked, lambda id: acts.approve_request(request.desk, request=id))


@require_POST
def withdraw(request: HttpRequest, asked: str) -> HttpResponse:
    return _acted(request, asked, lambda id: acts.withdraw_request(request.desk, request=id), weighty=False)


@sensitive_post_parameters()
@require_POST
def carry_out(request: HttpRequest, asked: str) -> HttpResponse:
    """Remove the officer that two have signed for; with new keys for the house, where the officer could open it."""
    id = written.request_id(asked)
    line = one(request.desk, id=id)
    if line.kind is not RequestKind.REMOVE_OFFICER or line.about is None:
        raise Refused("house.input_refused")
    form, officer = CarryOutForm(request.POST), line.about.id
    turn = _knows_the_way_in(line.about.roles, officer) or (form.is_valid() and form.cleaned_data["turn"])
    try:
        confirm_first(request)
        if turn:
            check_house_keys(request)
        removal.remove_officer(request.desk, request=id)
    except OjakError as error:
        return _shown(request, id, wrong=error.code)
    do_chores(officer_desk(request.desk.keyring.officer_keys))
    if not turn:
        return HttpResponseRedirect(f"/vault/officers/{ids.text('o', officer)}/")
    turn_house_keys(request, officer)
    return close_house(request)


def _knows_the_way_in(roles: tuple[OfficerRole, ...], officer: OfficerId) -> bool:
    return OfficerRole.OPENER in roles or knows_root(officer)


def _acted(request: HttpRequest, asked: str, act: Callable[[TokenId], object], *, weighty: bool = True) -> HttpResponse:
    id = written.request_id(asked)
    try:
        if weighty:
            confirm_first(request)
        act(id)
    except OjakError as error:
        return _shown(request, id, wrong=error.code)
    return HttpResponseRedirect(f"/vault/requests/{asked}/")


def _shown(request: HttpRequest, id: TokenId, wrong: str | None = None) -> HttpResponse:
    line = one(request.desk, id=id)
    about = line.about
    held = queries.cells_of_holder(about.id) if about else ()
    codes = {cell.id: cell.code for cell in queries.cells(request.desk)}
    mine = queries.cells_open_at(request.desk)
    values = {
        "line": line,
        "turns": [codes[cell] for cell in held if cell in mine],
        "waits": [codes[cell] for cell in held if cell not in mine],
        "must_turn": bool(about) and _knows_the_way_in(about.roles, about.id),
        "wrong": wrong,
        **house_keys_values(request),
    }
    return page(request, "vault/request.html", None, values, status=409 if wrong else 200)
