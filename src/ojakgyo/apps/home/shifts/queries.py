"""The page of a shift, as the one at the desk may see it, and whether one waits to be taken."""

from collections.abc import Iterable, Mapping
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.inbox import Told
from ojakgyo.apps.contact import quiet
from ojakgyo.apps.contact.radio.queries import running
from ojakgyo.apps.home.models import Shift, ShiftState
from ojakgyo.apps.home.shifts import signing
from ojakgyo.apps.home.shifts.gathering import EVENTS, gather
from ojakgyo.apps.home.shifts.values import (
    AreaTold,
    BriefTold,
    CardTold,
    EventTold,
    Handed,
    MessagesTold,
    OverriddenTold,
    ShiftPage,
    SilentTold,
    StuckTold,
    Untaken,
    WarningTold,
    WindowTold,
)
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.queries.requests import requests
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.apps.watch import queries as watch
from ojakgyo.domain.briefs import WARNINGS, Brief, Item, ItemKind
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import CallOverridden
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import AreaId, OfficerId, PersonId, Seq, TokenId, WarningId
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

LATE_MS: Final = 30 * MINUTE_MS
"""A shift that nobody takes for so long is said in amber."""
WAITS_MS: Final = 12 * HOUR_MS
"""So long only the two whom a shift concerns replace it; anybody else may take it."""
ABOUT_PEOPLE: Final = (
    ItemKind.WINDOW_MISSED,
    ItemKind.WINDOW_LATE,
    ItemKind.WINDOW_DUE,
    ItemKind.CALL_OVERRIDDEN,
    ItemKind.CARD_OWED,
)


def shift_page(desk: Desk, *, anew: bool = False, **typed: object) -> ShiftPage:
    """What waits to be taken; else, or `anew`, the brief of now, to be handed over. `typed`: what the form held."""
    names = {each.id: each.code_name for each in vault.officers(desk)}
    waits = None if anew else Shift.objects.filter(state=ShiftState.OPEN).first()
    found = None if waits is None else signing.signed(waits)
    now = gather(desk) if found is None else None
    last = Shift.objects.filter(state=ShiftState.TAKEN).order_by("-made_ms").first()
    return ShiftPage(
        brief=_told(desk, found.brief if found is not None else now, names),  # type: ignore[arg-type]
        waits=None if waits is None else _handed(desk, waits, names),
        last=None if last is None else _handed(desk, last, names),
        others=tuple(
            each for each in vault.officers(desk) if each.state is OfficerState.ACTIVE and each.id != desk.actor.id
        ),
        seen="" if now is None else now.content.hex(),
        radio=running(desk),
        quiet=quiet.announced(desk),
        **typed,  # type: ignore[arg-type]
    )


def may_replace(row: Shift, *, by: int, now: Instant) -> bool:
    """Whether somebody may hand over anew over a shift that waits, whose line is then gone: of the two, or once it is old."""
    return by in (row.by_id, row.to_id) or now - row.made_ms >= WAITS_MS


def untaken(desk: Desk) -> Untaken | None:
    """A shift that was handed over and that nobody has taken."""
    row = Shift.objects.filter(state=ShiftState.OPEN).first()
    if row is None:
        return None
    names, since = {each.id: each.code_name for each in vault.officers(desk)}, Instant(row.made_ms)
    by, to = names[OfficerId(row.by_id)], names[OfficerId(row.to_id)]
    return Untaken(by=by, to=to, since=since, late=desk.now - since >= LATE_MS)


def _handed(desk: Desk, row: Shift, names: Mapping[OfficerId, CodeName]) -> Handed:
    found, me = signing.signed(row), desk.actor.id if desk.actor.kind is ActorKind.OFFICER else None
    return Handed(
        id=TokenId(row.pk),
        by=names[OfficerId(row.by_id)],
        to=names[OfficerId(row.to_id)],
        at=Instant(row.made_ms),
        holds=signing.holds(row, found),
        mine=row.by_id == me,
        for_me=row.to_id == me,
        may_replace=me is not None and may_replace(row, by=me, now=desk.now),
        taken_by=None if row.taken_by_id is None else names[OfficerId(row.taken_by_id)],
        taken=None if row.taken_ms is None else Instant(row.taken_ms),
        line=signing.line_for(desk, found),
        line_gone=not row.words,
    )


def _told(desk: Desk, said: Brief, names: Mapping[OfficerId, CodeName]) -> BriefTold:
    people = code_names(desk, {item.id for item in said.of(*ABOUT_PEOPLE)} | {item.about for item in said.items})
    backup = said.of(ItemKind.BACKUP_OLD)
    waiting = {item.id for item in said.of(ItemKind.REQUEST_WAITS)}
    still = said.of(ItemKind.RADIO_SILENCE)
    return BriefTold(
        since=_handed_at(said.after),
        made=said.made,
        upto=said.upto,
        warnings=_warnings(desk, said, people, names),
        missed=tuple(_window(item, people, ends=False) for item in said.of(ItemKind.WINDOW_MISSED)),
        late=_in_time(_window(item, people) for item in said.of(ItemKind.WINDOW_LATE)),
        due=_in_time(_window(item, people) for item in said.of(ItemKind.WINDOW_DUE)),
        silent=_silent(said, people, names),
        areas=_areas(said),
        overridden=_overridden(said, people, names),
        still_until=Instant(still[0].until) if still else None,
        messages=tuple(MessagesTold(item.word, item.id, Instant(item.at)) for item in said.of(ItemKind.MESSAGES)),
        cards=tuple(
            CardTold(PersonId(item.id), people.get(item.id), Instant(item.at)) for item in said.of(ItemKind.CARD_OWED)
        ),
        requests=tuple(each for each in requests(desk) if each.id in waiting),
        stuck=tuple(StuckTold(item.word, Seq(item.seq), Instant(item.at)) for item in said.of(ItemKind.STUCK)),
        backup_old=bool(backup),
        backup_taken=Instant(backup[0].at) if backup and backup[0].at else None,
    )


