"""Who may ask: the bearer token of a request, and the desk it makes."""

from django.http import HttpRequest
from ninja.security.http import HttpAuthBase

from ojakgyo.apps.vault.desks import token_desk
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.store import keyholder


def desk_for(request: HttpRequest, scope: Scope) -> Desk:
    """The desk of the token's bearer; no token, or one that does not open this scope: `Refused`."""
    if not keyholder.is_unsealed():
        raise NotHeld("vault.sealed")
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not token:
        raise Refused("vault.token_refused")
    return token_desk(token, scope=scope)


class Bearer(HttpAuthBase):
    """Guards an operation by a scope, and says so in the API's description."""

    openapi_scheme = "bearer"

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Desk:
        return desk_for(request, self.scope)


def may(request: HttpRequest, scope: Scope) -> bool:
    try:
        desk_for(request, scope)
    except Refused:
        return False
    return True
