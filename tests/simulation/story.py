"""What happens on a desk-day, and what goes wrong on it: both drawn from the seed, each event from its own luck."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS
from simulation.faults import Fault, How, Where
from simulation.founding import NUMBERS, START

A_DAY: Final = 16
"""So many numbers of events a day has; most days use fewer."""
HOUSE: Final = 5
"""From this try on it is the house that works; before it, an officer acts."""
ENDS_WELL: Final = 3
"""An officer's tries, or the house's, in which something may go wrong; whatever is tried more often succeeds."""


class Kind(StrEnum):
    TEXT = "text"
    LOG = "log"
    CALL = "call"
    REPORT = "report"
    WARNING = "warning"
    CARD = "card"
    STOP = "stop"
    NAME = "name"
    FORGET = "forget"
    WINDOW = "window"
    SHIFT = "shift"
    SILENCE = "silence"
    RADIO = "radio"
    ROTA = "rota"
    NIGHT = "night"
    """Nobody does anything; the house goes round."""


ACTS: Final = {
    Kind.LOG: 14,
    Kind.CALL: 10,
    Kind.REPORT: 8,
    Kind.WARNING: 34,
    Kind.CARD: 10,
    Kind.STOP: 3,
    Kind.NAME: 9,
    Kind.FORGET: 6,
    Kind.WINDOW: 6,
    Kind.SHIFT: 4,
    Kind.SILENCE: 34,
    Kind.RADIO: 16,
    Kind.ROTA: 4,
}


@dataclass(frozen=True, slots=True)
class Event:
    """`who`: a helper with a phone, where it is about one."""

    number: int
    at: int
    kind: Kind
    who: str
    seed: int

    @property
    def luck(self) -> Random:
        """The same at each try."""
        return Random(f"{self.seed} event {self.number}")


def events_of(seed: int, day: int) -> list[Event]:
    luck, found = Random(f"{seed} day {day}"), []
    for place, who in enumerate(NUMBERS):
        if day % 2 == place // 3 and luck.random() < 0.8:
            found.append((8 * HOUR_MS + place * HOUR_MS + luck.randrange(0, 150) * MINUTE_MS, Kind.TEXT, who))
        elif luck.random() < 0.08:
            found.append((luck.randrange(6 * 60, 20 * 60) * MINUTE_MS, Kind.TEXT, who))
    for _ in range(luck.choice((0, 1, 1, 2))):
        (kind,) = luck.choices(tuple(ACTS), tuple(ACTS.values()))
        found.append((luck.randrange(6 * 60, 22 * 60) * MINUTE_MS, kind, luck.choice(tuple(NUMBERS))))
    found.append((23 * HOUR_MS, Kind.NIGHT, ""))
    return [
        Event(day * A_DAY + place, START + day * DAY_MS + at, kind, who, seed)
        for place, (at, kind, who) in enumerate(sorted(found))
    ]


def dark(seed: int) -> tuple[int, int]:
    """From when to when no text leaves the network of the north; in half of the stories never."""
    luck = Random(f"{seed} dark")
    if luck.random() < 0.5:
        return 0, 0
    begins = START + luck.randrange(3) * DAY_MS + luck.randrange(10) * HOUR_MS
    return begins, begins + luck.randrange(12, 60) * HOUR_MS


def faults_of(seed: int, days: int) -> dict[tuple[int, int], Fault]:
    """By event and try; what goes wrong in the world has the tries from -3 on."""
    drawn = (fault for day in range(days) for event in events_of(seed, day) for fault in _of(event))
    return {(fault.event, fault.attempt): fault for fault in drawn}


def _of(event: Event) -> Iterator[Fault]:
    luck = Random(f"{event.seed} faults {event.number}")
    if event.kind is Kind.TEXT:
        if luck.random() < 0.08:
            yield Fault(event.number, -1, Where.WORLD, luck.randrange(0, 4), How.TWICE)
        if luck.random() < 0.12:
            yield Fault(event.number, -2, Where.WORLD, luck.choice((1, 2, 3, 5, 9)), How.LATE)
    if luck.random() < 0.05:
        jump = luck.choice((luck.randrange(-2 * 24 * 60, 0), luck.randrange(-60, 60), luck.randrange(0, 5 * 60)))
        yield Fault(event.number, -3, Where.WORLD, jump, How.CLOCK)
    if luck.random() < 0.03:
        yield Fault(event.number, -4, Where.WORLD, luck.randrange(2), How.DEAF)
    acts = () if event.kind in (Kind.TEXT, Kind.NIGHT) else (0, 1, 2)
    for attempt in (*acts, *range(HOUSE, HOUSE + ENDS_WELL)):
        first = attempt in (0, HOUSE)
        if luck.random() < (0.5 if first else 0.3):
            yield _statement(event.number, attempt, luck)


_AT: Final = {Where.ANY: 6, Where.BEGIN: 3, Where.WRITE: 5, Where.COMMIT: 6, Where.UNLINK: 2, Where.SEND: 1}
_UP_TO: Final = {
    Where.ANY: 240,
    Where.BEGIN: 7,
    Where.WRITE: 40,
    Where.COMMIT: 7,
    Where.UNLINK: 1,
    Where.SEND: 2,
}


def _statement(event: int, attempt: int, luck: Random) -> Fault:
    (where,) = luck.choices(tuple(_AT), tuple(_AT.values()))
    how = luck.choice((How.BEFORE, How.AFTER, How.BUSY, How.FULL))
    if where is Where.BEGIN and how is How.FULL:
        how = How.BUSY
    return Fault(event, attempt, where, luck.randrange(_UP_TO[where]), how)


Faults = Mapping[tuple[int, int], Fault]
