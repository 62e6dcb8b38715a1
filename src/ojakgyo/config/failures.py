"""What a person sees when something was refused: the sentence of its code and what to do, never a trace."""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse

from ojakgyo.domain.errors import NotHeld, OjakError, Refused
from ojakgyo.domain.failing import where
from ojakgyo.web.rendering import failure

log = logging.getLogger("ojakgyo.failures")
STATUS = {
    "house.not_found": 404,
    "house.busy": 503,
    "house.full": 507,
    "vault.crowded": 429,
    "vault.sealed": 503,
    "vault.no_session": 401,
}


class FailureMiddleware:
    """Turns what the house raises on purpose into a page; anything else is logged by its type alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django hands every exception of a view here."""
        if isinstance(error, OjakError):
            return failure(request, error.code, status=status_of(error))
        if isinstance(error, Http404):
            return failure(request, "house.not_found", status=404)
        if isinstance(error, PermissionDenied):
            return None
        log.error("failed: %s", where(error))
        code = "house.busy" if isinstance(error, DatabaseError) and "locked" in str(error) else "house.failed"
        return failure(request, code, status=503 if code == "house.busy" else 500)


def status_of(error: OjakError) -> int:
    if error.code in STATUS:
        return STATUS[error.code]
    if isinstance(error, Refused):
        return 409
    return 403 if isinstance(error, NotHeld) else 500
