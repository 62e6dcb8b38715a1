from django.urls import path

from ojakgyo.apps.cards.printing.urls import urlpatterns as printing
from ojakgyo.apps.cards.questions.urls import urlpatterns as questions
from ojakgyo.apps.cards.views import card, issuing, listing

urlpatterns = [
    path("cards/", listing.show_cards),
    *printing,
    *questions,
    path("cards/new/<str:person>/", issuing.issue),
    path("cards/new/<str:person>/ask/", issuing.ask_to_end),
    path("cards/new/<str:person>/end/", issuing.end_quarantine),
    path("cards/stop/<str:person>/", card.stop_person),
    path("cards/<str:card>/", card.show_card),
    path("cards/<str:card>/number/", card.tell_number),
    path("cards/<str:card>/hand-over/", card.hand_over),
    *(path(f"cards/<str:card>/{how}/", card.stop_card, {"how": how}) for how in card.STOPS),
    path("cards/<str:card>/share/", card.share),
    path("cards/<str:card>/unshare/", card.unshare),
    path("cards/<str:card>/pocket/", card.give_number),
    path("cards/<str:card>/pocket/drop/", card.drop_number),
]
