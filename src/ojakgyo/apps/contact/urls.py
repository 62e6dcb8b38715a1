from django.urls import path

from ojakgyo.apps.contact import views

urlpatterns = [
    path("messages/<str:message>/words/", views.show_words),
    path("people/<str:person>/", views.show_person),
    path("people/<str:person>/name/", views.keep_name),
    path("people/<str:person>/reveal/", views.reveal),
    path("people/<str:person>/forget/", views.forget),
    path("people/<str:person>/forget/ask/", views.ask_to_forget),
]
