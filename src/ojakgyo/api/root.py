"""The API: /api/v1, OpenAPI 3.1 at /api/v1/openapi.json, bearer tokens with scopes. Ids are text, instants RFC 3339."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from ojakgyo.api import watch
from ojakgyo.api.problems import problem
from ojakgyo.domain.errors import OjakError

api = NinjaAPI(title="Ojakgyo", version="1", docs_url=None, urls_namespace="api")
api.add_router("/watch", watch.router)


@api.exception_handler(OjakError)
def refused(request: HttpRequest, error: OjakError) -> HttpResponse:
    return problem(request, error)
