from django.urls import path

from ojakgyo.apps.watch import views
from ojakgyo.apps.watch.rings import views as rings
from ojakgyo.apps.watch.telling import views as telling

urlpatterns = [
    path("network/", rings.ask),
    path("network/<str:person>/", rings.show_rings),
    path("network/<str:person>/planned/", rings.plan),
    path("watch/plan/", telling.show_plan),
    path("watch/<str:warning>/", views.show_warning),
    path("watch/<str:warning>/take/", views.take),
    path("watch/<str:warning>/take-over/", views.take_over),
    path("watch/<str:warning>/acknowledge/", views.acknowledge),
    path("watch/<str:warning>/told/", views.tell),
    path("watch/<str:warning>/close/", views.close),
    path("watch/<str:warning>/ask/", views.ask),
    path("watch/<str:warning>/sign/", views.sign),
    path("watch/<str:warning>/close-by-two/", views.close_by_two),
]
