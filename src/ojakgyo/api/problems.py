"""Errors of the API after RFC 9457, each with the code of the registry."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from ojakgyo.domain.errors import REGISTRY, OjakError

STATUS = {"vault.token_refused": 401, "vault.sealed": 503, "house.not_found": 404}


def problem(request: HttpRequest, error: OjakError) -> HttpResponse:
    """`code` is for programs, `title` and `detail` for whoever reads the answer."""
    entry, status = REGISTRY[error.code], STATUS.get(error.code, 409)
    told = {
        "type": "about:blank",
        "status": status,
        "code": error.code,
        "title": entry.sentence,
        "detail": entry.advice,
    }
    return JsonResponse(told, status=status, content_type="application/problem+json")
