"""Is the process alive, is the vault open, and does the house do its work? Nothing else is told to whoever asks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.pulse import pulse
from ojakgyo.store import keyholder


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    code = _trouble()
    return JsonResponse({"ready": True}) if code is None else JsonResponse({"code": code}, status=503)


def _trouble() -> str | None:
    """Why nobody should count on this desk now; None where all is well."""
    if not keyholder.is_unsealed():
        return "vault.sealed"
    if pulse.has_stopped():
        return "house.loop_dead"
    return "house.behind" if inbox.lagging(settings.CLOCK.now(), open_ms=pulse.open_ms) else None
