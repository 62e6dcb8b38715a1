"""Whom to tell first: callers are few, ways open and close, and whoever is told in time saves those behind them too.

Greedy through the hours: whoever frees a caller next tells whom that saves most, net of false alarms and of what the way
exposes, counting nobody twice: in each drawn world, those whom somebody told before has saved already are taken out. Then
steps change places, go elsewhere and make room for others as long as that saves more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.arrays import Floats, Truths, Whole
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.estimates import Estimate, estimate
from ojakgyo.domain.exposure.saving.dominators import Trees
from ojakgyo.domain.exposure.saving.saved import NEVER, Saved
from ojakgyo.domain.planning.telling import Callers, Late, Opening, Plan, Step, Subject
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS, Instant

TOO_LATE: Final = 0.5
"""From here on the danger is more likely there first."""
LEAST: Final = 1e-3
"""Saved people below which a call is not worth the noise of the draws."""
UNREST: Final = 5e-3
"""Saved people below which steps do not change places: who saves more stays first."""
MOST_BEHIND: Final = 4
OFTEN: Final = 0.02
"""The share of draws below which nobody is said to stand behind another."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Danger:
    """The worlds in which nothing is done, and whom they cost.

    Parameters
    ----------
    start : the instant from which the arrivals count their hours.
    heads : int64 [n], people of each node: 1 for a person, 0 for a line or a place.
    """

    trees: Trees
    heads: Whole
    start: Instant

    def hours(self, at: float) -> float:
        return (at - self.start) / HOUR_MS

    def nothing(self, now: Instant) -> Estimate:
        """People reached from now on, but for those who were taken themselves."""
        arrivals, counted = self.trees.arrivals, self._ahead(now)
        reached = np.bincount(
            arrivals.draw[counted], weights=self.heads[self.trees.places()[counted]], minlength=arrivals.draws
        )
        return estimate(np.asarray(reached, dtype=np.float64))

    def worth(self, now: Instant) -> Floats:
        """float64 [n]: people saved if one were out of the way at once, each alone: no call can save more."""
        arrivals, counted = self.trees.arrivals, self._ahead(now)
        below = self.trees.below(self.heads)[counted]
        found = np.bincount(self.trees.places()[counted], weights=below, minlength=arrivals.nodes.size)
        return np.asarray(found / arrivals.draws, dtype=np.float64)

    def knows(self, person: int) -> bool:
        """Whether somebody is a node."""
        nodes = self.trees.arrivals.nodes
        place = int(np.searchsorted(nodes, person))
        return place < nodes.size and int(nodes[place]) == person

    def _ahead(self, now: Instant) -> Truths:
        return (self.trees.arrivals.time > self.hours(now)) & ~self.trees.own


def plan(
    danger: Danger,
    subjects: Sequence[Subject],
    callers: Callers,
    *,
    now: Instant,
    in_danger: Collection[PersonId] = (),
    exposing: float = 0.0,
    engine: engines.Name | None = None,
) -> Plan:
    """Who is told by whom, when and how. The same draws, the same plan.

    Parameters
    ----------
    subjects : persons; one who is no node cannot be told of.
    in_danger : through whom nobody is told before they are told and safe themselves.
    exposing : harm of making one more person known by the way that is used, in people.
    """
    lots = _Lots(danger, subjects, callers, now=now, in_danger=in_danger, exposing=exposing)
    chosen = _Chosen(lots, Saved(danger.trees, danger.heads, engine=engine))
    chosen.fill()
    if chosen.exchange() | chosen.replace():
        chosen.fill()
    return Plan(steps=chosen.steps(), late=lots.late(), waiting=chosen.waiting(), nothing=danger.nothing(now))


