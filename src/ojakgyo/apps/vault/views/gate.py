"""The gate of the sealed house."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters

from ojakgyo.apps.vault.forms.sitting import GateForm
from ojakgyo.apps.vault.pace import pace
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.web.rendering import page


@sensitive_post_parameters()
def gate(request: HttpRequest) -> HttpResponse:
    """The only page of a sealed house; the passphrase is handed to `settings.OJAK_UNSEAL`."""
    if request.method != "POST" or request.path != "/" or not _unseal():
        return _gate(request, None)
    form = GateForm(request.POST)
    if not form.is_valid():
        return _gate(request, "vault.wrong_passphrase")
    pace.wait("gate")
    try:
        settings.OJAK_UNSEAL(form.cleaned_data["words"])
    except (Refused, Damaged) as error:
        pace.wrong("gate")
        return _gate(request, error.code)
    pace.right("gate")
    return HttpResponseRedirect("/")


def _unseal() -> bool:
    return getattr(settings, "OJAK_UNSEAL", None) is not None


def _gate(request: HttpRequest, wrong: str | None) -> HttpResponse:
    since = getattr(settings, "OJAK_SEALED_SINCE", None)
    values = {"wrong": wrong, "since": since, "takes_words": _unseal()}
    return page(request, "vault/gate.html", None, values, status=503)
