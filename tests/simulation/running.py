"""One run: a copy of the founded network, so many desk-days of its story, faults as they are given, and then healing."""

import json
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import practice_vault
from django.conf import settings
from django.db import OperationalError, connections
from house.small_world import Drawn
from sqlcipher3 import dbapi2

from ojakgyo.apps.alerts.outlets import PLAIN, Manner
from ojakgyo.apps.cards.actions import issuing
from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.cards.reading.kept import kept as kept_rows
from ojakgyo.apps.chronicle import fields, inbox, rounds
from ojakgyo.apps.chronicle.duties import ROTA, Duty
from ojakgyo.apps.chronicle.models import Entry, Stuck, StuckState
from ojakgyo.apps.contact.channels.protocol import Post
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.gateways import receiving
from ojakgyo.apps.contact.listening import Spool
from ojakgyo.apps.vault.desks import house_desk, officer_desk
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.watch import analysis
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.rings.standing import standing
from ojakgyo.apps.watch.telling.queries import kept as kept_telling
from ojakgyo.demo import spool_file
from ojakgyo.domain.cards.codebook import AHEAD
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.facts import ReadingResult
from ojakgyo.domain.sealing import posts
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Instant
from ojakgyo.runner import loop as loops
from ojakgyo.runner import sender as senders
from ojakgyo.store import keyholder
from simulation import faults as faulty
from simulation.acts import ACTS, Paper, written
from simulation.faults import TAP, Crash, Fault, Where, tapped
from simulation.founding import BY_GATEWAY, KEY, PEOPLE, START, Clock, Founded
from simulation.story import HOUSE, Event, Faults, Kind, dark, events_of

DRAWS: Final = 256
"""How well a share is known is another test's."""
TRIES: Final = 5
PASSING: Final = ("house.busy", "house.full", "OperationalError", "OSError", "PermissionError", "FileNotFoundError")
"""What may be said of a duty or the spool while the database is busy or full, and of nothing else."""
HEALING: Final = (0, 2 * MINUTE_MS, 45 * MINUTE_MS, 9 * HOUR_MS, 3 * DAY_MS)
RIGHTLY: Final = {
    "well": ReadingResult.OK,
    "skips": ReadingResult.OK,
    "danger": ReadingResult.OK,
    "quiet": ReadingResult.OK,
    "duress": ReadingResult.DURESS,
}
LONG: Final = 33 * DAY_MS
"""Past which words are forgotten."""


