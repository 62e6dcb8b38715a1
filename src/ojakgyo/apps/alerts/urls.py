from django.urls import path

from ojakgyo.apps.alerts import views

urlpatterns = [
    path("wake/", views.show, name="wake"),
    path("wake/_part/ways/", views.show),
    path("wake/way/", views.keep, name="wake-way"),
    path("wake/drop/", views.drop, name="wake-drop"),
    path("wake/quiet/", views.quiet, name="wake-quiet"),
    path("wake/try/", views.try_it, name="wake-try"),
    path("wake/answer/", views.answer, name="wake-answer"),
    path("wake/turn/", views.turn, name="wake-turn"),
    path("wake/turn/drop/", views.drop_turn, name="wake-turn-drop"),
]
