"""The network of now as arrays, kept in memory by whoever computes on it: after a fact only what it is about is fetched.

No object is made for any link, line or person. The ids that the facts since then name are dropped, and what the database
holds under them now is put in their place: the same comes out as if all had been read afresh.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.db.models import Case, F, QuerySet, SmallIntegerField, Value, When

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.network.models import Line, Link, Place
from ojakgyo.apps.network.ties import DTYPES, Carriers, Ids, Tie, Ties
from ojakgyo.apps.people.models import Person
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.exposure import laws
from ojakgyo.domain.exposure.arrays import Whole
from ojakgyo.domain.exposure.network import Network, network_of
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.store.columns import columns

FOLLOWED: Final = {
    facts.LinkRecorded: "link",
    facts.LinkForgotten: "link",
    facts.LineRecorded: "line",
    facts.LineRemoved: "line",
    facts.LineStateChanged: "line",
    facts.LineHandedOn: "line",
    facts.PersonAdded: "person",
    facts.PersonRemoved: "person",
    facts.PlaceRecorded: "place",
    facts.OfficerEnrolled: "officer",
}
"""Facts by which a row of the network comes, changes or goes, each with its field that says which."""
AFRESH_FROM: Final = 2_000
"""So many facts behind, all is read afresh."""
_LAW: Final = Case(
    *(When(kind=kind, then=Value(place)) for kind, place in laws.LAW_OF.items()), output_field=SmallIntegerField()
)


@dataclass(frozen=True, slots=True)
class Rows:
    """What the database holds of the network. `lines`: those that are not burnt."""

    links: Ties
    lines: Carriers
    persons: Ids
    places: Ids
    officers: Ids


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The network at an instant. `missing`: ids of links that lead to nobody the desk knows.

    `ties`: by a link's id the link, by a line's own id its carrying. `read_to`: number of the newest fact followed.
    """

    at: Instant
    read_to: Seq
    rows: Rows
    also: tuple[Tie, ...]
    ties: Ties
    network: Network
    missing: tuple[int, ...]

    @property
    def holder(self) -> Carriers:
        """From a line to who carries it."""
        return self.rows.lines

    @property
    def persons(self) -> Ids:
        return self.rows.persons


def snapshot(desk: Desk, *, at: Instant, also: Iterable[Tie] = (), before: Snapshot | None = None) -> Snapshot:
    """Every node and link known now, chances by the age of each link at `at`, the time of the last fact.

    `also`: links that follow from something else and are kept in no row. `before`: an earlier one of any `at`; only what is
    new since then is fetched.
    """
    read_to, rows = _followed(before) if before else _afresh()
    more = tuple(also)
    if before and (rows is before.rows, at, more) == (True, before.at, before.also):
        return before
    ties = rows.links.and_also(Ties.carried(rows.lines.line, rows.lines.person, at), Ties.of(more))
    network, missing = _network(rows, ties, at)
    return Snapshot(at, read_to, rows, more, ties, network, tuple(missing))


def _network(rows: Rows, ties: Ties, at: Instant) -> tuple[Network, list[int]]:
    both = np.flatnonzero(ties.mutual)
    chance = laws.weighed(ties.law, np.maximum(0, at - ties.last) / DAY_MS)
    return network_of(
        np.concatenate([rows.persons.rising, rows.lines.line, rows.places.rising, rows.officers.rising]),
        source=np.concatenate([ties.knower, ties.known[both]]),
        target=np.concatenate([ties.known, ties.knower[both]]),
        probability=np.concatenate([chance, chance[both]]),
        law=np.concatenate([ties.law, ties.law[both]]),
        links=np.concatenate([ties.id, ties.id[both]]),
    )


def _afresh() -> tuple[Seq, Rows]:
    """The number comes first: what is recorded meanwhile is read once more, at worst."""
    read_to = inbox.last_of(tuple(FOLLOWED))
    rows = Rows(
        links=_links(Link.objects.all()),
        lines=_lines(Line.objects.all()),
        persons=_ids(Person.objects.order_by("pk")),
        places=_ids(Place.objects.order_by("pk")),
        officers=_officers(),
    )
    return read_to, rows


def _followed(before: Snapshot) -> tuple[Seq, Rows]:
    """Too many facts, or one that cannot be read: afresh."""
    entries = Entry.objects.filter(kind__in=inbox.names(tuple(FOLLOWED)), seq__gt=before.read_to).order_by("seq")
    new = list(entries[: AFRESH_FROM + 1])
    told = [None if row.body is None else facts.revive(row.kind, row.v, row.body) for row in new]
    if len(new) > AFRESH_FROM or None in told:
        return _afresh()
    named: dict[str, list[int]] = {field: [] for field in FOLLOWED.values()}
    for fact in told:
        field = FOLLOWED[type(fact)]
        named[field].append(int(getattr(fact, field)))
    return (Seq(new[-1].seq), _anew(before.rows, named)) if new else (before.read_to, before.rows)


def _anew(rows: Rows, named: dict[str, list[int]]) -> Rows:
    """What is held under these ids now, in the place of what was."""
    links, lines, persons, places = (named[field] for field in ("link", "line", "person", "place"))
    return Rows(
        links=rows.links.with_anew(links, _links(_held(Link, links))) if links else rows.links,
        lines=rows.lines.with_anew(lines, _lines(_held(Line, lines))) if lines else rows.lines,
        persons=rows.persons.with_anew(persons, _ids(_held(Person, persons))) if persons else rows.persons,
        places=rows.places.with_anew(places, _ids(_held(Place, places))) if places else rows.places,
        officers=_officers() if named["officer"] else rows.officers,
    )


def _held(model: type, ids: Iterable[int]) -> QuerySet:  # type: ignore[type-arg]
    return model.objects.filter(pk__in=set(ids)).order_by("pk")  # type: ignore[attr-defined,no-any-return]


def _links(rows: QuerySet[Link]) -> Ties:
    return Ties(**columns(rows.annotate(law=_LAW, last=F("last_ms")), **DTYPES))


def _lines(rows: QuerySet[Line]) -> Carriers:
    found = columns(rows.exclude(state=LineState.BURNT), pk="int64", holder_id="int64")
    return Carriers.of(found["pk"], found["holder_id"])


def _ids(rows: QuerySet) -> Ids:  # type: ignore[type-arg]
    return Ids(columns(rows, pk="int64")["pk"])


def _officers() -> Ids:
    found: Whole = np.array(sorted(vault.officer_ids()), dtype=np.int64)
    return Ids(found)
