"""Handing the audit out, and going on after a loss."""

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import queries, rights
from ojakgyo.apps.vault.actions.requests import use_request
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import AuditExported, LossAccepted, RequestKind
from ojakgyo.domain.values.ids import Seq, TokenId


@action
def export_audit(desk: Desk, *, request: TokenId) -> Seq:
    """Spend the request that two have signed; the number of the last fact that may be handed out for it."""
    rights.demand(rights.may_audit(queries.roles(desk)))
    last, _ = audit.head()
    use_request(desk, request=request, kind=RequestKind.EXPORT_AUDIT)
    record(desk, AuditExported(first=Seq(1), last=last))
    return last


@action
def accept_loss(desk: Desk, *, anchored: Seq) -> Seq:
    """Go on from a database that ends before its anchor; the number of the last fact that was found."""
    found, _ = audit.head()
    record(desk, LossAccepted(anchored=anchored, found=found))
    return found
