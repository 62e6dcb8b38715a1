"""Whom of an area the desk was to hear lately, how often each is only late, and which areas are silent."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.db.models import Count, F

from ojakgyo.apps.contact.models import Miss, Outage, Window, WindowState
from ojakgyo.apps.contact.outages.values import MissLine, OutageLine
from ojakgyo.apps.contact.signs import heard_since
from ojakgyo.apps.contact.silences.queries import area_of
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.checkins import areas, missing
from ojakgyo.domain.checkins.areas import Expected
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import AreaId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

MISSED_AT_MOST: Final = 5
LATELY_MS: Final = DAY_MS
"""Windows whose grace ended within so long, or goes on, say how an area is now."""


def silent_areas(desk: Desk) -> tuple[OutageLine, ...]:
    """Areas that are silent now, the longest first."""
    rows = list(Outage.objects.filter(until_ms=None).order_by("since_ms", "pk"))
    codes = {each.id: each.code for each in network.areas_known()} if rows else {}
    return tuple(
        OutageLine(
            area=AreaId(row.area),
            code=codes.get(AreaId(row.area), ""),
            since=Instant(row.since_ms),
            silent=row.silent,
            of=row.of,
        )
        for row in rows
    )


def missed_lately(person: PersonId) -> tuple[MissLine, ...]:
    """The last windows somebody missed, the newest first, and whether it has become known why."""
    rows = Window.objects.filter(person_id=person, state=WindowState.MISSED).select_related("miss")
    return tuple(
        MissLine(
            window=row.pk,
            opens=Instant(row.opens_ms),
            closes=Instant(row.closes_ms),
            known=hasattr(row, "miss"),
        )
        for row in rows.order_by("-closes_ms")[:MISSED_AT_MOST]
    )


def silence_ratio(desk: Desk, person: PersonId) -> float:
    """What somebody's silence weighs now, taken against free: by their own ways, and by who else of their area was heard."""
    area = area_of(desk, person)
    others = () if area is None else expected_lately(desk, area, but=person)
    return areas.silence_ratio(miss_rates([person])[person], others)


def expected_lately(desk: Desk, area: AreaId, *, but: PersonId | None = None) -> tuple[Expected, ...]:
    """Everybody of an area whose window closed lately: whether they were heard since it opened, and their own rate.

    `but`: one who is left out, whose own silence is weighed against the others'.
    """
    latest = _latest(desk, [person for person in people_of_area(desk, area) if person != but])
    rates = miss_rates(latest)
    return tuple(Expected(silent, rates[person]) for person, silent in latest.items())


def people_of_area(desk: Desk, area: AreaId) -> tuple[PersonId, ...]:
    """Everybody whose cell is there."""
    cells = [cell.id for cell in vault.cells(desk) if cell.area == area]
    return tuple(person for persons in network.people_of(cells).values() for person in persons)


def miss_rates(persons: Iterable[int]) -> Mapping[int, float]:
    """The share of windows each misses while free; only what was explained counts, and only since the first of that."""
    asked = set(persons)
    harmless: dict[int, int] = {}
    for person, cause in Miss.objects.filter(person_id__in=asked).values_list("person_id", "cause"):
        harmless[person] = harmless.get(person, 0) + missing.is_harmless(cause)
    kept = _kept({person for person, count in harmless.items() if count})
    return {person: missing.rate(harmless=harmless.get(person, 0), kept=kept.get(person, 0)) for person in asked}


def _kept(persons: Collection[int]) -> dict[int, int]:
    """Windows kept by those whose misses were explained at least once: of the others the prior speaks."""
    rows = Window.objects.filter(person_id__in=persons, state=WindowState.KEPT)
    return dict(rows.values_list("person_id").annotate(Count("pk")))


def _latest(desk: Desk, persons: Collection[int]) -> dict[int, bool]:
    """Person -> whether they have been silent since their last window opened, of those that closed lately."""
    closed = Window.objects.filter(
        person_id__in=persons, closes_ms__lte=desk.now, closes_ms__gt=desk.now - LATELY_MS - F("grace_ms")
    ).order_by("closes_ms")
    latest = {person: (opens, state) for person, opens, state in closed.values_list("person_id", "opens_ms", "state")}
    unkept = {person: opens for person, (opens, state) in latest.items() if state != WindowState.KEPT}
    silent = unkept.keys() - heard_since(unkept)
    return {person: person in silent for person in latest}
