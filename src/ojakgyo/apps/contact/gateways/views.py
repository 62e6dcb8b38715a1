"""The page of the channels, and the address at which gateways hand in what they hear.

That address stands outside of sessions and forms: whoever signs may use it. Its answers are empty, for some gateways send
whatever they are answered back to the phone that wrote: 200 once what was handed in is committed; 404 where no gateway of the
number is kept; 403 where signature or time do not hold; 413 where it is too long; 503 while the house is sealed or busy, and
the gateway tries again. Nothing tells a known sender from an unknown one.
"""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ojakgyo.apps.contact.channels.protocol import Post
from ojakgyo.apps.contact.gateways import receiving
from ojakgyo.apps.contact.gateways.acts import add_gateway, drop_gateway
from ojakgyo.apps.contact.gateways.forms import GatewayForm
from ojakgyo.apps.contact.gateways.queries import ears_page
from ojakgyo.apps.vault.confirming import confirm_first
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.failing import where
from ojakgyo.store import keyholder
from ojakgyo.web.rendering import page

STATUS = {
    "contact.gateway_unknown": 404,
    "contact.signature_wrong": 403,
    "contact.gateway_clock": 403,
    "contact.post_long": 413,
}
"""Whatever else is refused is the house's own trouble: 503, and it comes again."""
log = logging.getLogger("ojakgyo.gateways")


@csrf_exempt
@require_POST
def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    status = 503 if not keyholder.is_unsealed() else _taken(request, number)
    return HttpResponse(status=status, headers={"Cache-Control": "no-store"})


def _taken(request: HttpRequest, number: int) -> int:
    try:
        receiving.receive(number, _post(request))
    except Refused as refused:
        log.info("handed in at %d: %s", number, refused.code)
        return STATUS.get(refused.code, 503)
    except (OjakError, DatabaseError) as error:
        log.error("handed in at %d: %s", number, where(error))
        return 503
    return 200


def _post(request: HttpRequest) -> Post:
    """More than is taken is not even read."""
    said = request.headers.get("Content-Length") or "0"
    if not said.isdecimal() or int(said) > receiving.LONGEST:
        raise Refused("contact.post_long")
    return Post(request.body, {name.lower(): value for name, value in request.headers.items()})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def show_ears(request: HttpRequest) -> HttpResponse:
    """How each channel stands; and a new gateway, whose key is shown once."""
    if request.method != "POST":
        return _page(request)
    form = GatewayForm(request.POST)
    if not form.is_valid():
        return _page(request, wrong="house.input_refused")
    try:
        confirm_first(request)
        number, key = add_gateway(request.desk, channel=form.cleaned_data["channel"])
    except OjakError as error:
        return _page(request, wrong=error.code)
    made = {"number": number, "key": key, "channel": form.cleaned_data["channel"]}
    return page(request, "contact/gateway.html", None, made)


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Stopping takes one, at once, and asks for nothing."""
    try:
        drop_gateway(request.desk, gateway=number)
    except OjakError as error:
        return _page(request, wrong=error.code)
    return HttpResponseRedirect("/ears/?dropped")


def _page(request: HttpRequest, wrong: str | None = None) -> HttpResponse:
    values = {"page": ears_page(request.desk), "wrong": wrong, "dropped": not wrong and "dropped" in request.GET}
    return page(request, "contact/ears.html", None, values, status=409 if wrong else 200)
