from django.urls import path

from ojakgyo.apps.cards import views

urlpatterns = [path("cards/", views.show_cards)]
