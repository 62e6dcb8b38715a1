"""What is done with a file: read in, corrected, dropped, applied, taken back.

Reading, checking, drawing, sealing and looking up is done with no transaction open; what was found is held against the
rows of the moment when it is written, all or none.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.db.models import Q, QuerySet

from ojakgyo.apps.chronicle import due, inbox
from ojakgyo.apps.chronicle.acts import action, record, record_all, record_ready
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer, Route, Speaker, Window, WindowSource
from ojakgyo.apps.contact.silences import standing
from ojakgyo.apps.intake import known_rows, staging, undoing
from ojakgyo.apps.intake.content import Content, Tried
from ojakgyo.apps.intake.models import Batch, BatchState, Brought, Remembered, Sort
from ojakgyo.apps.intake.preparing import Ready, ready
from ojakgyo.apps.intake.values import DIES_MS, Undoing, Why
from ojakgyo.apps.network.links import keep_ready_links, let_go
from ojakgyo.apps.network.models import Area, CellLead, Line, Membership
from ojakgyo.apps.people.models import FormerName, Person, PersonKey, PersonRole, RealName
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.actions.cells import remove_cells, write_cell
from ojakgyo.apps.vault.queries import active, held, roles
from ojakgyo.apps.vault.values import Side
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.intake.columns import Layout
from ojakgyo.domain.values.ids import BatchId, CellId, LineId, LinkId, PersonId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.store import bulk, erasing

OLD_BY: Final[tuple[type[Fact], ...]] = (
    facts.PersonAdded,
    facts.PersonRemoved,
    facts.PersonForgotten,
    facts.LineRecorded,
    facts.LineRemoved,
    facts.CellFounded,
    facts.CellRemoved,
    facts.EpochBegun,
    facts.GrantWithdrawn,
    facts.OfficerEnrolled,
    facts.AreaRecorded,
    facts.WindowAgreed,
    facts.PlanAgreed,
    facts.PatternAgreed,
    facts.RouteAgreed,
    facts.NoticerAgreed,
    facts.StandAsideAgreed,
    facts.CellLed,
    facts.KeysRotated,
)
"""Facts after which a file has to be checked anew."""
TRIES: Final = 3
"""So often a batch is looked at anew when something was written while it was looked at."""


def stage_file(desk: Desk, *, written: bytes, name: str, encoding: str | None = None) -> BatchId:
    """Read a file and try it out. What the bytes were is let go of here: only what they say is kept, sealed, for 7 days."""
    content = staging.read(desk, written, name=name, encoding=encoding)
    return keep_content(desk, _tried(desk, content))


def keep_content(desk: Desk, content: Content) -> BatchId:
    """Seal what was read, then keep it."""
    batch = BatchId(new_id())
    return keep_staged(desk, batch=batch, sealed=staging.seal(desk, batch, content), tried=content.tried)


def choose_encoding(desk: Desk, *, batch: BatchId, encoding: str) -> BatchId:
    """Take the letters as one of the previews shows them."""
    content = staging.choose(desk, staging.opened(desk, batch), encoding)
    return _keep(desk, batch, _tried(desk, content))


def choose_columns(desk: Desk, *, batch: BatchId, layouts: Sequence[Layout]) -> BatchId:
    """Say what each column is; the file is tried out anew, and a file with such heads is understood so from now on."""
    content = staging.opened(desk, batch)
    if content.chosen is None or len(layouts) != len(content.tables):
        raise Refused("house.input_refused")
    content, _ = staging.tried(desk, replace(content, remembered=frozenset()), layouts)
    return _keep(desk, batch, content, remember=staging.remembering(desk, content))


def apply_batch(desk: Desk, *, batch: BatchId) -> BatchId:
    """Write all that the dry run said, in one stroke. What it says now is something else: ``Refused``, and it is shown anew."""
    content, seq = staging.opened(desk, batch), inbox.head()
    if content.tried is None:
        raise Refused("intake.not_waiting")
    fresh, draft = staging.tried(desk, content, content.layouts)
    if not any(content.tried.counts.values()):
        raise Refused("intake.nothing_to_take")
    if fresh.tried != content.tried:
        _keep(desk, batch, fresh)
        raise Refused("intake.changed")
    return keep_batch(desk, made=ready(desk, batch, draft, seq=seq))


def undo_batch(desk: Desk, *, batch: BatchId) -> Undoing:
    """Take a batch back: what no later act refers to is gone, its keys destroyed; what stays is said, and why."""
    for left in reversed(range(TRIES)):
        found = undoing.undoing(desk, batch)
        try:
            keep_undone(desk, found=found)
            break
        except Refused as refused:
            if refused.code != "house.busy" or not left:
                raise
    erasing.checkpoint_until_done()
    return found


# Written -------------------------------------------------------------------------------------------------------------


@action
def keep_staged(desk: Desk, *, batch: BatchId, sealed: bytes, tried: Tried | None) -> BatchId:
    """Keep what was read, sealed for the officer at the desk; it dies by itself. `tried` None: its letters are not sure."""
    rows, findings = _rows(tried), _findings(tried)
    Batch.objects.create(
        id=batch, officer_id=desk.officer, content=sealed, rows=rows, findings=findings, staged_ms=desk.now
    )
    due.put("intake.die", key=_death(batch), about=batch, due=Instant(desk.now + DIES_MS))
    record(desk, facts.FileStaged(batch=batch, rows=rows, findings=findings))
    return batch


@action
def keep_tried(
    desk: Desk, *, batch: BatchId, sealed: bytes, tried: Tried | None, remember: Mapping[bytes, Mapping[int, str]]
) -> BatchId:
    """Keep what was chosen and what the dry run said of it, for as long as before."""
    rows, findings = _rows(tried), _findings(tried)
    if not _waiting(desk, batch).update(content=sealed, rows=rows, findings=findings):
        raise Refused("intake.not_waiting")
    for head, columns in remember.items():
        Remembered.objects.filter(head=head).delete()
        several = [Remembered(head=head, place=place, column=column) for place, column in columns.items()]
        Remembered.objects.bulk_create(several)
    record(desk, facts.FileStaged(batch=batch, rows=rows, findings=findings))
    return batch


@action
def drop_batch(desk: Desk, *, batch: BatchId) -> BatchId:
    """Forget a file that was read and not applied."""
    if not _waiting(desk, batch).update(state=BatchState.DROPPED, content=None):
        raise Refused("intake.not_waiting")
    due.drop(_death(batch))
    record(desk, facts.BatchDropped(batch=batch))
    return batch


@action
def keep_batch(desk: Desk, *, made: Ready) -> BatchId:
    """Write what lies ready. Something it rests on has changed, or a key is not held any more: nothing is written."""
    batch = made.batch
    if inbox.last_of(OLD_BY) > made.seq or desk.officer not in active():
        raise Refused("house.busy")
    _hold_still(desk, made)
    if known_rows.linked_since(made.seq, made.links):
        raise Refused("house.busy")
    began = inbox.head()
    if not _waiting(desk, batch).update(state=BatchState.APPLIED, content=None, applied_ms=desk.now):
        raise Refused("intake.not_waiting")
    due.drop(_death(batch))
    for area, code in made.areas:
        Area.objects.create(id=area, north=code.side == "N", number=code.number)
    record_all(desk, [facts.AreaRecorded(area=area) for area, _ in made.areas])
    for key, code, area, given in made.cells:
        write_cell(desk, key=key, side=Side(code.side), number=code.number, area=area, given=given)
    for model, columns, rows in made.inserts:
        bulk.insert(model, columns, rows)
    came = [*made.brought, *_keep_windows(made), *_keep_routes(made)]
    _let_go_of_older(came)
    brought = [(batch, sort.value, about, made.rows.get(about)) for sort, about in came]
    bulk.insert(Brought, ("batch", "sort", "about", "row"), brought)
    record_ready(desk, made.told)
    links = keep_ready_links(desk, made.links)
    counts = {"people": made.people, "lines": made.lines, "links": len(links), "cells": len(made.cells)}
    seq = record(desk, facts.BatchApplied(batch=batch, **counts))
    Batch.objects.filter(pk=batch).update(began_seq=began, applied_seq=seq, **counts)
    return batch


@action
def keep_undone(desk: Desk, *, found: Undoing) -> BatchId:
    """Remove what was found to be referred to by nothing. Anything was written meanwhile: ``Refused``."""
    if inbox.head() != found.seq or desk.officer not in active():
        raise Refused("house.busy")
    _still_may_undo(desk, found)
    if not Batch.objects.filter(pk=found.batch, state=BatchState.APPLIED).update(state=BatchState.UNDONE):
        raise Refused("intake.not_applied")
    let_go(desk, [LinkId(each) for each in found.links])
    _remove_agreements(desk, found)
    lines = sorted(found.lines)
    Line.objects.filter(pk__in=lines).delete()
    record_all(desk, [facts.LineRemoved(line=LineId(each)) for each in lines])
    _remove_people(desk, found.people)
    remove_cells(desk, [CellId(each) for each in sorted(found.cells)])
    Area.objects.filter(pk__in=found.areas).delete()
    _keep_reasons(found)
    record(desk, facts.BatchUndone(batch=found.batch, removed=found.removed, kept=len(found.kept)))
    return found.batch


# Inside the transactions ---------------------------------------------------------------------------------------------


def _keep(
    desk: Desk, batch: BatchId, content: Content, remember: Mapping[bytes, Mapping[int, str]] | None = None
) -> BatchId:
    sealed = staging.seal(desk, batch, content)
    return keep_tried(desk, batch=batch, sealed=sealed, tried=content.tried, remember=remember or {})


def _tried(desk: Desk, content: Content) -> Content:
    """The dry run, once it is known what the letters are."""
    return content if content.chosen is None else staging.tried(desk, content, content.layouts)[0]


def _waiting(desk: Desk, batch: BatchId) -> QuerySet[Batch]:
    return Batch.objects.filter(pk=batch, officer_id=desk.officer, state=BatchState.STAGED)


def _hold_still(desk: Desk, made: Ready) -> None:
    """Every cell that is written into is held by the officer in this very epoch; who founds still may."""
    mine = held(desk.officer)
    for cell, epoch in made.used.items():
        if cell not in mine or mine[cell].grant.epoch != epoch:
            raise NotHeld(cell=cell)
    if made.cells:
        rights.demand_manager(desk.actor, roles(desk))


def _still_may_undo(desk: Desk, found: Undoing) -> None:
    undoing.demand_may_undo(desk, Batch.objects.get(pk=found.batch))
    if missing := sorted(found.needs - held(desk.officer).keys()):
        raise NotHeld(cell=missing[0])


def _keep_windows(made: Ready) -> list[tuple[Sort, int]]:
    rows = Window.objects.bulk_create(
        [
            Window(
                person_id=person,
                opens_ms=each.opens,
                closes_ms=each.closes,
                grace_ms=each.grace_ms,
                source=WindowSource.PLAN,
            )
            for person, each in made.windows
        ]
    )
    due.put_new(
        [
            due.line("contact.window", key=f"contact.window:{row.pk}", about=row.pk, due=each.missed_from)
            for row, (_, each) in zip(rows, made.windows, strict=True)
        ]
    )
    return [(Sort.WINDOW, int(row.pk)) for row in rows]


def _let_go_of_older(came: Collection[tuple[Sort, int]]) -> None:
    """What is agreed anew after it was ended did not come with the file before."""
    for sort in (Sort.PLAN, Sort.NOTICER, Sort.ASIDE, Sort.LEAD):
        Brought.objects.filter(sort=sort, about__in=[about for of, about in came if of is sort]).delete()


def _keep_routes(made: Ready) -> list[tuple[Sort, int]]:
    rows = [
        Route(
            person_id=person,
            kind=each.kind,
            through_id=through,
            delay_ms=each.delay_ms,
            from_minute=each.from_minute,
            to_minute=each.to_minute,
            exposes=each.exposes,
            rehearsed_ms=each.rehearsed,
        )
        for person, through, each in made.routes
    ]
    return [(Sort.ROUTE, int(row.pk)) for row in Route.objects.bulk_create(rows)]


def _remove_agreements(desk: Desk, found: Undoing) -> None:
    """Of who goes: all. Of who stays: what came with the batch, if they were known before, and what leads through who goes."""
    gone = found.people
    windows = Window.objects.filter(Q(person_id__in=gone) | Q(pk__in=found.windows))
    own = list(windows.values_list("pk", flat=True))
    due.drop_all("contact.window", about=own)
    standing.forget(own)
    windows.delete()
    count: Counter[int] = Counter()
    for rows in (
        ContactPlan.objects.filter(person_id__in=gone | found.plans),
        AsidePlan.objects.filter(person_id__in=gone | found.asides),
        Noticer.objects.filter(Q(person_id__in=gone | found.noticers) | Q(noticer_id__in=gone)),
        Route.objects.filter(Q(person_id__in=gone) | Q(pk__in=found.routes) | Q(through_id__in=gone)),
    ):
        count.update(rows.values_list("person_id", flat=True))
        rows.delete()
    Speaker.objects.filter(Q(person_id__in=gone) | Q(speaker_id__in=gone)).delete()
    CellLead.objects.filter(cell_id__in=found.cells | found.leads).delete()
    CellLead.objects.filter(lead_id__in=gone).update(lead=None)
    CellLead.objects.filter(deputy_id__in=gone).update(deputy=None)
    told = [
        facts.AgreementsRemoved(person=PersonId(each), count=count[each]) for each in sorted(count) if each not in gone
    ]
    record_all(desk, told)


def _keep_reasons(found: Undoing) -> None:
    """What stayed is said on the batch's page from now on; the rest came with nothing any more."""
    links = found.reasons.get(Sort.LINK, {})
    bulk.insert(Brought, ("batch", "sort", "about"), [(found.batch, Sort.LINK.value, link) for link in sorted(links)])
    for sort, reasons in found.reasons.items():
        for first in Why:
            about = [each for each, why in reasons.items() if first is undoing.first_of(why)]
            Brought.objects.filter(batch=found.batch, sort=sort, about__in=about).update(why=first)
    Brought.objects.filter(batch=found.batch, why=None).delete()


def _remove_people(desk: Desk, gone: Collection[int]) -> None:
    """Data keys first. What the house had counted by itself, such as a missed window, goes too. No code name is drawn again."""
    for model in (PersonKey, RealName, Signal, Membership, PersonRole):
        model.objects.filter(person_id__in=gone).delete()
    leaving = Person.objects.filter(pk__in=gone)
    borne = [FormerName(word=word, number=number) for word, number in leaving.values_list("word", "number")]
    FormerName.objects.bulk_create(borne, ignore_conflicts=True)
    leaving.delete()
    record_all(desk, [facts.PersonRemoved(person=PersonId(each)) for each in sorted(gone)])


def _death(batch: BatchId) -> str:
    return f"intake.die:{batch}"


def _rows(tried: Tried | None) -> int:
    return 0 if tried is None else tried.rows


def _findings(tried: Tried | None) -> int:
    return 0 if tried is None else len(tried.findings)
