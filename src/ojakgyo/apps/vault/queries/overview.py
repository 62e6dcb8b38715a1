"""Is everything in order? What the first page of the vault says, worked out in one place."""

from django.conf import settings

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.vault import header, models
from ojakgyo.apps.vault.queries import backups, memberships
from ojakgyo.apps.vault.queries.cells import (
    cells,
    cells_owing_an_epoch,
    cells_without_organisation,
    member_counts,
    organisation,
)
from ojakgyo.apps.vault.queries.officers import active
from ojakgyo.apps.vault.queries.team import removed_with_root, team
from ojakgyo.apps.vault.values import OfficerState, Overview, RequestState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.anchors import Anchor
from ojakgyo.domain.values.instants import HOUR_MS, Instant

ANCHOR_OLD_MS = 3 * HOUR_MS
"""The house anchors by itself every hour."""


def overview(desk: Desk) -> Overview:
    """What is in order about the vault, and what is not."""
    ways, lines, counts = header.ways_in(settings.HOME), cells(desk), member_counts()
    due, not_given = cells_owing_an_epoch(), cells_without_organisation()
    asked = models.Request.objects.filter(state=RequestState.OPEN, until_ms__gt=desk.now)
    return Overview(
        passphrases=ways.passphrases,
        openers=len(ways.openers),
        shares=ways.shares,
        organisation=organisation() is not None,
        without_organisation=tuple(line for line in lines if line.id in not_given),
        nobody_holds=tuple(line for line in lines if not counts.get(line.id)),
        one_holds=tuple(line for line in lines if counts.get(line.id) == 1),
        must_rotate=tuple(line for line in lines if line.id in due),
        suspended=tuple(line for line in team(desk) if line.officer.state is OfficerState.SUSPENDED),
        slots_left=removed_with_root(desk),
        active=len(active()),
        open_requests=asked.count(),
        turned=memberships.runs_on_old_keys(),
        backup=backups.newest_taken(),
        backup_overdue=backups.overdue(desk.now),
        anchor=Instant(ways.anchor.at) if ways.anchor else None,
        anchor_overdue=_is_overdue(ways.anchor, desk.now),
    )


def _is_overdue(anchor: Anchor | None, now: Instant) -> bool:
    """Whether something was written down long after it."""
    seq, _ = audit.head()
    return anchor is None or (anchor.seq < seq and now - anchor.at > ANCHOR_OLD_MS)
