"""What the desk knows already, gathered for the check of one file: heavy, with no transaction open, and writing nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from ojakgyo.apps.network.models import Area, Line, Membership
from ojakgyo.apps.people import keys
from ojakgyo.apps.people.models import Person, PersonKey, RealName
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.intake.checking import called
from ojakgyo.domain.intake.drafts import Code, Known, KnownPerson
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CellId, PersonId

THREADS: Final = 2
"""The work of one index lets go of the interpreter, so two cores do two at once."""
NOWHERE: Final = CellId(0)
"""Somebody in no cell; nobody holds its key."""
_AT_ONCE: Final = 500


def known(desk: Desk) -> Known:
    """For the officer at the desk: names only out of cells whose key is held here."""
    cells = {Code(str(line.side), line.number): line.id for line in vault.cells(desk)}
    held = frozenset(cell for cell in cells.values() if desk.keyring.holds(cell))
    return Known(
        now=desk.now,
        people=_people(),
        cells=cells,
        held=held,
        areas=frozenset(Code("N" if north else "C", number) for north, number in _areas()),
        holders=lambda numbers: holders(desk, numbers),
        names=_names(desk, held),
    )


def indexes(desk: Desk, numbers: Collection[str]) -> Mapping[str, tuple[bytes, ...]]:
    """The indexes each number may stand under, present one first; 25 ms for each that was not asked before."""
    ring, several = desk.keyring.ring, sorted(set(numbers))
    with ThreadPoolExecutor(THREADS, thread_name_prefix="index") as threads:
        return dict(zip(several, threads.map(lambda each: ring.line_indexes("phone", each), several), strict=True))


def holders(desk: Desk, numbers: Collection[str]) -> Mapping[str, PersonId]:
    """Who has a phone of these numbers, in whatever cell."""
    by_index = {index: number for number, found in indexes(desk, numbers).items() for index in found}
    found: dict[str, PersonId] = {}
    for piece in _pieces(list(by_index)):
        for index, holder in Line.objects.filter(index__in=piece).values_list("index", "holder_id"):
            found[by_index[bytes(index)]] = PersonId(holder)
    return found


def _pieces(whole: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(whole), _AT_ONCE):
        yield whole[start : start + _AT_ONCE]


def _areas() -> list[tuple[bool, int]]:
    return list(Area.objects.values_list("north", "number"))


def _people() -> dict[CodeName, KnownPerson]:
    cells = dict(Membership.objects.values_list("person_id", "cell_id"))
    rows = Person.objects.values_list("pk", "word", "number", "forgotten_ms")
    return {
        CodeName(word, number): KnownPerson(PersonId(pk), CellId(cells.get(pk, NOWHERE)), forgotten is not None)
        for pk, word, number, forgotten in rows
    }


def _names(desk: Desk, held: Collection[CellId]) -> dict[str, tuple[PersonId, ...]]:
    """Who is called what. Compared within this process and shown nowhere."""
    found: defaultdict[str, list[PersonId]] = defaultdict(list)
    blobs = dict(RealName.objects.filter(person__keys__cell__in=held).values_list("person_id", "ident"))
    for row in PersonKey.objects.filter(cell__in=held, person_id__in=blobs):
        try:
            fields = keys.unseal_fields(keys.unwrapped(desk, row), blobs[row.person_id])
        except Damaged:  # it is told where it is opened to be read
            continue
        for name in {called(each) for each in (fields["name"], *fields["aliases"])} - {""}:
            found[name].append(PersonId(row.person_id))
    return {name: tuple(people) for name, people in found.items()}
