from django.urls import path

from ojakgyo.apps.intake import views
from ojakgyo.apps.intake.exporting.urls import urlpatterns as exporting

urlpatterns = [
    *exporting,
    path("intake/", views.start),
    path("intake/template/", views.template_file),
    path("intake/<str:batch>/", views.show),
    path("intake/<str:batch>/findings/", views.findings),
    path("intake/<str:batch>/letters/", views.letters),
    path("intake/<str:batch>/columns/", views.columns),
    path("intake/<str:batch>/apply/", views.apply),
    path("intake/<str:batch>/drop/", views.drop),
    path("intake/<str:batch>/undo/", views.undo),
]
