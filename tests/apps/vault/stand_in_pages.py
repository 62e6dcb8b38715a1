"""Addresses for the middleware: the vault's own, and a page that says which desk it was given."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path


def desk(request: HttpRequest) -> HttpResponse:
    held = request.desk.keyring
    return JsonResponse({"actor": str(request.desk.actor), "keys": held.keys is not None, "cells": len(held.held)})


def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("up")


urlpatterns = [
    path("", include("ojakgyo.apps.vault.urls")),
    path("", desk),
    path("now/", desk),
    path("now/_part/board/", desk),
    path("_live/", desk),
    path("health/live", live),
]
