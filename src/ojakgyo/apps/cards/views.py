"""Who waits for a new card."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ojakgyo.apps.cards import queries
from ojakgyo.web.rendering import page


@require_safe
def show_cards(request: HttpRequest) -> HttpResponse:
    """Code names only; anybody at the desk may know who is to be met for it."""
    return page(request, "cards/cards.html", None, {"waiting": queries.to_replace(request.desk)})
