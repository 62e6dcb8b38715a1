"""The addresses of a sealed house: the two choices that everybody has, and the gate for all the rest."""

from django.urls import path, re_path

from ojakgyo.apps.vault import views

urlpatterns = [
    path("language/", views.language),
    path("theme/", views.theme),
    re_path("", views.gate),
]
