"""Who has what, who should have one, who waits."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ojakgyo.apps.cards.listing import cards_listed
from ojakgyo.web.rendering import page


@require_safe
def show_cards(request: HttpRequest) -> HttpResponse:
    return page(request, "cards/cards.html", None, {"page": cards_listed(request.desk)})
