"""One person as a page shows them: structure for everybody at the desk, and whether a name is kept; never the name.

The page stands up here because cells, lines, cards and words stand above persons in the order of the apps.
"""

from dataclasses import dataclass
from typing import Any

from ojakgyo.apps.cards import queries as cards
from ojakgyo.apps.cards.life.queries import issue_page
from ojakgyo.apps.cards.life.values import CardLine
from ojakgyo.apps.cards.values import InUse
from ojakgyo.apps.contact.agreements import groups
from ojakgyo.apps.contact.agreements.queries import agreements
from ojakgyo.apps.contact.agreements.values import Agreed
from ojakgyo.apps.contact.hours.queries import history
from ojakgyo.apps.contact.hours.values import History
from ojakgyo.apps.contact.messages import from_new_phones
from ojakgyo.apps.contact.outages.queries import missed_lately
from ojakgyo.apps.contact.outages.values import MissLine
from ojakgyo.apps.contact.signs import Sign, signs
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.contact.silences.values import SilenceLine
from ojakgyo.apps.contact.values import MessageLine
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.lines.queries import lines_of, numbered
from ojakgyo.apps.network.models import LineKind
from ojakgyo.apps.people import queries as people
from ojakgyo.apps.people.values import Named
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.queries.requests import requests
from ojakgyo.apps.vault.values import RequestLine
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.facts import LineState, RequestKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CellId, LineId, PersonId
from ojakgyo.domain.values.roles import PersonRole


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """`held`: whether the one at the desk holds the cell's key. `cell`, `area`: None where it is not held, as in Find and
    on the board, and for somebody in no cell.
    """

    person: PersonId
    code_name: CodeName
    roles: tuple[PersonRole, ...]
    cell: str | None
    area: str | None
    lines: tuple[tuple[LineState, int], ...]
    card: InUse
    cards: tuple[CardLine, ...]
    """For who holds the cell's key: the card in use and the one to come, each with its next step."""
    named: Named
    held: bool
    cell_id: CellId | None
    agreed: Agreed | None
    """For who holds the cell's key: when and how to be in touch, and what is missing."""
    own_lines: tuple[tuple[LineId, LineKind, LineState, int | None], ...]
    """For who holds the cell's key: every line, whatever it is; and which of its kind, where they have several."""
    mates: tuple[CodeName, ...]
    """Who else belongs to the cell: the likeliest relays and noticers."""
    new_phones: tuple[MessageLine, ...]
    """For who holds the cell's key: what came from a phone nobody knew."""
    reveals_left: int
    request: RequestLine | None
    """To forget this person, while it can be signed or used."""
    may_ask: bool
    silence: SilenceLine | None = None
    """One that stands: everybody at the desk sees it on Now."""
    signs: tuple[Sign, ...] = ()
    """For who holds the cell's key: when they were heard lately, by kind of contact alone."""
    history: History | None = None
    """For who holds the cell's key: ninety days of windows, by whether something came in."""
    missed: tuple[MissLine, ...] = ()
    """For who holds the cell's key: the last windows missed, and why."""
    spoken_for_by: CodeName | None = None
    members: tuple[CodeName, ...] = ()
    """For who holds the cell's key: who is heard of through them."""


def person_page(desk: Desk, *, person: PersonId) -> PersonPage:
    """Nobody of this id: `Refused`."""
    named, cell = people.named(person), network.cells_of([person]).get(person)
    held = cell is not None and desk.keyring.holds(cell)
    code, area = network.whereabouts(desk, cell) if cell is not None and held else (None, None)
    return PersonPage(
        person=person,
        code_name=people.code_names(desk, [person])[person],
        roles=tuple(PersonRole(role) for role in people.roles_of(person)),
        cell=code,
        area=area,
        lines=network.line_states(person) if held else network.line_states_outside(person),
        card=cards.in_use(person),
        cards=issue_page(desk, person=person).lines if held else (),
        named=named,
        held=held,
        cell_id=cell if held else None,
        agreed=agreements(desk, [person])[person] if held else None,
        mates=network.names_of(desk, cell) if cell is not None and held else (),
        own_lines=_own_lines(person) if held else (),
        new_phones=from_new_phones(desk, person) if held else (),
        reveals_left=people.reveals_left(desk),
        request=_request(desk, person),
        may_ask=rights.may_ask(RequestKind.FORGET_PERSON, vault.roles(desk)),
        silence=next(iter(silences(desk, person=person)), None),
        signs=signs(person) if held else (),
        history=history(desk, person) if held else None,
        missed=missed_lately(person) if held else (),
        **(_group(desk, person) if held else {}),
    )


def _own_lines(person: PersonId) -> tuple[tuple[LineId, LineKind, LineState, int | None], ...]:
    places = numbered([person])
    own = [(*each, places.get(each[0])) for each in lines_of(person)]
    return tuple(sorted(own, key=lambda each: (each[2], each[3] or 0)))


def _group(desk: Desk, person: PersonId) -> dict[str, Any]:
    members, speaker = groups.members_of(person), groups.speaker_of(person)
    names = people.code_names(desk, [*members, *([speaker] if speaker else [])]) if members or speaker else {}
    return {
        "members": tuple(names[each] for each in members),
        "spoken_for_by": None if speaker is None else names[speaker],
    }


def cell_held(desk: Desk, person: PersonId) -> CellId:
    """The person's cell, for who holds its key; in no cell, or without the key: ``NotHeld``."""
    people.named(person)
    cell = network.cells_of([person]).get(person)
    if cell is None:
        raise NotHeld(person=person)
    desk.keyring.cell_key(cell)
    return cell


def _request(desk: Desk, person: PersonId) -> RequestLine | None:
    mine = (line for line in requests(desk) if line.kind is RequestKind.FORGET_PERSON and line.about_id == person)
    return next((line for line in mine if not line.over), None)
