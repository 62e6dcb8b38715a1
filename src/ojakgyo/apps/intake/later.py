"""What was recorded after a batch, as far as it holds something of the batch back.

An act is what a person did: an officer at the desk, a command, or somebody who wrote. What the house did by itself, such
as counting a missed window, holds nothing back.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.intake.models import Batch, BatchState, Sort
from ojakgyo.apps.intake.values import Why
from ojakgyo.apps.watch.models import Signal, Warning, WarningState
from ojakgyo.domain import facts
from ojakgyo.domain.facts import SignalKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import ActorKind

Reasons = Mapping[int, frozenset[Why]]
_IDS: Final = re.compile(rb'"([plca]_[0-7][0-9a-z]{12})"')
_LETTERS: Final = {"p": Sort.PERSON, "l": Sort.LINE, "c": Sort.CELL, "a": Sort.AREA}
_HEARD: Final = frozenset({"contact.message_read", "contact.window_kept", "contact.heard_without_card"})
"""What the house records of what somebody did."""
_TAKEN_BACK: Final = frozenset({"people.person_removed", "network.line_removed", "contact.agreements_removed"})
"""What another import that was taken back says last of whom it named."""
_AGREED: Final[Mapping[str, tuple[Sort, str]]] = {
    "contact.plan_agreed": (Sort.PLAN, "person"),
    "contact.pattern_agreed": (Sort.PLAN, "person"),
    "contact.stand_aside_agreed": (Sort.ASIDE, "person"),
    "contact.noticer_agreed": (Sort.NOTICER, "person"),
    "network.cell_led": (Sort.LEAD, "cell"),
}
"""Agreements that are changed in their place: what each fact is about."""
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
    "contact.pattern_agreed": Why.AGREED,
    "contact.group_agreed": Why.AGREED,
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


@dataclass(frozen=True, slots=True)
class Later:
    """`named`: why each person, line, cell and area that an act named stays. `agreed`: agreements that were made anew.

    `followed`: windows that the house agreed as the next of a plan, by person and opening.
    """

    named: Reasons
    agreed: frozenset[tuple[Sort, int]]
    followed: frozenset[tuple[int, int]]


def later(seq: int, brought: Mapping[Sort, Collection[int]]) -> Later:
    """What was recorded after a fact."""
    written = {
        ids.text(letter, each).encode(): each for letter, sort in _LETTERS.items() for each in brought.get(sort, ())
    }
    named: defaultdict[int, set[Why]] = defaultdict(set)
    agreed: set[tuple[Sort, int]] = set()
    followed: set[tuple[int, int]] = set()
    undone = _undone_since(seq)
    rows = Entry.objects.filter(seq__gt=seq, body__isnull=False).values_list("seq", "kind", "v", "actor", "body")
    for number, kind, v, actor, body in rows.iterator(chunk_size=2_000):
        if actor.startswith(ActorKind.HOUSE) and kind not in _HEARD:
            fact = facts.revive(kind, v, body) if kind == facts.WindowAgreed.kind else None
            if isinstance(fact, facts.WindowAgreed):
                followed.add((fact.person, fact.opens))
            continue
        if kind in _TAKEN_BACK or any(began < number <= last for began, last in undone):
            continue
        if kind in _AGREED and (made := facts.revive(kind, v, body)) is not None:
            sort, about = _AGREED[kind]
            agreed.add((sort, getattr(made, about)))
        for each in _IDS.findall(body):
            if each in written:
                named[written[each]].add(_WHY.get(kind, Why.CHANGED))
    return Later({each: frozenset(why) for each, why in named.items()}, frozenset(agreed), frozenset(followed))


def _undone_since(seq: int) -> list[tuple[int, int]]:
    """From where to where the facts of later imports lie that were taken back: they count for nothing any more."""
    rows = Batch.objects.filter(state=BatchState.UNDONE, applied_seq__gt=seq)
    return list(rows.values_list("began_seq", "applied_seq"))


def warned_of() -> frozenset[int]:
    """Of whom a warning stands."""
    rows = Warning.objects.exclude(state=WarningState.CLOSED)
    return frozenset(rows.values_list("subject_id", flat=True))


def noted_of(seq: int) -> frozenset[int]:
    """Of whom there is a sign from after a fact: a reading or a report, no window that was only missed."""
    rows = Signal.objects.filter(because__gt=seq).exclude(kind=SignalKind.MISSED_WINDOW)
    return frozenset(rows.values_list("person_id", flat=True))
