from django.urls import path

from ojakgyo.demo import views

urlpatterns = [
    path("practice/_part/bar/", views.bar),
    path("practice/play/", views.play),
    path("practice/pause/", views.pause),
    path("practice/next/", views.play_next),
    path("practice/guide/", views.guide),
    path("practice/be/", views.be),
    path("practice/sink/", views.sink),
    path("practice/reset/", views.reset),
    path("practice/real/", views.real),
]
