"""What takes two officers: the list, the exact words of each request, the second hand, and doing it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.vault import queries, rights
from ojakgyo.apps.vault.actions import removal
from ojakgyo.apps.vault.actions import requests as acts
from ojakgyo.apps.vault.actions.removal import Removed
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.forms.requests import CarryOutForm
from ojakgyo.apps.vault.queries.hands import may_be_the_asker
from ojakgyo.apps.vault.queries.memberships import knows_root
from ojakgyo.apps.vault.queries.requests import request as one
from ojakgyo.apps.vault.queries.requests import requests as every
from ojakgyo.apps.vault.values import Officer
from ojakgyo.apps.vault.views import written
from ojakgyo.apps.vault.views.officers import check_house_keys, close_house, house_keys_values, turn_house_keys
from ojakgyo.apps.vault.views.officers import shown as officer_shown
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
    return _acted(request, asked, "signed", lambda id: acts.approve_request(request.desk, request=id))


@require_POST
def withdraw(request: HttpRequest, asked: str) -> HttpResponse:
    taken_back = lambda id: acts.withdraw_request(request.desk, request=id)  # noqa: E731
    return _acted(request, asked, "taken_back", taken_back, weighty=False)


@sensitive_post_parameters()
@require_POST
def carry_out(request: HttpRequest, asked: str) -> HttpResponse:
    """Remove the officer that two have signed for; with new keys for the house, where the officer could open it."""
    id = written.request_id(asked)
    line = one(request.desk, id=id)
    if line.kind is not RequestKind.REMOVE_OFFICER or line.about is None:
        raise Refused("house.input_refused")
    form = CarryOutForm(request.POST)
    told = form.is_valid() and form.cleaned_data["turn"]
    try:
        confirm_first(request)
        _check_before(request, line.about, told=told)
        removed = removal.remove_officer(request.desk, request=id)
    except OjakError as error:
        return _shown(request, id, wrong=error.code)
    return _followed(request, removed, told=told)


def _check_before(request: HttpRequest, officer: Officer, *, told: bool) -> None:
    """What the new keys of the house need is there before anybody is removed; else ``Refused``."""
    knows = _knows_the_way_in(officer.roles, officer.id)
    if told and not knows:
        rights.demand(OfficerRole.OPENER in request.officer.roles)
    if told or knows:
        check_house_keys(request)


def _followed(request: HttpRequest, removed: Removed, *, told: bool) -> HttpResponse:
    """After a removal, and by what it found in the rows: new keys of the house first, then the chores, then it closes.

    Keys that could not be drawn wait on the officer's page, and on the overview until they are.
    """
    turn, wrong = removed.opener or told, None
    try:
        if turn:
            turn_house_keys(request, removed.officer, told=told)
    except OjakError as error:
        wrong = error.code
    do_chores(officer_desk(request.desk.keyring.officer_keys))
    if wrong is not None:
        return officer_shown(request, removed.officer, wrong=wrong)
    if turn:
        return close_house(request)
    return HttpResponseRedirect(f"/vault/officers/{ids.text('o', removed.officer)}/")


def _knows_the_way_in(roles: tuple[OfficerRole, ...], officer: OfficerId) -> bool:
    return OfficerRole.OPENER in roles or knows_root(officer)


def _acted(
    request: HttpRequest, asked: str, done: str, act: Callable[[TokenId], object], *, weighty: bool = True
) -> HttpResponse:
    id = written.request_id(asked)
    try:
        if weighty:
            confirm_first(request)
        act(id)
    except OjakError as error:
        return _shown(request, id, wrong=error.code)
    return HttpResponseRedirect(f"/vault/requests/{asked}/?done={done}")


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
        "may_carry_out": rights.may_manage(queries.roles(request.desk)),
        "young": may_be_the_asker(request.desk, request=id),
        "whole_day": settings.OJAK_YOUNG_HAND_MS > 0,
        "wrong": wrong,
        "done": None if wrong else written.done(request),
        **house_keys_values(request),
    }
    return page(request, "vault/request.html", None, values, status=409 if wrong else 200)
