"""`night`: a small founded network for one test, its clock at 19:12 in Seoul, where nothing has been heard yet.

It is founded once for each worker, by the product's own actions, and copied for each test. Who is in it stands in
factories/cast.py. Nothing moves by itself: `at` moves the clock and settles whatever falls due on the way.
"""

import copy
import filecmp
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import practice_vault
import pytest
from django.conf import settings
from django.db import connections
from factories.cast import AREAS, CELLS, HELPERS, OFFICERS
from house.small_world import Drawn, told

from ojakgyo.apps.alerts.actions import keep_address, keep_watcher
from ojakgyo.apps.cards.actions import issue_card, take_over_card
from ojakgyo.apps.cards.actions import issuing as cards
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.chronicle import fields, rounds
from ojakgyo.apps.chronicle.models import Due, DueState, Stuck
from ojakgyo.apps.contact.actions import agree_route, agree_window, note_earlier_contact
from ojakgyo.apps.contact.listening import QUIET_S, Spool
from ojakgyo.apps.network.actions import add_person, record_area, record_line, record_link, record_place
from ojakgyo.apps.vault.actions import enrol_officer, found_cell
from ojakgyo.apps.vault.actions.organisation import keep_organisation
from ojakgyo.apps.vault.desks import command_desk, house_desk, keyless_desk, officer_desk
from ojakgyo.apps.vault.values import Side
from ojakgyo.apps.watch.actions import hear_report
from ojakgyo.apps.watch.models import Warning
from ojakgyo.apps.watch.queries import board
from ojakgyo.apps.watch.values import WarningLine
from ojakgyo.demo import spool_file
from ojakgyo.domain.cards import encode
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Credibility, Exposes, LinkKind, Meaning, Reliability, ReportKind, RouteKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import organisation
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import CardId, CellId, LineId, OfficerId, PersonId, Seq, WarningId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
from ojakgyo.domain.values.roles import PersonRole
from ojakgyo.runner import rota  # noqa: F401 - the duties must have been declared
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher.pool import pool

__all__ = ["NOW", "SECRET", "Clock", "World", "duress", "night", "night_kept", "told", "well"]

NOW = instants.parse("2026-11-24T10:12:00Z")
SECRET = bytes(range(32))
"""Behind the organisation's shares."""
OWN, FALSE = OwnNumber((3, 7)), OwnNumber((8, 1))
"""Everybody's own number, and one that is far from it."""
duress, well = "duress", Meaning.WELL
"""What a helper may write, beside the other meanings of the card."""


class Clock:
    """Stands in for the clock of the settings: it stands still until it is moved."""

    lost_ms = 0

    def __init__(self, instant: int) -> None:
        self._now = Instant(instant)

    def now(self) -> Instant:
        return self._now

    def at(self, instant: int) -> None:
        self._now = Instant(instant)

    def advance_to(self, instant: int) -> None:
        self._now = Instant(max(instant, self._now))


@dataclass(slots=True)
class Ids:
    """What each name of the cast is known by in this vault; the keys live as long as the worker."""

    officers: dict[str, OfficerKeys] = field(default_factory=dict)
    cells: dict[str, CellId] = field(default_factory=dict)
    persons: dict[str, PersonId] = field(default_factory=dict)
    lines: dict[str, LineId] = field(default_factory=dict)
    cards: dict[str, CardId] = field(default_factory=dict)
    luck: Drawn | None = None
    """Behind the ids that come after `World.is_under_duress`."""


