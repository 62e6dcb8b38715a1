"""Is the process alive, and is the vault open? Nothing else is told to whoever asks."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from ojakgyo.store import keyholder


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    if keyholder.is_unsealed():
        return JsonResponse({"ready": True})
    return JsonResponse({"code": "vault.sealed"}, status=503)
