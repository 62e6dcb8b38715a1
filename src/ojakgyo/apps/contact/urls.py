from django.urls import path

from ojakgyo.apps.contact import views
from ojakgyo.apps.contact.adding.views import new_person
from ojakgyo.apps.contact.agreements import views as agreements
from ojakgyo.apps.contact.answering.views import answer
from ojakgyo.apps.contact.gateways import views as gateways
from ojakgyo.apps.contact.hours import views as hours

urlpatterns = [
    path("cards/questions/<str:person>/answer/", answer),
    path("contact/hours/", hours.show),
    path("contact/hours/days/", hours.show_days),
    path("ears/", gateways.show_ears),
    path("ears/<int:number>/drop/", gateways.drop),
    path("in/<int:number>/", gateways.hand_in),
    path("messages/<str:message>/words/", views.show_words),
    path("messages/<str:message>/phone/", views.settle_phone),
    path("people/new/", new_person),
    path("people/<str:person>/", views.show_person),
    path("people/<str:person>/plan/", agreements.plan),
    path("people/<str:person>/plan/pattern/", agreements.pattern),
    path("people/<str:person>/group/", agreements.group),
    path("people/<str:person>/plan/end/", agreements.end_plan),
    path("people/<str:person>/route/", agreements.route),
    path("people/<str:person>/route/<int:number>/drop/", agreements.drop_route),
    path("people/<str:person>/route/<int:number>/rehearsed/", agreements.rehearse_route),
    path("people/<str:person>/miss/<int:number>/", agreements.explain_miss),
    path("people/<str:person>/noticer/", agreements.noticer),
    path("people/<str:person>/aside/", agreements.aside),
    path("people/<str:person>/line/", agreements.line),
    path("people/<str:person>/line/other/", agreements.other_line),
    path("people/<str:person>/name/", views.keep_name),
    path("people/<str:person>/reveal/", views.reveal),
    path("people/<str:person>/forget/", views.forget),
    path("people/<str:person>/forget/ask/", views.ask_to_forget),
]
