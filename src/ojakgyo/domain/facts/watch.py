"""The watch."""

from typing import Final

from ojakgyo.domain.facts.bodies import Plain, upcaster
from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import (
    Answer,
    CloseReason,
    Credibility,
    Reliability,
    ReportKind,
    RouteKind,
    SignalKind,
)
from ojakgyo.domain.values.ids import OfficerId, PersonId, Seq, WarningId
from ojakgyo.domain.values.instants import DAY_MS, Instant

REPORT_STANDS_MS: Final = 7 * DAY_MS
"""So long a report weighs where nobody said anything else."""


@fact("watch.report_heard", v=2)
class ReportHeard(Fact):
    """From `expires` on it weighs nothing; null: nobody knows when it was heard, and it stands."""

    about: PersonId
    source: PersonId | None
    report: ReportKind
    reliability: Reliability
    credibility: Credibility
    expires: Instant | None


@upcaster("watch.report_heard", 1)
def _that_expires(held: Plain) -> Plain:
    """Before there was a choice, a report was heard for seven days too."""
    told = held.get("told")
    return {**held, "expires": None if told is None else int(told) + REPORT_STANDS_MS}


@fact("watch.signal_weighed")
class SignalWeighed(Fact):
    person: PersonId
    signal: SignalKind
    because: Seq


@fact("watch.warning_raised")
class WarningRaised(Fact):
    warning: WarningId
    subject: PersonId
    episode: int
    deadline: Instant
    because: Seq


@fact("watch.deadline_moved")
class DeadlineMoved(Fact):
    warning: WarningId
    before: Instant
    deadline: Instant
    because: Seq


@fact("watch.warning_reopened")
class WarningReopened(Fact):
    """A deadline moved, so that whoever was told, or could not be told any more, is to be told again."""

    warning: WarningId
    because: Seq


@fact("watch.warning_red")
class WarningTurnedRed(Fact):
    warning: WarningId
    deadline: Instant


@fact("watch.warning_too_late")
class WarningTooLate(Fact):
    warning: WarningId
    deadline: Instant


@fact("watch.warning_taken")
class WarningTaken(Fact):
    warning: WarningId
    officer: OfficerId


@fact("watch.warning_acknowledged")
class WarningAcknowledged(Fact):
    warning: WarningId
    officer: OfficerId


@fact("watch.subject_told")
class SubjectTold(Fact):
    warning: WarningId
    route: RouteKind | None
    answer: Answer


@fact("watch.warning_closed")
class WarningClosed(Fact):
    warning: WarningId
    reason: CloseReason


@fact("watch.row_shown")
class RowShown(Fact):
    """Ten minutes unacknowledged: the whole row went to whoever is on duty."""

    warning: WarningId


@fact("watch.officer_weighed")
class OfficerWeighed(Fact):
    """An officer who was removed is a seed of the exposure from now on."""

    officer: OfficerId
    because: Seq


@fact("watch.warning_left")
class WarningLeft(Fact):
    """Its owner is no longer at the desk: the warning waits for somebody to take it."""

    warning: WarningId
    officer: OfficerId


@fact("watch.acknowledgement_lapsed")
class AcknowledgementLapsed(Fact):
    """A red was seen, nobody took it, and it asks again."""

    warning: WarningId
