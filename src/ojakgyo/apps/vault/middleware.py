"""Puts the desk on each request, or turns it away: the sealed house shows the gate, a stranger the way in.

`request.desk`: who acts, when, with which keys. `request.officer`: who is signed in, or None. `request.confirmed`:
whether the password was typed within five minutes. `request.sitting`: what a stream asks at each beat. `request.opened`:
where to keep what the keys have opened, gone with them. `request.scratch`: the officer's one line. `request.theme` and
`request.language`: as chosen.
"""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from ojakgyo.apps.vault import cookies, drafts, queries, tokens
from ojakgyo.apps.vault.actions.sessions import keys_of
from ojakgyo.apps.vault.desks import house_desk, keyless_desk, officer_desk
from ojakgyo.apps.vault.drawers import drawers
from ojakgyo.apps.vault.seats import Seat, seats
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import PublicKeys
from ojakgyo.store import keyholder

WAY_IN = "/enter/"


class Kind(Enum):
    OUTSIDE = auto()
    """Answers for itself: health, static files, the API with its tokens, gateways with their signatures."""
    OPEN = auto()
    """For who has not signed in, too."""
    STREAM = auto()
    """Opens no key and counts as nobody's act."""
    PART = auto()
    """Fetched by the page itself: nobody's act."""
    ASIDE = auto()
    """What is half typed: it can be laid by without keys, and is taken up with them."""
    PAGE = auto()


def kind_of(request: HttpRequest) -> Kind:
    path = request.path
    if path.startswith(("/health/", "/api/", "/in/", settings.STATIC_URL)):
        return Kind.OUTSIDE
    if path.startswith((WAY_IN, "/lock/", "/language/", "/theme/")):
        return Kind.OPEN
    if path == "/_live/":
        return Kind.STREAM
    if path.startswith("/drafts/") and request.method == "POST":
        return Kind.ASIDE
    by_itself = request.method == "GET" and ("/_part/" in path or "HX-Request" in request.headers)
    return Kind.PART if by_itself else Kind.PAGE


class VaultMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.theme, request.language = cookies.theme(request), cookies.language(request)
        request.officer = request.desk = request.sitting = None
        request.confirmed, request.opened, request.scratch = False, {}, ""
        kind = kind_of(request)
        if kind is not Kind.OUTSIDE:
            if not keyholder.is_unsealed():
                request.now, request.urlconf = settings.CLOCK.now(), "ojakgyo.apps.vault.sealed_urls"
            elif (turned_away := _seat(request, kind)) is not None:
                return turned_away
        response = self._next(request)
        if kind is Kind.PAGE and request.officer is not None and request.method == "POST" and _led_on(response):
            drawers.succeeded(request.officer.id, request.path)
        return response


def _led_on(response: HttpResponseBase) -> bool:
    """A form that was refused is shown again; one that succeeded leads on."""
    return 300 <= response.status_code < 400


def _seat(request: HttpRequest, kind: Kind) -> HttpResponse | None:
    """Put the desk on the request; an answer instead where there is none for it."""
    seat = _taken(request)
    if seat is None or not _known(request, seat, kind):
        request.desk = house_desk()
        return None if kind is Kind.OPEN else _way_in(request, kind)
    request.confirmed, request.sitting = seats.confirmed(seat), partial(_sitting, seat.id)
    if not request.officer.keys and kind is Kind.PAGE and request.method not in ("GET", "HEAD"):
        return _way_in(request, kind)  # keys put down: look, but act only after signing in again
    request.opened, request.scratch = seats.opened(seat.id), partial(drafts.scratch, request.desk)
    if kind in (Kind.PAGE, Kind.ASIDE):
        seats.act(seat)
    return None


def _known(request: HttpRequest, seat: Seat, kind: Kind) -> bool:
    """Put desk and officer on the request. Suspended or removed meanwhile: the seat is taken away."""
    try:
        known = queries.known(seat.officer)
    except Refused:
        seats.leave(seat.id)
        return False
    request.desk = _desk(request, seat, kind, known.public)
    request.officer = known.at(request.desk)
    return True


def _sitting(id: bytes) -> bool | None:
    """None: the session has ended. Else whether its keys are up."""
    seat = seats.find(id)
    return None if seat is None else seat.half is not None


def _taken(request: HttpRequest) -> Seat | None:
    try:
        return seats.find(tokens.parsed(Table.SESSION, cookies.session(request) or "").id)
    except Refused:
        return None


def _desk(request: HttpRequest, seat: Seat, kind: Kind, public: PublicKeys) -> Desk:
    """With the officer's keys for this one request, where both halves open them."""
    if kind is Kind.STREAM:
        return keyless_desk(seat.officer)
    try:
        keys = keys_of(seat, token=cookies.session(request) or "", public=public)
    except (Damaged, NotHeld):  # somebody changed the officer's row: no key, and the board goes on
        seats.put_down(seat.id)
        keys = None
    return officer_desk(keys) if keys else keyless_desk(seat.officer)


def _way_in(request: HttpRequest, kind: Kind) -> HttpResponse:
    if kind is Kind.STREAM:
        return HttpResponse(status=204)  # after which a browser does not ask again by itself
    if kind is Kind.PART or "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": WAY_IN})
    return HttpResponseRedirect(WAY_IN)
