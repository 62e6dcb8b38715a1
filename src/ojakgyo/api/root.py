"""The API: /api/v1, OpenAPI 3.1 at /api/v1/openapi.json, bearer tokens with scopes. Ids are text, instants RFC 3339."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from ojakgyo.api import cards, watch
from ojakgyo.api.problems import problem
from ojakgyo.domain.errors import OjakError, Refused

api = NinjaAPI(title="Ojakgyo", version="1", docs_url=None, urls_namespace="api")
api.add_router("/watch", watch.router)
api.add_router("/cards", cards.router)


@api.exception_handler(OjakError)
def refused(request: HttpRequest, error: OjakError) -> HttpResponse:
    return problem(request, error)


@api.exception_handler(ValidationError)
@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, error: Exception) -> HttpResponse:
    """A body that is no JSON, or not as it is described. What was sent is not repeated."""
    return problem(request, Refused("house.input_refused"))
