"""Closing a warning where a sign of duress stands: a safety officer asks, a colleague signs, and then it is closed, once."""

from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.actions.requests import make_request, use_request
from ojakgyo.apps.vault.queries.requests import open_request
from ojakgyo.apps.watch.actions import end, judged, standing
from ojakgyo.apps.watch.queries import closing_argument, closing_reason
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CloseReason, RequestKind
from ojakgyo.domain.values.ids import TokenId, WarningId
from ojakgyo.domain.values.roles import OfficerRole


def ask_to_close(desk: Desk, *, warning: WarningId, reason: CloseReason) -> TokenId:
    """Ask a colleague to close it too, as the first hand: for a safety officer who may see why the warning stands."""
    judged(desk, warning)
    return make_request(desk, kind=RequestKind.CLOSE_WARNING, about=warning, argument=closing_argument(reason))


@action
def close_by_two(desk: Desk, *, warning: WarningId, request: TokenId) -> WarningId:
    """End an alarm that two officers have signed to end, one of them safety, for the reason they signed."""
    row, (_, hands) = standing(warning), open_request(request)
    signed = {hand.officer for hand in hands}
    if desk.officer not in signed:
        raise Refused("vault.second_hand", warning=warning)
    if signed.isdisjoint(vault.active_with(OfficerRole.SAFETY)):
        raise Refused("watch.safety_only", warning=warning)
    signed_for = use_request(desk, request=request, kind=RequestKind.CLOSE_WARNING, about=warning)
    return end(desk, row, closing_reason(signed_for))
