"""Looking for a real name among those of one's own cells: the answer is a code name, never the name.

The names are opened with the keys in hand, once for a seat, in pieces of bounded time; they lie in memory with the keys
and go with them. Each look is written down, for everybody whose code name it showed, and counts against the day: whoever
tries one beginning after the other would else read the names without Reveal.
"""

import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import BinaryField
from django.db.models.functions import Substr

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.chronicle.acts import action, record_all
from ojakgyo.apps.chronicle.counting import count
from ojakgyo.apps.people import keys
from ojakgyo.apps.people.models import PersonKey, RealName
from ojakgyo.apps.people.queries import midnight
from ojakgyo.apps.vault.queries import cells_open_at
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.facts import NameSought
from ojakgyo.domain.names import hangul
from ojakgyo.domain.names.beginnings import key_of
from ojakgyo.domain.values.ids import CellId, PersonId

SHOWN: Final = 5
"""More than so many answers are none: more of the name must be known."""
LOOKS_A_DAY: Final = 60
"""Answers and looks without one, by one officer."""
PIECE: Final = 100
_HEAD: Final = 22
"""Of a blob, up to its nonce: another one means that it was sealed anew."""


@dataclass(slots=True)
class Names:
    """By person: how the blob began when it was opened, and what a name is found by; as of the fact `seq`."""

    seq: int = -1
    heads: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    opened: dict[int, tuple[bytes, tuple[str, ...]]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """Names that are opened, of all that this desk holds."""

    done: int
    of: int

    @property
    def complete(self) -> bool:
        return self.done == self.of


def held_names(opened: dict[str, Any]) -> Names:
    """What lies with the keys of this seat; see `vault.seats`."""
    names: Names = opened.setdefault("people.names", Names())
    return names


def open_names(desk: Desk, names: Names, *, within_s: float) -> Progress:
    """Go on opening the names of the cells held here; what changed or was forgotten meanwhile goes first."""
    until = time.monotonic() + within_s
    seq, _ = audit.head()
    if seq != names.seq:
        names.seq, names.heads = seq, _heads(desk)
    heads = names.heads
    for person in [each for each, (head, _) in names.opened.items() if heads.get(each) != head]:
        del names.opened[person]
    waiting = [person for person in heads if person not in names.opened]
    for start in range(0, len(waiting), PIECE):
        for person, head, forms in _opened(desk, waiting[start : start + PIECE]):
            names.opened[person] = head, forms
        if time.monotonic() > until:
            break
    return Progress(len(names.opened), len(heads))


def demand_enough(written: str) -> str:
    """The letters to look for. Less than two syllables, two opening letters or three letters: ``Refused``."""
    wanted, wide = _form(written), sum(unicodedata.east_asian_width(each) == "W" for each in _bare(written))
    if len(wanted) < 2 or (wide < 2 if wide else len(wanted) < 3):
        raise Refused("people.search_short")
    return wanted


def fitting(names: Names, written: str) -> tuple[PersonId, ...]:
    """Whose name, or another name of theirs, holds what was written, as it is spelt or by its opening letters."""
    wanted = demand_enough(written)
    return tuple(
        PersonId(person) for person, (_, forms) in names.opened.items() if any(wanted in each for each in forms)
    )


def looks_left(desk: Desk) -> int:
    return max(0, LOOKS_A_DAY - count(NameSought, actor=desk.actor, since=midnight(desk.now)))


@action
def look_for_name(desk: Desk, *, fitting: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """Write down that a name was looked for and whose code names it shows; too many fitting ones are not shown."""
    if not looks_left(desk):
        raise Refused("people.search_spent")
    shown = fitting if len(fitting) <= SHOWN else ()
    record_all(desk, [NameSought(person=person, found=len(fitting)) for person in shown or (None,)])
    return shown


def _heads(desk: Desk) -> Mapping[int, bytes]:
    own = RealName.objects.filter(person__keys__cell_id__in=cells_open_at(desk))
    return dict(own.values_list("person_id", Substr("ident", 1, _HEAD, output_field=BinaryField())).distinct())


def _opened(desk: Desk, piece: list[int]) -> Iterator[tuple[int, bytes, tuple[str, ...]]]:
    """A cell whose grant does not hold, or a blob that is damaged, takes no search down: it is found by nothing."""
    wraps: dict[int, PersonKey] = {}
    for row in PersonKey.objects.filter(person_id__in=piece, cell_id__in=cells_open_at(desk)):
        if desk.keyring.holds(CellId(row.cell_id)):
            wraps[row.person_id] = row
    for person, ident in RealName.objects.filter(person_id__in=piece).values_list("person_id", "ident"):
        forms: tuple[str, ...] = ()
        if person in wraps:
            try:
                forms = _forms(keys.unseal_fields(keys.unwrapped(desk, wraps[person]), ident))
            except (Damaged, NotHeld):
                forms = ()
        yield person, bytes(ident[:_HEAD]), forms


def _forms(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """What each name is found by: its letters, and its opening letters."""
    found = []
    for name in (fields["name"], *fields["aliases"]):
        found.append(_form(name))
        with suppress(ValueError):  # not written in whole syllables
            found.append(hangul.initials("".join(_bare(name))))
    return tuple(dict.fromkeys(found))


def _form(name: str) -> str:
    return key_of("".join(_bare(name)))


def _bare(name: str) -> Iterator[str]:
    return (each for each in unicodedata.normalize("NFKC", name) if each.isalnum())