class Broken(Exception):
    """An invariant does not hold."""

    def __init__(self, name: str, said: str = "") -> None:
        super().__init__(f"{name}: {said}" if said else name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Letter:
    """A text as somebody wrote it. `kind`: which sort; `row` of which card, None where it was written by none."""

    kind: str
    who: str
    card: int | None = None
    row: int | None = None


@dataclass(slots=True)
class Posted:
    """A text that the gateway heard, and hands in until it is told that it was taken."""

    body: bytes
    taken: bool = False

    def exists(self) -> bool:
        """As of a file: whether it is still with the gateway."""
        return not self.taken


@dataclass(slots=True)
class Seconds:
    """Stands in for the module `time` where the runner and the gateways' door look at it, and for its waiting."""

    now: float = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return settings.CLOCK.wall() / 1_000

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        return False


class Leaving(threading.Event):
    """The runner is not asked to leave; what it waits passes at once."""

    def __init__(self, seconds: Seconds) -> None:
        super().__init__()
        self._seconds = seconds

    def wait(self, timeout: float | None = None) -> bool:
        return self._seconds.wait(timeout or 0.0)


@dataclass(slots=True)
class Outside:
    """Where calls go: what came there is not undone by any crash of the desk."""

    taken: list[tuple[int, str]] = field(default_factory=list)

    def wake(self, officer: int, address: str, *, key: str, now: int, manner: Manner = PLAIN) -> None:
        TAP.through(Where.SEND, lambda: self.taken.append((officer, key)))

    def ping(self, address: str, *, now: int) -> None:
        """The watcher is another test's."""


class Said(logging.Handler):
    """What the supervisors wrote of failures that are no fault of ours."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.unexpected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if not any(each in said for each in PASSING):
            self.unexpected.append(said)


@dataclass(slots=True)
class Result:
    """How a run ended. `broken`: the invariant, None if all held; `day`: after so many desk-days."""

    seed: int
    day: int
    broken: Broken | None
    fired: list[Fault]
    statements: int
    healed: bool
    """Whether it was told to its end, healing and all."""


class Run:
    """The desk, the world around it, and what is known of both from outside."""

    def __init__(self, founded: Founded, folder: Path, seed: int, faults: Faults) -> None:
        self.founded, self.seed, self.faults = founded, seed, faults
        self.file, self.spool = folder / "vault.db", folder / "spool"
        self.seconds = Seconds()
        self.clock = Clock(START, self.seconds.monotonic)
        self.seen = 0
        """How far the house has come, as it writes down once a minute."""
        self.outside, self.said = Outside(), Said()
        self.letters: dict[bytes, tuple[Letter, Path | Posted]] = {}
        self.dark: list[tuple[Letter, str, str]] = []
        """What was written while nothing left the network."""
        self.expected: dict[bytes, ReadingResult] = {}
        """How a text must be read that came alone, by the card in use, in its next rows."""
        self.papers: dict[str, Paper] = {}
        self.late: list[tuple[int, Letter, str, str]] = []
        self.place = 0
        self.runs = 0
        self.world_fired: list[Fault] = []
        self.ledger: list[tuple[int, Any, str, int]] = []
        self.duress: set[int] = set()
        self.closed: set[int] = set()
        self.areas = founded.areas
        self.history: Any = None
        """What the facts tell of silences, as of the last look."""

    # The desk -----------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """A new process: nothing of what the one before had in memory is there."""
        faulty.forget_transaction()
        for memory in (latest, standing, kept_telling, kept_rows, hearing):
            memory.forget()
        seats.clear()
        self.clock.begin_anew(reached=max(self.seen, inbox.last_recorded()))
        self.runs += 1
        spool = Spool(self.spool, house_desk, self.seconds.monotonic, self.seconds.time)
        self.loop = loops.Loop(spool, house_desk, lambda: None)
        self.loop.leaving = Leaving(self.seconds)
        self.sender = senders.Sender(self.outside, house_desk, self.runs)

    def desk(self, officer: str) -> Desk:
        return officer_desk(self.founded.officers[officer])

    def hand_in(self) -> None:
        """The gateway hands in what it has, and its beat; what is not taken it keeps."""
        waiting = [each for _, each in self.letters.values() if isinstance(each, Posted) and not each.taken]
        for each in waiting:
            try:
                receiving.receive(self.founded.gateway, self._signed(each.body))
            except (Refused, OperationalError):
                continue
            each.taken = True
        with suppress(Refused, OperationalError):
            receiving.receive(self.founded.gateway, self._signed(b'{"event": "beat"}'))

    def _signed(self, body: bytes) -> Post:
        at = str(self.clock.wall() // SECOND_MS)
        return Post(body, {"x-timestamp": at, "x-signature": posts.signature(KEY, body, at)})

    def go_round(self, times: int) -> None:
        self.seen = self.clock.now()
        for _ in range(times):
            self.loop.go_round()
            self.seconds.now += 0.4
        self.sender.go_round()

    def work(self, event: int, *, times: int, unheard: bool = False) -> None:
        """The house goes round, and is started again where it fell."""
        for attempt in range(HOUSE, HOUSE + TRIES):
            self._arm(event, attempt)
            try:
                if attempt > HOUSE:
                    self.loop._supervised(self.loop._begin)
                if not unheard:
                    self.hand_in()
                self.go_round(times)
                self.seconds.now += 1.0
                self.go_round(1)
                break
            except Crash:
                self.start()
        TAP.arm(None)

    def act(self, event: Event, officer: str, work: Callable[[Desk], Any]) -> Any:
        """An officer does something, and again where it was refused for the moment or the desk fell before it was done."""
        before = inbox.head()
        for attempt in range(TRIES):
            self._arm(event.number, attempt)
            try:
                return work(self.desk(officer))
            except (Refused, OperationalError) as refused:
                if isinstance(refused, Refused) and refused.code not in ("house.busy", "house.full"):
                    return None
            except OjakError:
                return None
            except Crash:
                self.start()
                if Entry.objects.filter(seq__gt=before, actor__startswith="officer:").exists():
                    return None
            finally:
                TAP.arm(None)
        return None

    def _arm(self, event: int, attempt: int) -> None:
        TAP.arm(self.faults.get((event, attempt)))
        self.luck = Drawn(f"{self.seed} {event} {attempt}")
        fields.secrets, issuing.secrets = self.luck, self.luck

    # The world ----------------------------------------------------------------------------------------------------------

    def deliver(self, letter: Letter, text: str, number: str) -> None:
        """A modem puts a text into the spool, or the gateway hears it."""
        if letter.who in BY_GATEWAY:
            self._hear(letter, text, number)
        else:
            self._spool(letter, text, number)
        ext_id = list(self.letters)[-1]
        alone = sum(each.exists() for _, each in self.letters.values()) == 1
        if letter.row is not None and letter.kind in RIGHTLY and alone:
            card = Card.objects.get(pk=letter.card)
            plain = card.throttled_ms is None and card.resync_ms is None and card.in_use == CardState.ACTIVE
            if plain and card.row <= letter.row < card.row + AHEAD:
                self.expected[ext_id] = RIGHTLY[letter.kind]

    def _spool(self, letter: Letter, text: str, number: str) -> None:
        heard = instants.aware(Instant(self.clock.wall()))
        path = spool_file.write(self.spool, number=number, text=text, heard=heard)
        os.utime(path, ns=(0, self.clock.wall() * 1_000_000))
        stat, content = path.stat(), path.read_bytes()
        named = path.name.encode("utf-8", "surrogateescape")
        ext_id = keyholder.ring().external_id("spool", named, stat.st_ino, stat.st_mtime_ns, content)
        self.letters[ext_id] = letter, path

    def _hear(self, letter: Letter, text: str, number: str) -> None:
        known_by, heard = str(len(self.letters)), instants.aware(Instant(self.clock.wall())).isoformat()
        said = {"event": "text", "id": known_by, "from": number, "text": text, "heard": heard}
        ext_id = keyholder.ring().external_id("gateway", self.founded.gateway, known_by)
        self.letters[ext_id] = letter, Posted(json.dumps(said).encode())

    def _texts(self, event: Event) -> None:
        text = written(self, event)
        if text is None:
            return
        letter, said, number = text
        twice, late = self._happens(event, -1), self._happens(event, -2)
        begins, ends = dark(self.seed)
        if PEOPLE[event.who] == "N-2" and begins <= event.at < ends:
            self.dark.append((letter, said, number))
        elif late is None:
            self.deliver(letter, said, number)
        else:
            self.late.append((self.place + late.nth, letter, said, number))
        if twice is not None:
            self.late.append((self.place + twice.nth, letter, said, number))

    def _happens(self, event: Event, attempt: int) -> Fault | None:
        fault = self.faults.get((event.number, attempt))
        if fault is not None:
            self.world_fired.append(fault)
        return fault

    def _what_was_late(self, *, all_of_it: bool = False) -> None:
        for each in [each for each in self.late if all_of_it or each[0] <= self.place]:
            self.late.remove(each)
            self.deliver(*each[1:])
        if all_of_it or self.clock.true >= dark(self.seed)[1]:
            held, self.dark = self.dark, []
            for one in held:
                self.deliver(*one)

    @contextmanager
    def _deaf(self, event: Event) -> Iterator[bool]:
        """Whether the gateway does not get through."""
        away, fault = self.spool.with_name("away"), self._happens(event, -4)
        if fault is None or fault.nth:
            yield fault is not None
            return
        self.spool.rename(away)
        try:
            yield False
        finally:
            away.rename(self.spool)

    # The run ------------------------------------------------------------------------------------------------------------

    def day(self, day: int) -> None:
        for event in events_of(self.seed, day):
            self.place += 1
            self._advance(event.at)
            jump = self._happens(event, -3)
            if jump is not None:
                self.clock.skew += jump.nth * MINUTE_MS
            self._arm(event.number, 0)
            TAP.arm(None)
            if event.kind is Kind.TEXT:
                self._texts(event)
            elif event.kind is not Kind.NIGHT:
                ACTS[event.kind](self, event)
            self._what_was_late()
            times = 2 if any(self.spool.iterdir()) else 1
            with self._deaf(event) as unheard:
                self.work(event.number, times=times, unheard=unheard)
            for ext_id in [each for each in self.expected if self.letters[each][1].exists()]:
                del self.expected[ext_id]  # read later, when its card may be another

    def heal(self, *, days: int, long: bool) -> None:
        """Nothing goes wrong any more: everything is delivered, and every duty comes to its end."""
        self.clock.skew = 0
        self._what_was_late(all_of_it=True)
        self.start()
        self._arm(days * 1_000, HOUSE)
        TAP.arm(None)
        self.loop._supervised(self.loop._begin)
        for pause in (*HEALING, *((LONG,) if long else ())):
            self._advance(self.clock.true + pause)
            for _ in range(30):
                self.hand_in()
                self.go_round(2)
                self.seconds.now += 1.0
                if not inbox.is_behind(self.clock.now()):
                    break

    def _advance(self, instant: int) -> None:
        passed = max(0, instant - self.clock.true)
        self.clock.true += passed
        self.seconds.now += passed / SECOND_MS


def run(
    founded: Founded,
    folder: Path,
    *,
    seed: int,
    days: int,
    faults: Faults,
    hold: Callable[..., None],
    heal: bool = True,
) -> Result:
    """Tell a story to its end, or to the first invariant that does not hold."""
    one = Run(founded, folder, seed, faults)
    begin(founded, one)
    statements, done, healed = TAP.statements, 0, False
    TAP.fired.clear()
    try:
        for day in range(days):
            one.day(day)
            done = day + 1
            hold(one, healed=False)
        broken = None
        if heal:
            healed = True
            one.heal(days=days, long=seed % 4 == 0)
            hold(one, healed=True)
    except Broken as found:
        broken, done = found, max(1, done)
    return Result(seed, done, broken, [*TAP.fired, *one.world_fired], TAP.statements - statements, healed)


class Look:
    """What lies before each reader, by one look past the object layer: to ask twenty readers costs more than their work."""

    def __init__(self) -> None:
        self._at: tuple[int, int] | None = None
        self._marks: dict[str, int] = {}
        self._newest: dict[str, int] = {}

    def fresh(self, duty: Duty) -> bool:
        """Whether a reader has anything to do. Where any statement may be the one that fails, each asks for itself."""
        if TAP.dead or (TAP.armed is not None and TAP.armed.where is Where.ANY):
            return True
        connections["default"].ensure_connection()
        raw = connections["default"].connection
        if self._at != (at := (id(raw), raw.total_changes)):
            cursor = dbapi2.Cursor(raw)
            self._marks = dict(cursor.execute("SELECT reader, seq FROM chronicle_bookmark"))
            self._newest = dict(cursor.execute("SELECT kind, max(seq) FROM chronicle_entry GROUP BY kind"))
            self._at = at
        mark = self._marks.get(duty.name, -1)
        return any(self._newest.get(kind.kind, 0) > mark for kind in duty.kinds) or mark < 0


LOOK = Look()


def _read_what_is_fresh(read: Callable[..., int]) -> Callable[..., int]:
    return lambda duty, make_desk: read(duty, make_desk) if LOOK.fresh(duty) else 0


def _behind(now: Callable[[], bool]) -> Callable[[], bool]:
    def behind() -> bool:
        if TAP.armed is not None and TAP.armed.where is Where.ANY:
            return now()
        return any(map(LOOK.fresh, ROTA.readers)) or Stuck.objects.filter(state=StuckState.AGAIN).exists()

    return behind


def begin(founded: Founded, one: Run) -> None:
    shutil.rmtree(one.spool, ignore_errors=True)
    one.spool.mkdir(parents=True)
    for end in ("", "-wal", "-shm"):
        one.file.with_name(one.file.name + end).unlink(missing_ok=True)
    shutil.copyfile(founded.file, one.file)
    practice_vault.use(one.file)
    settings.CLOCK = one.clock
    for module in (loops, senders, receiving):
        module.time = one.seconds
    hearing._tick = one.seconds.monotonic
    log = logging.getLogger("ojakgyo")
    log.handlers = [each for each in log.handlers if not isinstance(each, Said)] + [one.said]
    LOOK.__init__()
    one.start()


@contextmanager
def silent() -> Iterator[None]:
    """That a write was slow on a busy machine is not said."""
    log = logging.getLogger("ojakgyo.writes")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


@contextmanager
def stage(folder: Path) -> Iterator[Path]:
    """Everything that is not the desk's own stands still or is ours, until it is left."""
    log = logging.getLogger("ojakgyo")
    before = (
        settings.CLOCK,
        hearing._tick,
        log.level,
        log.propagate,
        list(log.handlers),
        settings.DATABASES["default"]["NAME"],
    )
    held = [patch.object(module, "time", module.time) for module in (loops, senders, receiving)]
    held += [patch.object(module, "secrets", module.secrets) for module in (fields, issuing)]
    held += [patch.object(analysis, "DRAWS", DRAWS)]
    held += [patch.object(rounds, "_read", _read_what_is_fresh(rounds._read))]
    held += [patch.object(inbox, "readers_are_behind", _behind(inbox.readers_are_behind))]
    for each in held:
        each.start()
    log.setLevel(logging.ERROR)
    log.propagate = False
    try:
        with tapped(folder):
            yield folder
    finally:
        for each in held:
            each.stop()
        settings.CLOCK, hearing._tick, log.level, log.propagate, log.handlers, file = before
        practice_vault.use(Path(file))
        connections.close_all()
