from django.urls import path

from ojakgyo.apps.cards.printing import views

urlpatterns = [
    path("cards/print/", views.show),
    path("cards/print/sheet/", views.print_cards),
    path("cards/print/habits/<str:language>/", views.habits),
]
