"""Links and routes that the desk knows already: a file that is read twice does not write them twice."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact.models import Route
from ojakgyo.apps.intake.models import Batch
from ojakgyo.apps.network.links import ReadyLinks
from ojakgyo.apps.network.models import Area, Link
from ojakgyo.domain.facts import LinkRecorded
from ojakgyo.domain.intake.drafts import Code, Draft, DraftLink, Finding, Severity
from ojakgyo.domain.values.instants import MINUTE_MS

LINK_HERE: Final = "intake.link_twice"
ROUTE_HERE: Final = "intake.agreed_already"
_CUT_MS: Final = 10 * MINUTE_MS
"""What lasts until today was cut off when its file was checked, at most so long before it was applied."""
_Same = tuple[Any, ...]


def without_known(draft: Draft) -> tuple[Draft, list[Finding]]:
    """The draft without what is written down already, and what is to be said of each row of which nothing is left."""
    links, routes = _new_links(draft), _new_routes(draft)
    left = {each.at for each in links}
    said = [Finding(at, LINK_HERE, Severity.LEFT_OUT) for at in {each.at for each in draft.links} - left]
    there = set(routes)
    said += [Finding(each.at, ROUTE_HERE, Severity.LEFT_OUT) for each in draft.routes if each not in there]
    return replace(draft, links=links, routes=routes), said


def linked_since(seq: int, made: ReadyLinks) -> bool:
    """Whether one of these links was written down after a fact: calls and meetings leave some all day."""
    told = inbox.every((LinkRecorded,), after=seq)
    if not told or not made.rows:
        return False
    since = Link.objects.filter(pk__in=[each.fact.link for each in told])  # type: ignore[attr-defined]
    rows = since.values_list("kind", "knower", "known", "first_ms", "last_ms", "area")
    theirs = {_same(*row) for row in rows}
    return any(_same(row[1], row[2], row[3], row[5], row[6], row[10]) in theirs for row in made.rows)


def _same(kind: str, knower: int, known: int, first: int, last: int, area: int | None) -> _Same:
    return str(kind), frozenset({knower, known}), first, last, area


def _new_links(draft: Draft) -> tuple[DraftLink, ...]:
    if not draft.links:
        return ()
    areas = {Code("N" if north else "C", number): pk for pk, north, number in _areas()}
    known = _known_links({each.first for each in draft.links})
    return tuple(each for each in draft.links if not _is_known(each, areas, known))


def _areas() -> Iterable[tuple[int, bool, int]]:
    return Area.objects.values_list("pk", "north", "number")


def _known_links(firsts: Collection[int]) -> Mapping[_Same, list[tuple[int, bool]]]:
    """Until when each is known to have lasted, and whether it was cut off there, by all else that it is."""
    found: defaultdict[_Same, list[tuple[int, bool]]] = defaultdict(list)
    applied = dict(Batch.objects.exclude(applied_ms=None).values_list("pk", "applied_ms"))
    rows = Link.objects.values_list("kind", "knower", "known", "first_ms", "area", "last_ms", "batch")
    for kind, knower, known, first, area, last, batch in rows.iterator(chunk_size=2_000):
        if first in firsts:
            cut = batch in applied and 0 <= applied[batch] - last <= _CUT_MS
            found[_same(kind, knower, known, first, 0, area)].append((last, cut))
    return found


def _is_known(each: DraftLink, areas: Mapping[Code, int], known: Mapping[_Same, list[tuple[int, bool]]]) -> bool:
    knower, other = each.knower.person, each.known.person
    if knower is None or other is None or (each.area is not None and each.area not in areas):
        return False
    area = None if each.area is None else areas[each.area]
    before = known.get(_same(each.kind, knower, other, each.first, 0, area), [])
    return any(last == each.last or (cut and last < each.last) for last, cut in before)


def _new_routes(draft: Draft) -> tuple[Any, ...]:
    """The same way through the same helper, whatever else is written of it: that is changed on the person's page."""
    if not draft.routes:
        return ()
    known = {(person, str(kind), through) for person, kind, through in _routes()}
    return tuple(
        each
        for each in draft.routes
        if each.person.person is None
        or (each.through is not None and each.through.person is None)
        or (each.person.person, str(each.kind), each.through and each.through.person) not in known
    )


def _routes() -> Iterable[tuple[int, str, int | None]]:
    return Route.objects.values_list("person_id", "kind", "through_id")
