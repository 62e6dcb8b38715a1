"""Closing a warning where a sign of duress stands: a safety officer asks, a colleague signs, and then it is closed, once."""

from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.actions.requests import make_request, use_request
from ojakgyo.apps.vault.queries.requests import open_request
from ojakgyo.apps.vault.values import closing_argument
from ojakgyo.apps.watch import heard
from ojakgyo.apps.watch.actions import end, judged, nothing_since, standing
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Warning
from ojakgyo.apps.watch.queries import closing_signed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import CloseReason, RequestKind
from ojakgyo.domain.values.ids import Seq, TokenId, WarningId
from ojakgyo.domain.values.roles import OfficerRole


def ask_to_close(desk: Desk, *, warning: WarningId, reason: CloseReason, seen: Seq | None = None) -> TokenId:
    """Ask a colleague to close it too, as the first hand: for a safety officer who may see why the warning stands.

    `seen`: number of the newest sign when the officer looked (None: this moment); both sign it, and close no newer one.
    """
    argument = closing_argument(reason, nothing_since(desk, judged(desk, warning), seen))
    return make_request(desk, kind=RequestKind.CLOSE_WARNING, about=warning, argument=argument)


def nothing_newer(desk: Desk, *, warning: WarningId, request: TokenId) -> None:
    """Before a hand is given: something was heard since it was asked, so that it would close nothing: ``Refused``."""
    _signed(desk, standing(warning), open_request(request)[0].argument)


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
    reason, seen = _signed(desk, row, signed_for)
    return end(desk, row, reason, seen=seen)


def _signed(desk: Desk, row: Warning, argument: int) -> tuple[CloseReason, Seq]:
    """What two put their hands under: why it ends, and the newest sign they have judged."""
    reason, seen = closing_signed(argument)
    if heard.about(latest.analysis(desk), row.subject_id) > seen:
        raise Refused("vault.request_changed", warning=WarningId(row.pk))
    return reason, seen
