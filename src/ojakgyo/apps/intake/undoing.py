"""What taking a batch back would do: whatever no later act refers to goes, whatever one does stays, and it is said why.

Whoever stays keeps what came with them: phones, links to others who stay, and what is agreed with them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact.models import AsidePlan, ContactPlan, Noticer, Route, Window, WindowState
from ojakgyo.apps.intake.later import Later, Reasons, later, noted_of, warned_of
from ojakgyo.apps.intake.models import Batch, BatchState, Brought, Sort
from ojakgyo.apps.intake.staying import said
from ojakgyo.apps.intake.values import UNDONE_WITHIN_MS, Pair, Undoing, Why
from ojakgyo.apps.network.models import CellLead, Line, Link, Membership, Place
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.models import Cell
from ojakgyo.apps.watch.models import Warning
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import BatchId, CellId

_OF_PEOPLE = (Sort.PERSON, Sort.PLAN, Sort.NOTICER, Sort.ASIDE)


@dataclass(frozen=True, slots=True)
class _Came:
    """What came with the batch and is still there. `routes`: whose each is, and through whom it leads."""

    batch: BatchId
    brought: Mapping[Sort, set[int]]
    lines: Mapping[int, int]
    links: Mapping[int, Pair]
    routes: Mapping[int, tuple[int, int | None]]

    @property
    def new(self) -> set[int]:
        return self.brought[Sort.PERSON]

    @property
    def cells(self) -> frozenset[CellId]:
        """Every cell that anything of it is about: of the new, of both ends of each link, of whom it was agreed with."""
        people = {person for sort in _OF_PEOPLE for person in self.brought[sort]} | {*self.lines.values()}
        people |= {person for person, _ in self.routes.values()} | {end for pair in self.links.values() for end in pair}
        of = Membership.objects.filter(person_id__in=people).values_list("cell_id", flat=True)
        return frozenset(CellId(cell) for cell in {*of, *self.brought[Sort.CELL], *self.brought[Sort.LEAD]})


def undoing(desk: Desk, id: BatchId) -> Undoing:
    """Worked out with no transaction open. Not applied, too long ago, another's: ``Refused``. A cell not held: ``NotHeld``."""
    row = Batch.objects.filter(pk=id).first()
    if row is None:
        raise Refused("house.not_found", batch=id)
    if row.state != BatchState.APPLIED:
        raise Refused("intake.not_applied")
    if desk.now > row.applied_ms + UNDONE_WITHIN_MS:
        raise Refused("intake.undo_over")
    demand_may_undo(desk, row)
    seq, came = inbox.head(), _came(id)
    cells = came.cells
    for cell in sorted(cells):
        desk.keyring.cell_key(cell)
    return _worked_out(desk, came, seq=seq, since=row.applied_seq, needs=cells)


def demand_may_undo(desk: Desk, row: Batch) -> None:
    """Keys are destroyed: it is for who brought it in, and for who manages officers and cells."""
    own = desk.actor.kind is ActorKind.OFFICER and row.officer_id == desk.actor.id
    rights.demand(own or rights.may_manage(vault.roles(desk)))


def first_of(why: Collection[Why]) -> Why:
    """The reason that is kept."""
    return next(each for each in Why if each in why)


def _worked_out(desk: Desk, came: _Came, *, seq: int, since: int, needs: frozenset[CellId]) -> Undoing:
    after, brought = later(since, came.brought), came.brought
    held = _held_links(came.links, since)
    people = _people_kept(came, after.named, held)
    gone = frozenset(came.new - people.keys())
    lines = _lines_kept(came.lines, people, after.named, new=came.new)
    cells = _cells_kept(brought[Sort.CELL], gone, after.named)
    links = tuple(link for link, pair in came.links.items() if link not in held and not _stays(pair, people, gone))
    agreed, again = _agreements(came, after)
    reasons = {Sort.PERSON: people, Sort.LINE: _added(lines), Sort.CELL: cells, **again, Sort.LINK: held}
    return Undoing(
        batch=came.batch,
        seq=seq,
        needs=needs,
        people=gone,
        lines={line: holder for line, holder in came.lines.items() if line not in lines},
        links=links,
        cells=frozenset(brought[Sort.CELL] - cells.keys()),
        areas=_areas_gone(brought[Sort.AREA], brought[Sort.CELL] - cells.keys(), links),
        windows=_windows(brought[Sort.WINDOW], agreed[Sort.PLAN], after, desk.now),
        plans=agreed[Sort.PLAN],
        routes=agreed[Sort.ROUTE],
        noticers=agreed[Sort.NOTICER],
        asides=agreed[Sort.ASIDE],
        leads=agreed[Sort.LEAD],
        reasons=reasons,
        kept=said(desk, reasons, came.lines, came.links).kept,
    )


