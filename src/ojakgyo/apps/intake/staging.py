"""A file read, checked and sealed, before anything of it counts. Nothing here writes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer
from ojakgyo.apps.intake import knowing, known_rows, queries
from ojakgyo.apps.intake.content import WORKBOOK, Content, Tried, plain, revived
from ojakgyo.apps.intake.reading.child import read_file
from ojakgyo.apps.network.models import CellLead
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.checking import check
from ojakgyo.domain.intake.columns import Column, Layout, SheetKind
from ojakgyo.domain.intake.drafts import Draft, Finding, Known, Severity
from ojakgyo.domain.intake.sheets import Table
from ojakgyo.domain.sealing import staging
from ojakgyo.domain.values.ids import BatchId

AGREED_ALREADY = "intake.agreed_already"
OFFICERS_NAME = "intake.officers_name"


def read(desk: Desk, written: bytes, *, name: str, encoding: str | None = None) -> Content:
    """The tables of a file, and how they are most likely meant. Unreadable: ``Refused``.

    Where nobody can know its letters, in each encoding that may be meant; somebody chooses then.
    """
    found = read_file(written, name, encoding=encoding)
    if not found.unsure:
        key = found.encoding or WORKBOOK
        return _guessed(desk, Content(name, {key: found.tables}, key, found.previews))
    each = {view.encoding: read_file(written, name, encoding=view.encoding).tables for view in found.previews}
    return Content(name, each, None, found.previews)


def choose(desk: Desk, content: Content, encoding: str) -> Content:
    """Take the tables as they are in one of the encodings."""
    if encoding not in content.readings:
        raise Refused("house.input_refused")
    return _guessed(desk, replace(content, chosen=encoding))


def tried(desk: Desk, content: Content, layouts: Sequence[Layout]) -> tuple[Content, Draft]:
    """The dry run: what each row would become. The index of each number is worked out here, in two threads."""
    draft = checked(desk, content.tables, layouts)
    return content.with_layouts(tuple(layouts), Tried.of(draft)), draft


def checked(desk: Desk, tables: Sequence[Table], layouts: Sequence[Layout]) -> Draft:
    known = knowing.known(desk)
    draft, twice = known_rows.without_known(check(tables, layouts, known))
    draft = replace(draft, findings=_with(draft.findings, twice))
    return _without_officers_names(desk, _without_agreed(draft, known))


# Sealed for one officer -----------------------------------------------------------------------------------------------


def seal(desk: Desk, batch: BatchId, content: Content) -> bytes:
    keys = desk.keyring.officer_keys
    key, where = staging.key(keys, settings.OJAK_VAULT_ID, batch), staging.place(keys, settings.OJAK_VAULT_ID, batch)
    return seals.seal(key, where, plain(content))


def opened(desk: Desk, batch: BatchId) -> Content:
    """For the officer who read it in, keys in hand. Keys renewed meanwhile: ``Refused``, it cannot be opened any more."""
    sealed, keys = queries.sealed_content(desk, batch), desk.keyring.officer_keys
    key, where = staging.key(keys, settings.OJAK_VAULT_ID, batch), staging.place(keys, settings.OJAK_VAULT_ID, batch)
    try:
        held: dict[str, Any] = seals.unseal(key, where, sealed)
    except NotHeld:
        raise Refused("intake.not_waiting") from None
    return revived(held)


# Which column is which -----------------------------------------------------------------------------------------------


def head_digest(desk: Desk, table: Table) -> bytes:
    """By this a sheet with the same heads is known again; nobody reads the heads out of it."""
    return desk.keyring.ring.external_id("head", *heads.key(table.heads))


def _guessed(desk: Desk, content: Content) -> Content:
    before = {table.number: queries.remembered(head_digest(desk, table)) for table in content.tables}
    layouts = tuple(_layout(table, before[table.number]) for table in content.tables)
    return replace(content, layouts=layouts, remembered=frozenset(number for number, of in before.items() if of))


def _layout(table: Table, before: Mapping[int, str]) -> Layout:
    """As it was the last time with such a head, whoever said so, else as the heads say."""
    guess = heads.layout_of(table)
    if not before:
        return guess
    kind, _, country = before[0].partition(".")
    if not kind:
        return replace(guess, kind=None, columns={})
    known = {at: Column(of) for at, of in before.items() if at and of}
    return replace(guess, kind=SheetKind(kind), columns=known, country=country or guess.country)


def remembering(desk: Desk, content: Content) -> dict[bytes, dict[int, str]]:
    """What is kept of the columns: digest of the head -> place -> column; under 0 what the sheet is about, and the country."""
    kept = {}
    for table, layout in zip(content.tables, content.layouts, strict=True):
        about = f"{layout.kind or ''}.{layout.country or ''}".rstrip(".")
        kept[head_digest(desk, table)] = {0: about, **{at: of.value for at, of in layout.columns.items()}}
    return kept


# What the check cannot know ------------------------------------------------------------------------------------------


def _without_agreed(draft: Draft, known: Known) -> Draft:
    """What was agreed with somebody already stays as it is, so that a batch can be taken back whole."""
    planned = _having(ContactPlan.objects.values_list("person_id", flat=True), draft.plans, "person")
    asided = _having(AsidePlan.objects.values_list("person_id", flat=True), draft.asides, "person")
    noticed = _having(Noticer.objects.values_list("person_id", flat=True), draft.noticers, "person")
    leading = frozenset(CellLead.objects.values_list("cell_id", flat=True))
    led = [each for each in draft.leads if known.cells.get(each.cell) in leading]
    left = [*planned, *asided, *noticed, *led]
    return replace(
        draft,
        plans=_but(draft.plans, planned),
        asides=_but(draft.asides, asided),
        noticers=_but(draft.noticers, noticed),
        leads=_but(draft.leads, led),
        findings=_with(draft.findings, [Finding(each.at, AGREED_ALREADY, Severity.NOTICE) for each in left]),
    )


def _without_officers_names(desk: Desk, draft: Draft) -> Draft:
    """A code name that an officer bears is nobody else's: another one is drawn."""
    officers = {each.code_name for each in vault.officers(desk)}
    theirs = [each for each in draft.people if each.code_name in officers]
    if not theirs:
        return draft
    people = tuple(replace(each, code_name=None) if each.code_name in officers else each for each in draft.people)
    said = [Finding(each.at, OFFICERS_NAME, Severity.NOTICE) for each in theirs]
    return replace(draft, people=people, findings=_with(draft.findings, said))


def _having(people: Collection[int], drafted: Sequence[Any], field: str) -> list[Any]:
    have = set(people)
    return [each for each in drafted if getattr(each, field).person in have]


def _but(drafted: tuple[Any, ...], left: Collection[Any]) -> tuple[Any, ...]:
    return tuple(each for each in drafted if each not in left) if left else drafted


def _with(findings: tuple[Finding, ...], more: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted((*findings, *more), key=lambda each: each.spot)) if more else findings
