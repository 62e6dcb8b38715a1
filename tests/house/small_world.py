"""A small founded world: Haneul's N-2 with Beodeul, Yeoul and Noeul, built once by the actions and copied for each test.

Beodeul's phone gives away Yeoul, who called it; Noeul handed somebody over to Beodeul. Nothing has been heard yet.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connections

from ojakgyo.apps.cards.actions import issue_card, take_over_card
from ojakgyo.apps.cards.actions import issuing as cards
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.chronicle import fields, rounds
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.listening import HALF_WRITTEN_S, QUIET_S, Spool
from ojakgyo.apps.network.actions import add_person, record_area, record_line, record_link
from ojakgyo.apps.vault.actions.cells import found_cell
from ojakgyo.apps.vault.actions.officers import enrol_officer
from ojakgyo.apps.vault.desks import command_desk, officer_desk
from ojakgyo.apps.vault.values import Side
from ojakgyo.demo import spool_file
from ojakgyo.domain import desk as desks
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Fact, LinkKind, Meaning
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
from ojakgyo.domain.values.roles import OfficerRole, PersonRole
from ojakgyo.runner import rota  # noqa: F401 - the duties must have been declared
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher.pool import pool

NOW = instants.parse("2026-11-24T10:12:00Z")
NUMBERS = {"Beodeul": "+8610012345678", "Yeoul": "+8610023456789"}
STRANGER = "+8610099999999"
OWN, FALSE = OwnNumber((3, 7)), OwnNumber((8, 1))
"""Everybody's own number, and one that is far from it."""


@dataclass(slots=True)
class Clocks:
    """The instant of the desk and the seconds of the monotonic clock; nothing moves by itself."""

    now: Instant = NOW
    seconds: float = 1_000.0

    def tick(self) -> float:
        return self.seconds

    def go_on(self, seconds: float) -> None:
        self.seconds += seconds
        self.now = Instant(self.now + round(1_000 * seconds))


@dataclass(slots=True)
class SmallWorld:
    """The world as one test meets it: its clocks, its spool, and what can be said on its cards."""

    persons: dict[str, PersonId]
    folder: Path
    clocks: Clocks
    spool: Spool

    @classmethod
    def at(cls, persons: dict[str, PersonId], folder: Path) -> "SmallWorld":
        clocks = Clocks()
        desk = _house_at(clocks)
        return cls(persons, folder, clocks, Spool(folder, desk, clocks.tick))

    def desk(self) -> Desk:
        return _house_at(self.clocks)()

    def text(self, who: str, meaning: Meaning = Meaning.WELL, *, duress: bool = False, row: int = 0) -> str:
        """The six digits of a row of somebody's card, counted from the next unused one."""
        _, drawn = rows_ahead(keyholder.ring().state_key(), self.persons[who], row + 1)[row]
        return encode.text(drawn, own_number=FALSE if duress else OWN, meaning=meaning)

    def arrives(self, text: str, number: str = NUMBERS["Beodeul"]) -> Path:
        """A modem puts a text into the spool."""
        heard = instants.aware(self.clocks.now)
        return spool_file.write(self.folder, number=number, text=text, heard=heard)

    def listen(self, *, for_seconds: float = QUIET_S + 0.1) -> int:
        """Look, wait, look again: a file that stays as it is for so long is taken."""
        self.spool.listen()
        self.clocks.go_on(for_seconds)
        return self.spool.listen()

    def wait_out(self) -> int:
        return self.listen(for_seconds=HALF_WRITTEN_S + 0.1)

    def work(self) -> int:
        """The duties read what is new, to the end."""
        done = 0
        while count := rounds.read_all(self.desk):
            done += count
        return done

    def hears(self, text: str, number: str = NUMBERS["Beodeul"]) -> None:
        self.arrives(text, number)
        assert self.listen() == 1
        self.work()


def _house_at(clocks: Clocks) -> Callable[[], Desk]:
    return lambda: desks.house(clocks.now, keyholder.ring())


