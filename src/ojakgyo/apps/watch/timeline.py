"""What was seen and done about a warning, newest first, from the chronicle alone: nothing here can be rewritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.inbox import Told
from ojakgyo.apps.watch import heard
from ojakgyo.apps.watch.explaining import Explained
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.values import TimelineKind, TimelineLine
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Fact, Meaning, ReadingResult, SignalKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import WarningId

AT_MOST: Final = 40

KINDS: Final[dict[type[Fact], TimelineKind]] = {
    facts.WarningRaised: TimelineKind.RAISED,
    facts.DeadlineMoved: TimelineKind.DEADLINE_MOVED,
    facts.WarningReopened: TimelineKind.REOPENED,
    facts.WarningTurnedRed: TimelineKind.TURNED_RED,
    facts.WarningTooLate: TimelineKind.TOO_LATE,
    facts.WarningTaken: TimelineKind.TAKEN,
    facts.WarningAcknowledged: TimelineKind.ACKNOWLEDGED,
    facts.SubjectTold: TimelineKind.TOLD,
    facts.WarningClosed: TimelineKind.CLOSED,
    facts.RowShown: TimelineKind.ROW_SHOWN,
    facts.AcknowledgementLapsed: TimelineKind.LAPSED,
    facts.WakeDue: TimelineKind.WOKEN,
    facts.MessageRead: TimelineKind.READING_HEARD,
    facts.ChallengeAnswered: TimelineKind.ANSWER_HEARD,
    facts.QuestionAnswered: TimelineKind.ANSWER_HEARD,
    facts.ReportHeard: TimelineKind.REPORT_HEARD,
    facts.WindowMissed: TimelineKind.WINDOW_MISSED,
    facts.OfficerRemoved: TimelineKind.OFFICER_REMOVED,
    facts.CardCaptured: TimelineKind.CARD_CAPTURED,
    facts.QuarantineBegun: TimelineKind.QUARANTINE_BEGUN,
    facts.QuarantineEnded: TimelineKind.QUARANTINE_ENDED,
}
HEARD: Final = (
    facts.MessageRead,
    facts.ChallengeAnswered,
    facts.QuestionAnswered,
    facts.ReportHeard,
    facts.WindowMissed,
    facts.OfficerRemoved,
    facts.CardCaptured,
    facts.QuarantineBegun,
    facts.QuarantineEnded,
)
SIGNS: Final = {
    SignalKind.READING: TimelineKind.READING_HEARD,
    SignalKind.CHALLENGE: TimelineKind.ANSWER_HEARD,
    SignalKind.QUESTION: TimelineKind.ANSWER_HEARD,
    SignalKind.REPORT: TimelineKind.REPORT_HEARD,
    SignalKind.MISSED_WINDOW: TimelineKind.WINDOW_MISSED,
    SignalKind.REMOVAL: TimelineKind.OFFICER_REMOVED,
    SignalKind.CUSTODY: TimelineKind.QUARANTINE_BEGUN,
}


@dataclass(frozen=True, slots=True)
class Teller:
    """What the lines of one timeline are said with. `on_path`: who may be named as somebody a sign was about."""

    seed: int
    on_path: frozenset[int]
    signs: Mapping[int, Signal]
    """Number of a fact -> the sign made of it."""
    formers: Mapping[int, int]
    """Number of a fact by which a warning was taken over -> the officer who had owned it."""
    names: Mapping[int, CodeName]


def timeline(
    told: Explained, warning: WarningId, *, on_path: frozenset[int], of_subject: bool
) -> tuple[TimelineLine, ...]:
    """The warning's own facts, and what was heard about the seed of its path and (`of_subject`) about the subject."""
    about = {told.seed, told.subject} if of_subject else {told.seed}
    sought = [ids.text("w", warning), *(ids.text("p", person) for person in sorted(about))]
    found = inbox.mentioning(sought, kinds=tuple(KINDS), at_most=AT_MOST)
    if told.seed in told.analysis.world.removed:
        found += inbox.mentioning([ids.text("o", told.seed)], kinds=(facts.OfficerRemoved,), at_most=1)
    concerning = [each for each in found if _concerns(each.fact, warning, about)]
    older = [old for person in about for old in [each for each in concerning if _is_calm(each.fact, person)][1:]]
    signs = {row.because: row for own in told.analysis.world.rows.values() for row in own}
    named = on_path | {told.subject} if of_subject else on_path - {told.subject}
    teller = Teller(told.seed, named, signs, _formers(reversed(concerning)), told.names)
    lines = dict.fromkeys(
        _line(teller, each) for each in concerning if each not in older
    )  # two cards of one capture: once
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _concerns(fact: Fact, warning: WarningId, about: set[int]) -> bool:
    """A report names its source too: only what is about one of these counts."""
    if isinstance(fact, facts.MessageRead) and heard.answers_challenge(fact):
        return False
    if isinstance(fact, HEARD):
        return _person(fact) in about
    return getattr(fact, "warning", None) == warning


def _person(fact: Fact) -> int | None:
    if isinstance(fact, facts.WakeDue | facts.OfficerRemoved):
        return fact.officer
    return next((each for name in ("person", "about") if (each := getattr(fact, name, None))), None)


def _is_calm(fact: Fact, person: int) -> bool:
    """A check-in that said all well: only the last one of each person is told."""
    if not isinstance(fact, facts.MessageRead) or fact.person != person:
        return False
    return fact.result is ReadingResult.OK and fact.meaning is Meaning.WELL


def _formers(oldest_first: Iterable[Told]) -> dict[int, int]:
    """Whoever records that the subject was told owns a warning that nobody owned."""
    owner, found = None, {}
    for each in oldest_first:
        if isinstance(each.fact, facts.WarningTaken):
            if owner not in (None, each.fact.officer):
                found[each.seq] = owner
            owner = each.fact.officer
        elif isinstance(each.fact, facts.SubjectTold):
            owner = owner or each.actor.id
    return found


def _cause(teller: Teller, fact: Fact) -> tuple[TimelineKind | None, CodeName | None]:
    """What a fact names as the one behind it, and whom that was about, unless it is the seed."""
    because = getattr(fact, "because", None)
    if because is None:
        return None, None
    row = teller.signs.get(because)
    if row is None:
        return TimelineKind.WAYS_CHANGED, None
    if row.person_id == teller.seed:
        return SIGNS[row.kind], None
    if row.person_id in teller.on_path:
        return SIGNS[row.kind], teller.names.get(row.person_id)
    return TimelineKind.ELSEWHERE, None


def _line(teller: Teller, told: Told) -> TimelineLine:
    fact, names = told.fact, teller.names
    person, former = _person(fact), teller.formers.get(told.seq)
    because, because_of = _cause(teller, fact)
    calm = person is not None and _is_calm(fact, person)
    return TimelineLine(
        kind=TimelineKind.HEARD if calm else KINDS[type(fact)],
        at=fact.told or told.recorded,
        by=names.get(told.actor.id) if told.actor.kind is ActorKind.OFFICER else None,
        person=names.get(person) if person else None,
        before=getattr(fact, "before", None),
        deadline=getattr(fact, "deadline", None),
        because=because,
        because_of=because_of,
        former=names.get(former) if former else None,
        route=getattr(fact, "route", None),
        answer=getattr(fact, "answer", None),
        reason=getattr(fact, "reason", None),
        report=getattr(fact, "report", None),
        result=getattr(fact, "result", None),
        meaning=getattr(fact, "meaning", None),
    )
