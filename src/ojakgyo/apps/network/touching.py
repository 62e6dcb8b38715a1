"""Who outside a group is tied to somebody in it: by a link of their own, by a phone, or by a house both were in.

Direct links alone, as the desk knows them; what lies behind them is the watch's to work out.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from ojakgyo.apps.network.models import Line, Link, Place
from ojakgyo.domain.facts import LinkKind
from ojakgyo.domain.values.instants import Instant

_COLUMNS = ("kind", "knower", "known", "first_ms", "last_ms", "imprecise")
_Row = tuple[LinkKind, int, int, Instant, Instant, bool]


@dataclass(frozen=True, slots=True)
class Touch:
    """One member of the group and one outside it: how, and when last."""

    member: int
    other: int
    kind: LinkKind
    first: Instant
    last: Instant
    imprecise: bool


def touches(members: Collection[int], since: Instant) -> tuple[Touch, ...]:
    """The newest between each member and each outsider since then, newest first. Outsiders are persons or officers."""
    inside = set(members)
    nodes = inside | set(Line.objects.filter(holder_id__in=inside).values_list("pk", flat=True))
    own = _links(nodes, since)
    houses = set(Place.objects.filter(pk__in=_ends(own) - nodes).values_list("pk", flat=True))
    shared = _links(houses, since) if houses else []
    holder = dict(Line.objects.filter(pk__in=_ends(own) | _ends(shared)).values_list("pk", "holder_id"))
    guests: dict[int, set[int]] = {}
    for _, knower, known, *_ in own:
        for here, house in ((knower, known), (known, knower)):
            if house in houses and here in nodes:
                guests.setdefault(house, set()).add(holder.get(here, here))
    newest: dict[tuple[int, int], Touch] = {}
    for kind, knower, known, first, last, imprecise in (*own, *shared):
        for here, there in ((knower, known), (known, knower)):
            other = holder.get(there, there)
            if other in inside or there in houses:
                continue
            within = {holder.get(here, here)} if here in nodes else guests.get(here, set())
            for member in within & inside:
                before = newest.get((member, other))
                if before is None or before.last < last:
                    newest[member, other] = Touch(member, other, kind, first, last, imprecise)
    return tuple(sorted(newest.values(), key=lambda touch: (-touch.last, touch.member, touch.other)))


def _ends(links: list[_Row]) -> set[int]:
    return {end for _, knower, known, *_ in links for end in (knower, known)}


def _links(nodes: Collection[int], since: Instant) -> list[_Row]:
    found = Link.objects.filter(Q(knower__in=nodes) | Q(known__in=nodes), last_ms__gte=since).order_by("pk")
    return [
        (kind, knower, known, Instant(first), Instant(last), imprecise)
        for kind, knower, known, first, last, imprecise in found.values_list(*_COLUMNS)
    ]
