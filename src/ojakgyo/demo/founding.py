"""Found the practice world: the cast enters a fresh vault by the same actions as anybody else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings

from ojakgyo.apps.alerts.actions import answer_test, keep_address, keep_watcher, note_sent, set_on_call, try_way
from ojakgyo.apps.alerts.models import Wake
from ojakgyo.apps.cards.actions import hand_over, issue_card, lose_card, take_over_card, tell_number
from ojakgyo.apps.cards.printing.acts import note_printed
from ojakgyo.apps.contact.actions import agree_noticer, agree_plan, agree_route, agree_window, note_earlier_contact
from ojakgyo.apps.contact.models import WindowSource
from ojakgyo.apps.network.actions import add_person, record_area, record_line, record_link, record_place
from ojakgyo.apps.network.lines.acts import note_charge
from ojakgyo.apps.people.actions import keep_name
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.actions.cells import found_cell
from ojakgyo.apps.vault.actions.house import note_founded
from ojakgyo.apps.vault.actions.officers import enrol_officer, make_own_slot
from ojakgyo.apps.vault.desks import command_desk, officer_desk
from ojakgyo.apps.vault.values import Side
from ojakgyo.demo import shares
from ojakgyo.demo.cast import SEED, World, cast, parts
from ojakgyo.demo.cast.parts import CardStage
from ojakgyo.demo.cast.real_names import NOTE
from ojakgyo.demo.officers import FOLDER
from ojakgyo.domain.cards.codebook import ROWS
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import LinkKind, PrintForm, WakeKind, WayKind
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values.ids import AreaId, CardId, CellId, LineId, OfficerId, PersonId, PlaceId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import OfficerRole, PersonRole

HOUR_MINUTES: Final = 60
SEOUL_MINUTES: Final = 9 * HOUR_MINUTES
DAY_MINUTES: Final = 24 * HOUR_MINUTES


@dataclass(slots=True)
class Ids:
    """What each key of the cast is known by in this vault."""

    officers: dict[str, OfficerId] = field(default_factory=dict)
    areas: dict[str, AreaId] = field(default_factory=dict)
    cells: dict[str, CellId] = field(default_factory=dict)
    persons: dict[str, PersonId] = field(default_factory=dict)
    lines: dict[str, LineId] = field(default_factory=dict)
    places: dict[str, PlaceId] = field(default_factory=dict)
    cards: dict[str, CardId] = field(default_factory=dict)

    def node(self, node: parts.Node) -> int:
        found: dict[parts.NodeKind, dict[str, int]] = {
            parts.NodeKind.PERSON: dict(self.persons),
            parts.NodeKind.LINE: dict(self.lines),
            parts.NodeKind.PLACE: dict(self.places),
        }
        return found[node.kind][node.key]


def found(home: Path, *, say: Callable[[str], None]) -> Instant:
    """Fill a new practice vault, its clock at the minute the story starts, which is returned. `say`: how far it is."""
    world = cast(SEED, settings.CLOCK.now())
    settings.CLOCK.advance_to(world.story_start)
    note_founded(command_desk(), demo=True)
    ids = Ids()
    haneul = _officers(home, world, ids)
    say("officers")
    desk = lambda: officer_desk(haneul)  # noqa: E731 - each act at its own time, with the grants given by then
    _places(desk, world, ids)
    _people(desk(), world, ids)
    say("people")
    _lines_and_cards(desk(), world, ids)
    say("lines and cards")
    _links(desk(), world, ids)
    _contact(desk(), world, ids)
    say("links and windows")
    _charges(desk(), world, ids)
    _rota(desk(), world, ids)
    say("charges and rota")
    return world.story_start


def _officers(home: Path, world: World, ids: Ids) -> OfficerKeys:
    """The first enrols the others. Each password lies in a file of its own, and the shares with them, as nowhere else."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    shares.draw(home)
    first = None
    for officer in world.officers:
        password = header.generated_words(4)
        desk = command_desk() if first is None else officer_desk(first)
        made, keys = enrol_officer(desk, code_name=officer.name, password=password, roles=officer.roles)
        header.replace(folder / f"{officer.key}.password", password.encode() + b"\n")
        if OfficerRole.OPENER in officer.roles:
            make_own_slot(officer_desk(keys), password)
        ids.officers[officer.key], first = made, first or keys
        keep_address(command_desk(), officer=made, address=f"{officer.key.lower()}@practice.invalid")
        _try(keys)
    keep_watcher(command_desk(), address="https://watcher.practice.invalid/ping")
    assert first is not None
    return first


def _try(keys: OfficerKeys) -> None:
    """The mail woke them, before this world was put away."""
    try_way(officer_desk(keys), way=WayKind.MAIL)
    for wake in Wake.objects.filter(officer=keys.officer, kind=WakeKind.TEST):
        note_sent(command_desk(), wake=wake.pk)
    answer_test(officer_desk(keys), way=WayKind.MAIL)


