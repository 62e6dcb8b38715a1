"""Now: what the desk must know this minute, and what it left undone."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.chronicle.stuck import settle_stuck, try_stuck_again
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.home.queries import board
from ojakgyo.apps.home.values import Refusal
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.web.rendering import page, wants_part


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/now/")


@require_safe
def show_now(request: HttpRequest) -> HttpResponse:
    return shown(request, show=request.GET.get("show", ""))


def shown(
    request: HttpRequest, *, show: str, refused: Refusal | None = None, silence_refused: str | None = None
) -> HttpResponse:
    """The board, or the part of it that is asked for; in the place of a cell that is not held, the whole.

    A live page swaps in no answer that failed, so to it a refusal is an answer like others.
    """
    whole = refused is None and silence_refused is None
    code, status = None, 200 if whole or wants_part(request) else 409
    try:
        found = board(request.desk, ears=hearing.ears(), show=show, refused=refused, silence_refused=silence_refused)
    except NotHeld as not_held:
        code = not_held.code
        found = board(request.desk, ears=hearing.ears(), refused=refused)
    return page(
        request,
        "home/now.html",
        "board",
        {"board": found, "code": code, "ended": "ended" in request.GET},
        status=status,
    )


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Leave it: for safety, since what is stuck may be the one message that matters."""
    _for_safety(request)
    settle_stuck(request.desk, number=number)
    return HttpResponseRedirect("/now/")


@require_POST
def try_again(request: HttpRequest, number: int) -> HttpResponse:
    _for_safety(request)
    try_stuck_again(request.desk, number=number)
    return HttpResponseRedirect("/now/")


def _for_safety(request: HttpRequest) -> None:
    if OfficerRole.SAFETY not in request.officer.roles:
        raise Refused("watch.safety_only")
