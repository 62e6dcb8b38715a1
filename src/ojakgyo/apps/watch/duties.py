"""What the watch does by itself: weighs what was heard, renews deadlines, notes when they draw near and pass."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db.models import Count

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.acts import record, record_all
from ojakgyo.apps.chronicle.duties import due_duty, duty, weighing
from ojakgyo.apps.chronicle.models import Due, Entry
from ojakgyo.apps.contact.outages.queries import silence_ratio
from ojakgyo.apps.contact.queries import window_bounds, window_heard_in
from ojakgyo.apps.watch import asking, heard, removals
from ojakgyo.apps.watch.analysis import Analysis, Exposure
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal, Warning, WarningState
from ojakgyo.apps.watch.queries import RED_MS, SHOWN_MS
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    ChallengeAnswered,
    DeadlineMoved,
    LineHandedOn,
    LineRecorded,
    LinkRecorded,
    MessageRead,
    OfficerRemoved,
    OfficerWeighed,
    QuarantineBegun,
    QuestionAnswered,
    ReportHeard,
    SignalKind,
    SignalWeighed,
    WarningClosed,
    WarningRaised,
    WindowMissed,
)
from ojakgyo.domain.values.ids import PersonId, Seq, WarningId
from ojakgyo.domain.values.instants import MINUTE_MS, SECOND_MS, Instant

AT_ONCE: Final = 5
"""So many warnings are written in one transaction, which stays short of 50 ms."""
EARLIER_MS: Final = 15 * MINUTE_MS
"""So much earlier than what somebody was told is worth another contact; each contact is a danger of its own."""


Heard = MessageRead | ChallengeAnswered | QuestionAnswered | ReportHeard | WindowMissed | QuarantineBegun


@duty(
    facts=(MessageRead, ChallengeAnswered, QuestionAnswered, ReportHeard, WindowMissed, QuarantineBegun),
    since="beginning",
    lag_limit_ms=5 * SECOND_MS,
)
def weigh_signal(desk: Desk, *, seq: Seq, fact: Heard) -> None:
    """Turn what was heard, or not, into evidence about one person."""
    row = _evidence(desk, seq, fact)
    if row is None or not Signal.objects.bulk_create([row], ignore_conflicts=True):
        return
    record(desk, facts.SignalWeighed(person=PersonId(row.person_id), signal=row.kind, because=seq))


def _evidence(desk: Desk, seq: Seq, fact: Heard) -> Signal | None:
    if isinstance(fact, ReportHeard):
        return Signal(
            because=seq,
            person_id=fact.about,
            kind=SignalKind.REPORT,
            report=fact.report,
            reliability=fact.reliability,
            credibility=fact.credibility,
            source=fact.source,
            heard_ms=fact.told,
            since_ms=fact.happened_from,
            expires_ms=fact.expires,
        )
    if isinstance(fact, WindowMissed):
        return Signal(
            because=seq,
            person_id=fact.person,
            kind=SignalKind.MISSED_WINDOW,
            window=fact.window,
            window_ms=window_bounds(fact.window)[1],
            silence_ratio=round(100 * silence_ratio(desk, fact.person)),
            heard_ms=fact.told,
        )
    if isinstance(fact, ChallengeAnswered | QuestionAnswered):
        return _answer(desk, seq, fact)
    if isinstance(fact, QuarantineBegun):
        recorded = Entry.objects.values_list("recorded_ms", flat=True).get(pk=seq)
        return Signal(because=seq, person_id=fact.person, kind=SignalKind.CUSTODY, heard_ms=fact.told or recorded)
    if fact.person is None or fact.card is None or heard.answers_challenge(fact):
        return None
    opened = None if fact.window is None else window_bounds(fact.window)[0]
    return Signal(
        because=seq,
        person_id=fact.person,
        kind=SignalKind.READING,
        result=fact.result,
        meaning=fact.meaning,
        window=fact.window,
        window_ms=opened,
        heard_ms=fact.told,
    )


def _answer(desk: Desk, seq: Seq, fact: ChallengeAnswered | QuestionAnswered) -> Signal:
    told = desk.now if fact.told is None else fact.told
    window = fact.window if isinstance(fact, QuestionAnswered) else window_heard_in(fact.person, told)
    return Signal(
        because=seq,
        person_id=fact.person,
        kind=SignalKind.QUESTION if isinstance(fact, QuestionAnswered) else SignalKind.CHALLENGE,
        result=fact.result,
        window=window,
        heard_ms=told,
    )


@duty(facts=(OfficerRemoved,), since="beginning", lag_limit_ms=5 * SECOND_MS)
def weigh_officer(desk: Desk, *, seq: Seq, fact: OfficerRemoved) -> None:
    """Whoever was removed is where a danger may start, unless two officers saw no sign of it; for that, once."""
    if fact.chance_percent and fact.officer not in removals.removals():
        record(desk, OfficerWeighed(officer=fact.officer, because=seq))


@weighing(
    facts=(
        SignalWeighed,
        OfficerWeighed,
        LinkRecorded,
        LineRecorded,
        LineHandedOn,
        WarningRaised,
        DeadlineMoved,
    ),  # its own: what was left is written
    since="beginning",
    lag_limit_ms=5 * SECOND_MS,
    read=latest.analysis,  # which the board then finds ready
    plan=lambda found: found,
    unless=(SignalWeighed, OfficerWeighed, WarningClosed),
)
def renew_warnings(desk: Desk, plan: Analysis) -> None:
    """Raise a warning for whoever is newly exposed; move the deadline of a warning that stands. None is ever taken away.

    The most urgent first, so many at once as one short write takes: their own facts bring the duty back for the others.
    """
    standing = {row.subject_id: row for row in Warning.objects.exclude(state=WarningState.CLOSED)}
    _note_duress(standing, plan)
    changed = [each for each in plan.exposures if _is_new(standing.get(each.subject), each)][:AT_ONCE]
    raised = [each for each in changed if each.subject not in standing]
    Warning.objects.bulk_create(_raised(desk, raised))
    for each in changed:
        if each.subject in standing:
            _move(desk, standing[each.subject], each)


def _is_new(row: Warning | None, exposure: Exposure) -> bool:
    """Whether a warning is to be raised, or its deadline to be moved: by a fact that is newer than the one behind it."""
    return row is None or (row.deadline_ms != exposure.deadline and _cause(row, exposure) > row.because)


def _cause(row: Warning, exposure: Exposure) -> int:
    return exposure.because if exposure.because > row.because else exposure.nearby


def _note_duress(standing: Mapping[int, Warning], plan: Analysis) -> None:
    found = [standing[each.subject].pk for each in plan.exposures if each.duress and each.subject in standing]
    Warning.objects.filter(pk__in=found, duress=False).update(duress=True)


def _raised(desk: Desk, exposures: Sequence[Exposure]) -> list[Warning]:
    earlier = Warning.objects.filter(subject_id__in=[each.subject for each in exposures]).values_list("subject_id")
    episodes = dict(earlier.annotate(Count("pk")))
    rows = [_row(exposure, episodes.get(exposure.subject, 0) + 1) for exposure in exposures]
    for row, seq in zip(rows, record_all(desk, [_raised_fact(row) for row in rows]), strict=True):
        row.seq = seq
    due_list.put_new([line for row in rows for line in _clock_lines(row)])
    return rows


def _row(exposure: Exposure, episode: int) -> Warning:
    return Warning(
        subject_id=exposure.subject,
        episode=episode,
        deadline_ms=exposure.deadline,
        duress=exposure.duress,
        because=exposure.because,
    )


def _raised_fact(row: Warning) -> WarningRaised:
    return WarningRaised(
        warning=WarningId(row.pk),
        subject=PersonId(row.subject_id),
        episode=row.episode,
        deadline=Instant(row.deadline_ms),
        because=Seq(row.because),
    )


def _move(desk: Desk, row: Warning, exposure: Exposure) -> None:
    before, row.deadline_ms, row.because = Instant(row.deadline_ms), exposure.deadline, _cause(row, exposure)
    row.seq = record(
        desk,
        facts.DeadlineMoved(
            warning=WarningId(row.pk), before=before, deadline=exposure.deadline, because=Seq(row.because)
        ),
    )
    if _is_asked_again(row, before, desk.now):
        row.state = WarningState.OWNED if row.owner else WarningState.OPEN
        row.red_ms, row.acknowledged = None, False
        row.seq = record(desk, facts.WarningReopened(warning=WarningId(row.pk), because=Seq(row.because)))
    if row.red_ms is not None and row.deadline_ms - RED_MS > desk.now:  # red again is a new red, and wakes anew
        row.red_ms, row.acknowledged = None, False
    row.save(update_fields=["deadline_ms", "because", "seq", "state", "red_ms", "acknowledged"])
    due_list.put_new(_clock_lines(row))


def _is_asked_again(row: Warning, before: Instant, now: Instant) -> bool:
    """Whoever was told of a later hour hears of the earlier one; what was too late is not, once the deadline lies ahead."""
    if row.state is WarningState.WARNED:
        return row.deadline_ms < (before if row.told_until_ms is None else row.told_until_ms) - EARLIER_MS
    return row.state is WarningState.TOO_LATE and row.deadline_ms > now


def _clock_lines(row: Warning) -> list[Due]:
    """When this deadline turns red and when it passes; each change of it has its own lines on the list."""
    wanted = {"watch.pass": row.deadline_ms}
    if row.red_ms is None:
        wanted["watch.turn_red"] = row.deadline_ms - RED_MS
    return [
        due_list.line(kind, key=f"{kind}:{row.pk}:{row.seq}", about=row.pk, due=Instant(due))
        for kind, due in wanted.items()
    ]


@due_duty("watch.turn_red", lag_limit_ms=5 * SECOND_MS)
def turn_red(desk: Desk, *, about: int, due: Instant) -> None:
    """Six hours are left: act now, and wake somebody."""
    row = Warning.objects.get(pk=about)
    if row.red_ms is not None or row.state is WarningState.CLOSED or row.deadline_ms - RED_MS > due:
        return
    seen = row.acknowledged
    row.seq = record(desk, facts.WarningTurnedRed(warning=WarningId(row.pk), deadline=Instant(row.deadline_ms)))
    asking.begin(row, now=desk.now)
    row.acknowledged = seen
    row.save(update_fields=["red_ms", "seq"])
    if seen and row.owner is None:
        asking.wait_for_owner(row, now=desk.now)


@due_duty("watch.pass", lag_limit_ms=5 * SECOND_MS)
def pass_deadline(desk: Desk, *, about: int, due: Instant) -> None:
    """The deadline has come and the subject has not been told: protect those behind."""
    row = Warning.objects.get(pk=about)
    told = row.state in (WarningState.WARNED, WarningState.CLOSED, WarningState.TOO_LATE)
    if told or row.deadline_ms != due:
        return
    row.state = WarningState.TOO_LATE
    row.seq = record(desk, facts.WarningTooLate(warning=WarningId(row.pk), deadline=due))
    if row.acknowledged:  # whoever had it in hand has told nobody
        asking.lapse(desk, row)
    row.save(update_fields=["state", "seq", "red_ms", "acknowledged"])


@due_duty("watch.lapse", lag_limit_ms=5 * SECOND_MS)
def lapse_acknowledgement(desk: Desk, *, about: int, due: Instant) -> None:
    """Somebody saw a red half an hour ago, and nobody has taken it: it asks again, and wakes again."""
    row = Warning.objects.get(pk=about)
    in_hand = row.owner is not None or row.state in (WarningState.WARNED, WarningState.CLOSED)
    if in_hand or row.red_ms is None or not row.acknowledged:
        return
    asking.lapse(desk, row)
    row.save(update_fields=["seq", "red_ms", "acknowledged"])


@due_duty("watch.show_row", lag_limit_ms=5 * SECOND_MS)
def show_row(desk: Desk, *, about: int, due: Instant) -> None:
    """Ten minutes and nobody has acknowledged: the whole row goes to whoever is on duty."""
    row = Warning.objects.get(pk=about)
    if row.acknowledged or row.shown or row.state in (WarningState.WARNED, WarningState.CLOSED):
        return
    if row.red_ms is None or due != row.red_ms + SHOWN_MS:  # of an earlier red
        return
    row.shown = True
    row.seq = record(desk, facts.RowShown(warning=WarningId(row.pk)))
    row.save(update_fields=["shown", "seq"])
