"""What is half typed: laid by as it is typed, offered back, dropped. The database knows nothing of it."""

from re import IGNORECASE
from re import compile as pattern
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.vault import drafts
from ojakgyo.apps.vault.drawers import SCRATCH, drawers
from ojakgyo.web.rendering import page

LEFT_OUT: Final = frozenset({"csrfmiddlewaretoken", "_to"})
SECRET: Final = pattern(r"(?:password|pin|code(?!_name(?:$|[^a-z])))|.*(?:password|passphrase)", IGNORECASE)
"""How the name of a field begins whose content is laid by nowhere, whatever a page sends; a code name is no secret."""
LONGEST_LINE = 200


@sensitive_post_parameters()
@require_POST
def keep(request: HttpRequest, form: str) -> HttpResponse:
    """An empty form is a form without a draft. Who has put the keys down lays by, and cannot take up."""
    names = [name for name in request.POST if name not in LEFT_OUT and not SECRET.match(name)]
    fields = {name: request.POST.getlist(name) for name in names}
    drafts.lay_by(request.desk, form, fields, to=request.POST.get("_to", ""))
    return HttpResponse(status=204)


@require_safe
def offer(request: HttpRequest, form: str) -> HttpResponse:
    """The draft with its buttons; nothing, where there is none or the keys are down."""
    found = drafts.taken_up(request.desk, form)
    if found is None:
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    values = [(name, value) for name, each in found.items() for value in each]
    return page(request, "home/draft_offer.html", None, {"values": values})


@sensitive_post_parameters()
@require_POST
def scratch(request: HttpRequest) -> HttpResponse:
    """The officer's one line, in the place of the one before."""
    line = request.POST.get("line", "").strip()[:LONGEST_LINE]
    if line:
        drafts.lay_by(request.desk, SCRATCH, {"line": [line]})
    else:
        drawers.drop(request.desk.officer, SCRATCH)
    if "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Mode") == "cors":
        return HttpResponse(status=204)
    to = request.POST.get("next", "")
    return HttpResponseRedirect(to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/find/")