class _Person:
    """One subject in all draws: when the danger is there, and when they could be safe.

    Parameters
    ----------
    events : in which they are reached by others.
    coming : draws in which the danger comes after now.
    safe : float64 [openings, slots], hours; ``inf`` = that way cannot be begun then.
    price : float64 [openings], people: what a call that way costs.
    """

    def __init__(self, lots: "_Lots", subject: Subject, exposing: float) -> None:
        trees = lots.danger.trees
        held = trees.arrivals.events(subject.person)
        events = np.arange(held.start, held.stop)
        self.subject, self.draws = subject, trees.arrivals.draws
        self.events = events[~trees.own[held]]
        self.times = trees.arrivals.time[self.events]
        ways = np.array([(way.begins, way.ends, way.delay_ms, way.told) for way in subject.openings], dtype=np.int64)
        begins, ends, delay, told = ways.reshape(-1, 4, 1).transpose(1, 0, 2)
        heard = np.maximum(lots.begins + np.maximum(delay, lots.callers.call_ms), told)
        hours = (heard + (subject.aside_ms - lots.danger.start)) / HOUR_MS
        self.safe = np.where((lots.begins >= begins) & (lots.begins <= ends), hours, np.inf)
        self.safe[[lots.is_closed(way) for way in subject.openings]] = np.inf
        self.coming = self.ahead(lots.danger.hours(lots.now))
        self.needless = 1.0 - self.events.size / self.draws
        exposed = np.array([way.exposes for way in subject.openings], dtype=np.float64)
        self.price = subject.harm * self.needless + exposing * exposed

    def ahead(self, hours: float) -> int:
        """In how many draws the danger is there after these hours."""
        return int(np.count_nonzero(self.times > hours))

    def missed(self, safe: float) -> float:
        """The chance that the danger is there first, if it still comes; 1, where it cannot be there later than now."""
        return 1.0 - self.ahead(safe) / self.coming if self.coming else 1.0

    def offers(self, saved: Saved, usable: Truths | None) -> tuple[Floats, Whole]:
        """Net people saved by a call in each slot, and by which opening. `usable`: where another must come first."""
        return saved.offers(
            self.events, self.safe if usable is None else np.where(usable, self.safe, np.inf), self.price
        )


class _Lots:
    """What can be chosen: people and slots.

    Parameters
    ----------
    begins : int64 [slots]: when a call may begin; so many at once as there are callers.
    users : relay -> who could be told through them, both by their place in `people`.
    """

    def __init__(
        self,
        danger: Danger,
        subjects: Sequence[Subject],
        callers: Callers,
        *,
        now: Instant,
        in_danger: Collection[PersonId],
        exposing: float,
    ) -> None:
        self.danger, self.callers, self.now, self._in_danger = danger, callers, now, frozenset(in_danger)
        self.begins = np.arange(now, max(now, callers.until), callers.call_ms, dtype=np.int64)
        self.places: dict[int, int] = {subject.person: -1 for subject in subjects if danger.knows(subject.person)}
        self.people = tuple(
            _Person(self, subject, exposing)
            for subject in sorted(subjects, key=lambda each: each.person)
            if subject.person in self.places
        )
        self.places = {person.subject.person: place for place, person in enumerate(self.people)}
        self.users: dict[int, set[int]] = {}
        for place, person in enumerate(self.people):
            for way in person.subject.openings:
                if (relay := self.relay(way)) is not None:
                    self.users.setdefault(relay, set()).add(place)

    def is_closed(self, way: Opening) -> bool:
        """Through somebody in danger whom nobody is asked to tell."""
        return way.through in self._in_danger and way.through not in self.places

    def relay(self, way: Opening) -> int | None:
        """Whose turn must come first: who carries the words and is in danger too."""
        return self.places.get(way.through) if way.through is not None and way.through in self._in_danger else None

    def late(self) -> tuple[Late, ...]:
        """Whom even the quickest way reaches after the danger, more likely than not."""
        missed = [(each, each.missed(float(each.safe.min(initial=np.inf)))) for each in self.people if each.events.size]
        late = [(each, share) for each, share in missed if share >= TOO_LATE]
        if not late:
            return ()
        trees = self.danger.trees
        places = trees.in_order(np.where(self.danger.heads[trees.places()] > 0, trees.places(), -1).astype(np.int64))
        found = (
            Late(person=each.subject.person, missed=share, behind=self._behind(each, places)) for each, share in late
        )
        return tuple(sorted(found, key=lambda each: (-each.missed, each.person)))

    def _behind(self, person: _Person, places: Whole) -> tuple[PersonId, ...]:
        trees = self.danger.trees
        below, _ = trees.spread(person.events)
        times = np.bincount(places[below] + 1, minlength=1)[1:]
        own = int(np.searchsorted(trees.arrivals.nodes, person.subject.person))
        times[own : own + 1] = 0
        likely = np.argsort(-times, kind="stable")[:MOST_BEHIND]
        least = OFTEN * trees.arrivals.draws
        return tuple(PersonId(int(trees.arrivals.nodes[place])) for place in likely.tolist() if times[place] >= least)


