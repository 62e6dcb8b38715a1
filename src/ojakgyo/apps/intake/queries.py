"""Batches as values, and what taking one back would remove and keep."""

from ojakgyo.apps.intake import models
from ojakgyo.apps.intake.values import DIES_MS, UNDONE_WITHIN_MS, BatchLine, BatchState, Newcomer
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import BatchId, OfficerId, PersonId
from ojakgyo.domain.values.instants import Instant

_LISTED = 20


def batches(desk: Desk) -> tuple[BatchLine, ...]:
    """The newest files that count or may still: one's own that wait, and everybody's that were applied."""
    rows = models.Batch.objects.exclude(state=BatchState.DROPPED).order_by("-staged_ms", "pk")
    shown = [row for row in rows[: 5 * _LISTED] if row.state != BatchState.STAGED or _is_own(desk, row)]
    return tuple(_line(desk, row) for row in shown[:_LISTED])


def batch(desk: Desk, id: BatchId) -> BatchLine:
    """One of them. Nobody's, or another officer's that was not applied: ``Refused``."""
    return _line(desk, _row(desk, id))


def newcomers(desk: Desk, id: BatchId) -> tuple[Newcomer, ...]:
    """Which row became whom, in the order of the file: of the cells that are held here."""
    came = models.Brought.objects.filter(batch=id, sort=models.Sort.PERSON, row__isnull=False).order_by("row", "pk")
    rows = list(came.values_list("row", "about"))
    cells, names = cells_of(person for _, person in rows), code_names(desk, [person for _, person in rows])
    return tuple(
        Newcomer(row, PersonId(person), names[person])
        for row, person in rows
        if person in cells and desk.keyring.holds(cells[person])
    )


def sealed_content(desk: Desk, id: BatchId) -> bytes:
    """What was read, sealed for the officer at the desk. Applied, dropped, or another's: ``Refused``."""
    row = _row(desk, id)
    if row.state != BatchState.STAGED or not row.content or not _is_own(desk, row):
        raise Refused("intake.not_waiting")
    return bytes(row.content)


def remembered(head: bytes) -> dict[int, str]:
    """What each column of a sheet with such a head was, the last time."""
    return dict(models.Remembered.objects.filter(head=head).values_list("place", "column"))


def _row(desk: Desk, id: BatchId) -> models.Batch:
    row = models.Batch.objects.filter(pk=id).first()
    if row is None or (row.state in (BatchState.STAGED, BatchState.DROPPED) and not _is_own(desk, row)):
        raise Refused("house.not_found", batch=id)
    return row


def _is_own(desk: Desk, row: models.Batch) -> bool:
    return desk.actor.kind is ActorKind.OFFICER and row.officer_id == desk.actor.id


def _line(desk: Desk, row: models.Batch) -> BatchLine:
    until = {
        BatchState.STAGED: row.staged_ms + DIES_MS,
        BatchState.APPLIED: (row.applied_ms or 0) + UNDONE_WITHIN_MS,
    }.get(row.state)
    by = OfficerId(row.officer_id)
    return BatchLine(
        id=BatchId(row.pk),
        officer=by,
        by=vault.officer(desk, id=by).code_name,
        state=row.state,
        rows=row.rows,
        findings=row.findings,
        staged=Instant(row.staged_ms),
        applied=None if row.applied_ms is None else Instant(row.applied_ms),
        people=row.people,
        lines=row.lines,
        links=row.links,
        cells=row.cells,
        until=None if until is None else Instant(until),
        mine=_is_own(desk, row),
    )
