"""Who did what when: the chronicle as the audit page shows it, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from ojakgyo.apps.chronicle import audit as chronicle
from ojakgyo.apps.chronicle.telling import Sought, Told, told
from ojakgyo.apps.vault import header, queries
from ojakgyo.apps.vault.naming import named
from ojakgyo.apps.vault.queries.requests import requests
from ojakgyo.apps.vault.showing import AREAS, Reader
from ojakgyo.apps.vault.values import Officer, RequestLine
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing.anchors import Anchor
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.actors import Actor, ActorKind
from ojakgyo.domain.values.ids import OfficerId, Seq
from ojakgyo.domain.values.instants import Instant

SHOWN: Final = 50
DESK_ZONE: Final = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is looked for; None: no matter. `everything`: what the house did by itself too; `before`: older than this number."""

    everything: bool = False
    officer: OfficerId | None = None
    area: str = ""
    day: date | None = None
    before: Seq | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One fact. `by` None: no officer, then `actor` says who."""

    seq: Seq
    at: Instant
    kind: str
    by: CodeName | None
    actor: ActorKind
    ids: tuple[str, ...]
    names: Mapping[str, CodeName]
    """Of those of the ids whose code name the viewer may see."""

    @property
    def named(self) -> tuple[tuple[str, CodeName | None], ...]:
        return tuple((each, self.names.get(each)) for each in self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    lines: tuple[AuditLine, ...]
    look: Look
    officers: tuple[Officer, ...]
    areas: tuple[str, ...]
    older: Seq | None
    facts: Seq
    anchor: Anchor | None
    exports: tuple[RequestLine, ...]
    """Requests for an export that can still be signed or used."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found. `code` None: the chain holds, and so does the anchor if there is one."""

    facts: Seq
    code: str | None
    first_wrong: int = 0


def audit(desk: Desk, *, look: Look) -> AuditPage:
    known = queries.officers(desk)
    found = list(told(_sought(desk, look), newest_first=True, at_most=SHOWN + 1))
    lines = _with_names(desk, tuple(_line(each, _reader(desk), known) for each in found[:SHOWN]))
    head, _ = chronicle.head()
    asked = (each for each in requests(desk) if each.kind is RequestKind.EXPORT_AUDIT and not each.over)
    return AuditPage(
        lines=lines,
        look=look,
        officers=known,
        areas=AREAS,
        older=lines[-1].seq if len(found) > SHOWN else None,
        facts=head,
        anchor=header.ways_in(Path(settings.HOME)).anchor,
        exports=tuple(asked),
    )


def exported(desk: Desk, *, until: Seq) -> Iterator[dict[str, object]]:
    """Every fact up to a number, oldest first, with what the page would show of it to who is at the desk."""
    reader, known = _reader(desk), queries.officers(desk)
    for each in told(_sought(desk, Look(everything=True, before=Seq(until + 1)))):
        line = _line(each, reader, known)
        at, by = instants.rfc3339(line.at), line.by.en if line.by else None
        yield {"seq": line.seq, "at": at, "kind": line.kind, "actor": each.actor, "by": by, "ids": list(line.ids)}


def verified() -> Verified:
    """Goes through the whole chain and holds it against the anchor. It reads only."""
    anchor = header.ways_in(Path(settings.HOME)).anchor
    try:
        count = chronicle.verify()
    except Damaged as damaged:
        return Verified(chronicle.head()[0], damaged.code, int(damaged.ids.get("seq", 0)))
    if anchor is not None and not chronicle.holds(anchor.seq, anchor.head):
        return Verified(count, "vault.rolled_back", anchor.seq)
    return Verified(count, None)


def _reader(desk: Desk) -> Reader:
    return Reader.of(queries.roles(desk))


def _sought(desk: Desk, look: Look) -> Sought:
    since, before = _day(look.day) if look.day else (None, None)
    return Sought(
        areas=(look.area,) if look.area else AREAS,
        guarded=_reader(desk).guarded,
        hidden=_reader(desk).hidden,
        somebody=not look.everything,
        actor=str(Actor(ActorKind.OFFICER, look.officer)) if look.officer is not None else None,
        since=since,
        before=before,
        until=Seq(look.before - 1) if look.before is not None else None,
    )


def _day(day: date) -> tuple[Instant, Instant]:
    """From midnight to midnight at the desk."""
    start = datetime.combine(day, time.min, DESK_ZONE)
    return instants.of(start), instants.of(start + timedelta(days=1))


def _line(each: Told, reader: Reader, known: tuple[Officer, ...]) -> AuditLine:
    actor = Actor.parse(each.actor)
    name = next((officer.code_name for officer in known if officer.id == actor.id), None)
    fields = None if each.body is None else facts.stored_fields(each.body)
    return AuditLine(
        seq=each.seq,
        at=each.recorded,
        kind=each.kind,
        by=name if actor.kind is ActorKind.OFFICER else None,
        actor=actor.kind,
        ids=reader.ids_of(each.kind, fields, actor=actor.kind),
        names={},
    )


def _with_names(desk: Desk, lines: tuple[AuditLine, ...]) -> tuple[AuditLine, ...]:
    names = named(desk, {each for line in lines for each in line.ids})
    return tuple(replace(line, names=names) for line in lines)
