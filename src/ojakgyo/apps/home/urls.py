from django.urls import path

from ojakgyo.apps.home import views

urlpatterns = [
    path("", views.front),
    path("now/", views.show_now),
    path("now/_part/board/", views.show_now),
    path("now/stuck/<int:number>/settle/", views.settle),
    path("now/stuck/<int:number>/again/", views.try_again),
    path("log/", views.log_contact),
    path("log/report/", views.log_report),
]
