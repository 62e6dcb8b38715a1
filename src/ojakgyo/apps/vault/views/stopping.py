"""What one person may stop at once: the house itself, and everything a lost machine knew."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.actions.machine import say_machine_lost
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import Refused
from ojakgyo.web.rendering import page


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the house: every session ends, and only the passphrase or an opener opens it again."""
    seal = getattr(settings, "OJAK_SEAL", None)
    if seal is None:  # a practice world has no gate to close
        raise Refused("house.not_found")
    seal()
    return page(request, "vault/closing.html", None, {"by_hand": True})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Say that another machine with this vault is lost."""
    wrong, may_say = None, rights.may_say_lost(request.officer.roles)
    if request.method == "POST":
        try:
            confirm_first(request)
            say_machine_lost(request.desk)
            return HttpResponseRedirect("/cards/")
        except Refused as error:
            wrong = error.code
    values = {"wrong": wrong, "may_say": may_say}
    return page(request, "vault/lost.html", None, values, status=403 if wrong else 200)
