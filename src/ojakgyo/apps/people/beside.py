"""What else lies under persons' data keys, in rows of the apps above: new data keys take it along.

A room above says so once, and redrawing does it without knowing the room. Each such row has its person in `person`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Model, QuerySet

from ojakgyo.apps.vault import seals
from ojakgyo.domain.sealing.envelope import Place
from ojakgyo.domain.sealing.persons import DataKey
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.store import bulk
from ojakgyo.store.bulk import Change


@dataclass(frozen=True, slots=True)
class Beside:
    """One column of sealed fields, null where nothing is kept, and where the blob of each row belongs."""

    model: type[Model]
    column: str
    place: Callable[[int], Place]


BESIDE: Final[list[Beside]] = []
Blobs = Sequence[tuple[int, bytes]]
"""Rows by their primary key."""


def blobs_of(each: Beside, people: Collection[PersonId]) -> Mapping[PersonId, Blobs]:
    found: dict[PersonId, list[tuple[int, bytes]]] = {}
    for person, row, blob in _kept(each, people).order_by("pk").values_list("person_id", "pk", each.column):
        found.setdefault(PersonId(person), []).append((row, blob))
    return found


def resealed(each: Beside, rows: Blobs, *, before: DataKey, after: DataKey) -> list[Change]:
    """The rows under the later key. One that does not hold: ``Damaged``."""
    opened = [(row, blob, seals.unseal(before.key(), each.place(row), blob)) for row, blob in rows]
    return [(row, blob, seals.seal(after.key(), each.place(row), fields)) for row, blob, fields in opened]


def replace_all(each: Beside, changes: Sequence[Change], people: Collection[PersonId]) -> bool:
    """Write them inside the caller's transaction. False: what is kept of these people has changed since it was read."""
    if _kept(each, people).count() != len(changes):
        return False
    return not changes or bulk.replace(each.model, changes, column=each.column, also={}) == len(changes)


def _kept(each: Beside, people: Collection[PersonId]) -> QuerySet[Model]:
    return each.model._default_manager.filter(person_id__in=people, **{f"{each.column}__isnull": False})
