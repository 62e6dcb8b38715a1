"""The small network a simulation begins with: a dozen people in two cells, four of whom write by card. All are invented.

It is founded once by the product's own actions and copied for each run; its ids and cards are always the same.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest.mock import patch

from django.conf import settings
from django.db import connections
from house.small_world import Drawn

from ojakgyo.apps.alerts.actions import keep_address, keep_quiet_hours, keep_watcher, keep_way
from ojakgyo.apps.alerts.outlets import Target
from ojakgyo.apps.cards.actions import issue_card, issuing, take_over_card
from ojakgyo.apps.chronicle import fields, rounds
from ojakgyo.apps.contact.actions import agree_plan
from ojakgyo.apps.contact.gateways.acts import keep_gateway
from ojakgyo.apps.network.actions import add_person, record_area, record_line, record_link
from ojakgyo.apps.vault.actions import enrol_officer, found_cell
from ojakgyo.apps.vault.actions.organisation import keep_organisation
from ojakgyo.apps.vault.desks import command_desk, house_desk, officer_desk
from ojakgyo.apps.vault.values import Side
from ojakgyo.config.clock import Clock as HouseClock
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel, LinkKind, WayKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import organisation
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import AreaId, CellId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant
from ojakgyo.domain.values.roles import OfficerRole, PersonRole
from ojakgyo.runner import rota  # noqa: F401 - the duties must have been declared
from ojakgyo.store.sqlcipher.pool import pool

START: Final = instants.parse("2026-11-24T00:00:00Z")
OWN, FALSE = OwnNumber((3, 7)), OwnNumber((8, 1))
"""Everybody's own number, and one that is far from it."""
OFFICERS: Final = {
    "Haneul": ("하늘", (OfficerRole.COORDINATOR, OfficerRole.SAFETY)),
    "Dasom": ("다솜", (OfficerRole.SAFETY,)),
}
CELLS: Final = {"N-2": (Side.NORTH, 2), "C-1": (Side.CHINA, 1)}
NUMBERS: Final = {
    "버들": "+8610012345678",
    "여울": "+8610023456789",
    "소나기": "+8610045678901",
    "두루미": "+8610067890123",
}
STRANGER: Final = "+8610099999999"
BY_GATEWAY: Final = ("소나기", "두루미")
"""Whose texts a signed gateway hears; the others' come by the modem's spool."""
KEY: Final = "0" * 26
"""What the gateway signs with."""
QUIET: Final = {"Haneul": (16 * 60, 21 * 60), "Dasom": (14 * 60, 22 * 60)}
"""In whose quiet hours amber is silent, in minutes of the UTC day, by every way."""
PEOPLE: Final = {
    "버들": "N-2",
    "여울": "N-2",
    "노을": "N-2",
    "소나기": "N-2",
    "서리": "N-2",
    "갈매": "N-2",
    "해바라기": "C-1",
    "두루미": "C-1",
    "구름": "C-1",
    "바람": "C-1",
    "이슬": "C-1",
    "달빛": "C-1",
}
LINKS: Final = (
    ("여울", "버들", 12),
    ("해바라기", "여울", 4),
    ("노을", "버들", 9),
    ("서리", "소나기", 3),
    ("갈매", "두루미", 2),
    ("구름", "두루미", 5),
)


class Clock(HouseClock):
    """The clock of the house over a machine's clock that is the story's. `skew` is by how much the machine's is wrong."""

    def __init__(self, instant: int, seconds: Callable[[], float] = lambda: 0.0) -> None:
        self.true, self.skew = instant, 0
        super().__init__(wall=self.wall, seconds=seconds)

    def wall(self) -> int:
        """The machine's clock, which may be set back; the house's never goes back."""
        return self.true + self.skew

    def begin_anew(self, *, reached: int) -> None:
        """A new process knows the machine's clock, and how far the house had come."""
        self._base, self._since = self.wall(), self._seconds()
        self.never_before(reached)


