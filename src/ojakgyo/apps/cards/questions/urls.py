from django.urls import path

from ojakgyo.apps.cards.questions import views

urlpatterns = [
    path("cards/questions/<str:person>/", views.show_questions),
    path("cards/questions/<str:person>/keep/", views.keep),
    path("cards/questions/<str:person>/remove/", views.remove),
    path("cards/questions/<str:person>/put/", views.put),
]
