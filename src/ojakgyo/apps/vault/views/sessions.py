"""Who sits at the desk, and ending it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from ojakgyo.apps.vault import cookies, queries, rights, tokens
from ojakgyo.apps.vault.actions import sessions as acts
from ojakgyo.apps.vault.forms.you import SessionForm
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing.names import Table
from ojakgyo.web.rendering import page


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session, for who may end them; others are shown their own."""
    if not rights.may_manage(queries.roles(request.desk)):
        return HttpResponseRedirect("/vault/you/#sittings")
    return page(request, "vault/sessions.html", None, {"sittings": queries.sittings(request.desk, here=here(request))})


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one session at once; back to where it was listed."""
    form = SessionForm(request.POST)
    if not form.is_valid():
        raise Refused("house.input_refused")
    acts.end_session(request.desk, session=form.cleaned_data["session"])
    return HttpResponseRedirect("/vault/you/" if request.POST.get("from") == "you" else "/vault/sessions/")


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The corner of the frame that says whether the keys are up; a live page asks for it when that changes."""
    return page(request, "web/keys.html", None, {})


def here(request: HttpRequest) -> bytes:
    """The id of the session that asks."""
    return tokens.parsed(Table.SESSION, cookies.session(request) or "").id
