"""What right codes confirmed: money or goods, handovers, arrivals. For who may see what is read of whoever said it.

Only a right code confirms, never one under duress: that a line is missing here says as much as what was read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.inbox import Told
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.watch.rights import rights
from ojakgyo.apps.watch.values import ConfirmedKind, ConfirmedLine, Saying
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import ArrivalConfirmed, HandoverConfirmed, ReceiptConfirmed
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, Instant

KINDS: Final = {
    ReceiptConfirmed: ConfirmedKind.RECEIVED,
    HandoverConfirmed: ConfirmedKind.HANDED_OVER,
    ArrivalConfirmed: ConfirmedKind.ARRIVED,
}
SAME_MS: Final = 2 * DAY_MS
"""What is said of one and the same handover or arrival comes within two days: so long a text may be on its way."""
READ_AT_MOST: Final = 200
SHOWN: Final = 20


@dataclass(slots=True)
class Event:
    """What one or several codes said of the same. `about`: a person; None: nobody, or nobody known."""

    kind: ConfirmedKind
    about: int | None
    told: list[Told]

    @property
    def first(self) -> Instant:
        return _at(self.told[0])

    @property
    def last(self) -> Instant:
        return _at(self.told[-1])


def confirmed(desk: Desk, persons: Iterable[int]) -> tuple[ConfirmedLine, ...]:
    """Of those of these persons whom the viewer may see: what they said, and what others said of them; newest first."""
    own = set(persons)
    held = rights(desk, own)
    own = {person for person in own if held.may_see_person(person)}
    events = _events(_told(own)) if own else []
    wanted = [each for each in events if each.about in own or any(_speaker(told) in own for told in each.told)]
    may = rights(desk, {_speaker(told) for each in wanted for told in each.told})
    for each in wanted:
        each.told = [told for told in each.told if may.may_see_person(_speaker(told))]
    shown = sorted((each for each in wanted if each.told), key=lambda each: -each.last)[:SHOWN]
    named = {person for each in shown for person in (each.about, *map(_speaker, each.told)) if person is not None}
    names = code_names(desk, named)
    return tuple(
        ConfirmedLine(
            kind=each.kind,
            at=each.last,
            about=None if each.about is None else names.get(each.about),
            sayings=tuple(
                Saying(
                    by=names[_speaker(told)],
                    at=_at(told),
                    own=_speaker(told) == each.about,
                    pocket=getattr(told.fact, "pocket", None),
                )
                for told in _once(each.told)
            ),
            amount=getattr(each.told[0].fact, "amount", None),
        )
        for each in shown
    )


def _told(own: set[int]) -> list[Told]:
    """What these said or what was said of them, and what else was said of whomever they spoke of; oldest first."""
    found = _mentioning(own)
    others = {about for told in found if (about := _about(told)) is not None}
    return sorted(found if others <= own else _mentioning(own | others), key=lambda told: (_at(told), told.seq))


def _mentioning(persons: set[int]) -> list[Told]:
    written = [ids.text("p", person) for person in sorted(persons)]
    return inbox.mentioning(written, kinds=tuple(KINDS), at_most=READ_AT_MOST)


def _events(told: list[Told]) -> list[Event]:
    """Whoever says "handed over" and no number may mean themselves: so it is taken where others say it of them too."""
    events: list[Event] = []
    for each in told:
        if (about := _about(each)) is not None:
            _join(events, Event(KINDS[type(each.fact)], about, [each]))
    for each in told:
        if _about(each) is None:
            alone = Event(KINDS[type(each.fact)], None, [each])
            _join(events, alone, as_about=_speaker(each) if _says_no_number(each) else None)
    return events


def _join(events: list[Event], new: Event, *, as_about: int | None = None) -> None:
    about, at = new.about if new.about is not None else as_about, new.first
    same = (each for each in events if about is not None and (each.kind, each.about) == (new.kind, about))
    near = next((each for each in same if each.first - SAME_MS <= at <= each.first + SAME_MS), None)
    if near is None:
        events.append(new)
    else:
        near.told = sorted([*near.told, *new.told], key=lambda told: (_at(told), told.seq))


def _once(told: list[Told]) -> list[Told]:
    """Who says the same twice confirms it once."""
    first: dict[int, Told] = {}
    for each in told:
        first.setdefault(_speaker(each), each)
    return list(first.values())


def _speaker(told: Told) -> int:
    return int(told.fact.person)  # type: ignore[attr-defined]


def _about(told: Told) -> int | None:
    return getattr(told.fact, "about", None)


def _says_no_number(told: Told) -> bool:
    return isinstance(told.fact, HandoverConfirmed) and told.fact.pocket is None


def _at(told: Told) -> Instant:
    return told.fact.told or told.recorded
