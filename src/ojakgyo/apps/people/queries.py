"""Code names of persons, and persons by code name."""

from collections.abc import Iterable, Mapping

from ojakgyo.apps.people.models import Person
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import CodeName, codename
from ojakgyo.domain.values.ids import PersonId


def code_names(desk: Desk, persons: Iterable[int]) -> Mapping[int, CodeName]:
    """Code names by person; whoever is not a person is left out."""
    rows = Person.objects.filter(pk__in=set(persons)).values_list("pk", "word", "number")
    return {person: CodeName(word, number) for person, word, number in rows}


def person_called(desk: Desk, name: CodeName) -> PersonId:
    """Who bears this code name; nobody: `Refused`."""
    found = _bearer(name)
    if found is None:
        raise Refused("people.unknown_code_name")
    return found


def person_written(desk: Desk, written: str) -> PersonId:
    """Who is meant by a code name as somebody typed it, in either script or by its opening letters. Else `Refused`."""
    meant = codename.candidates(written)
    found = [row for name in meant if (row := _bearer(name)) is not None]
    if len(found) > 1:
        raise Refused("people.code_name_unclear")
    if not found:
        raise Refused("people.unknown_code_name")
    return found[0]


def _bearer(name: CodeName) -> PersonId | None:
    word, number = name.stored
    found = Person.objects.filter(word=word, number=number).values_list("pk", flat=True).first()
    return None if found is None else PersonId(found)
