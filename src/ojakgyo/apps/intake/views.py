"""Paper in: a file, its letters, its columns, what would come of it, and taking it back. The browser keeps no answer."""

import csv
import io

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ojakgyo.apps.intake import actions, forms, queries, showing, staging, staying, undoing
from ojakgyo.apps.intake.reading.child import template
from ojakgyo.apps.intake.values import BatchLine, BatchState
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import NotHeld, OjakError, Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import BatchId
from ojakgyo.web import words
from ojakgyo.web.rendering import page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The files of late, and reading a new one. It is taken from memory; nothing of it is written but sealed."""
    if request.method != "POST":
        return _start(request)
    try:
        batch = _staged(request)
    except OjakError as error:
        return _start(request, wrong=error)
    return _to(batch)


@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, in the language of the page."""
    language = "ko" if (get_language() or "en").startswith("ko") else "en"
    named = {"Content-Disposition": f'attachment; filename="ojakgyo-{language}.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(template(language), content_type=_XLSX, headers=named)


@require_safe
def show(request: HttpRequest, batch: str) -> HttpResponse:
    return _shown(request, _id(batch))


@require_safe
def findings(request: HttpRequest, batch: str) -> HttpResponse:
    """All there is to say about a file, as a list to take away: places, codes and sentences, nothing out of the file."""
    content = staging.opened(request.desk, _id(batch))
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(
        [
            pgettext("intake", "sheet"),
            pgettext("intake", "row"),
            pgettext("intake", "column"),
            pgettext("intake", "code"),
            pgettext("intake", "what it is"),
            pgettext("intake", "what to do"),
        ]
    )
    for each in content.tried.findings if content.tried else ():
        spot, said = each.spot, (words.sentence(each.code), words.advice(each.code))
        rows.writerow([spot.sheet, spot.row or "", spot.letter, each.code, *said])
    named = {"Content-Disposition": 'attachment; filename="findings.csv"', "Cache-Control": "no-store"}
    return HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8", headers=named)


@require_POST
def letters(request: HttpRequest, batch: str) -> HttpResponse:
    """Take the letters as one of the previews shows them."""
    own, form = _id(batch), forms.EncodingForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("house.input_refused")
        actions.choose_encoding(request.desk, batch=own, encoding=form.cleaned_data["encoding"])
    except OjakError as error:
        return _shown(request, own, wrong=error)
    return _to(own)


@require_POST
def columns(request: HttpRequest, batch: str) -> HttpResponse:
    """Say what the columns are, and try it out again."""
    own = _id(batch)
    try:
        content = staging.opened(request.desk, own)
        chosen = forms.layouts(request.POST, content.tables, content.layouts)
        if chosen is None:
            raise Refused("house.input_refused")
        actions.choose_columns(request.desk, batch=own, layouts=chosen)
    except OjakError as error:
        return _shown(request, own, wrong=error)
    return _to(own)


@sensitive_post_parameters()
@require_POST
def apply(request: HttpRequest, batch: str) -> HttpResponse:
    """Write it. Founding cells asks for a fresh password, as it does by hand."""
    own = _id(batch)
    try:
        tried = staging.opened(request.desk, own).tried
        if tried is not None and tried.counts.get("cells"):
            confirm_first(request)
        actions.apply_batch(request.desk, batch=own)
    except OjakError as error:
        return _shown(request, own, wrong=error)
    return _to(own)


@require_POST
def drop(request: HttpRequest, batch: str) -> HttpResponse:
    actions.drop_batch(request.desk, batch=_id(batch))
    return HttpResponseRedirect("/intake/?dropped")


@sensitive_post_parameters()
@require_POST
def undo(request: HttpRequest, batch: str) -> HttpResponse:
    """Take it back. It destroys keys, so it asks for a fresh password."""
    own = _id(batch)
    try:
        confirm_first(request)
        actions.undo_batch(request.desk, batch=own)
    except OjakError as error:
        return _shown(request, own, wrong=error)
    return _to(own)


# -----------------------------------------------------------------------------------------------------------------------


def _staged(request: HttpRequest) -> BatchId:
    if getattr(request, "too_large", False):
        raise Refused("intake.file_too_big")
    form = forms.FileForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("intake.file_missing")
    sent, encoding = form.cleaned_data["sheet"], form.cleaned_data["encoding"] or None
    return actions.stage_file(request.desk, written=sent.read(), name=sent.name, encoding=encoding)


def _start(request: HttpRequest, wrong: OjakError | None = None) -> HttpResponse:
    values = {
        "batches": queries.batches(request.desk),
        "encodings": forms.ENCODINGS,
        "wrong": wrong and wrong.code,
        "at": wrong.ids if wrong else {},
        "dropped": "dropped" in request.GET,
    }
    return page(request, "intake/intake.html", None, values, status=_status(wrong))


def _shown(request: HttpRequest, id: BatchId, wrong: OjakError | None = None) -> HttpResponse:
    line = queries.batch(request.desk, id)
    values = {"batch": line, "wrong": wrong and wrong.code, **_state(request, line)}
    return page(request, "intake/batch.html", None, values, status=_status(wrong))


def _state(request: HttpRequest, line: BatchLine) -> dict[str, object]:
    desk, keys = request.desk, request.officer is not None and request.officer.keys
    if line.state == BatchState.STAGED and keys:
        return {"file": showing.waiting(staging.opened(desk, line.id)), "countries": forms.COUNTRIES}
    if line.state == BatchState.APPLIED and keys:
        came = {"newcomers": queries.newcomers(desk, line.id)}
        try:
            return {**came, "undoing": undoing.undoing(desk, line.id)}
        except (Refused, NotHeld) as refused:
            return {**came, "not_undone": refused.code}
    if line.state == BatchState.UNDONE and keys:
        return {"stayed": staying.kept_of(desk, line.id)}
    return {}


def _status(wrong: OjakError | None) -> int:
    if wrong is None:
        return 200
    return 403 if isinstance(wrong, NotHeld) else 409


def _to(batch: BatchId) -> HttpResponse:
    return HttpResponseRedirect(f"/intake/{ids.text('b', batch)}/")


def _id(written: str) -> BatchId:
    try:
        return BatchId(ids.parse_kind("b", written))
    except ValueError:
        raise Refused("house.not_found") from None