@dataclass(slots=True)
class Founded:
    """Where the network is kept, and what everybody is known by. The keys live as long as the process."""

    file: Path
    officers: dict[str, OfficerKeys] = field(default_factory=dict)
    persons: dict[str, PersonId] = field(default_factory=dict)
    cells: dict[str, CellId] = field(default_factory=dict)
    areas: dict[str, AreaId] = field(default_factory=dict)
    """Cell -> where it is."""
    gateway: int = 0


def found(empty: Path, keep: Path) -> Founded:
    """Fill the open, empty database by the actions, and keep a closed copy."""
    made, before = Founded(keep), settings.CLOCK
    settings.CLOCK = Clock(START - DAY_MS)
    try:
        with patch.object(fields, "secrets", Drawn("ids")), patch.object(issuing, "secrets", Drawn("cards")):
            _fill(made)
            while rounds.read_all(house_desk):
                pass
    finally:
        settings.CLOCK = before
    connections.close_all()
    pool.drain()  # the last close folds the WAL in
    shutil.copyfile(empty, keep)
    return made


def _fill(made: Founded) -> None:
    for name, (korean, roles) in OFFICERS.items():
        desk = officer_desk(made.officers["Haneul"]) if made.officers else command_desk()
        officer, keys = enrol_officer(desk, code_name=CodeName.of(korean), password=f"of {name}", roles=roles)
        made.officers[name] = keys
        keep_address(command_desk(), officer=officer, address=f"{name.lower()}@desk.invalid")
    for name, (begins, ends) in QUIET.items():
        officer = made.officers[name].officer
        keep_quiet_hours(command_desk(), officer=officer, way=WayKind.MAIL, begins=begins, ends=ends)
    hook = Target(WayKind.WEBHOOK, "https://dasom.invalid/wake", "of Dasom")
    keep_way(command_desk(), officer=made.officers["Dasom"].officer, target=hook)
    begins, ends = QUIET["Dasom"]
    keep_quiet_hours(
        command_desk(), officer=made.officers["Dasom"].officer, way=WayKind.WEBHOOK, begins=begins, ends=ends
    )
    made.gateway = keep_gateway(command_desk(), channel=Channel.SIGNED, key=KEY)
    keep_watcher(command_desk(), address="https://watcher.invalid/ping")
    keep_organisation(command_desk(), public=organisation.keys(bytes(range(32))).public, generation=1)
    desk = officer_desk(made.officers["Haneul"])
    members = [keys.officer for keys in made.officers.values()]
    for code, (side, number) in CELLS.items():
        area = made.areas[code] = record_area(desk, north=side is Side.NORTH, number=number)
        made.cells[code] = found_cell(desk, side=side, number=number, area=area, members=members)
    desk = officer_desk(made.officers["Haneul"])
    for korean, cell in PEOPLE.items():
        name = CodeName.of(korean)
        made.persons[korean] = add_person(desk, name=name, role=PersonRole.HELPER, cell=made.cells[cell])
    lines = {who: record_line(desk, holder=made.persons[who], number=number) for who, number in NUMBERS.items()}
    for knower, known, days in LINKS:
        day = Instant(START - days * DAY_MS)
        other = lines.get(known, made.persons[known])
        kind = LinkKind.CALLED if known in lines else LinkKind.MET
        record_link(desk, kind=kind, knower=made.persons[knower], known=other, mutual=True, first=day, last=day)
    for place, who in enumerate(NUMBERS):
        take_over_card(desk, card=issue_card(desk, person=made.persons[who], number=OWN))
        _plan(desk, made.persons[who], place)


def _plan(desk: Desk, person: PersonId, place: int) -> None:
    first = Instant(START + (8 + place) * HOUR_MS + place // 3 * DAY_MS)
    agree_plan(desk, person=person, first=first, every_days=2, length_ms=2 * HOUR_MS, grace_ms=6 * HOUR_MS)