def _came(id: BatchId) -> _Came:
    found: defaultdict[Sort, set[int]] = defaultdict(set)
    for sort, about in Brought.objects.filter(batch=id).values_list("sort", "about"):
        found[Sort(sort)].add(about)
    lines = Line.objects.filter(pk__in=found[Sort.LINE]).values_list("pk", "holder_id")
    links = Link.objects.filter(batch=id).values_list("pk", "knower", "known")
    routes = Route.objects.filter(pk__in=found[Sort.ROUTE]).values_list("pk", "person_id", "through_id")
    return _Came(
        batch=id,
        brought=found,
        lines=dict(lines),
        links={pk: (knower, known) for pk, knower, known in links},
        routes={pk: (person, through) for pk, person, through in routes},
    )


# What stays ------------------------------------------------------------------------------------------------------------


def _held_links(links: Mapping[int, Pair], since: int) -> Reasons:
    """Danger is reckoned along them: a warning stands at one end, or there is a sign of somebody there since."""
    warned, noted = warned_of(), noted_of(since)
    held: dict[int, frozenset[Why]] = {}
    for link, pair in links.items():
        if warned.intersection(pair):
            held[link] = frozenset({Why.WARNING})
        elif noted.intersection(pair):
            held[link] = frozenset({Why.NOTED})
    return held


def _people_kept(came: _Came, named: Reasons, held: Collection[int]) -> Reasons:
    people, lines = came.new, came.lines
    kept: defaultdict[int, set[Why]] = defaultdict(set)
    for person in people & named.keys():
        kept[person] |= named[person]
    for line, holder in lines.items():
        if holder in people and line in named:
            kept[holder] |= named[line]
    for person in Warning.objects.filter(subject_id__in=people).values_list("subject_id", flat=True):
        kept[person].add(Why.WARNING)
    owner = {**{person: person for person in people}, **{line: who for line, who in lines.items() if who in people}}
    for knower, known in Link.objects.exclude(batch=came.batch).values_list("knower", "known").iterator(2_000):
        for end in (knower, known):
            if end in owner:
                kept[owner[end]].add(Why.LINKED)
    for end in {end for link in held for end in came.links[link]} & people:
        kept[end].add(Why.LINKED)
    for helper in _relied_on(came, kept.keys()):
        kept[helper].add(Why.IN_USE)
    return {person: frozenset(why) for person, why in kept.items()}


def _relied_on(came: _Came, kept: Iterable[int]) -> set[int]:
    """New helpers through whom somebody who stays is warned, or who would notice what happened to them."""
    behind: defaultdict[int, set[int]] = defaultdict(set)
    noticers = Noticer.objects.filter(person_id__in=came.brought[Sort.NOTICER] & came.new)
    for person, helper in (*came.routes.values(), *noticers.values_list("person_id", "noticer_id")):
        if helper in came.new:
            behind[person].add(helper)
    found: set[int] = set()
    todo = list(kept)
    while todo:
        for helper in behind[todo.pop()] - found:
            found.add(helper)
            todo.append(helper)
    return found


def _stays(pair: Pair, people: Collection[int], gone: Collection[int]) -> bool:
    """A link of somebody new who stays, to anybody who does."""
    return any(end in people for end in pair) and not any(end in gone for end in pair)


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


# What goes ---------------------------------------------------------------------------------------------------------------


def _areas_gone(areas: set[int], cells: Collection[int], links: Collection[int]) -> frozenset[int]:
    """Those in which nothing else lies."""
    used = {*Cell.objects.exclude(pk__in=cells).values_list("area", flat=True)}
    used |= {*Place.objects.values_list("area_id", flat=True)}
    used |= {*Link.objects.filter(area__in=areas).exclude(pk__in=links).values_list("area", flat=True)}
    return frozenset(areas - used)


def _agreements(came: _Came, after: Later) -> tuple[Mapping[Sort, frozenset[int]], Mapping[Sort, Reasons]]:
    """Of whom the desk knew before: what goes, and what was agreed anew since and stays; who is new goes or stays whole."""
    stand = {
        Sort.PLAN: ContactPlan.objects.values_list("person_id", flat=True),
        Sort.NOTICER: Noticer.objects.values_list("person_id", flat=True),
        Sort.ASIDE: AsidePlan.objects.values_list("person_id", flat=True),
        Sort.LEAD: CellLead.objects.values_list("cell_id", flat=True),
    }
    goes = {Sort.ROUTE: frozenset(route for route, (person, _) in came.routes.items() if person not in came.new)}
    again: dict[Sort, Reasons] = {}
    for sort, rows in stand.items():
        own = (came.brought[sort] & set(rows)) - (came.brought[Sort.CELL] if sort is Sort.LEAD else came.new)
        again[sort] = {about: frozenset({Why.AGREED}) for about in own if (sort, about) in after.agreed}
        goes[sort] = frozenset(own - again[sort].keys())
    return goes, again


def _windows(brought: set[int], plans: Collection[int], after: Later, now: int) -> frozenset[int]:
    """Of plans that go: the window that came with each, and what the house agreed after it, unless it has opened."""
    coming = Window.objects.filter(person_id__in=plans, state=WindowState.AGREED, opens_ms__gt=now)
    rows = coming.values_list("pk", "person_id", "opens_ms")
    return frozenset(pk for pk, person, opens in rows if pk in brought or (person, opens) in after.followed)
