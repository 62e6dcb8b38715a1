"""Code names of persons, persons by code name, and whether a name is kept; never the name itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from ojakgyo.apps.chronicle.counting import count
from ojakgyo.apps.people.models import FormerName, Person, PersonRole, RealName
from ojakgyo.apps.people.values import Named
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import NameRevealed
from ojakgyo.domain.names import CodeName, codename
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import PersonRole as Role

REVEALS_A_DAY: Final = 20
"""Names an officer may see a day, where ojak.toml's `[people] reveal_budget` says nothing else."""
_ZONE: Final = ZoneInfo("Asia/Seoul")


def code_names(desk: Desk, persons: Iterable[int]) -> Mapping[int, CodeName]:
    """Code names by person; whoever is not a person is left out."""
    rows = Person.objects.filter(pk__in=set(persons)).values_list("pk", "word", "number")
    return {person: CodeName(word, number) for person, word, number in rows}


def every_code_name(desk: Desk) -> Mapping[int, CodeName]:
    """Of every person the desk knows, however many."""
    rows = Person.objects.values_list("pk", "word", "number")
    return {person: CodeName(word, number) for person, word, number in rows}


def person_written(desk: Desk, written: str) -> PersonId:
    """Who is meant by a code name as somebody typed it, in either script or by its opening letters. Else `Refused`."""
    meant = codename.candidates(written)
    found = [row for name in meant if (row := _bearer(name)) is not None]
    if len(found) > 1:
        raise Refused("people.code_name_unclear")
    if not found:
        raise Refused("people.unknown_code_name")
    return found[0]


def persons_beginning(desk: Desk, written: str, *, at_most: int) -> tuple[tuple[PersonId, CodeName], ...]:
    """Who may be meant by a code name that is still being typed, nearest first; a number may lack its last digits."""
    meant = codename.beginnings(written)
    if meant is None:
        return ()
    places, digits = meant
    numbers = [int(f"{digits}{more}") for more in ("", *range(10), *(f"{two:02}" for two in range(100))) if digits]
    rows = Person.objects.filter(word__in=places, **({"number__in": numbers} if digits else {}))
    nearest = lambda row: (row[1] != int(digits or 0), places.index(row[0]), row[1])  # noqa: E731
    found = sorted(rows.values_list("word", "number", "pk"), key=nearest)
    return tuple((PersonId(person), CodeName(word, number)) for word, number, person in found[:at_most])


def taken_names() -> frozenset[CodeName]:
    """Every code name a person bears or has borne."""
    borne = (rows.values_list("word", "number") for rows in (Person.objects, FormerName.objects))
    return frozenset(CodeName(word, number) for word, number in chain(*borne))


def roles_among(persons: Iterable[int]) -> Mapping[int, tuple[Role, ...]]:
    """What each of these is to the network."""
    found: dict[int, tuple[Role, ...]] = {}
    rows = PersonRole.objects.filter(person_id__in=set(persons)).order_by("role")
    for person, role in rows.values_list("person_id", "role"):
        found[person] = (*found.get(person, ()), Role(role))
    return found


def helpers_known() -> frozenset[int]:
    """Every helper whose name has not been forgotten."""
    rows = PersonRole.objects.filter(role=Role.HELPER, person__forgotten_ms=None)
    return frozenset(rows.values_list("person_id", flat=True))


def forgotten_among(persons: Iterable[int]) -> frozenset[int]:
    """Whose names have been forgotten for good."""
    rows = Person.objects.filter(pk__in=set(persons), forgotten_ms__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def roles_of(person: PersonId) -> tuple[str, ...]:
    """What a person is to the network."""
    return tuple(sorted(PersonRole.objects.filter(person_id=person).values_list("role", flat=True)))


def named(person: PersonId) -> Named:
    """Whether a name is kept, which is no secret among officers. Nobody of this id: `Refused`."""
    row = Person.objects.filter(pk=person).values_list("forgotten_ms", flat=True).first()
    if row is None and not Person.objects.filter(pk=person).exists():
        raise Refused("house.not_found", person=person)
    return Named(kept=RealName.objects.filter(person_id=person).exists(), forgotten=row is not None)


def reveals_left(desk: Desk) -> int:
    """How many names the officer at the desk may still see today, counted from what the chronicle says."""
    budget = int(settings.TOML.get("people", {}).get("reveal_budget", REVEALS_A_DAY))
    return max(0, budget - count(NameRevealed, actor=desk.actor, since=midnight(desk.now)))


def midnight(now: Instant) -> Instant:
    """When today began in Seoul."""
    today = datetime.fromtimestamp(now / 1_000, _ZONE)
    return instants.of(today.replace(hour=0, minute=0, second=0, microsecond=0))


def _bearer(name: CodeName) -> PersonId | None:
    word, number = name.stored
    found = Person.objects.filter(word=word, number=number).values_list("pk", flat=True).first()
    return None if found is None else PersonId(found)
