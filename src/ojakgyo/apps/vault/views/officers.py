"""Officers: the list, enrolling one, and each officer's page with what may be done about them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ojakgyo.apps.vault import header, queries, rights
from ojakgyo.apps.vault.actions import officers as acts
from ojakgyo.apps.vault.actions import removal, renewal, roles
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.forms.officers import EnrolForm, HouseKeysForm, RemovalForm, RoleForm
from ojakgyo.apps.vault.queries.team import officer_page, team
from ojakgyo.apps.vault.views import written
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.names import codename
from ojakgyo.domain.sealing.phrases import own_passphrase, own_password, tidy
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import OfficerId
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.web.rendering import page

WORDS = 6


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    values = {"team": team(request.desk), "may_manage": rights.may_manage(request.officer.roles)}
    return page(request, "vault/officers.html", None, values)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """A new officer; the password is shown once, to be handed over."""
    if request.method != "POST":
        return _enrolling(request, {})
    form = EnrolForm(request.POST)
    filled = {"code_name": request.POST.get("code_name", ""), "roles": request.POST.getlist("roles")}
    if not form.is_valid() or (name := codename.parse(form.cleaned_data["code_name"])) is None:
        return _enrolling(request, filled, wrong="vault.code_name_unknown")
    typed = form.cleaned_data["password"]
    try:
        confirm_first(request)
        password = own_password(typed) if typed else header.generated_words(WORDS)
        made, _ = acts.enrol_officer(request.desk, code_name=name, password=password, roles=form.cleaned_data["roles"])
    except OjakError as error:
        return _enrolling(request, filled, wrong=error.code)
    values = {"made": queries.officer(request.desk, id=made), "words": None if typed else password}
    return page(request, "vault/officer_new.html", None, values)


def _enrolling(request: HttpRequest, typed: dict[str, object], wrong: str | None = None) -> HttpResponse:
    values = {"typed": typed, "wrong": wrong, "may_manage": rights.may_manage(request.officer.roles)}
    return page(request, "vault/officer_new.html", None, values, status=422 if wrong else 200)


@require_safe
def show(request: HttpRequest, officer: str) -> HttpResponse:
    return shown(request, written.officer(officer))


@require_POST
def suspend(request: HttpRequest, officer: str) -> HttpResponse:
    """Stopping takes one, at once, and asks for nothing."""
    suspended = lambda who: acts.suspend_officer(request.desk, officer=who)  # noqa: E731
    return _acted(request, officer, "suspended", suspended, weighty=False)


@require_POST
def resume(request: HttpRequest, officer: str) -> HttpResponse:
    return _acted(request, officer, "resumed", lambda who: acts.resume_officer(request.desk, officer=who))


@require_POST
def role(request: HttpRequest, officer: str) -> HttpResponse:
    """Give one role, or withdraw it."""
    form = RoleForm(request.POST)
    pressed = {name: role for name, role in form.cleaned_data.items() if role} if form.is_valid() else {}
    if len(pressed) != 1:
        raise Refused("house.input_refused")
    ((name, role_meant),) = pressed.items()
    act = roles.give_role if name == "give" else roles.withdraw_role
    return _acted(request, officer, "role", lambda who: act(request.desk, officer=who, role=role_meant))


@sensitive_post_parameters()
@require_POST
def renew(request: HttpRequest, officer: str) -> HttpResponse:
    """New keys and a new password after a lost one; shown once."""
    who, password = written.officer(officer), header.generated_words(WORDS)
    try:
        confirm_first(request)
        renewal.renew_keys(request.desk, officer=who, password=password)
    except OjakError as error:
        return shown(request, who, wrong=error.code)
    return shown(request, who, words=password)


@sensitive_post_parameters()
@require_POST
def remove(request: HttpRequest, officer: str) -> HttpResponse:
    """Ask for a removal, as the first hand."""
    who, form = written.officer(officer), RemovalForm(request.POST)
    try:
        confirm_first(request)
        if not form.is_valid():
            raise Refused("house.input_refused")
        chance = form.cleaned_data["chance"]
        asked = removal.ask_for_removal(request.desk, officer=who, chance_percent=chance)
    except OjakError as error:
        return shown(request, who, wrong=error.code)
    return HttpResponseRedirect(f"/vault/requests/{ids.text('t', asked)}/")


@sensitive_post_parameters()
@require_POST
def turn(request: HttpRequest, officer: str) -> HttpResponse:
    """Draw the keys of the house anew, after an opener was removed; then the house closes."""
    who = written.officer(officer)
    try:
        confirm_first(request)
        turn_house_keys(request, who)
    except OjakError as error:
        return shown(request, who, wrong=error.code)
    return close_house(request)


def turn_house_keys(request: HttpRequest, officer: OfficerId, *, told: bool = False) -> None:
    """New words for the house, typed back as they were shown."""
    form = check_house_keys(request)
    own = form.cleaned_data["own_password"] or None
    words = tidy(form.cleaned_data["words"])
    removal.turn_house_keys(request.desk, officer=officer, words=words, password=own, told=told)


def check_house_keys(request: HttpRequest) -> HouseKeysForm:
    """The words were typed back, and an opener's password is their own: else ``Refused``, before anything is done."""
    form = HouseKeysForm(request.POST)
    if not form.is_valid() or tidy(form.cleaned_data["words"]) != tidy(form.cleaned_data["again"]):
        raise Refused("vault.words_differ")
    own_passphrase(form.cleaned_data["words"])
    if form.cleaned_data["own_password"]:
        removal.check_own_password(request.desk, form.cleaned_data["own_password"])
    return form


def close_house(request: HttpRequest) -> HttpResponse:
    """Say that the house closes, and close it: it opens again with the new words."""
    response = page(request, "vault/closing.html", None, {})
    if (seal := getattr(settings, "OJAK_SEAL", None)) is not None:
        seal()
    return response


def house_keys_values(request: HttpRequest) -> dict[str, object]:
    """What the fields for new words of the house need. Drawn for this look at the page, and kept nowhere."""
    typed = request.POST.get("words", "")
    opener = OfficerRole.OPENER in request.officer.roles
    return {"new_words": typed or header.generated_words(), "opener": opener}


def _acted(
    request: HttpRequest, officer: str, done: str, act: Callable[[OfficerId], object], *, weighty: bool = True
) -> HttpResponse:
    who = written.officer(officer)
    try:
        if weighty:
            confirm_first(request)
        act(who)
    except OjakError as error:
        return shown(request, who, wrong=error.code)
    return HttpResponseRedirect(f"/vault/officers/{officer}/?done={done}")


def shown(
    request: HttpRequest, officer: OfficerId, *, wrong: str | None = None, words: str | None = None
) -> HttpResponse:
    values = {
        "page": officer_page(request.desk, id=officer),
        "may_manage": rights.may_manage(request.officer.roles),
        "wrong": wrong,
        "done": None if wrong or words else written.done(request),
        "words": words,
        **house_keys_values(request),
    }
    return page(request, "vault/officer.html", None, values, status=409 if wrong else 200)
