"""Errors of the API after RFC 9457, each with the code of the registry."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from ojakgyo.domain.errors import REGISTRY, OjakError

STATUS: Final = {
    "vault.token_refused": 401,
    "house.not_found": 404,
    "people.unknown_code_name": 404,
    "house.input_refused": 422,
    "cards.too_many_tries": 429,
    "vault.sealed": 503,
}


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
    wait = {} if "seconds" not in error.ids else {"Retry-After": str(error.ids["seconds"])}
    return JsonResponse(told, status=status, content_type="application/problem+json", headers=wait)
