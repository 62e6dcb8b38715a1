"""What a person does about a warning: take it (over), tell the subject, close it; and what an officer heard about somebody."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.watch import asking, heard, queries
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.apps.watch.rights import rights
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Answer, CloseReason, Credibility, Reliability, ReportKind, RouteKind
from ojakgyo.domain.values.ids import PersonId, Seq, WarningId
from ojakgyo.domain.values.instants import Instant

AFTER = {
    Answer.CONFIRMED: WarningState.WARNED,
    Answer.SENT: WarningState.OWNED,
    Answer.UNREACHABLE: WarningState.UNREACHABLE,
}
"""How a warning stands after its subject was told: sent is not yet heard."""


@action
def take_warning(desk: Desk, *, warning: WarningId) -> WarningId:
    """ "I'll take it": the officer at the desk owns it, and nobody is woken for it any more."""
    row = _for_safety(desk, warning)
    if row.owner is not None and row.owner != desk.officer:
        raise Refused("watch.owned", warning=warning)
    return _owned(desk, row)


@action
def take_over_warning(desk: Desk, *, warning: WarningId) -> WarningId:
    """A safety officer takes a warning over from whoever owns it; both stand in the timeline."""
    row = standing(warning)
    if not rights(desk, set()).safety:
        raise Refused("watch.safety_only", warning=warning)
    return _owned(desk, row)


@action
def acknowledge_warning(desk: Desk, *, warning: WarningId) -> WarningId:
    """Somebody is awake and has seen it; for half an hour it waits for an owner, then it asks again."""
    row = _for_safety(desk, warning)
    row.acknowledged = True
    row.seq = record(desk, facts.WarningAcknowledged(warning=warning, officer=desk.officer))
    row.save(update_fields=["acknowledged", "seq"])
    if row.owner is None:
        asking.wait_for_owner(row, now=desk.now)
    return warning


@action
def tell_subject(desk: Desk, *, warning: WarningId, route: RouteKind | None, answer: Answer) -> WarningId:
    """How the subject was told and what came back. `route` None: in the window, by voice."""
    row = judged(desk, warning)
    row.owner = row.owner or desk.officer
    row.acknowledged, row.route, row.answer, row.state = True, route, answer, _after(row.state, answer)
    row.told_ms, row.told_by, row.told_until_ms = desk.now, desk.officer, row.deadline_ms
    row.seq = record(desk, facts.SubjectTold(warning=warning, route=route, answer=answer, told=desk.now))
    row.save(
        update_fields=[
            "owner",
            "acknowledged",
            "route",
            "answer",
            "state",
            "seq",
            "told_ms",
            "told_by",
            "told_until_ms",
        ]
    )
    return warning


@action
def close_warning(desk: Desk, *, warning: WarningId, reason: CloseReason, seen: Seq | None = None) -> WarningId:
    """End an alarm, saying why. Where a sign of duress stands, one officer alone is refused.

    `seen`: number of the newest sign when the officer looked; None: looked this moment.
    """
    row = judged(desk, warning)
    if row.duress:
        raise Refused("watch.needs_two", warning=warning)
    return end(desk, row, reason, seen=nothing_since(desk, row, seen))


@action
def hear_report(
    desk: Desk,
    *,
    about: PersonId,
    source: PersonId | None,
    report: ReportKind,
    reliability: Reliability,
    credibility: Credibility,
    since: Instant | None = None,
    expires: Instant | None = None,
) -> Seq:
    """Keep what somebody saw, source and information graded apart. `since`: from when on it was seen, if that is known.

    `expires`: from then on it weighs nothing; where nobody says, after seven days.
    """
    return record(
        desk,
        facts.ReportHeard(
            about=about,
            source=source,
            report=report,
            reliability=reliability,
            credibility=credibility,
            expires=expires or Instant(desk.now + facts.REPORT_STANDS_MS),
            happened_from=since,
            happened_to=None if since is None else desk.now,
            told=desk.now,
        ),
    )


def end(desk: Desk, row: Warning, reason: CloseReason, *, seen: Seq) -> WarningId:
    """Close a warning that stands, inside the transaction of an act that has looked who may.

    `seen`: number of the newest sign that was looked at; whatever is newer was judged by nobody.
    """
    row.state, row.reason = WarningState.CLOSED, reason
    row.seq = record(desk, facts.WarningClosed(warning=WarningId(row.pk), reason=reason))
    row.closed_seq = seen
    row.save(update_fields=["state", "reason", "seq", "closed_seq"])
    return WarningId(row.pk)


def nothing_since(desk: Desk, row: Warning, seen: Seq | None) -> Seq:
    """The number that was seen (None: of now), where nothing newer was heard about whom the warning concerns."""
    found = latest.analysis(desk)
    if seen is not None and heard.about(found, row.subject_id) > seen:
        raise Refused("watch.heard_since", warning=WarningId(row.pk))
    newest = heard.upto(found)
    return newest if seen is None else min(seen, newest)


def _owned(desk: Desk, row: Warning) -> WarningId:
    row.owner, row.acknowledged = desk.officer, True
    if row.state is WarningState.OPEN:
        row.state = WarningState.OWNED
    row.seq = record(desk, facts.WarningTaken(warning=WarningId(row.pk), officer=desk.officer))
    row.save(update_fields=["owner", "acknowledged", "state", "seq"])
    return WarningId(row.pk)


def _after(state: WarningState, answer: Answer) -> WarningState:
    """A word that was sent and not yet heard takes back neither that somebody was told, nor that it was too late."""
    kept = answer is Answer.SENT and state in (WarningState.WARNED, WarningState.TOO_LATE)
    return state if kept else AFTER[answer]


def _for_safety(desk: Desk, warning: WarningId) -> Warning:
    """A warning that stands, for a safety officer: nobody else silences the calls for one."""
    row = standing(warning)
    if not rights(desk, set()).may_take(row):
        raise Refused("watch.safety_only", warning=warning)
    return row


def judged(desk: Desk, warning: WarningId) -> Warning:
    """A warning that stands. Who may not see its reason is refused before anything else, and so learns nothing of it."""
    row = standing(warning)
    if not queries.may_see(desk, warning=warning):
        raise Refused("vault.not_held", warning=warning)
    if row.duress and not rights(desk, set()).safety:
        raise Refused("watch.safety_only", warning=warning)
    return row


def standing(warning: WarningId) -> Warning:
    row = Warning.objects.select_for_update().filter(pk=warning).first()
    if row is None:
        raise Refused("house.not_found", warning=warning)
    if row.state is WarningState.CLOSED:
        raise Refused("watch.closed", warning=warning)
    return row
