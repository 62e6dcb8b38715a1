"""Keeping links and letting go of them, inside the transaction of whoever has reason to. Each has the day it is forgotten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import Ready, ready, record_all, record_ready
from ojakgyo.apps.chronicle.fields import new_id
from ojakgyo.apps.chronicle.models import Due
from ojakgyo.apps.network.models import Area, Link
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import LinkForgotten, LinkKind, LinkRecorded, LinkSource
from ojakgyo.domain.values.ids import AreaId, BatchId, LinkId
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.store import bulk

LINK_KEPT_MS: Final = 365 * DAY_MS
MEETING_IN_THE_NORTH_KEPT_MS: Final = 90 * DAY_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """Who came to know enough to endanger whom, and when.

    `imprecise`: one occasion, somewhere between `first` and `last`. `in_the_north` counts where no `area` is known.
    """

    kind: LinkKind
    knower: int
    known: int
    mutual: bool
    first: Instant
    last: Instant
    times: int = 1
    source: LinkSource = LinkSource.TYPED
    imprecise: bool = False
    area: AreaId | None = None
    batch: BatchId | None = None
    in_the_north: bool = False


@dataclass(frozen=True, slots=True)
class ReadyLinks:
    """Links as rows, the day each is forgotten, and its fact; drawn up before the transaction that writes them."""

    rows: Sequence[tuple[Any, ...]]
    forgotten: Sequence[Due]
    told: Sequence[Ready]


def keep_links(desk: Desk, links: Sequence[NewLink]) -> tuple[LinkId, ...]:
    """Write them down, each with the day it is forgotten: few statements for however many."""
    north = _areas_in_the_north({each.area for each in links} - {None})
    return keep_ready_links(desk, ready_links(desk, links, north=north))


def ready_links(desk: Desk, links: Sequence[NewLink], *, north: frozenset[int]) -> ReadyLinks:
    """Under ids of their own, for thousands at once. `north`: the areas inside the North. Writes nothing."""
    rows = [_row(each) for each in links]
    forgotten = [_forgetting(row[0], kept_until(each, north)) for row, each in zip(rows, links, strict=True)]
    told = ready([_recorded(desk, LinkId(row[0]), each) for row, each in zip(rows, links, strict=True)])
    return ReadyLinks(rows, forgotten, told)


def keep_ready_links(desk: Desk, made: ReadyLinks) -> tuple[LinkId, ...]:
    bulk.insert(Link, _COLUMNS, made.rows)
    due.put_new(made.forgotten)
    record_ready(desk, made.told)
    return tuple(LinkId(row[0]) for row in made.rows)


def let_go(desk: Desk, links: Collection[LinkId]) -> int:
    """Take links back that were written down by mistake; those that are gone already are passed over."""
    found = sorted(Link.objects.filter(pk__in=links).values_list("pk", flat=True))
    Link.objects.filter(pk__in=found).delete()
    due.drop_all("network.forget_link", about=found)
    record_all(desk, [LinkForgotten(link=LinkId(link)) for link in found])
    return len(found)


def kept_until(link: NewLink, north: frozenset[int] | None = None) -> Instant:
    """When it is forgotten, counted from the last day it can have been: of an imprecise one, the end of what was said.

    `north`: the areas inside the North, where they are known already.
    """
    if north is None:
        north = _areas_in_the_north({link.area} - {None})
    inside = link.in_the_north if link.area is None else link.area in north
    kept = MEETING_IN_THE_NORTH_KEPT_MS if inside and link.kind is LinkKind.MET else LINK_KEPT_MS
    return Instant(link.last + kept)


def _areas_in_the_north(areas: Collection[int | None]) -> frozenset[int]:
    found = Area.objects.filter(pk__in=areas, north=True) if areas else Area.objects.none()
    return frozenset(found.values_list("pk", flat=True))


_COLUMNS: Final = (
    "id",
    "kind",
    "knower",
    "known",
    "mutual",
    "first_ms",
    "last_ms",
    "times",
    "source",
    "imprecise",
    "area",
    "batch",
)


def _row(link: NewLink) -> tuple[Any, ...]:
    """In the order of the columns, as the database keeps them."""
    return (
        new_id(),
        link.kind.value,
        link.knower,
        link.known,
        link.mutual,
        link.first,
        link.last,
        link.times,
        link.source.value,
        link.imprecise,
        link.area,
        link.batch,
    )


def _key(link: int) -> str:
    return f"network.forget_link:{link}"


def _forgetting(link: int, when: Instant) -> Due:
    return due.line("network.forget_link", key=_key(link), about=link, due=when)


def _recorded(desk: Desk, id: LinkId, link: NewLink) -> LinkRecorded:
    return LinkRecorded(link=id, link_kind=link.kind, happened_from=link.first, happened_to=link.last, told=desk.now)
