"""What stays of a batch that is taken back, as it is said to who holds the cells of it. Why in full is for safety."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from ojakgyo.apps.intake.later import Reasons
from ojakgyo.apps.intake.models import Brought, Sort
from ojakgyo.apps.intake.values import Kept, Pair, Stayed, Why
from ojakgyo.apps.network.models import Line, Link, Membership
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import BatchId, CellId, PersonId
from ojakgyo.domain.values.roles import OfficerRole

_AGREED_WITH = (Sort.PLAN, Sort.NOTICER, Sort.ASIDE)


def said(desk: Desk, reasons: Mapping[Sort, Reasons], holders: Mapping[int, int], links: Mapping[int, Pair]) -> Stayed:
    """People by code name, phones that were added to somebody, agreements, cells, then links, each pair of people once.

    Whoever was removed since is passed over; what is of a cell that is not held is not said, only that there is some.
    """
    pairs = _by_pair(reasons.get(Sort.LINK, {}), links)
    own: list[tuple[Sort, int, Pair, frozenset[Why]]] = []
    for sort in (Sort.PERSON, Sort.LINE, *_AGREED_WITH):
        for about, why in reasons.get(sort, {}).items():
            person = holders.get(about, 0) if sort is Sort.LINE else about
            own.append((sort, about, (person, person), why))
    own += [(Sort.LINK, about, pair, why) for pair, (about, why) in pairs.items()]
    names = code_names(desk, {end for *_, pair, _ in own for end in pair})
    eyes = _Eyes(desk, names)
    kept, hidden = [], False
    for sort, about, pair, why in own:
        if not all(end in names for end in pair):
            continue
        if not all(eyes.see(end) for end in pair):
            hidden = True
            continue
        first, second = pair
        other = names[second] if second != first else None
        kept.append(Kept(sort, about, names[first], eyes.reasons(why), PersonId(first), other))
    order = list(Sort)
    kept.sort(key=lambda each: (order.index(each.sort), getattr(each.called, "en", ""), each.about))
    codes = {line.id: line.code for line in vault.cells(desk)}
    for sort in (Sort.CELL, Sort.LEAD):
        for about, why in sorted(reasons.get(sort, {}).items()):
            if (cell := CellId(about)) in codes and desk.keyring.holds(cell):
                kept.append(Kept(sort, about, codes[cell], eyes.reasons(why)))
            else:
                hidden = hidden or cell in codes
    return Stayed(tuple(kept), hidden)


def kept_of(desk: Desk, id: BatchId) -> Stayed:
    """What stayed of a batch that was taken back, with the first reason for each."""
    reasons: defaultdict[Sort, dict[int, frozenset[Why]]] = defaultdict(dict)
    for sort, about, why in Brought.objects.filter(batch=id, why__isnull=False).values_list("sort", "about", "why"):
        reasons[Sort(sort)][about] = frozenset({Why(why)})
    holders = dict(Line.objects.filter(pk__in=reasons[Sort.LINE]).values_list("pk", "holder_id"))
    links = Link.objects.filter(pk__in=reasons[Sort.LINK]).values_list("pk", "knower", "known")
    return said(desk, reasons, holders, {pk: (knower, known) for pk, knower, known in links})


class _Eyes:
    """What the officer at the desk may be told: of people whose cell is held, and of reports only as safety."""

    def __init__(self, desk: Desk, people: Collection[int]) -> None:
        rows = Membership.objects.filter(person_id__in=people).values_list("person_id", "cell_id")
        self.unseen = {person for person, cell in rows if not desk.keyring.holds(CellId(cell))}
        self.safety = OfficerRole.SAFETY in vault.roles(desk)

    def see(self, person: int) -> bool:
        return person not in self.unseen

    def reasons(self, why: Collection[Why]) -> tuple[Why, ...]:
        shown = why if self.safety else {Why.NOTED if each is Why.REPORT else each for each in why}
        return tuple(each for each in Why if each in shown)


def _by_pair(held: Reasons, links: Mapping[int, Pair]) -> Mapping[Pair, tuple[int, frozenset[Why]]]:
    """One link, and every reason, for each two people; links that are forgotten since are passed over."""
    found: dict[Pair, tuple[int, frozenset[Why]]] = {}
    for link, why in held.items():
        if link in links:
            knower, known = links[link]
            pair = min(knower, known), max(knower, known)
            about, before = found.get(pair, (link, frozenset()))
            found[pair] = about, before | why
    return found
