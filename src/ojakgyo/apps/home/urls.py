from django.urls import path

from ojakgyo.apps.home.views import log, now

urlpatterns = [
    path("", now.front),
    path("now/", now.show_now),
    path("now/_part/board/", now.show_now),
    path("now/stuck/<int:number>/settle/", now.settle),
    path("now/stuck/<int:number>/again/", now.try_again),
    path("log/", log.log_contact),
    path("log/report/", log.log_report),
]
