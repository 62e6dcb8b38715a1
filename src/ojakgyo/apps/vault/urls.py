from django.urls import path

from ojakgyo.apps.vault.views import choices, sitting

urlpatterns = [
    path("enter/", sitting.enter, name="enter"),
    path("enter/<str:token>/", sitting.entry, name="entry"),
    path("lock/", sitting.lock, name="lock"),
    path("language/", choices.language, name="language"),
    path("theme/", choices.theme, name="theme"),
]
