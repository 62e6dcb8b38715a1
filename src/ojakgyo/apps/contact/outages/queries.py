"""Whom of an area the desk was to hear lately, how often each is only late, and which areas are silent."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.db.models import Count, F

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.models import Miss, Outage, Window, WindowState
from ojakgyo.apps.contact.outages.values import MissLine, OutageLine
from ojakgyo.apps.contact.radio.queries import spans
from ojakgyo.apps.contact.signs import heard_since
from ojakgyo.apps.contact.silences.queries import area_of, window_of
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.checkins import areas, missing, radio
from ojakgyo.domain.checkins.areas import Expected
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import AreaId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

AGAIN: Final = "contact.area_again"
"""An area that is silent is looked at again."""
MISSED_AT_MOST: Final = 5
LATELY_MS: Final = DAY_MS
"""Windows whose grace ended within so long, and those kept already, say how an area is now."""


def silent_areas(desk: Desk) -> tuple[OutageLine, ...]:
    """Areas that are silent now, the longest first."""
    rows = list(Outage.objects.filter(until_ms=None).order_by("since_ms", "pk"))
    codes = {each.id: each.code for each in network.areas_known()} if rows else {}
    looks = due_list.when(AGAIN, about={row.area for row in rows}) if rows else {}
    return tuple(
        OutageLine(
            area=AreaId(row.area),
            code=codes.get(AreaId(row.area), ""),
            since=Instant(row.since_ms),
            silent=row.silent,
            of=row.of,
            again=looks.get(row.area),
        )
        for row in rows
    )


def people_of_silent_areas(desk: Desk) -> frozenset[PersonId]:
    """Everybody whose own silence says nothing now."""
    out = Outage.objects.filter(until_ms=None).values_list("area", flat=True)
    return frozenset(person for area in out for person in people_of_area(desk, AreaId(area)))


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

    Who is within their grace and was not heard so far says nothing, and is left out. `but`: one who is left out too, whose
    own silence is weighed against the others'.
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
    """Person -> whether they have been silent since their last window opened, of those that closed lately.

    Who is silent and only late, or could not be heard, is neither; unless they are silent since an earlier one.
    """
    closed = Window.objects.filter(
        person_id__in=persons, closes_ms__lte=desk.now, closes_ms__gt=desk.now - LATELY_MS - F("grace_ms")
    )
    rows = list(closed.order_by("closes_ms"))
    over = _over(desk, rows)
    last = {row.person_id: row for row in rows}
    kept = {person for person, row in last.items() if row.state == WindowState.KEPT}
    spoken = kept | heard_since({person: row.opens_ms for person, row in last.items() if person not in kept})
    missed = {row.person_id: row.opens_ms for row in rows if row.pk in over and row.person_id not in spoken}
    silent = missed.keys() - heard_since(missed)
    return {person: person in silent for person in last if person in spoken | silent}


def _over(desk: Desk, rows: Collection[Window]) -> frozenset[int]:
    """Windows nobody kept whose grace is over, whether that has been written down yet or not."""
    waited = [row for row in rows if row.state == WindowState.AGREED]
    missed = {row.pk for row in rows if row.state == WindowState.MISSED}
    if not waited or hearing.is_deaf():
        return frozenset(missed)
    still = spans(Instant(min(row.opens_ms for row in waited)))
    return frozenset(missed.union(row.pk for row in waited if radio.judged_from(window_of(row), still) <= desk.now))
