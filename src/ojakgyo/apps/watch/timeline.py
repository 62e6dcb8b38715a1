"""What was seen and done about a warning, newest first, from the chronicle alone: nothing here can be rewritten."""

from collections.abc import Mapping
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.inbox import Told
from ojakgyo.apps.watch.values import TimelineKind, TimelineLine
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Fact, Meaning, ReadingResult
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import PersonId, WarningId

AT_MOST: Final = 40

KINDS: Final[dict[type[Fact], TimelineKind]] = {
    facts.WarningRaised: TimelineKind.RAISED,
    facts.DeadlineMoved: TimelineKind.DEADLINE_MOVED,
    facts.WarningTurnedRed: TimelineKind.TURNED_RED,
    facts.WarningTooLate: TimelineKind.TOO_LATE,
    facts.WarningTaken: TimelineKind.TAKEN,
    facts.WarningAcknowledged: TimelineKind.ACKNOWLEDGED,
    facts.SubjectTold: TimelineKind.TOLD,
    facts.WarningClosed: TimelineKind.CLOSED,
    facts.RowShown: TimelineKind.ROW_SHOWN,
    facts.WakeDue: TimelineKind.WOKEN,
    facts.MessageRead: TimelineKind.READING_HEARD,
    facts.ReportHeard: TimelineKind.REPORT_HEARD,
    facts.WindowMissed: TimelineKind.WINDOW_MISSED,
}
HEARD: Final = (facts.MessageRead, facts.ReportHeard, facts.WindowMissed)


def timeline(warning: WarningId, seed: PersonId, *, names: Mapping[int, CodeName]) -> tuple[TimelineLine, ...]:
    """The warning's own facts and what was heard about the seed of its path."""
    about = [ids.text("w", warning), ids.text("p", seed)]
    told = inbox.mentioning(about, kinds=tuple(KINDS), at_most=AT_MOST)
    kind_of = {each.seq: KINDS[type(each.fact)] for each in told}
    concerning = [each for each in told if _concerns(each.fact, warning, seed)]
    older = [each for each in concerning if _is_calm(each.fact)][1:]
    lines = [_line(each, names, kind_of) for each in concerning if each not in older]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _concerns(fact: Fact, warning: WarningId, seed: PersonId) -> bool:
    """A report names its source too: only what is about the seed counts."""
    if isinstance(fact, facts.ReportHeard):
        return fact.about == seed
    return isinstance(fact, HEARD) or getattr(fact, "warning", None) == warning


def _is_calm(fact: Fact) -> bool:
    """A check-in that said all well: only the last one is told."""
    return isinstance(fact, facts.MessageRead) and fact.result is ReadingResult.OK and fact.meaning is Meaning.WELL


def _kind(fact: Fact) -> TimelineKind:
    return TimelineKind.HEARD if _is_calm(fact) else KINDS[type(fact)]


def _line(told: Told, names: Mapping[int, CodeName], kind_of: Mapping[int, TimelineKind]) -> TimelineLine:
    fact = told.fact
    person = next((each for name in ("person", "about") if (each := getattr(fact, name, None))), None)
    if isinstance(fact, facts.WakeDue):
        person = fact.officer
    return TimelineLine(
        kind=_kind(fact),
        at=fact.told or told.recorded,
        by=names.get(told.actor.id) if told.actor.kind is ActorKind.OFFICER else None,
        person=names.get(person) if person else None,
        before=getattr(fact, "before", None),
        deadline=getattr(fact, "deadline", None),
        because=kind_of.get(getattr(fact, "because", 0)),
        route=getattr(fact, "route", None),
        answer=getattr(fact, "answer", None),
        reason=getattr(fact, "reason", None),
        report=getattr(fact, "report", None),
        result=getattr(fact, "result", None),
        meaning=getattr(fact, "meaning", None),
    )
