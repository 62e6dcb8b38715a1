from django.urls import path

from ojakgyo.apps.intake.exporting import views

urlpatterns = [
    path("export/", views.show),
    path("export/ask/", views.ask),
    path("export/make/", views.make),
]