@dataclass(slots=True)
class World:
    """The network as one test meets it."""

    ids: Ids
    clock: Clock
    folder: Path
    file: Path
    kept: Path
    """Its database, and what that is a copy of."""
    seconds: float = 1_000.0
    """The monotonic clock of the spool."""
    spool: Spool = field(init=False)

    def __post_init__(self) -> None:
        self.spool = Spool(self.folder, house_desk, lambda: self.seconds)

    @property
    def now(self) -> Instant:
        return self.clock.now()

    def desk(self, officer: str) -> Desk:
        """An officer at the desk, keys in hand, at this moment."""
        return officer_desk(self.ids.officers[officer])

    def keyless(self, officer: str) -> Desk:
        """The same officer with the keys put down."""
        return keyless_desk(self.officer(officer))

    def officer(self, name: str) -> OfficerId:
        return self.ids.officers[name].officer

    def person(self, name: str) -> PersonId:
        return self.ids.persons[name]

    def arrives(self, who: str, what: str | Meaning = well) -> Path:
        """A modem puts the next text of somebody's card into the spool."""
        (helper,) = (each for each in HELPERS if each.name == who)
        ((_, row),) = rows_ahead(keyholder.ring().state_key(), self.person(who), 1)
        meaning = well if what == duress else Meaning(what)
        text = encode.text(row, own_number=FALSE if what == duress else OWN, meaning=meaning)
        return spool_file.write(self.folder, number=helper.number, text=text, heard=instants.aware(self.now))

    def listen(self) -> int:
        """Look, wait until every file has been quiet for long enough, look again."""
        self.spool.listen()
        self.seconds += QUIET_S + 0.1
        return self.spool.listen()

    def hears(self, who: str, what: str | Meaning = well) -> None:
        """A text comes in and everything that follows from it is done."""
        self.arrives(who, what)
        assert self.listen() == 1
        self.settle()

    def is_under_duress(self, who: str = "Beodeul") -> None:
        """Heard well, and an hour later under duress: for Beodeul, Yeoul's deadline is then 4 hours away.

        For Beodeul, where nothing was written before, it is played once for each worker and copied as well.
        """
        alarmed = self.kept.with_name("alarmed.db")
        fresh = who == "Beodeul" and self._is_untouched()
        if fresh and alarmed.exists():
            _close()
            shutil.copyfile(alarmed, self.file)
            practice_vault.use(self.file)
            self.clock.at(NOW + HOUR_MS)
            self.spool.listen()
            fields.secrets = copy.copy(self.ids.luck)  # as `night` does, which puts back what was there before
            return
        self.hears(who, well)
        self.goes_on(hours=1)
        self.hears(who, duress)
        if fresh:
            _close()
            shutil.copyfile(self.file, alarmed)
            self.ids.luck = copy.copy(fields.secrets)

    def _is_untouched(self) -> bool:
        """Whether its database is the copy it was, and no time has passed."""
        journal = self.file.with_name(f"{self.file.name}-wal")
        written = journal.exists() and journal.stat().st_size
        return not written and self.now == NOW and filecmp.cmp(self.file, self.kept, shallow=False)

    def is_told(
        self,
        about: str,
        report: ReportKind,
        *,
        source: str | None = None,
        reliability: Reliability = Reliability.USUAL,
        credibility: Credibility = Credibility.UNCONFIRMED,
    ) -> Seq:
        """An officer notes what somebody saw; returns the number of that fact."""
        told_by = self.person(source) if source else None
        seq = hear_report(
            self.desk("Haneul"),
            about=self.person(about),
            source=told_by,
            report=report,
            reliability=reliability,
            credibility=credibility,
        )
        self.settle()
        return seq

    def settle(self) -> None:
        """Duties read and due things are done at this moment, until nothing is left. Nothing may be stuck."""
        while rounds.read_all(house_desk) + rounds.settle_all(house_desk):
            pass
        assert not Stuck.objects.exists()

    def at(self, instant: int) -> None:
        """Go on to an instant; whatever falls due on the way is done at its own time."""
        while (due := self._next_due()) is not None and due <= instant:
            self.clock.advance_to(due)
            self.settle()
        self.clock.advance_to(instant)
        self.settle()

    def goes_on(self, *, hours: float = 0.0, minutes: float = 0.0) -> None:
        self.at(self.now + round(hours * HOUR_MS + minutes * MINUTE_MS))

    def warning(self, about: str) -> Warning:
        """The newest warning about somebody, as it is kept."""
        return Warning.objects.filter(subject=self.person(about)).order_by("-episode")[0]

    def id_of(self, about: str) -> WarningId:
        return WarningId(self.warning(about).pk)

    def line(self, about: str, *, to: str = "Haneul") -> WarningLine:
        """The row about somebody on an officer's board."""
        (line,) = (each for each in board(self.desk(to)) if each.subject == self.person(about))
        return line

    def warned(self) -> list[str]:
        """Code names on the board, in its order."""
        return [line.code_name.en for line in board(self.desk("Haneul"))]

    def _next_due(self) -> int | None:
        waiting = Due.objects.filter(state=DueState.WAITING, due_ms__gt=self.now)
        return waiting.order_by("due_ms").values_list("due_ms", flat=True).first()


@pytest.fixture(scope="session")
def night_kept(tmp_path_factory) -> tuple[Path, Ids]:
    """Where the network is kept once it is founded; one for each worker, its vault differs."""
    return tmp_path_factory.mktemp("night") / "vault.db", Ids()


