"""The addresses of an open house. A sealed one has `ojakgyo.apps.vault.sealed_urls`."""

from django.conf import settings
from django.urls import include, path

from ojakgyo.api.health import alive, ready
from ojakgyo.api.root import api
from ojakgyo.web.live import live
from ojakgyo.web.rendering import not_found
from ojakgyo.web.statics import static

urlpatterns = [
    path("health/live", alive),
    path("health/ready", ready),
    path("static/<path:path>", static),
    path("_live/", live),
    path("api/v1/", api.urls),
    path("", include("ojakgyo.apps.vault.urls")),
    path("", include("ojakgyo.apps.cards.urls")),
    path("", include("ojakgyo.apps.contact.urls")),
    path("", include("ojakgyo.apps.watch.urls")),
    path("", include("ojakgyo.apps.calls.urls")),
    path("", include("ojakgyo.apps.alerts.urls")),
    path("", include("ojakgyo.apps.intake.urls")),
    *([path("", include("ojakgyo.demo.urls"))] if settings.OJAK_DEMO else []),
    path("", include("ojakgyo.apps.home.urls")),
]
handler404 = not_found
