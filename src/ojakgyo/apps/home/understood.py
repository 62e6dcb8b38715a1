"""The line of the log page, understood while it is typed: who is meant, what stands behind the name, when the next contact is.

Structure only: code names, windows, whether a card is in use. No card is opened, so nothing here depends on what digits
mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.cards.queries import in_use
from ojakgyo.apps.contact.following import closes_by_row, next_contact, opens_within
from ojakgyo.apps.contact.values import Choice, Understood, Who
from ojakgyo.apps.home.queries import DESK_ZONE
from ojakgyo.apps.network.queries import cells_of, whereabouts
from ojakgyo.apps.people import queries as people
from ojakgyo.domain.checkins import typed
from ojakgyo.domain.checkins.typed import Says, Typed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import PersonRole

AT_MOST: Final = 5
CODES: Final = (Says.SIX, Says.NUMBERED)


@dataclass(frozen=True, slots=True)
class Meant:
    """A whole line that can be kept."""

    person: PersonId
    words: str
    following: Instant | None
    says: Says
    digits: int
    through: PersonId | None = None
    heads: int | None = None


def meant(desk: Desk, line: str, *, chosen: PersonId | None = None) -> Meant:
    """What a line that was sent says; `chosen`: who was picked where the name in front fits several. Else `Refused`."""
    read = _readings(desk, line)
    if not read:
        raise Refused("contact.line_unclear")
    if read[0].unclear:
        raise Refused("contact.next_unclear")
    if chosen is None:
        said = next((each for each in read if _bearer(desk, each.who) is not None), read[0])
        return _meant(desk, people.person_written(desk, said.who), said)
    said = next((each for each in read if chosen in _near(desk, each)), None)
    if said is None:
        raise Refused("people.code_name_unclear")
    return _meant(desk, chosen, said)


def _meant(desk: Desk, person: PersonId, said: Typed) -> Meant:
    through = None if said.through is None else people.person_written(desk, said.through)
    if through == person:
        raise Refused("contact.through_oneself")
    return Meant(person, said.words, _following(said), said.says, len(said.digits), through, said.heads)


def doubtful(said: Meant) -> bool:
    """Whether somebody should look again before it counts as heard: who has a card says a code, who has none is heard by
    voice. How many digits stand there is looked at, never which.
    """
    if said.through is not None:
        return False
    if said.says is Says.WORDS:
        return said.following is None
    carries = in_use(said.person).issued is not None
    if said.says is Says.NOTHING:
        return carries and said.following is None
    return carries and said.says in (Says.FEWER, Says.UNEVEN, Says.MORE)


def understood(desk: Desk, line: str) -> Understood | None:
    """None where nothing is typed yet."""
    if not line.strip():
        return None
    said, person, near = _settled(desk, _readings(desk, line))
    who = None if person is None else _who(desk, person)
    asked = None if said is None else _following(said)
    cell = None if who is None else cells_of([who.person]).get(who.person)
    by_row = asked is None and said is not None and who is not None and who.card and said.says in CODES
    relayed = said is not None and said.through is not None
    coming = None if who is None or by_row else next_contact(desk, who.person, cell, relayed=relayed)
    return Understood(
        at=desk.now,
        who=who,
        choices=tuple(Choice(person=each, code_name=name) for each, name in near.items()),
        says=typed.Says.NOTHING if said is None else said.says,
        digits=() if said is None else _paired(said.digits),
        following=asked or coming,
        closes=None if asked or who is None else closes_by_row(who.person, coming),
        by_row=by_row,
        soon=opens_within(desk, who.person) if who is not None and not (asked or coming or relayed) else None,
        typed_following=asked is not None,
        through=None if said is None else _bearer_named(desk, said.through),
        heads=None if said is None else said.heads,
        wrong=_wrong(desk, said, cell) if said is not None and who is not None else None,
    )


def _readings(desk: Desk, line: str) -> tuple[Typed, ...]:
    return typed.readings(line, instants.aware(desk.now).astimezone(DESK_ZONE))


def _settled(desk: Desk, read: tuple[Typed, ...]) -> tuple[Typed | None, PersonId | None, Mapping[PersonId, CodeName]]:
    """The reading whose name is somebody's; else one that may become so, with who may be meant."""
    for each in read:
        if (person := _bearer(desk, each.who)) is not None:
            return each, person, {}
    half = ((each, near) for each in read if (near := _near(desk, each)))
    said, near = next(half, (read[0] if read else None, {}))
    return said, None, near


def _bearer(desk: Desk, written: str) -> PersonId | None:
    """Who would be kept if the line were sent now."""
    try:
        return people.person_written(desk, written)
    except Refused:
        return None


def _bearer_named(desk: Desk, written: str | None) -> CodeName | None:
    person = None if written is None else _bearer(desk, written)
    return None if person is None else people.code_names(desk, [person])[person]


def _near(desk: Desk, said: Typed) -> dict[PersonId, CodeName]:
    return dict(people.persons_beginning(desk, said.who, at_most=AT_MOST))


def _following(said: Typed) -> Instant | None:
    return None if said.following is None else instants.of(said.following)


def _who(desk: Desk, person: PersonId) -> Who:
    cell = cells_of([person]).get(person)
    held = cell is not None and desk.keyring.holds(cell)
    return Who(
        person=person,
        code_name=people.code_names(desk, [person])[person],
        cell=whereabouts(desk, cell)[0] if cell is not None and held else None,
        roles=tuple(PersonRole(role) for role in people.roles_of(person)),
        card=in_use(person).issued is not None,
    )


def _paired(digits: str) -> tuple[str, ...]:
    """As a card's row has them, two by two."""
    return tuple(digits[place : place + 2] for place in range(0, len(digits), 2))


def _wrong(desk: Desk, said: Typed, cell: CellId | None) -> str | None:
    """Why the line would not be taken; the sentence stands there before it is sent."""
    if said.unclear:
        return "contact.next_unclear"
    if said.through is not None and _bearer(desk, said.through) is None:
        return "people.code_name_unclear"
    if said.following is not None and (cell is None or not desk.keyring.holds(cell)):
        return NotHeld().code
    return None
