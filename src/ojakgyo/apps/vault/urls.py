from django.urls import path

from ojakgyo.apps.vault import views

urlpatterns = [
    path("enter/", views.enter, name="enter"),
    path("enter/<str:token>/", views.entry, name="entry"),
    path("lock/", views.lock, name="lock"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
