"""What is missing on a calm day, over every cell held: who could not be warned, and whose going nobody would notice."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.contact.agreements.queries import agreements
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.people import queries as people
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.planning.gaps import GapKind
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS, Instant

NEAR_MS: Final = 72 * HOUR_MS
LISTED: Final = 6
KINDS: Final = tuple(GapKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalmGap:
    """`near`: `until` lies within three days and is said exactly, else by its day."""

    person: PersonId
    code_name: CodeName
    kind: GapKind
    until: Instant | None
    near: bool


@dataclass(frozen=True, slots=True)
class Calm:
    """The widest gaps; `more` besides."""

    gaps: tuple[CalmGap, ...] = ()
    more: int = 0


def calm(desk: Desk) -> Calm:
    """Of helpers who are not forgotten: gaps without an end first, then the longest; of these whoever nobody can warn."""
    every = [person for persons in network.people_of(vault.cells_open_at(desk)).values() for person in persons]
    asked = people.helpers_known().intersection(every) - people.forgotten_among(every)
    agreed = agreements(desk, asked)
    found = [(person, gap) for person in asked for gap in agreed[person].gaps]
    names = people.code_names(desk, {person for person, _ in found})
    found.sort(
        key=lambda each: (
            each[1].until is not None,
            -(each[1].until or 0),
            KINDS.index(each[1].kind),
            names[each[0]].en,
        )
    )
    gaps = tuple(
        CalmGap(
            person=PersonId(person),
            code_name=names[person],
            kind=gap.kind,
            until=gap.until,
            near=gap.until is not None and gap.until < desk.now + NEAR_MS,
        )
        for person, gap in found[:LISTED]
    )
    return Calm(gaps, max(0, len(found) - LISTED))
