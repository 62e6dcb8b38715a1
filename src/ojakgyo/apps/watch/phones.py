"""Whose phone may be in other hands: asked before somebody is called. It says nothing of why, and to most not even that."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.watch.explaining import taken
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.rights import rights
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import SignalKind

READ: Final = (SignalKind.READING, SignalKind.CHALLENGE, SignalKind.QUESTION)


@dataclass(frozen=True, slots=True)
class Phones:
    """`never`: phones that may be in other hands, for who may see what is read about their people. `asked`: for everybody
    else, those that only a safety officer can say something about. `seen`: of whom it may be said which of both.
    """

    never: frozenset[int]
    asked: frozenset[int]
    seen: frozenset[int]


def phones(desk: Desk, persons: Collection[int]) -> Phones:
    """For who may not see what is read about somebody, "well" and duress are one: something was read from this phone, once.

    It stays so. An answer that came back some day after "well" would stay away after duress, and tell them apart.
    """
    held = rights(desk, set(persons))
    seen = frozenset(person for person in persons if held.may_see_person(person))
    others = frozenset(persons) - seen
    asked = _ever_read(others)
    hands = _in_other_hands(desk, frozenset(persons) - asked)
    return Phones(never=hands & seen, asked=asked | (hands - seen), seen=seen)


def _ever_read(persons: frozenset[int]) -> frozenset[int]:
    """From whom a text was read by a card, or an answer heard, whatever it said."""
    rows = Signal.objects.filter(person_id__in=persons, kind__in=READ)
    return frozenset(rows.values_list("person_id", flat=True))


def _in_other_hands(desk: Desk, persons: frozenset[int]) -> frozenset[int]:
    """Those who may well have been taken, or who wrote under duress, which ends only when two officers say so."""
    if not persons:
        return frozenset()
    found = latest.analysis(desk)
    return (taken(found) | found.world.duress) & persons