def _silent(said: Brief, people: Mapping[int, CodeName], names: Mapping[OfficerId, CodeName]) -> tuple[SilentTold, ...]:
    """The furthest first, then the longest, as on Now."""
    found = [
        SilentTold(
            PersonId(item.about),
            people.get(item.about),
            item.seq,
            Instant(item.at),
            names.get(OfficerId(ids.parse_kind("o", item.word))) if item.word else None,
        )
        for item in said.of(ItemKind.SILENCE_STANDS)
    ]
    return tuple(sorted(found, key=lambda each: (-each.stage, each.by is not None, each.since, each.person)))


def _areas(said: Brief) -> tuple[AreaTold, ...]:
    items = said.of(ItemKind.AREA_SILENT)
    codes = {each.id: each.code for each in network.areas_known()} if items else {}
    return tuple(AreaTold(codes.get(AreaId(item.id), ""), Instant(item.at)) for item in items)


def _overridden(
    said: Brief, people: Mapping[int, CodeName], names: Mapping[OfficerId, CodeName]
) -> tuple[OverriddenTold, ...]:
    """Who called, and why, as the fact says it."""
    items = sorted(said.of(ItemKind.CALL_OVERRIDDEN), key=lambda item: item.seq)
    told = inbox.every((CallOverridden,), after=Seq(items[0].seq - 1)) if items else []
    by_seq = {each.seq: each for each in told}
    found = ((item, by_seq.get(Seq(item.seq))) for item in items)
    return tuple(
        OverriddenTold(
            PersonId(item.id),
            people.get(item.id),
            Instant(item.at),
            None if each is None else names.get(OfficerId(each.actor.id)),
            getattr(each.fact, "reason", None) if each is not None else None,
        )
        for item, each in found
    )


def _in_time(found: Iterable[WindowTold]) -> tuple[WindowTold, ...]:
    return tuple(sorted(found, key=lambda each: each.at))


def _window(item: Item, people: Mapping[int, CodeName], *, ends: bool = True) -> WindowTold:
    return WindowTold(PersonId(item.id), people.get(item.id), Instant(item.at), Instant(item.until) if ends else None)


def _handed_at(after: Seq) -> Instant | None:
    made = Shift.objects.filter(state=ShiftState.TAKEN, upto=after).order_by("-made_ms")
    found = made.values_list("made_ms", flat=True).first() if after else None
    return None if found is None else Instant(found)


def _warnings(
    desk: Desk, said: Brief, people: Mapping[int, CodeName], names: Mapping[OfficerId, CodeName]
) -> tuple[WarningTold, ...]:
    """Those that stood at the time of the brief by their deadline, then those that were over."""
    items: dict[int, list[Item]] = {}
    for item in said.items:
        if item.kind in WARNINGS:
            items.setdefault(item.id, []).append(item)
    rows = {row.id: row for row in watch.briefly(desk, warnings=items)}
    seqs = [item.seq for own in items.values() for item in own if item.seq]
    told = inbox.every(tuple(EVENTS), after=min(seqs) - 1) if seqs else []
    by_seq = {each.seq: each for each in told}
    found = []
    for warning, own in items.items():
        stands = next((item for item in own if item.kind is ItemKind.WARNING_STANDS), None)
        row = rows[WarningId(warning)]
        events = sorted((item for item in own if item.seq), key=lambda item: item.seq)
        found.append(
            WarningTold(
                id=WarningId(warning),
                code_name=people.get(own[0].about),
                events=tuple(_event(item, by_seq.get(Seq(item.seq)), names, seen=row.seen) for item in events),
                stands=stands is not None,
                deadline=None if stands is None else Instant(stands.until),
                owner=None if stands is None or row.owner is None else names.get(OfficerId(row.owner)),
            )
        )
    return tuple(sorted(found, key=lambda each: (not each.stands, each.deadline or 0, each.id)))


def _event(item: Item, told: Told | None, names: Mapping[OfficerId, CodeName], *, seen: bool) -> EventTold:
    fact = None if told is None or not seen else told.fact
    officer = told is not None and told.actor.kind is ActorKind.OFFICER
    return EventTold(
        kind=item.kind,
        at=Instant(item.at),
        by=names.get(OfficerId(told.actor.id)) if told is not None and officer else None,
        route=getattr(fact, "route", None),
        answer=getattr(fact, "answer", None),
        reason=getattr(fact, "reason", None),
    )