def _places(desk: Callable[[], Desk], world: World, ids: Ids) -> None:
    for area in world.areas:
        ids.areas[area.key] = record_area(desk(), north=area.key.startswith("N"), number=int(area.key[1:]))
    for cell in world.cells:
        members = [ids.officers[officer.key] for officer in world.officers if cell.key in officer.cells]
        side, number = Side(cell.key[0]), int(cell.key[2:])
        ids.cells[cell.key] = found_cell(desk(), side=side, number=number, area=ids.areas[cell.area], members=members)
    for place in world.places:
        ids.places[place.key] = record_place(desk(), area=ids.areas[place.area])


def _people(desk: Desk, world: World, ids: Ids) -> None:
    for helper in world.helpers:
        cell, real = ids.cells[helper.cell], RealName(helper.real_name, note=NOTE)
        person = add_person(desk, name=helper.name, role=PersonRole.HELPER, cell=cell)
        ids.persons[helper.key] = keep_name(desk, person=person, cell=cell, name=real)


def _lines_and_cards(desk: Desk, world: World, ids: Ids) -> None:
    for line in world.lines:
        ids.lines[line.key] = record_line(desk, holder=ids.persons[line.holder], number=line.number, state=line.state)
    for life in world.lives:
        ids.cards[life.helper] = _card(desk, ids.persons[life.helper], life)


def _card(desk: Desk, person: PersonId, life: parts.CardLife) -> CardId:
    """The card somebody uses, or has lost, and what has become of the one before or after it."""
    if life.stage is CardStage.RENEWED:
        take_over_card(desk, card=issue_card(desk, person=person), used=ROWS)
    card = take_over_card(desk, card=issue_card(desk, person=person), used=life.used)
    if life.stage is CardStage.LOST:
        lose_card(desk, card=card)
    if life.stage in (CardStage.PRINTED, CardStage.WAITING):
        following = issue_card(desk, person=person)
        note_printed(desk, rows={following: 0}, form=PrintForm.CARD)
        if life.stage is CardStage.WAITING:
            tell_number(desk, card=following)
            hand_over(desk, card=following)
    return card


def _links(desk: Desk, world: World, ids: Ids) -> None:
    north = {helper.key for helper in world.helpers if helper.area.startswith("N")}
    for link in world.links:
        record_link(
            desk,
            kind=link.kind,
            knower=ids.node(link.knower),
            known=ids.node(link.known),
            mutual=link.mutual,
            first=link.happened,
            last=link.happened,
            in_the_north=link.kind is LinkKind.MET and link.knower.key in north,
        )


def _charges(desk: Desk, world: World, ids: Ids) -> None:
    for charge in world.charges:
        note_charge(
            desk, line=ids.lines[charge.line], expires=charge.expires, topup=charge.topup, balance=charge.balance
        )


def _rota(desk: Desk, world: World, ids: Ids) -> None:
    for turn in world.rota:
        set_on_call(desk, officer=ids.officers[turn.officer], opens=turn.opens, closes=turn.closes)


def _contact(desk: Desk, world: World, ids: Ids) -> None:
    """Who has a card is due by what its last row said, so that their next text says anew when they call in.

    A plan agrees its first window itself, and gives way to a row as well.
    """
    for plan in world.plans:
        for planned in plan.windows:
            window = planned.window
            if planned.heard is None and plan.every_days is not None:
                agree_plan(
                    desk,
                    person=ids.persons[plan.helper],
                    first=window.opens,
                    every_days=plan.every_days,
                    length_ms=window.closes - window.opens,
                    grace_ms=window.grace_ms,
                )
                continue
            agreed = agree_window(
                desk,
                person=ids.persons[plan.helper],
                opens=window.opens,
                closes=window.closes,
                grace_ms=window.grace_ms,
                heard=planned.heard,
                source=WindowSource.ROW if plan.helper in ids.cards else WindowSource.HAND,
            )
            if planned.heard is not None and plan.helper in ids.cards:
                card = ids.cards[plan.helper]
                note_earlier_contact(
                    desk, person=ids.persons[plan.helper], card=card, window=agreed, heard=planned.heard
                )
    for route in world.routes:
        agree_route(
            desk,
            person=ids.persons[route.helper],
            kind=route.kind,
            through=ids.persons[route.through] if route.through else None,
            delay_ms=route.delay_ms,
            exposes=route.exposes,
            from_minute=_utc_minute(route.from_hour),
            to_minute=_utc_minute(route.to_hour),
            rehearsed=route.rehearsed,
        )
    for noticer in world.noticers:
        agree_noticer(
            desk,
            person=ids.persons[noticer.helper],
            noticer=ids.persons[noticer.seen_by],
            delay_ms=noticer.sees_within_ms,
        )


def _utc_minute(seoul_hour: int) -> int:
    return (seoul_hour * HOUR_MINUTES - SEOUL_MINUTES) % DAY_MINUTES
