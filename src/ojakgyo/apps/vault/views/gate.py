"""The gate of the sealed house."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.forms.sitting import GateForm
from ojakgyo.apps.vault.pace import Room, pace
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.web.rendering import page


@sensitive_post_parameters()
@sensitive_variables()
def gate(request: HttpRequest) -> HttpResponse:
    """The only page of a sealed house; the words are handed to `settings.OJAK_UNSEAL`.

    An opener's own password opens the house and sits its owner down: it was stretched once and is not asked again.
    """
    if request.method != "POST" or request.path != "/" or not _unseal():
        return _gate(request, None)
    form = GateForm(request.POST)
    if not form.is_valid():
        return _gate(request, "vault.wrong_passphrase")
    try:
        with pace.knock("gate", Room.GATE):
            keys = settings.OJAK_UNSEAL(form.cleaned_data["words"])
    except Refused as error:
        return _gate(request, error.code)
    except Damaged as error:
        pace.wrong("gate")
        return _gate(request, error.code)
    response = HttpResponseRedirect("/")
    token = sessions.sit_down(keys) if keys is not None else None
    if token is not None:
        rotate_token(request)
        cookies.give_session(response, request, token)
    return response


def _unseal() -> bool:
    return getattr(settings, "OJAK_UNSEAL", None) is not None


def _gate(request: HttpRequest, wrong: str | None) -> HttpResponse:
    since = getattr(settings, "OJAK_SEALED_SINCE", None)
    values = {"wrong": wrong, "since": since, "takes_words": _unseal()}
    return page(request, "vault/gate.html", None, values, status=503)