def told(kind: type[Fact]) -> list[Fact]:
    """Every fact of one kind, oldest first."""
    rows = Entry.objects.filter(kind=kind.kind).order_by("seq")
    return [facts.revive(row.kind, row.v, row.body) for row in rows]


class Drawn:
    """Stands in for `secrets` where ids and cards are drawn: the same in every run, so no test comes and goes."""

    def __init__(self, purpose: str) -> None:
        self.purpose, self.count = purpose, 0

    def token_bytes(self, size: int) -> bytes:
        self.count += 1
        return hashlib.sha256(f"{self.purpose} {self.count}".encode()).digest()[:size]


def found() -> dict[str, PersonId]:
    """Fill the open, empty database; its ids and cards are always the same, its keys never."""
    with patch.object(fields, "secrets", Drawn("ids")), patch.object(cards, "secrets", Drawn("cards")):
        return _found()


def _found() -> dict[str, PersonId]:
    _, haneul = enrol_officer(
        command_desk(), code_name=CodeName.of("하늘"), password="of an invented officer", roles=[OfficerRole.SAFETY]
    )
    area = record_area(_early(officer_desk(haneul)), north=True, number=2)
    cell = found_cell(_early(officer_desk(haneul)), side=Side.NORTH, number=2, area=area, members=[haneul.officer])
    desk = _early(officer_desk(haneul))
    persons = {
        name.en: add_person(desk, name=name, role=PersonRole.HELPER, cell=cell)
        for name in map(CodeName.of, ("버들", "여울", "노을"))
    }
    lines = {who: record_line(desk, holder=persons[who], number=number) for who, number in NUMBERS.items()}
    for who in NUMBERS:
        take_over_card(desk, card=issue_card(desk, person=persons[who], number=OWN))
    opens = Instant(NOW - 5 * HOUR_MS)
    agree_window(desk, person=persons["Beodeul"], opens=opens, closes=Instant(opens + 2 * HOUR_MS), grace_ms=DAY_MS)
    days_ago = lambda days: Instant(NOW - days * DAY_MS)  # noqa: E731 - two dates
    record_link(
        desk,
        kind=LinkKind.CALLED,
        knower=lines["Beodeul"],
        known=persons["Yeoul"],
        mutual=False,
        first=days_ago(11),
        last=days_ago(11),
    )
    record_link(
        desk,
        kind=LinkKind.HANDED_OVER,
        knower=persons["Noeul"],
        known=persons["Beodeul"],
        mutual=True,
        first=days_ago(9),
        last=days_ago(9),
    )
    return persons


def _early(desk: Desk) -> Desk:
    """An hour before anything is heard, whatever the machine's clock says."""
    return replace(desk, now=Instant(NOW - 60 * MINUTE_MS))


def template(empty: Path, keep: Path) -> None:
    """Found the world in `empty`, which is open, and keep the closed file and its ids at `keep`."""
    persons = found()
    connections.close_all()
    pool.drain()  # the last close folds the WAL in
    shutil.copyfile(empty, keep)
    keep.with_suffix(".json").write_text(json.dumps(persons))


def persons_of(kept: Path) -> dict[str, PersonId]:
    return {who: PersonId(number) for who, number in json.loads(kept.with_suffix(".json").read_text()).items()}


@pytest.fixture
def world(database, world_file, tmp_path) -> SmallWorld:
    """A copy of the small world, and an empty spool."""
    if not world_file.exists():
        template(database, world_file)
    connections.close_all()
    pool.drain()
    shutil.copyfile(world_file, database)
    folder = tmp_path / "spool"
    folder.mkdir()
    return SmallWorld.at(persons_of(world_file), folder)


@pytest.fixture(scope="session")
def world_file(tmp_path_factory) -> Path:
    """Where the small world is kept once it is founded; one for each worker, its vault differs."""
    return tmp_path_factory.getbasetemp() / "small-world.db"
