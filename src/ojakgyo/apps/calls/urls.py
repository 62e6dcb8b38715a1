from django.urls import path

from ojakgyo.apps.calls.views import asking, meeting, report

urlpatterns = [
    path("calls/", asking.ask),
    path("calls/meeting/", meeting.record_meeting),
    path("calls/meeting/undo/<int:number>/", meeting.take_back),
    path("calls/report/", report.report),
    path("calls/<str:person>/", asking.show_call),
    path("calls/<str:person>/number/", asking.show_number),
    path("calls/<str:person>/outcome/", asking.keep_outcome),
    path("calls/<str:person>/undo/<int:number>/", asking.take_back),
]