class _Chosen:
    """The steps so far, and who is saved by them.

    Parameters
    ----------
    slot, way : int64 [people], of each, -1 = not told.
    free : int64 [slots], callers who have nobody to tell then.
    most : float64 [people, slots], what each offered when last asked. Offers sink as others are told: it is a bound.
    """

    def __init__(self, lots: _Lots, saved: Saved) -> None:
        self.lots, self.saved = lots, saved
        shape = len(lots.people), lots.begins.size
        self.slot, self.way = np.full(shape[0], -1), np.zeros(shape[0], dtype=np.int64)
        self.free = np.full(shape[1], lots.callers.number)
        bounds = [float(saved.below(person.events).sum()) / person.draws for person in lots.people]
        self.most = np.repeat(np.array(bounds).reshape(-1, 1), shape[1], axis=1)
        self.ways = np.zeros(shape, dtype=np.int64)
        self.fresh = np.zeros(shape[0], dtype=np.bool_)
        self.tied = np.zeros(shape[0], dtype=np.bool_)
        """Whose slot stays: words go through them, or to them through somebody who is told first."""

    def fill(self) -> None:
        """Slot after slot, whom it saves most to tell then."""
        for slot in range(self.free.size):
            while self.free[slot] and (place := self._best(slot)) is not None:
                self._put(place, slot, int(self.ways[place, slot]))

    def exchange(self) -> bool:
        """Let steps change places, or begin in another free slot, as long as that saves more."""
        chosen = np.flatnonzero((self.slot >= 0) & ~self.tied)
        if not chosen.size:
            return False
        worth, ways = self._without(chosen)
        slots, free, rows = self.slot[chosen].copy(), self.free.copy(), np.arange(chosen.size)
        while True:
            own = worth[rows, slots][:, None]
            away = np.where(free > 0, worth - own, NEVER)
            swapped = worth[:, slots] - own
            swapped = swapped + swapped.T
            (row, slot), (one, other) = _top(away), _top(swapped)
            if max(away[row, slot], swapped[one, other]) <= UNREST:
                break
            if away[row, slot] >= swapped[one, other]:
                free[slots[row]] += 1
                free[slot] -= 1
                slots[row] = slot
            else:
                slots[one], slots[other] = slots[other], slots[one]
        moved = np.flatnonzero(self.slot[chosen] != slots)
        for row in moved.tolist():
            self._take(int(chosen[row]))
        for row in moved.tolist():
            self._put(int(chosen[row]), int(slots[row]), int(ways[row, slots[row]]))
        return bool(moved.size)

    def replace(self) -> bool:
        """Let somebody who waits have the slot of another, who goes to a free slot, or out, or to where one more goes out."""
        chosen = np.flatnonzero((self.slot >= 0) & ~self.tied)
        if not chosen.size:
            return False
        worth, ways = self._without(chosen)
        own = worth[np.arange(chosen.size), self.slot[chosen]]
        stays = np.ones(chosen.size, dtype=np.bool_)
        for row in np.argsort(own, kind="stable").tolist():
            if not stays[row]:
                continue
            place, slot, way = int(chosen[row]), int(self.slot[chosen[row]]), int(self.way[chosen[row]])
            to, out, kept = self._elsewhere(worth[row], own, self.slot[chosen], np.flatnonzero(stays), but=row)
            self._take(place)
            waits = self._best(slot, but=place)
            if waits is None or float(self.most[waits, slot]) + kept <= own[row] + LEAST:
                self._put(place, slot, way)
                continue
            stays[row] = False
            self._put(waits, slot, int(self.ways[waits, slot]))
            if out is not None:
                stays[out] = False
                self._take(int(chosen[out]))
            if to is not None:
                self._put(place, to, int(ways[row, to]))
        return not bool(stays.all())

    def _elsewhere(
        self, worth: Floats, own: Floats, slots: Whole, others: Whole, *, but: int
    ) -> tuple[int | None, int | None, float]:
        """Where one whose slot is wanted would go, who would be out for it, and what that leaves: at least nothing."""
        free = np.where(self.free > 0, worth, NEVER)
        to = int(free.argmax())
        others = others[others != but]
        instead = np.maximum(worth[slots[others]], NEVER) - own[others]
        out = int(others[instead.argmax()]) if others.size else None
        if out is not None and instead.max() > max(float(free[to]), 0.0):
            return int(slots[out]), out, float(instead.max())
        return (to, None, float(free[to])) if free[to] > 0.0 else (None, None, 0.0)

    def steps(self) -> tuple[Step, ...]:
        """In the order in which they begin, and whoever saves most first; what each saves is counted in that order."""
        told = np.flatnonzero(self.slot >= 0).tolist()
        for place in told:
            self.saved.remove(self.lots.people[place].events, self._safe(place))
        alone = {place: self._saves(place) for place in told}
        order = sorted(told, key=lambda place: (self.slot[place], -alone[place], place))
        busy: dict[int, int] = {}
        found = []
        for place in order:
            slot = int(self.slot[place])
            busy[slot] = busy.get(slot, -1) + 1
            found.append(self._step(place, caller=busy[slot]))
        return tuple(found)

    def waiting(self) -> tuple[PersonId, ...]:
        """Whom telling would still help, if somebody were free for it."""
        rest = (person for person, slot in zip(self.lots.people, self.slot.tolist(), strict=True) if slot < 0)
        offers = ((person, person.offers(self.saved, self._usable(person))[0]) for person in rest)
        return tuple(person.subject.person for person, offer in offers if offer.max(initial=NEVER) > LEAST)

    def _saves(self, place: int) -> int:
        """People in all draws, if nobody else were told."""
        person = self.lots.people[place]
        return int(self.saved.below(person.events[person.times > self._safe(place)]).sum())

    def _step(self, place: int, *, caller: int) -> Step:
        person, begins, safe = self.lots.people[place], int(self.lots.begins[self.slot[place]]), self._safe(place)
        way = person.subject.openings[self.way[place]]
        told = way.told_if_begun(begins, call_ms=self.lots.callers.call_ms)
        in_time = person.events[person.times > safe]
        draws = self.lots.danger.trees.arrivals.draw[in_time]
        saved = np.bincount(draws, weights=self.saved.below(in_time), minlength=person.draws)
        self.saved.add(person.events, safe)
        return Step(
            person=person.subject.person,
            opening=way,
            caller=caller,
            begins=Instant(begins),
            told=Instant(told),
            safe=Instant(told + person.subject.aside_ms),
            saved=estimate(np.asarray(saved, dtype=np.float64)),
            missed=person.missed(safe),
            needless=person.needless,
        )

    def _best(self, slot: int, *, but: int = -1) -> int | None:
        """Whom it saves most to tell in this slot. Only who may offer most is asked anew."""
        while True:
            offers = np.where(self.slot < 0, self.most[:, slot], NEVER)
            if but >= 0:
                offers[but] = NEVER
            place = int(offers.argmax()) if offers.size else -1
            if place < 0 or offers[place] <= LEAST:
                return None
            if self.fresh[place]:
                return place
            self._ask(place)

    def _ask(self, place: int) -> None:
        person = self.lots.people[place]
        self.most[place], self.ways[place] = person.offers(self.saved, self._usable(person))
        self.fresh[place] = True

    def _usable(self, person: _Person) -> Truths | None:
        """Through whoever is to be told, nobody is told before that one is safe. None: any way, at any time."""
        relays = [self.lots.relay(way) for way in person.subject.openings]
        if all(relay is None for relay in relays):
            return None
        usable = np.ones(person.safe.shape, dtype=np.bool_)
        for row, relay in enumerate(relays):
            if relay is not None:
                usable[row] = (self.slot[relay] >= 0) and self.lots.begins >= self._safe_at(relay)
        return usable

    def _safe(self, place: int) -> float:
        """Hours from which this one is safe, as things stand."""
        return float(self.lots.people[place].safe[self.way[place], self.slot[place]])

    def _safe_at(self, place: int) -> float:
        return self.lots.danger.start + self._safe(place) * HOUR_MS

    def _without(self, chosen: Whole) -> tuple[Floats, Whole]:
        """What each of these would save in any slot, if all others stay."""
        worth, ways = np.full((chosen.size, self.free.size), NEVER), np.zeros((chosen.size, self.free.size), np.int64)
        for row, place in enumerate(chosen.tolist()):
            person, safe = self.lots.people[place], self._safe(place)
            self.saved.remove(person.events, safe)
            worth[row], ways[row] = person.offers(self.saved, self._usable(person))
            self.saved.add(person.events, safe)
        return worth, ways

    def _put(self, place: int, slot: int, way: int) -> None:
        self.slot[place], self.way[place] = slot, way
        self.free[slot] -= 1
        self.saved.add(self.lots.people[place].events, self._safe(place))
        self.fresh[:] = False
        relay = self.lots.relay(self.lots.people[place].subject.openings[way])
        if relay is not None:
            self.tied[[place, relay]] = True
        for user in self.lots.users.get(place, ()):
            self.most[user] = np.inf
            """A way through this one has opened: what was offered before is no bound."""

    def _take(self, place: int) -> None:
        """What others offered before is now a little too low a bound: good enough to choose whom to ask."""
        self.saved.remove(self.lots.people[place].events, self._safe(place))
        self.free[self.slot[place]] += 1
        self.slot[place] = -1
        self.fresh[:] = False


def _top(values: Floats) -> tuple[int, int]:
    row, column = divmod(int(np.nan_to_num(values, nan=NEVER, neginf=NEVER).argmax()), values.shape[1])
    return row, column
