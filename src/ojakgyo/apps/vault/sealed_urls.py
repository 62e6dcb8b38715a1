"""The addresses of a sealed house: the two choices that everybody has, and the gate for all the rest."""

from django.urls import path, re_path

from ojakgyo.apps.vault.views import choices, gate

urlpatterns = [
    path("language/", choices.language),
    path("theme/", choices.theme),
    re_path("", gate.gate),
]
