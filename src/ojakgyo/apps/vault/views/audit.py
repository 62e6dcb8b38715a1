"""Who did what: looking, verifying, and the export that takes two."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.vault import queries, rights
from ojakgyo.apps.vault.actions.audit import export_audit
from ojakgyo.apps.vault.actions.requests import make_request
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.apps.vault.forms.audit import ExportForm, LookForm
from ojakgyo.apps.vault.queries import audit as found
from ojakgyo.apps.vault.queries.audit import Look, Verified
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import Seq
from ojakgyo.web.rendering import page

PAGE = "/vault/audit/"


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    return _audit(request)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Go through the chain now. It reads only, so nothing is written down."""
    _for_auditors(request)
    return _audit(request, verified=found.verified())


@sensitive_post_parameters()
@require_POST
def ask_export(request: HttpRequest) -> HttpResponse:
    """Make the request and sign it first; a colleague signs it on its page."""
    try:
        confirm_first(request)
        asked = make_request(request.desk, kind=RequestKind.EXPORT_AUDIT)
    except Refused as refused:
        return _audit(request, wrong=refused.code)
    return HttpResponseRedirect(f"/vault/requests/{ids.text('t', asked)}/")


@sensitive_post_parameters()
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """JSON lines, for a request that two have signed."""
    form = ExportForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("house.input_refused")
        confirm_first(request)
        last = export_audit(request.desk, request=form.cleaned_data["request"])
    except Refused as refused:
        return _audit(request, wrong=refused.code)
    said = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="audit-1-{last}.jsonl"'}
    return HttpResponse("".join(_lines(request.desk, last)), content_type="application/jsonl", headers=said)


def _lines(desk: Desk, last: Seq) -> Iterator[str]:
    return (json.dumps(line, ensure_ascii=False) + "\n" for line in found.exported(desk, until=last))


def _for_auditors(request: HttpRequest) -> None:
    rights.demand(rights.may_audit(queries.roles(request.desk)))


def _audit(request: HttpRequest, *, verified: Verified | None = None, wrong: str | None = None) -> HttpResponse:
    _for_auditors(request)
    form = LookForm(request.GET)
    look = Look(**form.cleaned_data) if form.is_valid() else Look()
    values = {
        "page": found.audit(request.desk, look=look),
        "verified": verified,
        "wrong": wrong,
        "confirmed": request.confirmed,
    }
    return page(request, "vault/audit.html", None, values, status=422 if wrong else 200)
