"""Lines that need a cell's key: numbers under its present epoch, and indexes under the present key of the house."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.vault import seals
from ojakgyo.apps.vault.chores import chore
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import NumbersResealed
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CellId

AT_ONCE: Final = 40
"""A second's work: each new index costs 25 ms."""


@dataclass(frozen=True, slots=True)
class Anew:
    """A line's number as it was read, and number and index as they are to be."""

    line: int
    before: bytes
    number: bytes
    index: bytes | None


@chore
def reseal_numbers(desk: Desk, cell: CellId) -> None:
    """Bring a cell's lines up to its epoch and to the present index; the index is worked out with no transaction open."""
    last = 0
    while piece := list(_behind(desk, cell).filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = piece[-1].pk
        keep_numbers(desk, cell=cell, anew=tuple(_anew(desk, cell, piece)))


@action
def keep_numbers(desk: Desk, *, cell: CellId, anew: tuple[Anew, ...]) -> int:
    """Write them; a line that changed meanwhile is left alone."""
    epoch, made_with, count = desk.keyring.cell_key(cell).epoch, desk.keyring.ring.line_key_id, 0
    for each in anew:
        unchanged = Line.objects.filter(pk=each.line, number=each.before)
        count += unchanged.update(number=each.number, index=each.index, epoch=epoch, made_with=made_with)
    record(desk, NumbersResealed(cell=cell, epoch=epoch, count=count))
    return count


def _behind(desk: Desk, cell: CellId) -> QuerySet[Line]:
    """Whose number lies under an earlier epoch, or whose index was made with an earlier key."""
    own = Line.objects.filter(holder__membership__cell=cell, number__isnull=False)
    return own.exclude(epoch=desk.keyring.cell_key(cell).epoch, made_with=desk.keyring.ring.line_key_id)


def _anew(desk: Desk, cell: CellId, piece: list[Line]) -> Iterator[Anew]:
    into = desk.keyring.cell_key(cell).wrap()
    for line in piece:
        place = seals.place(Table.LINE, line.pk, Group.IDENT)
        fields = seals.unseal(desk.keyring.cell_key(cell, line.epoch).wrap(), place, line.number)
        number = fields["number"]
        index = desk.keyring.ring.line_index(line.kind, number) if number else None
        yield Anew(line.pk, line.number, seals.seal(into, place, fields), index)
