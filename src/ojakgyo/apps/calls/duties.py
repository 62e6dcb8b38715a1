"""A call writes its own link: the officer who called knows the line from now on."""

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.duties import due_duty
from ojakgyo.apps.network.links import NewLink, keep_links
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Called, LinkKind, LinkSource
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import MINUTE_MS, Instant


@due_duty("calls.write_link", lag_limit_ms=MINUTE_MS)
def write_link(desk: Desk, *, about: int, due: Instant) -> None:
    """Ten seconds after a call was recorded, unless it was taken back before: officer and line, whatever came of it."""
    call = inbox.fact_at(Seq(about))
    if not isinstance(call, Called):
        return
    at = call.told or due
    link = NewLink(
        kind=LinkKind.CALLED,
        knower=call.officer,
        known=call.line or call.person,
        mutual=False,
        first=at,
        last=at,
        source=LinkSource.CALL,
    )
    keep_links(desk, [link])
