"""Backups: which there are, and writing one now."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.vault import queries, rights
from ojakgyo.apps.vault.actions.backups import write_backup
from ojakgyo.apps.vault.queries import backups as found
from ojakgyo.domain.errors import Refused
from ojakgyo.web.rendering import page


@require_safe
def backups(request: HttpRequest) -> HttpResponse:
    return _backups(request)


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write one now, to the folder that ojak.toml names: never to one that is typed here."""
    rights.demand(rights.may_manage(queries.roles(request.desk)))
    folder = found.folder_named()
    try:
        if folder is None:
            raise Refused("vault.backup_nowhere")
        write_backup(request.desk, folder=folder)
    except Refused as refused:
        return _backups(request, wrong=refused.code)
    return HttpResponseRedirect("/vault/backups/?written")


def _backups(request: HttpRequest, *, wrong: str | None = None) -> HttpResponse:
    values = {
        "page": found.backups(request.desk),
        "may_write": rights.may_manage(queries.roles(request.desk)) and request.officer.keys,
        "written": "written" in request.GET,
        "wrong": wrong,
    }
    return page(request, "vault/backups.html", None, values, status=422 if wrong else 200)
