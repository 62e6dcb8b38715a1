from django.urls import path

from ojakgyo.apps.calls.views import asking, meeting, overriding, report, speaking

urlpatterns = [
    path("calls/", asking.ask),
    path("calls/meeting/", meeting.record_meeting),
    path("calls/meeting/undo/<int:number>/", meeting.take_back),
    path("calls/report/", report.report),
    path("calls/<str:person>/", asking.show_call),
    path("calls/<str:person>/number/", asking.show_number),
    path("calls/<str:person>/override/", overriding.override),
    path("calls/<str:person>/answers/", speaking.show_answers),
    path("calls/<str:person>/said/", speaking.say_word),
    path("calls/<str:person>/challenge/", speaking.ask_challenge),
    path("calls/<str:person>/challenge/answer/", speaking.answer_challenge),
    path("calls/<str:person>/again/", speaking.ask_again),
    path("calls/<str:person>/outcome/", asking.keep_outcome),
    path("calls/<str:person>/undo/<int:number>/", asking.take_back),
]
