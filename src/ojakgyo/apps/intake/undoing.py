"""What taking a batch back would do: whatever no later act refers to goes, whatever one does stays, and it is said why.

An act is what a person did: an officer at the desk, a command, or somebody who wrote. What the house did by itself, such
as counting a missed window, holds nothing back.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.intake.models import Batch, BatchState, Brought, Sort
from ojakgyo.apps.intake.values import UNDONE_WITHIN_MS, Kept, Undoing, Why
from ojakgyo.apps.network.models import Line, Link, Membership, Place
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.models import Cell
from ojakgyo.apps.watch.models import Warning
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import BatchId, CellId, PersonId

_IDS: Final = re.compile(rb'"([plca]_[0-7][0-9a-z]{12})"')
_HEARD: Final = frozenset({"contact.message_read", "contact.window_kept", "contact.heard_without_card"})
"""What the house records of what somebody did."""
_TAKEN_BACK: Final = frozenset({"people.person_removed", "network.line_removed", "contact.agreements_removed"})
"""What another import that was taken back says last of whom it named."""
_WHY: Final = {
    "contact.message_received": Why.IN_TOUCH,
    "contact.message_read": Why.IN_TOUCH,
    "contact.window_kept": Why.IN_TOUCH,
    "contact.heard_without_card": Why.IN_TOUCH,
    "contact.line_held": Why.IN_TOUCH,
    "contact.called": Why.CALLED,
    "cards.card_issued": Why.CARD,
    "cards.card_burnt": Why.CARD,
    "watch.report_heard": Why.REPORT,
    "people.name_kept": Why.NAME,
    "people.name_revealed": Why.NAME,
    "people.person_forgotten": Why.NAME,
    "contact.window_agreed": Why.AGREED,
    "contact.plan_agreed": Why.AGREED,
    "contact.route_agreed": Why.AGREED,
    "contact.noticer_agreed": Why.AGREED,
    "contact.stand_aside_agreed": Why.AGREED,
    "network.cell_led": Why.AGREED,
    "network.line_recorded": Why.ANOTHER_LINE,
    "people.person_added": Why.MEMBERS_STAY,
    "vault.key_granted": Why.KEYS,
    "vault.grant_withdrawn": Why.KEYS,
    "vault.epoch_begun": Why.KEYS,
    "vault.cell_founded": Why.IN_USE,
    "network.place_recorded": Why.IN_USE,
}
Reasons = Mapping[int, frozenset[Why]]


def undoing(desk: Desk, id: BatchId) -> Undoing:
    """Worked out with no transaction open. Not applied, too long ago: ``Refused``. A cell not held: ``NotHeld``."""
    row = Batch.objects.filter(pk=id).first()
    if row is None:
        raise Refused("house.not_found", batch=id)
    if row.state != BatchState.APPLIED:
        raise Refused("intake.not_applied")
    if desk.now > row.applied_ms + UNDONE_WITHIN_MS:
        raise Refused("intake.undo_over")
    seq, brought = inbox.head(), _brought(id)
    lines = dict(Line.objects.filter(pk__in=brought[Sort.LINE]).values_list("pk", "holder_id"))
    _hold_each_cell(desk, {*brought[Sort.PERSON], *lines.values()}, brought[Sort.CELL])
    links = tuple(Link.objects.filter(batch=id).values_list("pk", flat=True))
    named = _named_since(row.applied_seq, {letter: brought[sort] for letter, sort in _LETTERS.items()})
    people = _people_kept(brought[Sort.PERSON], lines, named, batch=id)
    kept_lines = _lines_kept(lines, people, named, new=brought[Sort.PERSON])
    gone = frozenset(brought[Sort.PERSON] - people.keys())
    cells = _cells_kept(brought[Sort.CELL], gone, named)
    areas = _areas_gone(brought[Sort.AREA], brought[Sort.CELL] - cells.keys(), links)
    agreed = _agreements_gone(brought, named, new=brought[Sort.PERSON])
    return Undoing(
        batch=id,
        seq=seq,
        people=gone,
        lines={line: holder for line, holder in lines.items() if line not in kept_lines},
        links=links,
        cells=frozenset(brought[Sort.CELL] - cells.keys()),
        areas=areas,
        **agreed,
        kept=said(desk, {Sort.PERSON: people, Sort.LINE: _added(kept_lines), Sort.CELL: cells}, lines),
    )


_LETTERS: Final = {"p": Sort.PERSON, "l": Sort.LINE, "c": Sort.CELL, "a": Sort.AREA}


def _brought(id: BatchId) -> Mapping[Sort, set[int]]:
    found: defaultdict[Sort, set[int]] = defaultdict(set)
    for sort, about in Brought.objects.filter(batch=id).values_list("sort", "about"):
        found[Sort(sort)].add(about)
    return found


def _hold_each_cell(desk: Desk, people: Iterable[int], cells: Iterable[int]) -> None:
    of = Membership.objects.filter(person_id__in=set(people)).values_list("cell_id", flat=True)
    for cell in sorted({*of, *cells}):
        desk.keyring.cell_key(CellId(cell))


def _named_since(seq: int, wanted: Mapping[str, Collection[int]]) -> Reasons:
    """Why each of these ids stays, from what was recorded after a fact."""
    written = {ids.text(letter, each).encode(): each for letter, several in wanted.items() for each in several}
    found: defaultdict[int, set[Why]] = defaultdict(set)
    undone = _undone_since(seq)
    rows = Entry.objects.filter(seq__gt=seq, body__isnull=False).values_list("seq", "kind", "actor", "body")
    for number, kind, actor, body in rows.iterator(chunk_size=2_000):
        if actor.startswith(ActorKind.HOUSE) and kind not in _HEARD:
            continue
        if kind in _TAKEN_BACK or any(began < number <= last for began, last in undone):
            continue
        for each in _IDS.findall(body):
            if each in written:
                found[written[each]].add(_WHY.get(kind, Why.CHANGED))
    return {each: frozenset(why) for each, why in found.items()}


def _undone_since(seq: int) -> list[tuple[int, int]]:
    """From where to where the facts of later imports lie that were taken back: they count for nothing any more."""
    rows = Batch.objects.filter(state=BatchState.UNDONE, applied_seq__gt=seq)
    return list(rows.values_list("began_seq", "applied_seq"))


def _people_kept(people: set[int], lines: Mapping[int, int], named: Reasons, *, batch: BatchId) -> Reasons:
    kept: defaultdict[int, set[Why]] = defaultdict(set)
    for person in people & named.keys():
        kept[person] |= named[person]
    for line, holder in lines.items():
        if holder in people and line in named:
            kept[holder] |= named[line]
    for person in Warning.objects.filter(subject_id__in=people).values_list("subject_id", flat=True):
        kept[person].add(Why.WARNING)
    owner = {**{person: person for person in people}, **{line: who for line, who in lines.items() if who in people}}
    for knower, known in Link.objects.exclude(batch=batch).values_list("knower", "known").iterator(chunk_size=5_000):
        for end in (knower, known):
            if end in owner:
                kept[owner[end]].add(Why.LINKED)
    return {person: frozenset(why) for person, why in kept.items()}


def _lines_kept(lines: Mapping[int, int], people: Reasons, named: Reasons, *, new: set[int]) -> Reasons:
    kept = {line: frozenset({Why.HOLDER_STAYS}) for line, holder in lines.items() if holder in people}
    kept |= {line: named[line] for line, holder in lines.items() if holder not in new and line in named}
    others = {line for line, holder in lines.items() if holder not in new and line not in kept}
    kept |= {line: frozenset({Why.CHANGED}) for line in others & _linked_elsewhere(others)}
    return kept


def _added(kept: Reasons) -> Reasons:
    """Without those of somebody who stays: it is not said twice."""
    return {line: why for line, why in kept.items() if why != frozenset({Why.HOLDER_STAYS})}


def _linked_elsewhere(lines: set[int]) -> set[int]:
    """Of lines that were added to somebody the desk knew: those that a link of another kind of paper leads to."""
    rows = Link.objects.filter(batch=None, known__in=lines).values_list("known", flat=True)
    return set(rows)


def _cells_kept(cells: set[int], gone: Collection[int], named: Reasons) -> Reasons:
    kept = {cell: named[cell] for cell in cells if cell in named}
    stay = Membership.objects.filter(cell_id__in=cells).exclude(person_id__in=gone).values_list("cell_id", flat=True)
    for cell in stay:
        kept[cell] = kept.get(cell, frozenset()) | {Why.MEMBERS_STAY}
    return kept


def _areas_gone(areas: set[int], cells: Collection[int], links: Collection[int]) -> frozenset[int]:
    """Those in which nothing else lies."""
    used = {*Cell.objects.exclude(pk__in=cells).values_list("area", flat=True)}
    used |= {*Place.objects.values_list("area_id", flat=True)}
    used |= {*Link.objects.filter(area__in=areas).exclude(pk__in=links).values_list("area", flat=True)}
    return frozenset(areas - used)


def _agreements_gone(
    brought: Mapping[Sort, set[int]], named: Reasons, *, new: set[int]
) -> Mapping[str, frozenset[int]]:
    """Agreements the batch brought for somebody the desk knew before; who is new keeps theirs, or goes with them."""
    return {
        "plans": frozenset(brought[Sort.PLAN] - new),
        "routes": frozenset(brought[Sort.ROUTE]),
        "noticers": frozenset(brought[Sort.NOTICER] - new),
        "asides": frozenset(brought[Sort.ASIDE] - new),
        "leads": frozenset(brought[Sort.LEAD] - brought[Sort.CELL]),
    }


def said(desk: Desk, reasons: Mapping[Sort, Reasons], holders: Mapping[int, int]) -> tuple[Kept, ...]:
    """What stays, people by code name, then phones that were added to somebody, then cells."""
    people, lines, cells = (reasons.get(sort, {}) for sort in (Sort.PERSON, Sort.LINE, Sort.CELL))
    names = code_names(desk, [*people, *(holders[line] for line in lines)])
    codes = {line.id: line.code for line in vault.cells(desk)}
    order = sorted(people, key=lambda each: names[each].en)
    kept = [Kept(Sort.PERSON, each, names[each], _sorted(people[each]), PersonId(each)) for each in order]
    for line, why in lines.items():
        holder = PersonId(holders[line])
        kept.append(Kept(Sort.LINE, line, names[holder], _sorted(why), holder))
    kept += [Kept(Sort.CELL, each, codes[CellId(each)], _sorted(why)) for each, why in sorted(cells.items())]
    return tuple(kept)


def kept_of(desk: Desk, id: BatchId) -> tuple[Kept, ...]:
    """What stayed of a batch that was taken back, with the first reason for each."""
    reasons: defaultdict[Sort, dict[int, frozenset[Why]]] = defaultdict(dict)
    for sort, about, why in Brought.objects.filter(batch=id, why__isnull=False).values_list("sort", "about", "why"):
        reasons[Sort(sort)][about] = frozenset({Why(why)})
    holders = dict(Line.objects.filter(pk__in=reasons[Sort.LINE]).values_list("pk", "holder_id"))
    reasons[Sort.LINE] = {line: why for line, why in reasons[Sort.LINE].items() if line in holders}
    return said(desk, reasons, holders)


def _sorted(why: Collection[Why]) -> tuple[Why, ...]:
    return tuple(each for each in Why if each in why)