@pytest.fixture
def night(database, night_kept, tmp_path, monkeypatch) -> World:
    """A copy of the network, and an empty spool."""
    clock = Clock(NOW - HOUR_MS)
    monkeypatch.setattr(settings, "CLOCK", clock)
    kept, ids = night_kept
    if not kept.exists():
        with patch.object(fields, "secrets", Drawn("ids")), patch.object(cards, "secrets", Drawn("cards")):
            found(ids)
        _close()
        shutil.copyfile(database, kept)
    _close()
    shutil.copyfile(kept, database)
    clock.at(NOW)
    monkeypatch.setattr(fields, "secrets", Drawn("later ids"))  # whose luck hangs on them comes and goes with them
    folder = tmp_path / "spool"
    folder.mkdir()
    return World(ids, clock, folder, database, kept)


def _close() -> None:
    """The last close folds the WAL in."""
    connections.close_all()
    pool.drain()


def found(ids: Ids) -> None:
    """Fill the open, empty database; its ids and cards are always the same, its keys never."""
    for officer in OFFICERS:
        desk = officer_desk(ids.officers["Haneul"]) if ids.officers else command_desk()
        made, keys = enrol_officer(
            desk, code_name=CodeName.of(officer.korean), password=f"of {officer.name}", roles=officer.roles
        )
        ids.officers[officer.name] = keys
        keep_address(command_desk(), officer=made, address=f"{officer.name.lower()}@desk.invalid")
    keep_watcher(command_desk(), address="https://watcher.invalid/ping")
    keep_organisation(command_desk(), public=organisation.keys(SECRET).public, generation=1)
    desk = officer_desk(ids.officers["Haneul"])
    areas = {name: record_area(desk, north=north, number=number) for name, north, number in AREAS}
    for code, area in CELLS.items():
        members = [ids.officers[officer.name].officer for officer in OFFICERS if code in officer.cells]
        ids.cells[code] = found_cell(desk, side=Side(code[0]), number=int(code[2:]), area=areas[area], members=members)
    desk = officer_desk(ids.officers["Haneul"])
    for helper in HELPERS:
        name = CodeName.of(helper.korean, helper.place)
        assert name.en == helper.name
        person = add_person(desk, name=name, role=PersonRole.HELPER, cell=ids.cells[helper.cell])
        ids.persons[helper.name] = person
        if helper.number:
            ids.lines[helper.name] = record_line(desk, holder=person, number=helper.number)
            ids.cards[helper.name] = take_over_card(desk, card=issue_card(desk, person=person, number=OWN))
    _links(desk, ids, house=record_place(desk, area=areas["N2"]))
    _contact(desk, ids)
    settings.CLOCK.at(NOW)
    while rounds.read_all(house_desk):
        pass


def _links(desk: Desk, ids: Ids, *, house: int) -> None:
    for kind, knower, known, days in (
        (LinkKind.CALLED, ids.persons["Yeoul"], ids.lines["Beodeul"], 12),
        (LinkKind.CALLED, ids.persons["Haebaragi"], ids.lines["Yeoul"], 4),
        (LinkKind.HOUSED, ids.persons["Noeul"], house, 3),
        (LinkKind.HOUSED, ids.persons["Sonagi"], house, 4),
        (LinkKind.HOUSED, ids.persons["Galmae-3"], ids.persons["Durumi"], 2),
    ):
        day = Instant(NOW - days * DAY_MS)
        record_link(desk, kind=kind, knower=knower, known=known, mutual=True, first=day, last=day)


def _contact(desk: Desk, ids: Ids) -> None:
    """Whoever has a phone was well a day ago. Beodeul is two hours late and has a day's grace; Yeoul's next window
    lies far off, and a relay is agreed.
    """
    for name in ids.lines:
        heard = Instant(NOW - 25 * HOUR_MS)
        window = agree_window(
            desk,
            person=ids.persons[name],
            opens=Instant(heard - HOUR_MS),
            closes=Instant(heard + HOUR_MS),
            grace_ms=DAY_MS,
            heard=heard,
        )
        note_earlier_contact(desk, person=ids.persons[name], card=ids.cards[name], window=window, heard=heard)
    opens = Instant(NOW - 4 * HOUR_MS)
    agree_window(desk, person=ids.persons["Beodeul"], opens=opens, closes=Instant(opens + 2 * HOUR_MS), grace_ms=DAY_MS)
    agree_window(
        desk,
        person=ids.persons["Yeoul"],
        opens=Instant(NOW + 2 * DAY_MS),
        closes=Instant(NOW + 2 * DAY_MS + HOUR_MS),
        grace_ms=DAY_MS,
    )
    agree_route(
        desk,
        person=ids.persons["Yeoul"],
        kind=RouteKind.RELAY,
        through=ids.persons["Haebaragi"],
        delay_ms=55 * MINUTE_MS,
        exposes=Exposes.THE_RELAY,
    )
