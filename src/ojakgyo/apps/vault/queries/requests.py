"""Requests that take two, as they stand, and as a page shows them."""

from dataclasses import replace

from django.conf import settings
from django.db.models import Count, QuerySet

from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.naming import named
from ojakgyo.apps.vault.queries.cells import cells
from ojakgyo.apps.vault.queries.hands import may_be_the_asker
from ojakgyo.apps.vault.queries.officers import officers
from ojakgyo.apps.vault.values import HandLine, Officer, RequestLine, RequestState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.sealing.requests import HANDS, Asked, Hand
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import CellId, OfficerId, TokenId
from ojakgyo.domain.values.instants import Instant

SHOWN = 50
ABOUT = {
    RequestKind.REMOVE_OFFICER: "o",
    RequestKind.FORGET_PERSON: "p",
    RequestKind.CLOSE_WARNING: "w",
    RequestKind.END_QUARANTINE: "p",
}
"""What kind of id stands in `about`."""


def new(
    id: TokenId,
    kind: RequestKind,
    about: int,
    argument: int,
    *,
    by: OfficerId,
    now: Instant,
    cells: tuple[CellId, ...] = (),
) -> Asked:
    """A request of this vault, made now."""
    return Asked(settings.OJAK_VAULT_ID, id, kind, about, argument, by, now, tuple(sorted(cells)))


def open_request(id: TokenId) -> tuple[Asked, tuple[Hand, ...]]:
    """A request that is not used up, and its hands. Its row is not what was signed: ``Refused``."""
    row = models.Request.objects.filter(id=id).first()
    if row is None or row.state is not RequestState.OPEN:
        raise Refused("vault.request_lapsed")
    asked = _asked(row)
    if asked.bytes() != row.signed or row.until_ms != asked.until:
        raise Refused("vault.request_changed")
    rows = models.Approval.objects.filter(request=id).order_by("id")
    return asked, tuple(Hand(OfficerId(each.officer_id), each.signature, Instant(each.given_ms)) for each in rows)


def requests(desk: Desk) -> tuple[RequestLine, ...]:
    """The newest requests, those that can still be signed first."""
    lines = _lines(desk, models.Request.objects.order_by("-made_ms")[:SHOWN])
    return tuple(sorted(lines, key=lambda line: line.over))


def request(desk: Desk, *, id: TokenId) -> RequestLine:
    found = _lines(desk, models.Request.objects.filter(id=id))
    if not found:
        raise Refused("house.not_found")
    return found[0]


def to_sign(desk: Desk, *, kind: RequestKind) -> tuple[TokenId, ...]:
    """Requests of this kind that want one more hand, which the one at the desk may give; the first to run out first."""
    if desk.actor.kind is not ActorKind.OFFICER:
        return ()
    rows = models.Request.objects.filter(kind=kind, state=RequestState.OPEN, until_ms__gt=desk.now)
    waiting = rows.exclude(approvals__officer=desk.officer).annotate(given=Count("approvals")).filter(given__lt=HANDS)
    found = [TokenId(id) for id in waiting.order_by("until_ms").values_list("id", flat=True)]
    return tuple(id for id in found if not may_be_the_asker(desk, request=id))


def open_removal(desk: Desk, *, officer: OfficerId) -> TokenId | None:
    """A request to remove this officer that can still be signed or used."""
    rows = models.Request.objects.filter(
        kind=RequestKind.REMOVE_OFFICER, about=officer, state=RequestState.OPEN, until_ms__gt=desk.now
    )
    newest = rows.order_by("-made_ms").values_list("id", flat=True).first()
    return None if newest is None else TokenId(newest)


def open_about(desk: Desk, *, kind: RequestKind, about: int) -> RequestLine | None:
    """The newest request of this kind about somebody or something that can still be signed or used."""
    rows = models.Request.objects.filter(kind=kind, about=about, state=RequestState.OPEN, until_ms__gt=desk.now)
    newest = rows.order_by("-made_ms").values_list("id", flat=True).first()
    return None if newest is None else request(desk, id=TokenId(newest))


def _lines(desk: Desk, rows: QuerySet[models.Request]) -> list[RequestLine]:
    known = {each.id: each for each in officers(desk)}
    codes = {cell.id: cell.code for cell in cells(desk)}
    lines = [_line(desk, row, known, codes) for row in rows.prefetch_related("approvals", "cells")]
    names = named(desk, {about for line in lines if (about := _written(line))})
    return [replace(line, about_name=names.get(_written(line) or "")) for line in lines]


def _written(line: RequestLine) -> str | None:
    """The id of whom it concerns, as it is written outside."""
    letter = ABOUT.get(line.kind)
    return ids.text(letter, line.about_id) if letter and line.about_id else None


def _line(desk: Desk, row: models.Request, known: dict[OfficerId, Officer], codes: dict[CellId, str]) -> RequestLine:
    me = desk.officer if desk.actor.kind is ActorKind.OFFICER else None
    hands = [each for each in row.approvals.all() if each.officer_id in known]
    over = row.state is not RequestState.OPEN or row.until_ms <= desk.now
    return RequestLine(
        id=TokenId(row.id),
        kind=RequestKind(row.kind),
        about=known.get(OfficerId(row.about)),
        about_id=row.about,
        argument=row.argument,
        made_by=known[OfficerId(row.made_by_id)].code_name,
        made=Instant(row.made_ms),
        until=Instant(row.until_ms),
        state=RequestState(row.state),
        hands=tuple(
            HandLine(known[OfficerId(each.officer_id)].code_name, Instant(each.given_ms))
            for each in sorted(hands, key=lambda each: each.given_ms)
        ),
        over=over,
        signed=me in {each.officer_id for each in hands},
        mine=row.made_by_id == me,
        complete=len({each.officer_id for each in hands}) >= HANDS,
        cells=tuple(sorted(codes.get(CellId(each.cell), "?") for each in row.cells.all())),
    )


def _asked(row: models.Request) -> Asked:
    made_by, made = OfficerId(row.made_by_id), Instant(row.made_ms)
    named = tuple(sorted(CellId(each.cell) for each in row.cells.all()))
    kind = RequestKind(row.kind)
    return Asked(settings.OJAK_VAULT_ID, TokenId(row.id), kind, row.about, row.argument, made_by, made, named)
