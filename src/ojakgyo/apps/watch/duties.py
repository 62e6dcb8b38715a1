"""What the watch does by itself: weighs what was heard, renews deadlines, notes when they draw near and pass."""

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty, weighing
from ojakgyo.apps.contact.queries import window_bounds
from ojakgyo.apps.watch.analysis import Analysis, Exposure
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal, Warning, WarningState
from ojakgyo.apps.watch.queries import RED_MS, SHOWN_MS
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    LineRecorded,
    LinkRecorded,
    MessageRead,
    ReportHeard,
    SignalKind,
    SignalWeighed,
    WarningClosed,
    WindowMissed,
)
from ojakgyo.domain.values.ids import PersonId, Seq, WarningId
from ojakgyo.domain.values.instants import SECOND_MS, Instant


@duty(facts=(MessageRead, ReportHeard, WindowMissed), since="beginning", lag_limit_ms=5 * SECOND_MS)
def weigh_signal(desk: Desk, *, seq: Seq, fact: MessageRead | ReportHeard | WindowMissed) -> None:
    """Turn what was heard, or not, into evidence about one person."""
    row = _evidence(seq, fact)
    if row is None or not Signal.objects.bulk_create([row], ignore_conflicts=True):
        return
    record(desk, facts.SignalWeighed(person=PersonId(row.person_id), signal=row.kind, because=seq))


def _evidence(seq: Seq, fact: MessageRead | ReportHeard | WindowMissed) -> Signal | None:
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
        )
    if isinstance(fact, WindowMissed):
        return Signal(
            because=seq,
            person_id=fact.person,
            kind=SignalKind.MISSED_WINDOW,
            window=fact.window,
            window_ms=window_bounds(fact.window)[1],
            heard_ms=fact.told,
        )
    if fact.person is None or fact.card is None:
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


@weighing(
    facts=(SignalWeighed, LinkRecorded, LineRecorded),
    since="beginning",
    lag_limit_ms=5 * SECOND_MS,
    read=latest.analysis,  # which the board then finds ready
    plan=lambda found: found,
    unless=(SignalWeighed, WarningClosed),
)
def renew_warnings(desk: Desk, plan: Analysis) -> None:
    """Raise a warning for whoever is newly exposed; move the deadline of a warning that stands. None is ever taken away."""
    standing = {row.subject_id: row for row in Warning.objects.exclude(state=WarningState.CLOSED)}
    for exposure in plan.exposures:
        row = standing.get(exposure.subject)
        if row is not None:
            _move(desk, row, exposure)
        else:
            _raise(desk, exposure)


def _raise(desk: Desk, exposure: Exposure) -> None:
    episode = Warning.objects.filter(subject_id=exposure.subject).count() + 1
    row = Warning(
        subject_id=exposure.subject,
        episode=episode,
        deadline_ms=exposure.deadline,
        duress=exposure.duress,
        because=exposure.because,
    )
    row.seq = record(
        desk,
        facts.WarningRaised(
            warning=WarningId(row.pk),
            subject=PersonId(exposure.subject),
            episode=episode,
            deadline=exposure.deadline,
            because=Seq(exposure.because),
        ),
    )
    row.save(force_insert=True)
    _watch_the_clock(row)


def _move(desk: Desk, row: Warning, exposure: Exposure) -> None:
    duress = row.duress or exposure.duress
    if row.deadline_ms == exposure.deadline:
        if row.duress != duress:
            Warning.objects.filter(pk=row.pk).update(duress=duress)
        return
    seq = record(
        desk,
        facts.DeadlineMoved(
            warning=WarningId(row.pk),
            before=Instant(row.deadline_ms),
            deadline=exposure.deadline,
            because=Seq(exposure.because),
        ),
    )
    row.deadline_ms, row.because, row.seq, row.duress = exposure.deadline, exposure.because, seq, duress
    if row.state is WarningState.TOO_LATE and row.deadline_ms > desk.now:
        row.state = WarningState.OWNED if row.owner else WarningState.OPEN
    row.save(update_fields=["deadline_ms", "because", "seq", "duress", "state"])
    _watch_the_clock(row)


def _watch_the_clock(row: Warning) -> None:
    """Put on the list when this deadline turns red and when it passes; each deadline has its own lines there."""
    deadline = Instant(row.deadline_ms)
    if row.red_ms is None:
        due_list.put("watch.turn_red", key=f"watch.turn_red:{row.pk}", about=row.pk, due=Instant(deadline - RED_MS))
    due_list.put("watch.pass", key=f"watch.pass:{row.pk}:{deadline}", about=row.pk, due=deadline)


@due_duty("watch.turn_red", lag_limit_ms=5 * SECOND_MS)
def turn_red(desk: Desk, *, about: int, due: Instant) -> None:
    """Six hours are left: act now, and wake somebody."""
    row = Warning.objects.get(pk=about)
    if row.red_ms is not None or row.state is WarningState.CLOSED:
        return
    row.red_ms = desk.now
    row.seq = record(desk, facts.WarningTurnedRed(warning=WarningId(row.pk), deadline=Instant(row.deadline_ms)))
    row.save(update_fields=["red_ms", "seq"])
    due_list.put("watch.show_row", key=f"watch.show_row:{row.pk}", about=row.pk, due=Instant(desk.now + SHOWN_MS))


@due_duty("watch.pass", lag_limit_ms=5 * SECOND_MS)
def pass_deadline(desk: Desk, *, about: int, due: Instant) -> None:
    """The deadline has come and the subject has not been told: protect those behind."""
    row = Warning.objects.get(pk=about)
    told = row.state in (WarningState.WARNED, WarningState.CLOSED, WarningState.TOO_LATE)
    if told or row.deadline_ms != due:
        return
    row.state = WarningState.TOO_LATE
    row.seq = record(desk, facts.WarningTooLate(warning=WarningId(row.pk), deadline=due))
    row.save(update_fields=["state", "seq"])


@due_duty("watch.show_row", lag_limit_ms=5 * SECOND_MS)
def show_row(desk: Desk, *, about: int, due: Instant) -> None:
    """Ten minutes and nobody has acknowledged: the whole row goes to whoever is on duty."""
    row = Warning.objects.get(pk=about)
    if row.acknowledged or row.state is WarningState.CLOSED:
        return
    row.shown = True
    row.seq = record(desk, facts.RowShown(warning=WarningId(row.pk)))
    row.save(update_fields=["shown", "seq"])
