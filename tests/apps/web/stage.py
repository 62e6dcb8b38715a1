"""A house of cardboard: the real frame, script, stream and bell around ready values, with nothing behind them."""

from types import SimpleNamespace

from apps.web import night
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from ojakgyo.demo import views as practice
from ojakgyo.web import rendering, statics
from ojakgyo.web.live import live

shown = {"board": night.board(), "warning": night.warning(), "log": night.log(), "now": night.NOW}
posts: list[str] = []
deaf = False
"""Refuse the stream."""


class Seat:
    """Seats Haneul at every request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.officer, request.duty, request.theme, request.language = night.SAFETY, (), "auto", "en"
        request.desk = SimpleNamespace(now=shown["now"])
        if deaf and request.path == "/_live/":
            return HttpResponse(status=503)
        if request.method == "POST":
            posts.append(request.path)
            return now(request) if rendering.wants_part(request) else HttpResponseRedirect("/log/")
        return self.get_response(request)


def now(request):
    return rendering.page(request, "home/now.html", "board", {"board": shown["board"]})


def warning(request, written):
    return rendering.page(request, "watch/warning.html", "warning", {"page": shown["warning"]})


def log(request):
    return rendering.page(request, "contact/log.html", None, {"page": shown["log"]})


def no_draft(request, form):
    """Nothing was half typed here."""
    return HttpResponse(status=204)


urlpatterns = [
    path("now/", now),
    path("now/_part/board/", now),
    path("watch/<str:written>/", warning),
    path("log/", log),
    path("drafts/_part/<str:form>/", no_draft),
    path("_live/", live),
    path("practice/_part/bar/", practice.bar),
    path("static/<path:path>", statics.static),
]
