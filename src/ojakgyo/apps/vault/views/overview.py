"""The first page of the vault: is everything in order?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ojakgyo.apps.vault.queries.overview import overview
from ojakgyo.web.rendering import page


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return page(request, "vault/overview.html", None, {"vault": overview(request.desk)})
