"""A practice vault grown to a thousand people: the cast of the stories, and more cells like theirs. All are invented.

    python -m benchmarks._crowd HOME

Everybody enters by the product's own actions. In each twentieth cell somebody writes under duress later on: its first
member, whose phone three others have called in the last days. It prints their code names, one JSON list.
"""

import json
import sys
from pathlib import Path

from ojakgyo.demo.cast.dice import Dice

PEOPLE, LINKS, CELL = 1_000, 5_000, 8
MESSENGERS = 24
SEED = 7


def main(argv: list[str]) -> int:
    home = Path(argv[0])
    from ojakgyo.demo import world

    names: list[str] = []
    world.make(home, say=say, found=lambda: fill(home, names))
    print(json.dumps(names))
    return 0


def say(part: str) -> None:
    print(f"  {part}", file=sys.stderr)


def fill(home: Path, names: list[str]) -> int:
    """Found the practice world, grow it, and have the duties read all of it."""
    from ojakgyo.cli.homes import bring_up

    bring_up(home)
    from ojakgyo.apps.chronicle import rounds
    from ojakgyo.apps.vault import header
    from ojakgyo.apps.vault.desks import house_desk
    from ojakgyo.demo import founding
    from ojakgyo.runner import opening, rota  # noqa: F401 - the duties must have been declared
    from ojakgyo.store import keyholder

    keyholder.unseal(header.unseal(home, header.demo_words(home)).ring)
    opening.bring_up_to_date()
    start = founding.found(home, say=say)
    names += grow(Dice(SEED, "crowd"))
    while rounds.read_all(house_desk):
        pass
    keyholder.seal()
    return start


def grow(dice: Dice) -> list[str]:
    from ojakgyo.apps.network.queries import members
    from ojakgyo.apps.vault.actions import found_cell
    from ojakgyo.apps.vault.values import Side
    from ojakgyo.demo.officers import desk_of
    from ojakgyo.domain.names.codename import draw

    desk = desk_of("Haneul")
    taken = {member.code_name for member in members(desk)}
    areas = areas_known()
    people, messengers = [], []
    for number in range(10, 10 + (PEOPLE - len(taken)) // CELL):
        founder = desk_of("Haneul")
        cell = found_cell(founder, side=Side.CHINA, number=number, area=dice.pick(areas), members=[founder.officer])
        desk = desk_of("Haneul")
        mates = []
        for _ in range(CELL):
            name = draw(dice.bytes, taken)
            taken.add(name)
            mates.append(enter(desk, name, cell, dice))
        if len(messengers) < MESSENGERS:
            messengers.append(mates[0])
        people.append(mates)
    say("people, lines, cards, windows")
    link(desk, people, messengers, dice)
    say("links")
    return [each.name.en for each in messengers]


def areas_known():  # type: ignore[no-untyped-def]
    from ojakgyo.apps.vault.desks import house_desk
    from ojakgyo.apps.vault.queries import cells

    return sorted({cell.area for cell in cells(house_desk())})


class Entered:
    """One of the crowd, with the phone in their pocket."""

    def __init__(self, name, person, line) -> None:  # type: ignore[no-untyped-def]
        self.name, self.person, self.line = name, person, line


def enter(desk, name, cell, dice: Dice) -> Entered:  # type: ignore[no-untyped-def]
    """A helper with a phone, a card, two windows kept and one to come."""
    from ojakgyo.apps.cards.actions import issue_card, take_over_card
    from ojakgyo.apps.contact.actions import agree_window, note_earlier_contact
    from ojakgyo.apps.network.actions import add_person, record_line
    from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
    from ojakgyo.domain.values.roles import PersonRole

    person = add_person(desk, name=name, role=PersonRole.HELPER, cell=cell)
    line = record_line(desk, holder=person, number=f"+86100{10_000_000 + 7 * person % 89_999_999:08}")
    card = take_over_card(desk, card=issue_card(desk, person=person))
    for day in (-8, -1, 6):
        opens = Instant(desk.now + day * DAY_MS - 4 * HOUR_MS - dice.below(600) * MINUTE_MS)
        heard = Instant(opens + 30 * MINUTE_MS) if day < 0 else None
        window = agree_window(
            desk, person=person, opens=opens, closes=Instant(opens + HOUR_MS), grace_ms=6 * HOUR_MS, heard=heard
        )
        if heard is not None:
            note_earlier_contact(desk, person=person, card=card, window=window, heard=heard)
    return Entered(name, person, line)


def link(desk, people, messengers, dice: Dice) -> None:  # type: ignore[no-untyped-def]
    """Mostly inside a cell, of any age up to ten months; and three fresh calls to each messenger's phone."""
    from ojakgyo.domain.facts import LinkKind

    for mates in people:
        for caller in mates[1:4] if mates[0] in messengers else ():
            note(desk, LinkKind.CALLED, caller.person, mates[0].line, 3)
    met = (LinkKind.MET, LinkKind.HANDED_OVER, LinkKind.PAID)
    for _ in range(LINKS - 220 - 3 * len(messengers)):
        mates = dice.pick(people)
        others = dice.pick(people) if dice.one_in(5) else mates
        one, other = dice.pick(mates), dice.pick(others)
        if one is other:
            continue
        called = dice.one_in(3)
        kind = LinkKind.CALLED if called else dice.pick(met)
        note(desk, kind, one.person, other.line if called else other.person, dice.between(5, 300))


def note(desk, kind, knower: int, known: int, days: int) -> None:  # type: ignore[no-untyped-def]
    from ojakgyo.apps.network.actions import record_link
    from ojakgyo.domain.values.instants import DAY_MS, Instant

    day = Instant(desk.now - days * DAY_MS)
    record_link(desk, kind=kind, knower=knower, known=known, mutual=True, first=day, last=day)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
