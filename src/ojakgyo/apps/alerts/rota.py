"""Who is on call: whose turn it is by the rota comes first, then everybody else who can be woken."""

from typing import Final

from ojakgyo.apps.alerts.models import OnCall
from ojakgyo.apps.alerts.values import Rota, RotaLine, Turn
from ojakgyo.apps.alerts.ways import loud_ways, stillness_ends
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.queries import active, safety_officers
from ojakgyo.domain import waking
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import CellId, OfficerId
from ojakgyo.domain.values.instants import DAY_MS, Instant

AHEAD_MS: Final = 7 * DAY_MS
"""Gaps are looked for so far ahead."""


def on_call_at(now: Instant) -> tuple[OfficerId, ...]:
    """Who has the call at an instant, whoever began last first: who comes on relieves who is there."""
    rows = OnCall.objects.filter(opens_ms__lte=now, closes_ms__gt=now).order_by("-opens_ms", "pk")
    return tuple(OfficerId(each) for each in dict.fromkeys(rows.values_list("officer", flat=True)))


def coming_after(now: Instant) -> tuple[OfficerId, ...]:
    """Whose turns begin later, whoever comes first in front."""
    rows = OnCall.objects.filter(opens_ms__gt=now).order_by("opens_ms", "pk")
    return tuple(OfficerId(each) for each in dict.fromkeys(rows.values_list("officer", flat=True)))


def ladder(
    now: Instant, *, first_with_key_to: CellId | None = None, amber: bool = False
) -> dict[OfficerId, tuple[WayKind, ...]]:
    """Whom to wake, in order, each with the ways outside that may ring now; who has none is left out.

    Those on call, then safety officers, of them who holds the key of the cell, then whoever comes next on the rota.
    """
    order = _in_order(now, first_with_key_to)
    loud = loud_ways(order, now=now, amber=amber)
    return {officer: loud[officer] for officer in order if officer in loud}


def quiet_until(now: Instant) -> Instant | None:
    """When the first of them all stops to keep still; None: nobody does."""
    return stillness_ends(_in_order(now), now=now)


def _in_order(now: Instant, cell: CellId | None = None) -> list[OfficerId]:
    sitting = active()
    order = dict.fromkeys([*on_call_at(now), *safety_officers(first_with_key_to=cell), *coming_after(now)])
    return [officer for officer in order if officer in sitting]


def rota(desk: Desk) -> Rota:
    """Who is on call now and next, every turn that is not over, and the gaps of the next seven days."""
    turns, ahead = _turns(desk), Instant(desk.now + AHEAD_MS)
    loud = loud_ways({each.officer for each in turns}, now=desk.now, amber=False)
    gaps = waking.gaps([each.span for each in turns if each.officer in loud], start=desk.now, until=ahead)
    lines = [RotaLine(opens=each.opens, closes=each.closes, turn=each) for each in turns]
    begun = bool(turns) or OnCall.objects.exists()
    lines += [RotaLine(opens=each.opens, closes=each.closes) for each in gaps] if begun else []
    now = [each for each in turns if each.opens <= desk.now]
    return Rota(
        now=tuple(sorted(now, key=lambda each: -each.opens)),
        following=next((each for each in turns if each.opens > desk.now), None),
        lines=tuple(sorted(lines, key=lambda each: (each.opens, each.closes))),
        gaps=gaps,
        ahead=ahead,
        begun=begun,
    )


def _turns(desk: Desk) -> list[Turn]:
    """Not yet over, of officers who may sit down, in order."""
    names, sitting = {each.id: each.code_name for each in vault.officers(desk)}, active()
    me = desk.officer if desk.actor.kind is ActorKind.OFFICER else None
    return [
        Turn(
            number=row.pk,
            officer=OfficerId(row.officer),
            code_name=names[OfficerId(row.officer)],
            opens=Instant(row.opens_ms),
            closes=Instant(row.closes_ms),
            mine=row.officer == me,
        )
        for row in OnCall.objects.filter(closes_ms__gt=desk.now).order_by("opens_ms", "closes_ms", "pk")
        if row.officer in sitting
    ]
